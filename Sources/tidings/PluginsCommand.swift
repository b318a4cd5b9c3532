import CommandLineKit
import EventFormats

/// `tidings plugins`: what the daemon is built of.
struct PluginsCommand: Command {
    var common = CommonOptions()

    static let usage = CommandUsage(
        "tidings plugins", "Shows the daemon's plugins, and which of them are in use.",
        notes: [
            "STAGE is the place in the pipeline of the configuration; a plugin without one is not in use. NEEDS names what "
                + "it may use (state-directory, credentials, network) and the facts that an earlier stage has to provide.",
            "Runs 'tidingsd --plugins'. Exits with 78 if the configuration is wrong.",
        ])

    static var options: [Option<Self>] { CommonOptions.part(of: \.common) }

    func run(_ operands: [Argument], _ console: Console) throws(Failure) -> ExitStatus {
        let bytes = try DaemonBinary.output("--plugins", common, console)
        guard !common.json else {
            console.write(bytes: bytes)
            return .ok
        }
        var table = Table(
            [("PLUGIN", .left), ("STAGE", .right), ("NEEDS", .left), ("SUMMARY", .left)],
            yielding: [Table.Yield(column: 2, least: 12)], wrapping: 3)
        for line in bytes.split(separator: UInt8(ascii: "\n")) {
            do {
                table.add(PluginsCommand.row(try JSONDocument(Array(line), limits: .own).root))
            } catch {
                throw Failure(.software, "tidingsd --plugins gave what cannot be read; are both of the same version?")
            }
        }
        table.write(to: console)
        return .ok
    }

    private static func row(_ plugin: JSONNode) -> [Table.Cell] {
        let texts = { (key: StaticString) in plugin[key].map { $0.elements.compactMap(\.text) } ?? [] }
        let needs = texts("capabilities") + texts("requires").map { "fact \($0)" }
        let stage = plugin["stage"]?.integer
        return [
            Table.Cell((plugin["name"]?.text ?? "").printable, stage == nil ? .faint : .bold),
            Table.Cell(stage.map(String.init) ?? "-", stage == nil ? .faint : nil),
            Table.Cell(needs.isEmpty ? "-" : needs.joined(separator: ", ").printable, needs.isEmpty ? .faint : nil),
            Table.Cell((plugin["summary"]?.text ?? "").printable),
        ]
    }
}
