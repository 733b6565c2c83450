internal import Checks

/// Removes whitespace at the ends of lines.
///
/// Lines end with LF or CRLF, or with CR in a file without LF; whitespace is ASCII whitespace, a
/// form feed included.
struct TrailingWhitespace: TextCheck {
    static let name = "trailing-whitespace"
    static let summary = "Removes whitespace at the ends of lines."
    static let standsFor: String? = "trailing-whitespace"
    static let differences = [
        "A character of several bytes in `--chars` is removed as a whole and never in parts.",
        "In a file without LF a lone CR ends a line; pre-commit-hooks removes it as whitespace at the end of the file.",
        "No file counts as Markdown unless an argument says so; in pre-commit-hooks a name that ends with a dot does.",
    ]
    static let fixes = true
    static let options = [
        CheckOption(
            "--markdown-linebreak-ext", "EXT[,EXT]",
            "Keeps two spaces, a Markdown line break, in files with these extensions; `*` for all."
        ),
        CheckOption(
            "--chars", "CHARACTERS",
            "Removes these characters instead of all ASCII whitespace."),
    ]
    static let examples = [
        Example(
            "spaces and tabs are removed", text: "one \ntwo\t \n\n", .becomes("one\ntwo\n\n")),
        Example(
            "lines of spaces become empty", text: "one\n    \ntwo\n", .becomes("one\n\ntwo\n")),
        Example(
            "line endings stay", text: "one \r\ntwo \n", .becomes("one\r\ntwo\n")),
        Example(
            "so do those of a file without LF", text: "one \rtwo\r", .becomes("one\rtwo\r")),
        Example(
            "whitespace elsewhere stays", text: "\tone  two\n", .passes),
        Example(
            "a Markdown line break stays", ["--markdown-linebreak-ext=md"], path: "README.md",
            text: "one   \n  \ntwo \n", .becomes("one  \n\ntwo\n")),
        Example(
            "only the given characters are removed", ["--chars", " ;"], text: "one; ;\ntwo\t\n",
            .becomes("one\ntwo\t\n")),
    ]

    private var markdown = MarkdownFiles()
    private var stripped = Stripped.whitespace

    init(arguments: [String]) throws(CheckArgumentError) {
        for (name, value) in try Self.read(arguments) {
            if name == "--chars" {
                stripped = Stripped(characters: value)
            } else if !markdown.add(value) {
                throw Self.refused("`\(name)` needs file extensions, not \(Self.quoted(value))")
            }
        }
    }

    func inspectText(_ file: CheckedFile) -> Verdict {
        if stripped.isWhitespace,
            !file.content.withUnsafeBufferPointer(\.mayHaveSpacesAtLineEnds)
        {
            return .passed
        }
        let keepsBreaks = markdown.contains(file.path)
        var fixed: [UInt8] = []
        var firstLine: Int?
        var lines = 0
        file.content.withUnsafeBufferPointer { bytes in
            var (start, number, copied) = (0, 1, 0)
            while start < bytes.count {
                let newline = bytes.lineEnd(from: start)
                let excess = excess(in: bytes, start..<newline, keepsBreaks: keepsBreaks)
                if !excess.isEmpty {
                    fixed.append(contentsOf: bytes[copied..<excess.lowerBound])
                    copied = excess.upperBound
                    firstLine = firstLine ?? number
                    lines += 1
                }
                start = newline + 1
                number += 1
            }
            if lines > 0 { fixed.append(contentsOf: bytes[copied...]) }
        }
        guard lines > 0 else { return .passed }
        let message = lines == 1 ? "trailing whitespace" : "trailing whitespace on \(lines) lines"
        return Verdict(findings: [Finding(line: firstLine, message: message)], fixed: fixed)
    }

    /// The bytes to remove from a line without its line feed; empty if there are none.
    private func excess(
        in bytes: UnsafeBufferPointer<UInt8>, _ line: Range<Int>, keepsBreaks: Bool
    ) -> Range<Int> {
        var end = line.upperBound
        if end < bytes.count, end > line.lowerBound, bytes[end - 1] == .carriageReturn { end -= 1 }
        if keepsBreaks, end - line.lowerBound > 2, bytes.holds([.space, .space], at: end - 2) {
            let kept = stripped.end(of: bytes, line.lowerBound..<end - 2)
            if !bytes[line.lowerBound..<kept].allSatisfy(\.isWhitespace) { return kept..<end - 2 }
        }
        return stripped.end(of: bytes, line.lowerBound..<end)..<end
    }
}

/// The characters that are removed at the ends of lines.
private struct Stripped {
    /// For every byte, whether it is such a character by itself.
    var single: [Bool]
    /// The characters of several bytes.
    var wide: [[UInt8]]

    /// Whether these are all ASCII whitespace.
    private(set) var isWhitespace = false

    static let whitespace = {
        var stripped = Stripped(characters: " \t\n\r\u{B}\u{C}")
        stripped.isWhitespace = true
        return stripped
    }()

    init(characters: String) {
        single = Array(repeating: false, count: 256)
        for byte in characters.utf8 where byte < 0x80 { single[Int(byte)] = true }
        wide = characters.unicodeScalars.filter { !$0.isASCII }.map { Array(String($0).utf8) }
    }

    /// Where the rest of the line ends when all these characters are removed from its end.
    func end(of bytes: UnsafeBufferPointer<UInt8>, _ line: Range<Int>) -> Int {
        var end = line.upperBound
        while end > line.lowerBound {
            if single[Int(bytes[end - 1])] {
                end -= 1
            } else if let character = wide.first(where: {
                $0.count <= end - line.lowerBound && bytes.holds($0, at: end - $0.count)
            }) {
                end -= character.count
            } else {
                break
            }
        }
        return end
    }
}

/// The files in which two spaces at the end of a line mean something.
private struct MarkdownFiles {
    /// In lower case and without the dot.
    private var extensions: [[UInt8]] = []
    private var isAll = false

    /// Adds one value of the argument; false if it cannot be a list of extensions.
    mutating func add(_ value: String) -> Bool {
        if value == "*" {
            isAll = true
            return true
        }
        for part in value.lowercased().split(separator: ",", omittingEmptySubsequences: false) {
            let name = Array(part.utf8.drop { $0 == UInt8(ascii: ".") })
            if name.isEmpty || name.contains(where: { ".:/\\".utf8.contains($0) }) { return false }
            extensions.append(name)
        }
        return true
    }

    /// Whether a path has one of the extensions; dots that begin a name begin no extension.
    func contains(_ path: [UInt8]) -> Bool {
        if isAll || extensions.isEmpty { return isAll }
        let dot = UInt8(ascii: ".")
        let file = path[(path.lastIndex(of: UInt8(ascii: "/")) ?? -1) + 1..<path.count]
        let stem = file.drop { $0 == dot }
        guard let last = stem.lastIndex(of: dot) else { return false }
        let suffix = path[(last + 1)...].map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
        return extensions.contains(suffix)
    }
}
