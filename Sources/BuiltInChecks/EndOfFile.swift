internal import Checks

/// Ends files with exactly one line break.
///
/// An empty file stays empty and a file of only line breaks becomes empty.
struct EndOfFile: TextCheck {
    static let name = "end-of-file"
    static let summary = "Ends every file with exactly one line break, or leaves it empty."
    static let standsFor: String? = "end-of-file-fixer"
    static let differences = [
        "A missing line break is added in the style of the last line that has one; pre-commit-hooks "
            + "always adds LF, which leaves a file of CRLF or CR lines mixed."
    ]
    static let fixes = true
    static let examples = [
        Example("a missing line break is added", text: "one\ntwo", .becomes("one\ntwo\n")),
        Example(
            "it is added in the style of the file", text: "one\r\ntwo", .becomes("one\r\ntwo\r\n")),
        Example(
            "also if that is a lone CR", text: "one\rtwo", .becomes("one\rtwo\r")),
        Example("empty lines at the end are removed", text: "one\n\n\n", .becomes("one\n")),
        Example(
            "empty CRLF lines at the end are removed", text: "one\r\n\r\n", .becomes("one\r\n")),
        Example("a file of line breaks becomes empty", text: "\n\n", .becomes("")),
        Example("an empty file stays empty", text: "", .passes),
        Example("one line break passes", text: "one\n\ntwo\n", .passes),
    ]

    init(arguments: [String]) throws(CheckArgumentError) {
        _ = try Self.read(arguments)
    }

    func inspectText(_ file: CheckedFile) -> Verdict {
        let content = file.content
        let isBreak: (UInt8) -> Bool = { $0 == .lineFeed || $0 == .carriageReturn }
        if content.isEmpty { return .passed }
        guard let last = content.lastIndex(where: { !isBreak($0) }) else {
            return Verdict(findings: [Finding(message: "only line breaks")], fixed: [])
        }
        let breaks = content[(last + 1)...]
        if breaks.isEmpty {
            return Verdict(
                findings: [Finding(message: "no line break at the end")],
                fixed: content + lastLineBreak(in: content))
        }
        let kept = breaks.starts(with: [.carriageReturn, .lineFeed]) ? 2 : 1
        if breaks.count == kept { return .passed }
        return Verdict(
            findings: [Finding(message: "empty lines at the end")],
            fixed: Array(content[...(last + kept)]))
    }

    /// CRLF if the last line with a line break ends with CRLF, else LF.
    private func lastLineBreak(in content: [UInt8]) -> [UInt8] {
        guard let feed = content.lastIndex(of: .lineFeed), feed > 0,
            content[feed - 1] == .carriageReturn
        else { return [.lineFeed] }
        return [.carriageReturn, .lineFeed]
    }
}
