internal import Checks

/// Removes the UTF-8 byte order mark; a mark within the text stays: it is a character there.
struct ByteOrderMark: TextCheck {
    static let name = "byte-order-mark"
    static let summary = "Removes the UTF-8 byte order mark at the start of a file."
    static let standsFor: String? = "fix-byte-order-marker"
    static let differences = [
        "Removes several marks in a row; pre-commit-hooks removes one per run.",
        "The rest of the file may be any bytes; pre-commit-hooks crashes on invalid UTF-8.",
    ]
    static let fixes = true
    static let examples = [
        Example("the mark is removed", text: "\u{FEFF}one\n", .becomes("one\n")),
        Example("all marks are removed", text: "\u{FEFF}\u{FEFF}one\n", .becomes("one\n")),
        Example("a file without a mark passes", text: "one\n", .passes),
        Example("a mark within the text stays", text: "one\u{FEFF}\n", .passes),
    ]

    private static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]

    init(arguments: [String]) throws(CheckArgumentError) {
        _ = try Self.read(arguments)
    }

    func inspectText(_ file: CheckedFile) -> Verdict {
        var rest = file.content[...]
        while rest.starts(with: Self.mark) { rest = rest.dropFirst(Self.mark.count) }
        if rest.count == file.content.count { return .passed }
        return Verdict(
            findings: [Finding(line: 1, message: "byte order mark")], fixed: Array(rest))
    }
}
