/// A text as lines, each with what ends it; the last one may end with nothing.
struct Lines: Equatable {
    var all: [[UInt8]] = []

    init(_ bytes: [UInt8]) {
        var line: [UInt8] = []
        for byte in bytes {
            line.append(byte)
            guard byte == UInt8(ascii: "\n") else { continue }
            all.append(line)
            line = []
        }
        if !line.isEmpty { all.append(line) }
    }

    var bytes: [UInt8] { all.flatMap { $0 } }

    /// Ends every line but the last, and the last one as `isClosed` says.
    mutating func close(_ isClosed: Bool, ending: [UInt8]) {
        for position in all.indices where all[position].last != UInt8(ascii: "\n") {
            all[position] += ending
        }
        guard !isClosed, var last = all.popLast() else { return }
        while last.last == UInt8(ascii: "\n") || last.last == UInt8(ascii: "\r") {
            last.removeLast()
        }
        // Without a single byte there would be no line.
        all.append(last.isEmpty ? Array("end".utf8) : last)
    }

    /// The lines that a longest common subsequence with `older` leaves over: what was put into it.
    func added(to older: Lines) -> [[UInt8]] {
        let (rows, columns) = (older.all.count, all.count)
        var length = [[Int]](
            repeating: [Int](repeating: 0, count: columns + 1), count: rows + 1)
        for row in (0..<rows).reversed() {
            for column in (0..<columns).reversed() {
                length[row][column] =
                    older.all[row] == all[column]
                    ? length[row + 1][column + 1] + 1
                    : max(length[row + 1][column], length[row][column + 1])
            }
        }
        var added: [[UInt8]] = []
        var (row, column) = (0, 0)
        while column < columns {
            if row < rows, older.all[row] == all[column] {
                (row, column) = (row + 1, column + 1)
            } else if row < rows, length[row + 1][column] >= length[row][column + 1] {
                row += 1
            } else {
                added.append(all[column])
                column += 1
            }
        }
        return added
    }

    /// Whether all of `lines` are here in their order, with anything in between.
    func holdsInOrder(_ lines: [[UInt8]]) -> Bool {
        var rest = lines[...]
        for line in all where line == rest.first { rest = rest.dropFirst() }
        return rest.isEmpty
    }
}
