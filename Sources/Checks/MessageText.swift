/// A cleaned commit message for its checks.
package struct MessageText {
    /// The first line that is not blank, which is the subject in git.
    package struct Subject {
        /// Counted from 1.
        package var line: Int
        /// Without whitespace at its end.
        package var text: String

        /// Whether git wrote it from other commits or branches.
        package var isWritten: Bool {
            isForAutosquash
                || ["Merge ", "Revert \"", "Reapply \""].contains(where: text.hasPrefix)
        }

        /// Whether `git rebase --autosquash` would make it part of another commit.
        package var isForAutosquash: Bool {
            ["fixup!", "squash!", "amend!"].contains { text == $0 || text.hasPrefix($0 + " ") }
        }
    }

    /// Lines without their line feeds and without whitespace at their ends.
    package let lines: [String]
    /// nil if all lines are blank.
    package let subject: Subject?

    package init(_ message: [UInt8]) {
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
    package func isBlank(belowLine number: Int) -> Bool {
        number >= lines.count || lines[number].isEmpty
    }

    /// The trailers, as `git interpret-trailers` finds them: the last paragraph, unless that is the
    /// subject's, if every line of it is one, or a fourth and one that git writes itself is among
    /// them. A line that begins with a space continues the one before.
    package var trailers: [String] {
        let rest = lines.drop { $0.isEmpty }.drop { !$0.isEmpty }
        guard let end = rest.lastIndex(where: { !$0.isEmpty }) else { return [] }
        let start = rest[...end].lastIndex(where: \.isEmpty).map { $0 + 1 } ?? rest.startIndex
        var trailers: [String] = []
        var (count, others, hasOwn) = (0, 0, false)
        var isContinued = false
        for line in rest[start...end] {
            let isByGit = Self.ownTrailers.contains(where: line.hasPrefix)
            if line.first == " " || line.first == "\t" {
                if isContinued, let last = trailers.popLast() {
                    trailers.append(last + " " + line.drop { $0 == " " || $0 == "\t" })
                } else {
                    others += 1
                }
            } else if isByGit || Self.isTrailer(line) {
                trailers.append(line)
                count += 1
                hasOwn = hasOwn || isByGit
                isContinued = true
            } else {
                others += 1
                isContinued = false
            }
        }
        return others == 0 || (hasOwn && count * 3 >= others) ? trailers : []
    }

    private static let ownTrailers = ["Signed-off-by: ", "(cherry picked from commit "]

    /// A word of letters, digits and dashes, then a colon.
    private static func isTrailer(_ line: String) -> Bool {
        guard let colon = line.utf8.firstIndex(of: UInt8(ascii: ":")) else { return false }
        var token = line.utf8[..<colon]
        while let last = token.last, last == 0x20 || last == 0x09 { token.removeLast() }
        return !token.isEmpty
            && token.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte & 0xDF)
                    || byte == UInt8(ascii: "-")
            }
    }
}
