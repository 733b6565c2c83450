/// A cleaned commit message as its checks read it.
struct MessageText {
    /// The first line that is not blank, as git takes it for the subject.
    struct Subject {
        /// Counted from 1.
        var line: Int
        /// Without whitespace at its end.
        var text: String

        /// Whether git wrote it from other commits or branches.
        var isWritten: Bool {
            ["Merge ", "fixup! ", "squash! ", "amend! ", "Revert \""].contains(
                where: text.hasPrefix)
        }
    }

    /// Lines without their line feeds and without whitespace at their ends.
    let lines: [String]
    /// nil when all lines are blank.
    let subject: Subject?

    init(_ message: [UInt8]) {
        let isSpace: (UInt8) -> Bool = { $0.isGitSpace }
        let lines = message.split(separator: .lineFeed, omittingEmptySubsequences: false).map {
            line in
            let end = line.lastIndex { !isSpace($0) }
            return String(decoding: line[..<(end.map { $0 + 1 } ?? line.startIndex)], as: UTF8.self)
        }
        self.lines = lines
        subject = lines.firstIndex { !$0.isEmpty }.map { Subject(line: $0 + 1, text: lines[$0]) }
    }

    /// Whether the line below this one is blank, or there is none.
    func isBlank(belowLine number: Int) -> Bool {
        number >= lines.count || lines[number].isEmpty
    }

    /// The lines of the last paragraph, where trailers stand; none when that is the subject's.
    var trailers: [String] {
        let rest = lines.drop { $0.isEmpty }.drop { !$0.isEmpty }
        guard let end = rest.lastIndex(where: { !$0.isEmpty }) else { return [] }
        let start = rest[...end].lastIndex(where: \.isEmpty).map { $0 + 1 } ?? rest.startIndex
        return Array(rest[start...end])
    }
}
