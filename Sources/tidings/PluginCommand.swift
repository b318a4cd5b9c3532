import CommandLineKit
import EventFormats
import Glibc
import PluginKit

/// `tidings plugin new NAME`: makes a package with a plugin, its settings, its tests and a daemon that has it.
struct PluginCommand: Command {
    var common = CommonOptions()
    var directory: String?
    var tidingsd: String?

    static let usage = CommandUsage(
        "tidings plugin", operands: "new NAME", count: 1...2,
        "Makes a Swift package for a plugin of your own.",
        notes: [
            "The package has a plugin, its settings, its tests and a daemon that has it. NAME is the plugin's name in the configuration: lower-case letters, digits and hyphens. The package is made in a "
                + "new directory of that name; it says what to do next.",
            "The package depends on that of tidingsd. Without --tidingsd it is looked for above this program, where it was "
                + "built, then above the current directory.",
            "Exits with 73 if the directory is there already or cannot be made, 66 if the package of tidingsd is not found.",
        ])

    static let operandChoices = ["new"]

    static var options: [Option<Self>] {
        [
            Option("directory", "d", "DIR", \.directory, "make the package in DIR, which must not be there yet"),
            Option("tidingsd", nil, "PATH-OR-URL", \.tidingsd, "where the package of tidingsd is"),
        ] + CommonOptions.part(of: \.common)
    }

    func run(_ operands: [Argument], _ console: Console) throws(Failure) -> ExitStatus {
        let action = operands[0].text
        guard action == "new" else {
            let hint =
                nearest(to: action, among: ["new"]).map { "; did you mean \"\($0)\"?" } ?? "; it can only be \"new\""
            throw Failure(.usage, "unknown action \"\(action.printable)\"\(hint)")
        }
        guard operands.count == 2 else { throw Failure(.usage, "NAME is missing; name the new plugin") }
        let name = try PluginName(operands[1].text)
        let dependency = try PackageDependency(tidingsd)
        let folder = try NewFolder(directory ?? name.text)
        let package = PluginPackage(name: name, dependency: dependency, directory: folder.path)
        for file in package.files {
            try folder.write(file.text, to: file.path)
            guard common.json else { continue }
            console.json { json in
                json.key("file")
                json.string("\(folder.path)/\(file.path)")
            }
        }
        if !common.json { console.write(PluginCommand.next(name, dependency, directory ?? name.text)) }
        return .ok
    }

    private static func next(_ name: PluginName, _ dependency: PackageDependency, _ directory: String) -> String {
        """
        made \(directory.printable): the plugin \(name.text), its settings, its tests and a daemon that has it
        it depends on tidingsd at \(dependency.location.printable)

        next:
          cd \(directory.printable)
          swift test
          swift run \(name.daemon) --config tidingsd.toml --create-spool --once

        README.md says more.

        """
    }
}

/// The name of a plugin, and the names in the package that follow from it.
struct PluginName {
    /// The name in the configuration: `word-count`.
    let text: String
    /// What types begin with: `WordCount`.
    var words: String { text.split(separator: "-").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined() }
    /// The plugin's type, and its module.
    var type: String { words + "Plugin" }
    /// The type of its settings.
    var settings: String { words + "Settings" }
    /// The program that has the plugin.
    var daemon: String { text + "-tidingsd" }

    /// Names that are taken: by the shipped plugins, and by types that the package would hide.
    private static let taken = ["archiver", "notifier", "validator", "plugin", "single-delivery"]

    init(_ text: String) throws(Failure) {
        guard PluginManifest.isName(text), !text.hasSuffix("-"), !text.contains("--") else {
            let near = PluginName.near(text)
            let hint = PluginManifest.isName(near) ? "; did you mean \"\(near)\"?" : ", such as \"word-count\""
            throw Failure(
                .usage,
                "\"\(text.printable)\" cannot name a plugin: write up to \(PluginManifest.nameLimit) lower-case letters, digits "
                    + "and hyphens, a letter first\(hint)")
        }
        guard !PluginName.taken.contains(text) else {
            throw Failure(
                .usage, "\"\(text)\" is taken by tidingsd itself; choose another name, such as \"my-\(text)\"")
        }
        self.text = text
    }

    /// The name that was meant: `Word Count` and `wordCount` are `word-count`.
    private static func near(_ text: String) -> String {
        var near = ""
        for character in text {
            let isCapital = character.isUppercase
            let lower = character.lowercased()
            if isCapital, near.last?.isLowercase == true { near += "-" }
            if lower.allSatisfy({ ("a"..."z").contains($0) || ("0"..."9").contains($0) }) {
                near += lower
            } else if !near.isEmpty, near.last != "-" {
                near += "-"
            }
        }
        while near.last == "-" { near.removeLast() }
        return String(near.drop { !("a"..."z").contains($0) }.prefix(PluginManifest.nameLimit))
    }
}
