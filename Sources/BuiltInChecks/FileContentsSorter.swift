internal import Checks

/// Sorts the lines of files that are lists, by their bytes; blank lines are removed.
struct FileContentsSorter: TextCheck {
    static let name = "file-contents-sorter"
    static let summary = "Sorts the lines of the files that `files` names."
    static let standsFor: String? = "file-contents-sorter"
    static let differences = [
        "A byte order mark stays at the start of the file; pre-commit-hooks moves it with its line.",
        "In a file without LF a lone CR ends a line.",
    ]
    static let fixes = true
    /// No file, until the project names some.
    static let files = ["/"]
    static let options = [
        CheckOption("--ignore-case", nil, "Ignores upper and lower case."),
        CheckOption("--unique", nil, "Removes duplicate lines."),
    ]
    static let examples = [
        Example("lines are sorted", text: "b\na\n\nB\n", .becomes("B\na\nb\n")),
        Example(
            "case may be ignored", ["--ignore-case"], text: "b\na\nB\n", .becomes("a\nb\nB\n")),
        Example(
            "duplicate lines can be removed", ["--unique"], text: "a\na\nb\n", .becomes("a\nb\n")),
        Example("the last line gets a line break", text: "a\nb", .becomes("a\nb\n")),
        Example(
            "a byte order mark stays in front", text: "\u{FEFF}b\na\n",
            .becomes("\u{FEFF}a\nb\n")),
        Example("sorted lines pass", text: "a\na\nb\n", .passes),
    ]

    private var ignoresCase = false
    private var isUnique = false

    init(arguments: [String]) throws(CheckArgumentError) {
        for (name, _) in try Self.read(arguments) {
            if name == "--unique" { isUnique = true } else { ignoresCase = true }
        }
        if isUnique, ignoresCase {
            throw Self.refused("only one of --ignore-case and --unique can be given")
        }
    }

    func inspectText(_ file: CheckedFile) -> Verdict {
        var lines: [ArraySlice<UInt8>] = []
        let (mark, content) = file.content.afterMark
        for line in content.split(separator: .lineFeed)
        where !line.allSatisfy(\.isWhitespace) {
            let end = line.lastIndex { $0 != .carriageReturn } ?? line.startIndex
            lines.append(line[...end])
        }
        // Equal keys stay in their order.
        var sorted = lines.enumerated().map { (key: key($1), position: $0, line: $1) }
        sorted.sort { $0.key == $1.key ? $0.position < $1.position : $0.key.precedes($1.key) }
        var result: [UInt8] = []
        result.reserveCapacity(file.content.count + 1)
        var last: ArraySlice<UInt8>?
        for (_, _, line) in sorted where !(isUnique && line == last) {
            result += line
            result.append(.lineFeed)
            last = line
        }
        result = mark + result
        if result == file.content { return .passed }
        return Verdict(findings: [Finding(message: "lines are not sorted")], fixed: result)
    }

    private func key(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        ignoresCase ? line.lowercasedASCII()[...] : line
    }
}
