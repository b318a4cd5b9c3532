import CommandLineKit

/// Completion for bash 4 and later, without the package bash-completion.
enum BashCompletion {
    static func script(_ commands: [CompletedCommand]) -> String {
        """
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
                    options='\(words(ToolOptions.switches))'
                    operands='words \(commands.map(\.name).joined(separator: " "))' ;;
        \(commands.map(branch).joined())    esac
            case $command:$previous in
        \(arguments("*", ToolOptions.switches))\(commands.map { arguments($0.name, own($0)) }.joined())    esac
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

        """
    }

    private static func branch(_ command: CompletedCommand) -> String {
        let names = CompletedCommand.all.map(\.name)
        let operands =
            command.operands == .commands ? "words \(names.joined(separator: " "))" : values(command.operands)
        return """
                    \(command.name))
                        options='\(words(command.switches))'
                        operands='\(operands)' ;;

            """
    }

    /// The options that not every command has.
    private static func own(_ command: CompletedCommand) -> [Switch] {
        let common = ToolOptions.switches.map(\.name)
        return command.switches.filter { !common.contains($0.name) }
    }

    /// `--wait -w --timeout -t`
    private static func words(_ switches: [Switch]) -> String {
        switches.flatMap { ["--\($0.name)"] + ($0.letter.map { ["-\($0)"] } ?? []) }.joined(separator: " ")
    }

    private static func arguments(_ command: String, _ switches: [Switch]) -> String {
        switches.compactMap { option -> String? in
            guard let argument = CompletedCommand.argument(option) else { return nil }
            let patterns = (["--\(option.name)"] + (option.letter.map { ["-\($0)"] } ?? [])).map { "\(command):\($0)" }
            return "        \(patterns.joined(separator: " | "))) values='\(values(argument))' ;;\n"
        }.joined()
    }

    private static func values(_ values: CompletedCommand.Values) -> String {
        switch values {
        case .files: "files"
        case .folders: "folders"
        case .words(let words): "words \(words.joined(separator: " "))"
        case .anything, .commands: "nothing"
        }
    }
}
