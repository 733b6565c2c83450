/// A terminal that knows only what a renderer may use: newline, return, cursor up, erase, colours.
struct Screen {
    private(set) var rows: [[Character]] = [[]]
    /// Sequences it did not know, lines that did not fit, movements beyond the top.
    private(set) var faults: [String] = []
    private var row = 0
    private var column = 0
    private let columns: Int

    init(columns: Int) {
        self.columns = columns
    }

    /// What stands on the screen, without spaces at the end of lines.
    var text: String {
        var lines = rows.map { line -> String in
            var line = line
            while line.last == " " { line.removeLast() }
            return String(line)
        }
        while lines.last == "" { lines.removeLast() }
        return lines.map { $0 + "\n" }.joined()
    }

    mutating func show(_ text: String) {
        var rest = text.unicodeScalars[...]
        while let scalar = rest.popFirst() {
            switch scalar {
            case "\n":
                row += 1
                column = 0
                while rows.count <= row { rows.append([]) }
            case "\r": column = 0
            case "\u{1B}": obey(&rest)
            default: put(Character(scalar))
            }
        }
    }

    private mutating func put(_ character: Character) {
        if column >= columns { faults.append("line \(row) is too long") }
        while rows[row].count <= column { rows[row].append(" ") }
        rows[row][column] = character
        column += 1
    }

    private mutating func obey(_ rest: inout Substring.UnicodeScalarView) {
        var sequence = String(rest.popFirst().map(Character.init) ?? " ")
        while let scalar = rest.popFirst() {
            sequence.unicodeScalars.append(scalar)
            if (0x40...0x7E).contains(scalar.value) { break }
        }
        if sequence == "[K" {
            rows[row].removeSubrange(min(column, rows[row].count)...)
        } else if sequence == "[J" {
            rows[row].removeSubrange(min(column, rows[row].count)...)
            rows.removeSubrange((row + 1)...)
        } else if sequence.hasSuffix("A"), let count = Int(sequence.dropFirst().dropLast()) {
            if count > row { faults.append("moved above the top") }
            row = max(0, row - count)
        } else if !sequence.hasSuffix("m") {
            faults.append("unknown sequence \(sequence.debugDescription)")
        }
    }
}
