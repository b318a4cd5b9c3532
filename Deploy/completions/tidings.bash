# bash completion for tidings(1), made by 'tidings completion bash'

_tidings() {
    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} command= index
    # --name=value is three words here.
    if [[ $current == = ]]; then
        current=
    elif [[ $previous == = && COMP_CWORD -gt 1 ]]; then
        previous=${COMP_WORDS[COMP_CWORD-2]}
    fi
    for ((index = 1; index < COMP_CWORD; index++)); do
        case ${COMP_WORDS[index]} in
            --config | -c)
                if [[ ${COMP_WORDS[index+1]} == = ]]; then ((index++)); fi
                ((index++)) ;;
            -*) ;;
            *)
                command=${COMP_WORDS[index]}
                break ;;
        esac
    done
    local options= operands= values=
    case $command in
        '')
            options='--json --config -c --version --help -h'
            operands='words submit check decode status queue why list show retry release discard withdraw readmit forget revert link unlink suspend resume plugins plugin reference completion help' ;;
        submit)
            options='--wait -w --timeout -t --json --config -c --help -h'
            operands='files' ;;
        check)
            options='--effective --json --config -c --help -h'
            operands='files' ;;
        decode)
            options='--as --json --config -c --help -h'
            operands='files' ;;
        status)
            options='--check --warning-age --critical-age --json --config -c --help -h'
            operands='nothing' ;;
        queue)
            options='--list -l --user -u --publisher -p --since --code --json --config -c --help -h'
            operands='nothing' ;;
        why)
            options='--json --config -c --help -h'
            operands='files' ;;
        list)
            options='--json --config -c --help -h'
            operands='nothing' ;;
        show)
            options='--json --config -c --help -h'
            operands='nothing' ;;
        retry)
            options='--wait -w --timeout -t --comment -m --json --config -c --help -h'
            operands='nothing' ;;
        release)
            options='--as --update-of --set -s --user -u --publisher -p --since --code --wait -w --timeout -t --comment -m --json --config -c --help -h'
            operands='nothing' ;;
        discard)
            options='--user -u --publisher -p --since --code --wait -w --timeout -t --comment -m --json --config -c --help -h'
            operands='nothing' ;;
        withdraw)
            options='--yes -y --wait -w --timeout -t --comment -m --json --config -c --help -h'
            operands='nothing' ;;
        readmit)
            options='--wait -w --timeout -t --comment -m --json --config -c --help -h'
            operands='nothing' ;;
        forget)
            options='--yes -y --wait -w --timeout -t --comment -m --json --config -c --help -h'
            operands='nothing' ;;
        revert)
            options='--user -u --publisher -p --since --yes -y --wait -w --timeout -t --comment -m --json --config -c --help -h'
            operands='nothing' ;;
        link)
            options='--wait -w --timeout -t --comment -m --json --config -c --help -h'
            operands='nothing' ;;
        unlink)
            options='--wait -w --timeout -t --comment -m --json --config -c --help -h'
            operands='nothing' ;;
        suspend)
            options='--wait -w --timeout -t --comment -m --json --config -c --help -h'
            operands='nothing' ;;
        resume)
            options='--wait -w --timeout -t --comment -m --json --config -c --help -h'
            operands='nothing' ;;
        plugins)
            options='--json --config -c --help -h'
            operands='nothing' ;;
        plugin)
            options='--directory -d --tidingsd --json --config -c --help -h'
            operands='words new' ;;
        reference)
            options='--as --json --config -c --help -h'
            operands='nothing' ;;
        completion)
            options='--json --config -c --help -h'
            operands='words bash zsh fish' ;;
        help)
            options=''
            operands='words submit check decode status queue why list show retry release discard withdraw readmit forget revert link unlink suspend resume plugins plugin reference completion help' ;;
    esac
    case $command:$previous in
        *:--config | *:-c) values='files' ;;
        submit:--timeout | submit:-t) values='words 5s 30s 5min 30min 1h' ;;
        decode:--as) values='words json jsonld ics' ;;
        status:--warning-age) values='words 5s 30s 5min 30min 1h' ;;
        status:--critical-age) values='words 5s 30s 5min 30min 1h' ;;
        queue:--user | queue:-u) values='nothing' ;;
        queue:--publisher | queue:-p) values='nothing' ;;
        queue:--since) values='nothing' ;;
        queue:--code) values='nothing' ;;
        retry:--timeout | retry:-t) values='words 5s 30s 5min 30min 1h' ;;
        retry:--comment | retry:-m) values='nothing' ;;
        release:--as) values='words new' ;;
        release:--update-of) values='nothing' ;;
        release:--set | release:-s) values='nothing' ;;
        release:--user | release:-u) values='nothing' ;;
        release:--publisher | release:-p) values='nothing' ;;
        release:--since) values='nothing' ;;
        release:--code) values='nothing' ;;
        release:--timeout | release:-t) values='words 5s 30s 5min 30min 1h' ;;
        release:--comment | release:-m) values='nothing' ;;
        discard:--user | discard:-u) values='nothing' ;;
        discard:--publisher | discard:-p) values='nothing' ;;
        discard:--since) values='nothing' ;;
        discard:--code) values='nothing' ;;
        discard:--timeout | discard:-t) values='words 5s 30s 5min 30min 1h' ;;
        discard:--comment | discard:-m) values='nothing' ;;
        withdraw:--timeout | withdraw:-t) values='words 5s 30s 5min 30min 1h' ;;
        withdraw:--comment | withdraw:-m) values='nothing' ;;
        readmit:--timeout | readmit:-t) values='words 5s 30s 5min 30min 1h' ;;
        readmit:--comment | readmit:-m) values='nothing' ;;
        forget:--timeout | forget:-t) values='words 5s 30s 5min 30min 1h' ;;
        forget:--comment | forget:-m) values='nothing' ;;
        revert:--user | revert:-u) values='nothing' ;;
        revert:--publisher | revert:-p) values='nothing' ;;
        revert:--since) values='nothing' ;;
        revert:--timeout | revert:-t) values='words 5s 30s 5min 30min 1h' ;;
        revert:--comment | revert:-m) values='nothing' ;;
        link:--timeout | link:-t) values='words 5s 30s 5min 30min 1h' ;;
        link:--comment | link:-m) values='nothing' ;;
        unlink:--timeout | unlink:-t) values='words 5s 30s 5min 30min 1h' ;;
        unlink:--comment | unlink:-m) values='nothing' ;;
        suspend:--timeout | suspend:-t) values='words 5s 30s 5min 30min 1h' ;;
        suspend:--comment | suspend:-m) values='nothing' ;;
        resume:--timeout | resume:-t) values='words 5s 30s 5min 30min 1h' ;;
        resume:--comment | resume:-m) values='nothing' ;;
        plugin:--directory | plugin:-d) values='folders' ;;
        plugin:--tidingsd) values='nothing' ;;
        reference:--as) values='words text toml man' ;;
    esac
    if [[ -z $values ]]; then
        if [[ $current == -* ]]; then values="words $options"; else values=$operands; fi
    fi
    case $values in
        files)
            compopt -o filenames
            mapfile -t COMPREPLY < <(compgen -f -- "$current") ;;
        folders)
            compopt -o filenames
            mapfile -t COMPREPLY < <(compgen -d -- "$current") ;;
        words*)
            mapfile -t COMPREPLY < <(compgen -W "${values#words}" -- "$current") ;;
    esac
}

complete -F _tidings tidings
