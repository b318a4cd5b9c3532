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

    /// A column that can be cut where a terminal has no room for all, and what is left of it then.
    struct Yield {
        let column: Int
        let least: Int
    }

    let columns: [(title: String, side: Side)]
    private let yielding: [Yield]
    private(set) var rows: [[Cell]] = []

    /// `yielding`: what is cut, in that order, until the rows fit; nothing else ever is.
    init(_ columns: [(title: String, side: Side)], yielding: [Yield] = []) {
        self.columns = columns
        self.yielding = yielding
    }

    mutating func add(_ row: [Cell]) { rows.append(row) }

    /// Writes the titles and the rows, and no spaces at the end of a line. On a terminal the lines are kept as wide as
    /// it is; elsewhere nothing is cut.
    func write(to console: Console) {
        for line in lines(width: console.width, styled: console.styled) { console.line(line) }
    }

    /// The lines, at most so many columns wide where that can be done.
    func lines(width: Int? = nil, styled: (String, Style?) -> String = { text, _ in text }) -> [String] {
        let titles = columns.map { Cell($0.title, .bold) }
        let all = columns.contains { !$0.title.isEmpty } ? [titles] + rows : rows
        var widths = columns.indices.map { index in all.map { $0[index].text.displayWidth }.max() ?? 0 }
        var gap = 2
        if let width { fit(&widths, &gap, width) }
        return all.map { row in
            var line = ""
            var pending = 0
            for (index, cell) in row.enumerated() {
                let text = cell.text.cut(toWidth: widths[index])
                let space = widths[index] - text.displayWidth
                pending += index == 0 ? 0 : gap
                if columns[index].side == .right { pending += space }
                if !text.isEmpty {
                    line += String(repeating: " ", count: pending) + styled(text, cell.style)
                    pending = 0
                }
                if columns[index].side == .left { pending += space }
            }
            return line
        }
    }

    private func fit(_ widths: inout [Int], _ gap: inout Int, _ width: Int) {
        func excess() -> Int { widths.reduce(0, +) + gap * (widths.count - 1) - width }
        for yield in yielding where excess() > 0 && widths[yield.column] > yield.least {
            widths[yield.column] = max(yield.least, widths[yield.column] - excess())
        }
        if excess() > 0 { gap = 1 }
    }
}
