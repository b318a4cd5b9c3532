import CommandLineKit

/// Completion for fish.
enum FishCompletion {
    static func script(_ commands: [CompletedCommand]) -> String {
        let names = commands.map(\.name).joined(separator: " ")
        var lines = [
            "# fish completion for tidings(1), made by 'tidings completion fish'", "", "set -l commands \(names)",
            "set -l none \"not __fish_seen_subcommand_from $commands\"", "", "complete -c tidings -f",
        ]
        lines += ToolOptions.switches.map { option($0, condition: "$none") }
        for command in commands {
            let condition = quoted("__fish_seen_subcommand_from \(command.name)")
            lines.append("")
            lines.append("complete -c tidings -n $none -a \(command.name) -d \(quoted(command.summary))")
            lines += command.switches.map { option($0, condition: condition) }
            let operands = self.operands(command.operands)
            if !operands.isEmpty { lines.append("complete -c tidings -n \(condition) \(operands)") }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func option(_ option: Switch, condition: String) -> String {
        let letter = option.letter.map { "-s \($0) " } ?? ""
        let argument = CompletedCommand.argument(option).map { values -> String in
            switch values {
            case .files: " -r -F"
            case .folders: " -x -a '(__fish_complete_directories)'"
            case .words(let words): " -x -a \(quoted(words.joined(separator: " ")))"
            case .anything, .commands: " -x"
            }
        }
        return "complete -c tidings -n \(condition) \(letter)-l \(option.name)\(argument ?? "") -d "
            + quoted(CompletedCommand.brief(option.summary))
    }

    private static func operands(_ values: CompletedCommand.Values) -> String {
        switch values {
        case .anything: ""
        case .files: "-F"
        case .folders: "-a '(__fish_complete_directories)'"
        case .words(let words): "-a \(quoted(words.joined(separator: " ")))"
        case .commands: "-a \"$commands\""
        }
    }

    private static func quoted(_ text: String) -> String {
        "'" + text.replacing("\\", with: "\\\\").replacing("'", with: "\\'") + "'"
    }
}
