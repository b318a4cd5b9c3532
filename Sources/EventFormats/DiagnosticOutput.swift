public import EventModel

extension Diagnostic {
    /// Writes the diagnostic as an object: code, severity, field, line, column, message.
    public func write(into json: inout JSONWriter) {
        json.object { json in
            json.key("code")
            json.string(code.rawValue)
            json.key("severity")
            json.string(severity.word)
            json.key("field")
            json.string(field)
            if let position {
                json.key("line")
                json.integer(position.line)
                json.key("column")
                json.integer(position.column)
                json.key("bytes")
                json.array { range in
                    range.integer(position.bytes.lowerBound)
                    range.integer(position.bytes.upperBound)
                }
            }
            if let update {
                json.key("item")
                json.integer(update + 1)
            }
            json.key("message")
            json.string(message)
        }
    }

    /// `file:line:column: error: message [code]`, as a compiler prints it.
    public func line(file: String) -> String {
        let place = position.map { "\(file):\($0.line):\($0.column)" } ?? file
        return "\(place): \(severity.word): \(message) [\(code.rawValue)]"
    }
}

extension Change {
    /// Writes the change as an object: path, operation, before, after, class, major.
    public func write(into json: inout JSONWriter) {
        json.object { json in
            json.key("path")
            json.string(path)
            json.key("operation")
            json.string(operation.rawValue)
            if let before {
                json.key("before")
                json.string(before)
            }
            if let after {
                json.key("after")
                json.string(after)
            }
            json.key("class")
            json.string(`class`.rawValue)
            json.key("major")
            json.bool(isMajor)
        }
    }
}

extension String {
    /// The text for one line of a terminal: see ``PrintableText``.
    public var printable: String { PrintableText.escape(self) }
}
