# fish completion for tidings(1)

set -l commands submit check decode status queue why list show help
set -l plain "not __fish_seen_subcommand_from $commands"

complete -c tidings -f
complete -c tidings -n $plain -a submit -d 'Drop event updates into the spool'
complete -c tidings -n $plain -a check -d 'Check event updates, or the configuration'
complete -c tidings -n $plain -a decode -d 'Show what the updates in a file say'
complete -c tidings -n $plain -a status -d 'Show how many files wait where'
complete -c tidings -n $plain -a queue -d 'Show how long files have been in the spool'
complete -c tidings -n $plain -a why -d 'Tell what became of a delivery, an event or a file'
complete -c tidings -n $plain -a list -d 'List all known events'
complete -c tidings -n $plain -a show -d 'Show an event and its revisions'
complete -c tidings -n $plain -a help -d 'Show the options of a command'
complete -c tidings -n $plain -l version -d 'Show the version'

complete -c tidings -l json -d 'Print one JSON object a line'
complete -c tidings -s c -l config -r -F -d 'Read this configuration'
complete -c tidings -s h -l help -d 'Show the options'

complete -c tidings -n '__fish_seen_subcommand_from submit check decode why' -F
complete -c tidings -n '__fish_seen_subcommand_from submit' -s w -l wait -d 'Wait for the answers'
complete -c tidings -n '__fish_seen_subcommand_from submit' -s t -l timeout -x -a '5s 30s 5min 1h' -d 'How long to wait'
complete -c tidings -n '__fish_seen_subcommand_from decode' -l as -x -a 'json jsonld ics' -d 'Form'
complete -c tidings -n '__fish_seen_subcommand_from status' -l check -d 'Answer as a monitoring plugin does'
complete -c tidings -n '__fish_seen_subcommand_from status' -l warning-age -x -a '5min 1h' -d 'How long files may wait'
complete -c tidings -n '__fish_seen_subcommand_from status' -l critical-age -x -a '30min 1h' -d 'How long before it is an alarm'
complete -c tidings -n '__fish_seen_subcommand_from help' -a "$commands"
