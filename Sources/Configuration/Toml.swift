import CToml
import PluginKit

/// Reads TOML 1.0 into values that know where they stand.
enum Toml {
    /// Faults of syntax that are looked for in one file.
    static let maxFaults = 20

    /// What could be read of a file.
    struct Reading {
        /// The table of the whole file, without the statements that have faults; nil where nothing could be read.
        var root: SettingValue?
        /// Faults of syntax. What the values mean is checked by the settings.
        var faults: [SettingFault] = []
    }

    /// Parses a file's text. A statement with a fault is left out, so that the rest is read too.
    static func parse(_ text: [UInt8], file: String) -> Reading {
        var reading = Reading()
        var lines = TomlLines(text)
        if let fault = lines.forbiddenByte(file: file) {
            reading.faults.append(fault)
            return reading
        }
        while reading.faults.count < maxFaults {
            do throws(TomlRefusal) {
                let text = lines.text
                if let refusal = TomlScanner.refusal(of: text) { throw refusal }
                reading.root = try attempt(text, file: file)
                return reading
            } catch {
                reading.faults.append(error.fault(in: lines, file: file))
                guard lines.leaveOut(error) else { return reading }
            }
        }
        return reading
    }

    private static func attempt(_ text: [UInt8], file: String) throws(TomlRefusal) -> SettingValue {
        let builder = Builder(file: file)
        let context = Unmanaged.passUnretained(builder).toOpaque()
        var visitor = tidings_toml_visitor(
            key: { Builder.of($0).key = (Builder.text($1, $2), Builder.of($0).place($3)) },
            string: { Builder.of($0).add(.string(Builder.text($1, $2)), $3) },
            integer: { Builder.of($0).add(.integer(Int($1)), $2) },
            real: { Builder.of($0).add(.double($1), $2) },
            boolean: { Builder.of($0).add(.boolean($1), $2) },
            temporal: { Builder.of($0).add(.temporal(Builder.text($1, $2)), $3) },
            begin_array: { Builder.of($0).begin(isTable: false, $1) },
            end_array: { Builder.of($0).end() },
            begin_table: { Builder.of($0).begin(isTable: true, $1) },
            end_table: { Builder.of($0).end() })
        let isWhole = text.withUnsafeBytes { bytes in
            tidings_toml_parse(bytes.bindMemory(to: CChar.self).baseAddress, bytes.count, &visitor, context) {
                Builder.of($0).refusal = TomlRefusal(Builder.text($1, $2), line: Int($3.line), column: Int($3.column))
            }
        }
        if let refusal = builder.refusal { throw refusal }
        guard isWhole, let root = builder.root else { throw TomlRefusal("nothing was read", line: 1, column: 1) }
        return root
    }

    private final class Builder {
        let file: String
        var key: (name: String, place: SettingPlace)?
        var refusal: TomlRefusal?
        var root: SettingValue?
        private var open: [Container] = []

        private struct Container {
            let key: (name: String, place: SettingPlace)?
            let place: SettingPlace
            let isTable: Bool
            var entries: [SettingValue.Entry] = []
            var elements: [SettingValue] = []
        }

        init(file: String) { self.file = file }

        static func of(_ context: UnsafeMutableRawPointer?) -> Builder {
            guard let context else { preconditionFailure("the parser lost its context") }
            return Unmanaged<Builder>.fromOpaque(context).takeUnretainedValue()
        }

        static func text(_ start: UnsafePointer<CChar>?, _ length: Int) -> String {
            String(decoding: UnsafeRawBufferPointer(start: start, count: length), as: UTF8.self)
        }

        func place(_ place: tidings_toml_place) -> SettingPlace {
            SettingPlace(file: file, line: Int(place.line), column: Int(place.column))
        }

        func add(_ content: SettingValue.Content, _ at: tidings_toml_place) {
            add(SettingValue(content, at: place(at)))
        }

        private func add(_ value: SettingValue) {
            guard let last = open.indices.last else {
                root = value
                return
            }
            if !open[last].isTable {
                open[last].elements.append(value)
            } else if let key {
                open[last].entries.append(.init(key: key.name, place: key.place, value: value))
            }
        }

        func begin(isTable: Bool, _ at: tidings_toml_place) {
            open.append(Container(key: key, place: place(at), isTable: isTable))
        }

        func end() {
            let closed = open.removeLast()
            key = closed.key
            add(SettingValue(closed.isTable ? .table(closed.entries) : .array(closed.elements), at: closed.place))
        }
    }
}
