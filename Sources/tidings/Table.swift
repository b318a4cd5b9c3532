/// Rows of cells, aligned for people.
struct Table {
    /// Which side of its column a cell stands on.
    enum Side { case left, right }

    struct Cell: ExpressibleByStringLiteral {
        let text: String
        let style: Style?

        /// The text has been made printable.
        init(_ text: String, _ style: Style? = nil) {
            self.text = text
            self.style = style
        }

        init(stringLiteral text: String) { self.init(text) }
    }

    let columns: [(title: String, side: Side)]
    private(set) var rows: [[Cell]] = []

    init(_ columns: [(title: String, side: Side)]) { self.columns = columns }

    mutating func add(_ row: [Cell]) { rows.append(row) }

    /// Writes the titles and the rows, with two spaces between columns and none at the end of a line.
    func write(to console: Console) {
        let titles = columns.map { Cell($0.title, .bold) }
        let all = columns.contains { !$0.title.isEmpty } ? [titles] + rows : rows
        let widths = columns.indices.map { index in all.map { $0[index].text.displayWidth }.max() ?? 0 }
        for row in all {
            var line = ""
            var pending = 0
            for (index, cell) in row.enumerated() {
                let space = widths[index] - cell.text.displayWidth
                pending += index == 0 ? 0 : 2
                if columns[index].side == .right { pending += space }
                if !cell.text.isEmpty {
                    line += String(repeating: " ", count: pending) + console.styled(cell.text, cell.style)
                    pending = 0
                }
                if columns[index].side == .left { pending += space }
            }
            console.line(line)
        }
    }
}
