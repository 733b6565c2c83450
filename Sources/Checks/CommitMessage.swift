/// Turns the file that git shows in the editor into the message that it will record.
package enum CommitMessage {
    /// What git does to a message, by the values of `commit.cleanup`.
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

    /// The message that git records for these bytes.
    ///
    /// Everything from the scissors line on goes in every mode: `git commit --verbose` writes it in
    /// every mode, and a hook is not told of `--verbose`. `comment` is what comment lines begin
    /// with (`core.commentChar`); none do when it is empty.
    package static func cleaned(
        _ raw: [UInt8], cleanup: Cleanup = .strip, comment: [UInt8] = Array("#".utf8)
    ) -> [UInt8] {
        let text = beforeScissors(raw, comment: comment)
        return switch cleanup {
        case .strip: strippingSpace(text, comment: comment)
        case .whitespace, .scissors: strippingSpace(text, comment: [])
        case .verbatim: Array(text)
        }
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

    /// What `git stripspace` makes of it: whitespace at the ends of lines goes, blank lines at both
    /// ends go, several between become one, and the last line ends with LF.
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
