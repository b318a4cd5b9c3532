import EventModel
import Store

/// The statements on `findings`: what was found about entries of the log.
struct FindingTable {
    private let insert: PreparedStatement
    private let range: PreparedStatement
    private let replace: PreparedStatement

    init(_ database: Database) throws(StoreError) {
        insert = try database.prepare("INSERT INTO findings VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")
        replace = try database.prepare("REPLACE INTO findings VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")
        range = try database.prepare("SELECT * FROM findings WHERE n >= ?1 AND n < ?2 ORDER BY n")
    }

    func insert(_ diagnostic: Diagnostic, at number: Int64) throws(StoreError) {
        try write(diagnostic, at: number, insert)
    }

    /// Writes a finding in the place of the one of that number.
    func replace(_ diagnostic: Diagnostic, at number: Int64) throws(StoreError) {
        try write(diagnostic, at: number, replace)
    }

    private func write(
        _ diagnostic: Diagnostic, at number: Int64, _ statement: PreparedStatement
    ) throws(StoreError) {
        var columns = DigestedRow(statement)
        try columns.add(number)
        try columns.add(diagnostic.code.rawValue)
        try columns.add(diagnostic.severity.word)
        try columns.add(diagnostic.field)
        try columns.add(diagnostic.position?.line)
        try columns.add(diagnostic.position?.column)
        try columns.add(diagnostic.message)
        try columns.run()
    }

    /// The findings of one entry. Of their places line and column are known.
    func rows(_ numbers: Range<Int64>) throws(StoreError) -> [Diagnostic] {
        guard !numbers.isEmpty else { return [] }
        try range.bind(numbers.lowerBound, at: 1)
        try range.bind(numbers.upperBound, at: 2)
        var findings: [Diagnostic] = []
        while try range.step() {
            try range.checkDigest(table: "findings")
            guard let code = DiagnosticCode(rawValue: range.text(1)), let severity = Severity(word: range.text(2))
            else { continue }
            var position: SourcePosition?
            if let line = range.optionalInt(4), let column = range.optionalInt(5) {
                position = SourcePosition(line: line, column: column, bytes: 0..<0)
            }
            findings.append(
                Diagnostic(
                    code, severity: severity, field: range.text(3), position: position, message: range.text(6)))
        }
        return findings
    }
}
