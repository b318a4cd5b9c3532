# bash completion for tidings(1)

_tidings() {
    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} command= word index
    for ((index = 1; index < COMP_CWORD; index++)); do
        word=${COMP_WORDS[index]}
        case $word in
            --config | -c) ((index++)) ;;
            -*) ;;
            *) command=$word; break ;;
        esac
    done
    case $previous in
        --config | -c)
            compopt -o filenames
            mapfile -t COMPREPLY < <(compgen -f -- "$current")
            return ;;
        --as)
            mapfile -t COMPREPLY < <(compgen -W 'json jsonld ics' -- "$current")
            return ;;
        --timeout | -t | --warning-age | --critical-age)
            mapfile -t COMPREPLY < <(compgen -W '5s 30s 5min 1h' -- "$current")
            return ;;
    esac
    local commands='submit check decode status queue why list show help' common='--json --config --help' options
    case $command in
        '') options="$common --version" ;;
        submit) options="--wait --timeout $common" ;;
        decode) options="--as $common" ;;
        status) options="--check --warning-age --critical-age $common" ;;
        *) options=$common ;;
    esac
    if [[ $current == -* ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$options" -- "$current")
        return
    fi
    case $command in
        '' | help) mapfile -t COMPREPLY < <(compgen -W "$commands" -- "$current") ;;
        submit | check | decode | why)
            compopt -o filenames
            mapfile -t COMPREPLY < <(compgen -f -- "$current") ;;
    esac
}

complete -F _tidings tidings
