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

    /// The columns of a column that wraps, at least.
    static let leastWrapped = 24

    /// A column that can be cut where a terminal has no room for all, and what is left of it then.
    struct Yield {
        let column: Int
        let least: Int
    }

    let columns: [(title: String, side: Side)]
    private let yielding: [Yield]
    /// The last column, where its texts go on below each other on a terminal that has no room for them.
    private let wrapping: Int?
    private(set) var rows: [[Cell]] = []

    /// `yielding`: what is cut, in that order, until the rows fit; nothing else ever is.
    init(_ columns: [(title: String, side: Side)], yielding: [Yield] = [], wrapping: Int? = nil) {
        self.columns = columns
        self.wrapping = wrapping
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
        return all.flatMap { row in
            guard let wrapping, row[wrapping].text.displayWidth > widths[wrapping] else {
                return [line(row, widths, gap, styled)]
            }
            let pieces = row[wrapping].text.broken(toWidth: widths[wrapping]).map { Cell($0, row[wrapping].style) }
            let blank = [Cell](repeating: "", count: wrapping)
            return [line(row.dropLast() + pieces.prefix(1), widths, gap, styled)]
                + pieces.dropFirst().map { line(blank + [$0], widths, gap, styled) }
        }
    }

    private func line(
        _ row: [Cell], _ widths: [Int], _ gap: Int, _ styled: (String, Style?) -> String
    ) -> String {
        var line = ""
        var pending = 0
        for (index, cell) in row.enumerated() {
            let text = index == wrapping ? cell.text : cell.text.cut(toWidth: widths[index])
            let space = max(0, widths[index] - text.displayWidth)
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

    private func fit(_ widths: inout [Int], _ gap: inout Int, _ width: Int) {
        func excess() -> Int { widths.reduce(0, +) + gap * (widths.count - 1) - width }
        if let wrapping { widths[wrapping] = max(Table.leastWrapped, widths[wrapping] - max(0, excess())) }
        for yield in yielding where excess() > 0 && widths[yield.column] > yield.least {
            widths[yield.column] = max(yield.least, widths[yield.column] - excess())
        }
        if excess() > 0 { gap = 1 }
    }
}
