/// Computes the message that git will record from the file that it shows in the editor.
package enum CommitMessage {
    /// How git cleans up a message, by the values of `commit.cleanup`.
    ///
    /// Its `default` is `strip` for a message that was edited and `whitespace` for any other.
    package enum Cleanup: String, CaseIterable, Sendable {
        /// Removes comments and superfluous whitespace.
        case strip
        /// Removes superfluous whitespace.
        case whitespace
        /// Changes nothing.
        case verbatim
        /// Removes superfluous whitespace; the rest begins at the scissors.
        case scissors
    }

    private static let scissors = Array(
        " ------------------------ >8 ------------------------\n".utf8)

    /// How git reads the file of a message.
    package struct Reading: Sendable, Equatable {
        package var cleanup: Cleanup
        /// The prefix of comment lines (`core.commentChar`); there are none if it is empty.
        package var comment: [UInt8]
        /// Whether everything from the scissors line on is removed, as with `git commit --verbose`;
        /// in the mode `scissors` it always does.
        package var cuts: Bool

        package init(
            _ cleanup: Cleanup, comment: [UInt8] = Array("#".utf8), cuts: Bool = true
        ) {
            self.cleanup = cleanup
            self.comment = comment
            self.cuts = cuts
        }
    }

    /// The message that git records for these bytes.
    package static func cleaned(_ raw: [UInt8], _ reading: Reading = Reading(.strip)) -> [UInt8] {
        let isCut = reading.cuts || reading.cleanup == .scissors
        let text = isCut ? beforeScissors(raw, comment: reading.comment) : raw[...]
        return switch reading.cleanup {
        case .strip: strippingSpace(text, comment: reading.comment)
        case .whitespace, .scissors: strippingSpace(text, comment: [])
        case .verbatim: Array(text)
        }
    }

    /// The lines below the scissors, if git has written its own comments there: it does so in the
    /// mode `scissors` alone. With `--verbose` there are two comment lines, or four.
    package static func showsModeScissors(_ raw: [UInt8], comment: [UInt8]) -> Bool {
        let above = beforeScissors(raw, comment: comment).count
        let lines = raw[above...].split(separator: .lineFeed, omittingEmptySubsequences: false)
        return lines.dropFirst().prefix { $0.starts(with: comment) }.count > 4
    }

    /// The possible values for `core.commentChar = auto`; only one if it is certain.
    ///
    /// Git uses the first of some characters that no line of the message begins with, before it
    /// adds its own comments; these show afterwards which one it was. If an editor removed them,
    /// the message may have been empty before, or the same as now.
    package static func automaticComments(_ raw: [UInt8], isEdited: Bool) -> [[UInt8]] {
        let candidates = Array("#;@!$%^&|:".utf8)
        let taken = Set(raw.split { $0 == .lineFeed || $0 == 13 }.compactMap(\.first))
        let unused = candidates.first { !taken.contains($0) }.map { [$0] } ?? []
        guard isEdited else { return [unused] }
        for each in candidates {
            // Git has a comment below its scissors.
            let rest = raw[beforeScissors(raw, comment: [each]).count...]
            if rest.split(separator: .lineFeed).dropFirst().first?.first == each { return [[each]] }
        }
        let lines = raw.split(separator: .lineFeed, omittingEmptySubsequences: true)
        if let last = lines.last?.first, candidates.contains(last) {
            let block = lines.reversed().prefix { line in
                let second = line.dropFirst().first
                return line.first == last
                    && (second == nil || second == UInt8(ascii: " ") || second == 9)
            }
            if block.count > 2 { return [[last]] }
        }
        let first: [UInt8] = [UInt8(ascii: "#")]
        return unused == first ? [first] : [unused, first]
    }

    /// The bytes above the scissors line, as `wt_status_locate_end` finds it.
    private static func beforeScissors(_ raw: [UInt8], comment: [UInt8]) -> ArraySlice<UInt8> {
        let line = comment + scissors
        var start = 0
        while start < raw.count {
            if raw[start...].starts(with: line) { return raw[..<start] }
            start = (raw[start...].firstIndex(of: .lineFeed) ?? raw.count - 1) + 1
        }
        return raw[...]
    }

    /// The result of `git stripspace`: whitespace at the ends of lines is removed, blank lines at
    /// both ends are removed, several between become one, and the last line ends with LF.
    private static func strippingSpace(_ text: ArraySlice<UInt8>, comment: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        var isAfterBlank = false
        for line in text.split(separator: .lineFeed, omittingEmptySubsequences: false) {
            if !comment.isEmpty, line.starts(with: comment) { continue }
            guard let end = line.lastIndex(where: { !$0.isGitSpace }) else {
                isAfterBlank = true
                continue
            }
            if isAfterBlank, !result.isEmpty { result.append(.lineFeed) }
            isAfterBlank = false
            result.append(contentsOf: line[...end])
            result.append(.lineFeed)
        }
        return result
    }
}
