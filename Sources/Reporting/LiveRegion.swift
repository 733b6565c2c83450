/// The lines at the bottom of a terminal that are redrawn in place; the cursor rests on the line
/// below them.
struct LiveRegion {
    /// The width of each line on the screen.
    private var drawn: [Int] = []

    var isEmpty: Bool { drawn.isEmpty }

    /// The bytes that replace the lines on the screen by these, cut to fit the terminal.
    mutating func redraw(_ lines: [StyledLine], on terminal: Terminal) -> String {
        var shown = lines
        let room = max(1, terminal.rows - 1)
        if shown.count > room {
            let hidden = shown.count - room + 1
            shown = Array(shown.prefix(room - 1))
            shown.append(StyledLine("... \(hidden) more", .dim))
        }
        shown = shown.map { $0.fitted(to: terminal.columns - 1) }
        if drawn.isEmpty, shown.isEmpty { return "" }
        let text = shown.map { $0.text(color: terminal.color) + "\u{1B}[K\n" }.joined()
        let frame = goToTop(terminal) + text + "\u{1B}[J"
        drawn = shown.map(\.width)
        return frame
    }

    /// The bytes that remove the lines from the screen and put the cursor where the first one was.
    mutating func erase(on terminal: Terminal) -> String {
        if drawn.isEmpty { return "" }
        let frame = goToTop(terminal) + "\u{1B}[J"
        drawn = []
        return frame
    }

    /// Moves to the first line, which is further up if the terminal was made narrower and wrapped
    /// the lines.
    private func goToTop(_ terminal: Terminal) -> String {
        let columns = max(1, terminal.columns)
        let rows = drawn.reduce(0) { $0 + max(1, ($1 + columns - 1) / columns) }
        return rows > 0 ? "\r\u{1B}[\(rows)A" : ""
    }
}
