/// Which changes of a commit to one file the changes of a branch revert.
///
/// Lines count anywhere in the file: lines that the commit removed and the branch adds, in places
/// where the branch removes what the commit added. Lines with almost no content, such as a
/// brace, do not count, because they come back by chance.
struct Revert {
    /// Fewer lines may come back by chance.
    static let least = 3

    /// The first of the lines that come back, if there are enough of them.
    private(set) var line: Int?
    /// The lines that come back where the commit replaced them by nothing: they may have been
    /// moved.
    private var deleted: [String] = []

    /// - Parameter isNew: whether the branch creates the file again; then half of it must come
    ///   back.
    init(_ mine: [Hunk], of theirs: [Hunk], isNew: Bool) {
        let replaced = theirs.filter { !$0.added.isEmpty }
        let gone = Bag(replaced.flatMap(\.added))
        var old = Bag(replaced.flatMap(\.removed))
        var back = 0
        for hunk in mine where hunk.removed.contains(where: gone.contains) {
            let count = hunk.added.count { old.take($0) }
            if count > 0, line == nil { line = hunk.line }
            back += count
        }
        if back >= Self.least { return }
        line = nil
        let runs = theirs.filter { $0.added.isEmpty }.map { $0.removed.filter(Bag.counts) }
        for hunk in mine {
            let added = hunk.added.filter(Bag.counts)
            let needed = isNew ? max(Self.least, (added.count + 1) / 2) : Self.least
            for run in runs {
                let common = longestRun(in: added, of: run)
                guard common.count >= needed else { continue }
                (line, deleted) = (hunk.line, common)
                return
            }
        }
    }

    /// Whether lines that the commit only removed were still together in the file that the branch
    /// started from: then they were moved, or occur more than once.
    func isStillThere(_ content: [UInt8]) -> Bool {
        guard !deleted.isEmpty else { return false }
        let lines = String(decoding: content, as: UTF8.self).split(separator: "\n").map(String.init)
        return lines.filter(Bag.counts).map(Bag.trimmed).firstRange(of: deleted.map(Bag.trimmed))
            != nil
    }

    private func longestRun(in lines: [String], of other: [String]) -> [String] {
        var best = 0..<0
        var lengths = [Int](repeating: 0, count: other.count + 1)
        for (position, line) in lines.enumerated() {
            var diagonal = 0
            for index in other.indices {
                let above = lengths[index + 1]
                lengths[index + 1] = other[index] == line ? diagonal + 1 : 0
                if lengths[index + 1] > best.count {
                    best = position + 1 - lengths[index + 1]..<position + 1
                }
                diagonal = above
            }
        }
        return Array(lines[best])
    }
}

/// Lines with their number of occurrences.
private struct Bag {
    private var counts: [String: Int] = [:]

    init(_ lines: [String]) {
        for line in lines where Self.counts(line) { counts[line, default: 0] += 1 }
    }

    func contains(_ line: String) -> Bool { counts[line] != nil }

    /// Removes a line; false if it is not there.
    mutating func take(_ line: String) -> Bool {
        guard let count = counts[line], count > 0 else { return false }
        counts[line] = count - 1
        return true
    }

    /// Whether a line has enough content to be recognized.
    static func counts(_ line: String) -> Bool {
        line.unicodeScalars.count { $0.properties.isAlphabetic || $0.properties.numericType != nil }
            >= 2
    }

    static func trimmed(_ line: String) -> String {
        String(line.drop { $0 == " " || $0 == "\t" })
    }
}

extension [Hunk] {
    /// How many lines that are not blank it removes, or adds, whichever is more.
    var changedLines: Int {
        func count(_ lines: (Hunk) -> [String]) -> Int {
            map { lines($0).count { $0.contains { !$0.isWhitespace } } }.reduce(0, +)
        }
        return Swift.max(count(\.removed), count(\.added))
    }
}
