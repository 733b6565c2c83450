internal import Checks

/// Sorts the requirements of pip by their names, each with the comments above it.
///
/// A comment at the top that a blank line follows stays there, and comments at the end stay at the
/// end. `pkg-resources==0.0.0`, which Debian's pip used to write, is removed.
struct RequirementsTxt: TextCheck {
    static let name = "requirements-txt"
    static let summary = "Sorts requirements files of pip and removes duplicates."
    static let standsFor: String? = "requirements-txt-fixer"
    static let differences = [
        "A requirement that begins with a space or a semicolon is sorted like any other; pre-commit-hooks crashes.",
        "A byte order mark stays at the start of the file; pre-commit-hooks moves it with its requirement.",
        "In a file without LF a lone CR ends a line.",
        "A requirement that a backslash at the end of a line leaves open is never lost.",
    ]
    static let fixes = true
    static let files = ["*requirements*.txt", "*constraints*.txt"]
    static let examples = [
        Example("names are sorted", text: "b==1\nA>2\n", .becomes("A>2\nb==1\n")),
        Example(
            "comments stay with their requirement", text: "b\n# of a\na\n",
            .becomes("# of a\na\nb\n")),
        Example(
            "a comment at the top stays there", text: "# top\n\nb\na\n", .becomes("# top\n\na\nb\n")
        ),
        Example("duplicates are removed", text: "a\nb\na\n", .becomes("a\nb\n")),
        Example("sorted requirements pass", text: "a\nb==1\n", .passes),
    ]

    private static let leftovers = ["pkg-resources==0.0.0\n", "pkg_resources==0.0.0\n"].map {
        Array($0.utf8)
    }

    init(arguments: [String]) throws(CheckArgumentError) {
        _ = try Self.read(arguments)
    }

    func inspectText(_ file: CheckedFile) -> Verdict {
        let (mark, content) = file.content.afterMark
        if content.allSatisfy(\.isWhitespace) { return .passed }
        var requirements = Self.requirements(in: content)
        var rest: [UInt8] = []
        if let last = requirements.last, last.value.isEmpty {
            rest = last.comments.flatMap { $0 }
            requirements.removeLast()
        }
        requirements.removeAll { Self.leftovers.contains($0.value) }
        let keyed = requirements.enumerated().map { ($0, $1.key, $1) }
        var result: [UInt8] = []
        var last: [UInt8]?
        for (_, _, requirement) in keyed.sorted(by: Self.precedes) {
            for comment in requirement.comments { result += comment }
            if requirement.value != last { result += requirement.value }
            last = requirement.value
        }
        result += rest
        result = mark + result
        if result == file.content { return .passed }
        return Verdict(findings: [Finding(message: "requirements are not sorted")], fixed: result)
    }

    private static func precedes(
        _ a: (Int, Requirement.Key, Requirement), _ b: (Int, Requirement.Key, Requirement)
    ) -> Bool {
        if a.1 == b.1 { return a.0 < b.0 }
        return a.1.precedes(b.1)
    }

    /// The requirements in their order; the last one has no value if comments follow at the end.
    private static func requirements(in content: ArraySlice<UInt8>) -> [Requirement] {
        var found: [Requirement] = []
        for line in lines(of: content) {
            if found.last?.isComplete ?? true { found.append(Requirement()) }
            let position = found.count - 1
            let text = line.drop(while: \.isWhitespace)
            if position == 0, text.isEmpty, found[0].value.isEmpty,
                found[0].comments.first?.first == UInt8(ascii: "#")
            {
                // A comment for the whole file.
                found[0].value = [.lineFeed]
            } else if text.isEmpty || text.first == UInt8(ascii: "#") {
                found[position].comments.append(Array(line))
            } else {
                found[position].value += line
            }
        }
        return found
    }

    /// Each line with its line feed, the last one too.
    private static func lines(of content: ArraySlice<UInt8>) -> [[UInt8]] {
        var lines = content.split(separator: .lineFeed, omittingEmptySubsequences: false)
        if lines.last?.isEmpty == true { lines.removeLast() }
        return lines.map { $0 + [.lineFeed] }
    }
}

/// A requirement with the comments and blank lines above it.
private struct Requirement {
    /// All its lines; a single line feed represents the comments of the whole file.
    var value: [UInt8] = []
    var comments: [[UInt8]] = []

    /// Its sort key.
    struct Key: Equatable {
        var isTop: Bool
        var name: [UInt8]
        var isPlain: Bool

        func precedes(_ other: Key) -> Bool {
            if isTop != other.isTop { return isTop }
            if name != other.name { return name[...].precedes(other.name[...]) }
            // Of two with one name the one with comments is kept.
            return !isPlain && other.isPlain
        }
    }

    /// Whether the next line is another requirement.
    var isComplete: Bool {
        let end = value.last { $0 != .lineFeed && $0 != .carriageReturn }
        return !value.isEmpty && end != UInt8(ascii: "\\")
    }

    var key: Key { Key(isTop: value == [.lineFeed], name: name, isPlain: comments.isEmpty) }

    /// In lower case, without the version.
    private var name: [UInt8] {
        let text = value[...].lowercasedASCII()
        for mark in ["#egg=", "&egg="] {
            if let start = text.firstRange(of: mark) { return Array(text[start...]) }
        }
        let word = text.drop(while: \.isWhitespace).prefix {
            !$0.isWhitespace && $0 != UInt8(ascii: ";")
        }
        let end = word.indices.first { position in
            let next = position + 1 < word.endIndex ? word[position + 1] : 0
            return switch word[position] {
            case UInt8(ascii: ">"), UInt8(ascii: "<"): true
            case UInt8(ascii: "="), UInt8(ascii: "!"), UInt8(ascii: "~"): next == UInt8(ascii: "=")
            default: false
            }
        }
        return Array(word[..<(end ?? word.endIndex)])
    }
}

extension [UInt8] {
    /// Where the bytes after the first occurrence of a text begin; nil if it does not occur.
    fileprivate func firstRange(of text: String) -> Int? {
        let wanted = Array(text.utf8)
        return withUnsafeBufferPointer {
            $0.position(of: wanted, from: 0).map { $0 + wanted.count }
        }
    }
}
