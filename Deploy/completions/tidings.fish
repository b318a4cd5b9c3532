# fish completion for tidings(1), made by 'tidings completion fish'

set -l commands submit check decode status queue why list show retry release discard withdraw readmit forget plugins plugin reference completion help
set -l none "not __fish_seen_subcommand_from $commands"

complete -c tidings -f
complete -c tidings -n $none -l json -d 'print one JSON object a line, with stable keys'
complete -c tidings -n $none -s c -l config -r -F -d 'read this configuration instead of /etc/tidingsd/tidingsd.toml'
complete -c tidings -n $none -l version -d 'show the version'
complete -c tidings -n $none -s h -l help -d 'show this help'

complete -c tidings -n $none -a submit -d 'Drops event updates into the spool'
complete -c tidings -n '__fish_seen_subcommand_from submit' -s w -l wait -d 'wait for the answers and print them'
complete -c tidings -n '__fish_seen_subcommand_from submit' -s t -l timeout -x -a '5s 30s 5min 30min 1h' -d 'how long to wait, such as 500ms, 30s or 5min'
complete -c tidings -n '__fish_seen_subcommand_from submit' -l json -d 'print one JSON object a line, with stable keys'
complete -c tidings -n '__fish_seen_subcommand_from submit' -s c -l config -r -F -d 'read this configuration instead of /etc/tidingsd/tidingsd.toml'
complete -c tidings -n '__fish_seen_subcommand_from submit' -s h -l help -d 'show this help'
complete -c tidings -n '__fish_seen_subcommand_from submit' -F

complete -c tidings -n $none -a check -d 'Checks event updates without dropping them, or the configuration'
complete -c tidings -n '__fish_seen_subcommand_from check' -l effective -d 'print the configuration that is in force'
complete -c tidings -n '__fish_seen_subcommand_from check' -l json -d 'print one JSON object a line, with stable keys'
complete -c tidings -n '__fish_seen_subcommand_from check' -s c -l config -r -F -d 'read this configuration instead of /etc/tidingsd/tidingsd.toml'
complete -c tidings -n '__fish_seen_subcommand_from check' -s h -l help -d 'show this help'
complete -c tidings -n '__fish_seen_subcommand_from check' -F

complete -c tidings -n $none -a decode -d 'Shows what the updates in a file say'
complete -c tidings -n '__fish_seen_subcommand_from decode' -l as -x -a 'json jsonld ics' -d 'json: the canonical JSON (the default)'
complete -c tidings -n '__fish_seen_subcommand_from decode' -l json -d 'print one JSON object a line, with stable keys'
complete -c tidings -n '__fish_seen_subcommand_from decode' -s c -l config -r -F -d 'read this configuration instead of /etc/tidingsd/tidingsd.toml'
complete -c tidings -n '__fish_seen_subcommand_from decode' -s h -l help -d 'show this help'
complete -c tidings -n '__fish_seen_subcommand_from decode' -F

complete -c tidings -n $none -a status -d 'Shows how many files wait where, and what the archive holds'
complete -c tidings -n '__fish_seen_subcommand_from status' -l check -d 'answer as a monitoring plugin does'
complete -c tidings -n '__fish_seen_subcommand_from status' -l warning-age -x -a '5s 30s 5min 30min 1h' -d 'with --check: how long the oldest file may wait to be worked on'
complete -c tidings -n '__fish_seen_subcommand_from status' -l critical-age -x -a '5s 30s 5min 30min 1h' -d 'with --check: how long before it is an alarm'
complete -c tidings -n '__fish_seen_subcommand_from status' -l json -d 'print one JSON object a line, with stable keys'
complete -c tidings -n '__fish_seen_subcommand_from status' -s c -l config -r -F -d 'read this configuration instead of /etc/tidingsd/tidingsd.toml'
complete -c tidings -n '__fish_seen_subcommand_from status' -s h -l help -d 'show this help'

complete -c tidings -n $none -a queue -d 'Shows how long files have been in the spool, by folder and age'
complete -c tidings -n '__fish_seen_subcommand_from queue' -s l -l list -d 'list what waits, an update a line'
complete -c tidings -n '__fish_seen_subcommand_from queue' -l json -d 'print one JSON object a line, with stable keys'
complete -c tidings -n '__fish_seen_subcommand_from queue' -s c -l config -r -F -d 'read this configuration instead of /etc/tidingsd/tidingsd.toml'
complete -c tidings -n '__fish_seen_subcommand_from queue' -s h -l help -d 'show this help'

complete -c tidings -n $none -a why -d 'Tells what became of a delivery, an event or a dropped file'
complete -c tidings -n '__fish_seen_subcommand_from why' -l json -d 'print one JSON object a line, with stable keys'
complete -c tidings -n '__fish_seen_subcommand_from why' -s c -l config -r -F -d 'read this configuration instead of /etc/tidingsd/tidingsd.toml'
complete -c tidings -n '__fish_seen_subcommand_from why' -s h -l help -d 'show this help'
complete -c tidings -n '__fish_seen_subcommand_from why' -F

complete -c tidings -n $none -a list -d 'Lists all known events by their starts, past ones too'
complete -c tidings -n '__fish_seen_subcommand_from list' -l json -d 'print one JSON object a line, with stable keys'
complete -c tidings -n '__fish_seen_subcommand_from list' -s c -l config -r -F -d 'read this configuration instead of /etc/tidingsd/tidingsd.toml'
complete -c tidings -n '__fish_seen_subcommand_from list' -s h -l help -d 'show this help'

complete -c tidings -n $none -a show -d 'Shows an event as it is now, and its revisions'
complete -c tidings -n '__fish_seen_subcommand_from show' -l json -d 'print one JSON object a line, with stable keys'
complete -c tidings -n '__fish_seen_subcommand_from show' -s c -l config -r -F -d 'read this configuration instead of /etc/tidingsd/tidingsd.toml'
complete -c tidings -n '__fish_seen_subcommand_from show' -s h -l help -d 'show this help'

complete -c tidings -n $none -a retry -d 'Lets what was set aside pass all stages again'
complete -c tidings -n '__fish_seen_subcommand_from retry' -s w -l wait -d 'wait for what comes of it and print that'
complete -c tidings -n '__fish_seen_subcommand_from retry' -s t -l timeout -x -a '5s 30s 5min 30min 1h' -d 'how long to wait, such as 500ms, 30s or 5min'
complete -c tidings -n '__fish_seen_subcommand_from retry' -s m -l comment -x -d 'why, for the record'
complete -c tidings -n '__fish_seen_subcommand_from retry' -l json -d 'print one JSON object a line, with stable keys'
complete -c tidings -n '__fish_seen_subcommand_from retry' -s c -l config -r -F -d 'read this configuration instead of /etc/tidingsd/tidingsd.toml'
complete -c tidings -n '__fish_seen_subcommand_from retry' -s h -l help -d 'show this help'

complete -c tidings -n $none -a release -d 'Decides about updates that are held: as they are, or as you say'
complete -c tidings -n '__fish_seen_subcommand_from release' -l as -x -a 'new' -d 'new: it announces an event of its own, whatever it resembles'
complete -c tidings -n '__fish_seen_subcommand_from release' -l update-of -x -d 'it is an update of that event'
complete -c tidings -n '__fish_seen_subcommand_from release' -s s -l set -x -d 'correct a field first'
complete -c tidings -n '__fish_seen_subcommand_from release' -s w -l wait -d 'wait for what comes of it and print that'
complete -c tidings -n '__fish_seen_subcommand_from release' -s t -l timeout -x -a '5s 30s 5min 30min 1h' -d 'how long to wait, such as 500ms, 30s or 5min'
complete -c tidings -n '__fish_seen_subcommand_from release' -s m -l comment -x -d 'why, for the record'
complete -c tidings -n '__fish_seen_subcommand_from release' -l json -d 'print one JSON object a line, with stable keys'
complete -c tidings -n '__fish_seen_subcommand_from release' -s c -l config -r -F -d 'read this configuration instead of /etc/tidingsd/tidingsd.toml'
complete -c tidings -n '__fish_seen_subcommand_from release' -s h -l help -d 'show this help'

complete -c tidings -n $none -a discard -d 'Removes deliveries that were set aside, or updates that are held'
complete -c tidings -n '__fish_seen_subcommand_from discard' -s w -l wait -d 'wait for what comes of it and print that'
complete -c tidings -n '__fish_seen_subcommand_from discard' -s t -l timeout -x -a '5s 30s 5min 30min 1h' -d 'how long to wait, such as 500ms, 30s or 5min'
complete -c tidings -n '__fish_seen_subcommand_from discard' -s m -l comment -x -d 'why, for the record'
complete -c tidings -n '__fish_seen_subcommand_from discard' -l json -d 'print one JSON object a line, with stable keys'
complete -c tidings -n '__fish_seen_subcommand_from discard' -s c -l config -r -F -d 'read this configuration instead of /etc/tidingsd/tidingsd.toml'
complete -c tidings -n '__fish_seen_subcommand_from discard' -s h -l help -d 'show this help'

complete -c tidings -n $none -a withdraw -d 'Takes an event out of every output'
complete -c tidings -n '__fish_seen_subcommand_from withdraw' -s y -l yes -d 'do not ask for confirmation'
complete -c tidings -n '__fish_seen_subcommand_from withdraw' -s w -l wait -d 'wait for what comes of it and print that'
complete -c tidings -n '__fish_seen_subcommand_from withdraw' -s t -l timeout -x -a '5s 30s 5min 30min 1h' -d 'how long to wait, such as 500ms, 30s or 5min'
complete -c tidings -n '__fish_seen_subcommand_from withdraw' -s m -l comment -x -d 'why, for the record'
complete -c tidings -n '__fish_seen_subcommand_from withdraw' -l json -d 'print one JSON object a line, with stable keys'
complete -c tidings -n '__fish_seen_subcommand_from withdraw' -s c -l config -r -F -d 'read this configuration instead of /etc/tidingsd/tidingsd.toml'
complete -c tidings -n '__fish_seen_subcommand_from withdraw' -s h -l help -d 'show this help'

complete -c tidings -n $none -a readmit -d 'Lets a withdrawn event reach outputs again'
complete -c tidings -n '__fish_seen_subcommand_from readmit' -s w -l wait -d 'wait for what comes of it and print that'
complete -c tidings -n '__fish_seen_subcommand_from readmit' -s t -l timeout -x -a '5s 30s 5min 30min 1h' -d 'how long to wait, such as 500ms, 30s or 5min'
complete -c tidings -n '__fish_seen_subcommand_from readmit' -s m -l comment -x -d 'why, for the record'
complete -c tidings -n '__fish_seen_subcommand_from readmit' -l json -d 'print one JSON object a line, with stable keys'
complete -c tidings -n '__fish_seen_subcommand_from readmit' -s c -l config -r -F -d 'read this configuration instead of /etc/tidingsd/tidingsd.toml'
complete -c tidings -n '__fish_seen_subcommand_from readmit' -s h -l help -d 'show this help'

complete -c tidings -n $none -a forget -d 'Erases an event, here and in every output'
complete -c tidings -n '__fish_seen_subcommand_from forget' -s y -l yes -d 'do not ask for confirmation'
complete -c tidings -n '__fish_seen_subcommand_from forget' -s w -l wait -d 'wait for what comes of it and print that'
complete -c tidings -n '__fish_seen_subcommand_from forget' -s t -l timeout -x -a '5s 30s 5min 30min 1h' -d 'how long to wait, such as 500ms, 30s or 5min'
complete -c tidings -n '__fish_seen_subcommand_from forget' -s m -l comment -x -d 'why, for the record'
complete -c tidings -n '__fish_seen_subcommand_from forget' -l json -d 'print one JSON object a line, with stable keys'
complete -c tidings -n '__fish_seen_subcommand_from forget' -s c -l config -r -F -d 'read this configuration instead of /etc/tidingsd/tidingsd.toml'
complete -c tidings -n '__fish_seen_subcommand_from forget' -s h -l help -d 'show this help'

complete -c tidings -n $none -a plugins -d 'Shows the daemon\'s plugins, and which of them are in use'
complete -c tidings -n '__fish_seen_subcommand_from plugins' -l json -d 'print one JSON object a line, with stable keys'
complete -c tidings -n '__fish_seen_subcommand_from plugins' -s c -l config -r -F -d 'read this configuration instead of /etc/tidingsd/tidingsd.toml'
complete -c tidings -n '__fish_seen_subcommand_from plugins' -s h -l help -d 'show this help'

complete -c tidings -n $none -a plugin -d 'Makes a Swift package for a plugin of your own'
complete -c tidings -n '__fish_seen_subcommand_from plugin' -s d -l directory -x -a '(__fish_complete_directories)' -d 'make the package in DIR, which must not be there yet'
complete -c tidings -n '__fish_seen_subcommand_from plugin' -l tidingsd -x -d 'where the package of tidingsd is'
complete -c tidings -n '__fish_seen_subcommand_from plugin' -l json -d 'print one JSON object a line, with stable keys'
complete -c tidings -n '__fish_seen_subcommand_from plugin' -s c -l config -r -F -d 'read this configuration instead of /etc/tidingsd/tidingsd.toml'
complete -c tidings -n '__fish_seen_subcommand_from plugin' -s h -l help -d 'show this help'
complete -c tidings -n '__fish_seen_subcommand_from plugin' -a 'new'

complete -c tidings -n $none -a reference -d 'Shows all settings of the daemon and its plugins'
complete -c tidings -n '__fish_seen_subcommand_from reference' -l as -x -a 'text toml man' -d 'text: for reading (the default)'
complete -c tidings -n '__fish_seen_subcommand_from reference' -l json -d 'print one JSON object a line, with stable keys'
complete -c tidings -n '__fish_seen_subcommand_from reference' -s c -l config -r -F -d 'read this configuration instead of /etc/tidingsd/tidingsd.toml'
complete -c tidings -n '__fish_seen_subcommand_from reference' -s h -l help -d 'show this help'

complete -c tidings -n $none -a completion -d 'Prints the script by which a shell completes command lines'
complete -c tidings -n '__fish_seen_subcommand_from completion' -l json -d 'print one JSON object a line, with stable keys'
complete -c tidings -n '__fish_seen_subcommand_from completion' -s c -l config -r -F -d 'read this configuration instead of /etc/tidingsd/tidingsd.toml'
complete -c tidings -n '__fish_seen_subcommand_from completion' -s h -l help -d 'show this help'
complete -c tidings -n '__fish_seen_subcommand_from completion' -a 'bash zsh fish'

complete -c tidings -n $none -a help -d 'Shows what a command does'
complete -c tidings -n '__fish_seen_subcommand_from help' -a "$commands"
