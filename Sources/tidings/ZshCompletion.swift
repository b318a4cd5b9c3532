import CommandLineKit

/// Completion for zsh.
enum ZshCompletion {
    static func script(_ commands: [CompletedCommand]) -> String {
        let list = commands.map { "    \(quoted("\($0.name):\($0.summary)"))\n" }.joined()
        let branches = commands.map { command in
            let operands = self.operands(command.operands)
            let specs = command.switches.map(spec) + (operands.isEmpty ? [] : [operands])
            return "            \(command.name))\n                _arguments "
                + specs.joined(separator: " \\\n                    ") + " ;;\n"
        }.joined()
        return """
            #compdef tidings
            # zsh completion for tidings(1), made by 'tidings completion zsh'

            local -a commands
            commands=(
            \(list))

            _arguments -C \\
                \(ToolOptions.switches.map(spec).joined(separator: " \\\n    ")) \\
                '1:command:->command' '*::argument:->argument' && return

            case $state in
                command) _describe command commands ;;
                argument)
                    case $words[1] in
            \(branches)        esac ;;
            esac

            """
    }

    private static func spec(_ option: Switch) -> String {
        let text = bracketed(CompletedCommand.brief(option.summary))
        let argument = CompletedCommand.argument(option)
        let tail = argument.map { ":\(option.placeholder?.lowercased() ?? ""):\(action($0))" } ?? ""
        let long = "--\(option.name)" + (argument == nil ? "" : "=")
        guard let letter = option.letter else { return quoted("\(long)[\(text)]\(tail)") }
        let short = "-\(letter)" + (argument == nil ? "" : "+")
        return quoted("(-\(letter) --\(option.name))") + "{\(short),\(long)}" + quoted("[\(text)]\(tail)")
    }

    private static func operands(_ values: CompletedCommand.Values) -> String {
        switch values {
        case .anything: ""
        case .words: quoted("1:word:\(action(values))")
        case .files, .folders: quoted("*:file:\(action(values))")
        case .commands: quoted("1:command:{_describe command commands}")
        }
    }

    private static func action(_ values: CompletedCommand.Values) -> String {
        switch values {
        case .files: "_files"
        case .folders: "_files -/"
        case .words(let words): "(\(words.joined(separator: " ")))"
        case .anything, .commands: " "
        }
    }

    private static func bracketed(_ text: String) -> String {
        text.replacing("[", with: "\\[").replacing("]", with: "\\]")
    }

    private static func quoted(_ text: String) -> String { "'" + text.replacing("'", with: "'\\''") + "'" }
}
