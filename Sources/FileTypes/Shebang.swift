/// The `#!` line of a file, as `identify` reads it.
struct Shebang {
    /// The interpreter and its arguments, without `/usr/bin/env`; empty if there is no such line.
    let words: [String]

    /// - Parameter content: at least the first lines of the file.
    init(_ content: [UInt8]) {
        var lines = Self.lines(content)
        guard let first = lines.popFirst() else {
            words = []
            return
        }
        var words = first
        if words.first == "/usr/bin/env" {
            words.removeFirst(words.dropFirst().first == "-S" ? 2 : 1)
        }
        if words == ["nix-shell"] {
            for line in lines {
                // The last `-i` of the last line decides.
                for (option, value) in zip(line, line.dropFirst()) where option == "-i" {
                    words = [value]
                }
            }
        }
        self.words = words
    }

    /// The words of the leading lines that begin with `#!`, up to one that is not printable ASCII.
    private static func lines(_ content: [UInt8]) -> ArraySlice<[String]> {
        var found: [[String]] = []
        var rest = content[...]
        while rest.starts(with: [UInt8(ascii: "#"), UInt8(ascii: "!")]) {
            let line = rest.prefix { $0 != UInt8(ascii: "\n") }.dropFirst(2)
            guard line.allSatisfy({ (0x20..<0x7F).contains($0) || (0x09...0x0D).contains($0) })
            else { break }
            let text = String(decoding: line, as: UTF8.self)
            found.append(
                quoted(text) ?? text.split(whereSeparator: \.isWhitespace).map(String.init))
            rest = rest[line.endIndex...].dropFirst()
        }
        return found[...]
    }

    /// The words, split like `shlex.split`; nil if a quote or a backslash is not complete.
    private static func quoted(_ text: String) -> [String]? {
        var words: [String] = []
        var word: String?
        var quote: Character?
        var rest = Substring(text)
        while let next = rest.popFirst() {
            switch (quote, next) {
            case (nil, " "), (nil, "\t"), (nil, "\r"):
                if let done = word { words.append(done) }
                word = nil
            case (nil, "'"), (nil, "\""):
                quote = next
                word = word ?? ""
            case (nil, "\\"):
                guard let escaped = rest.popFirst() else { return nil }
                word = (word ?? "") + String(escaped)
            case ("\"", "\\"):
                guard let escaped = rest.popFirst() else { return nil }
                let isEscape = escaped == "\"" || escaped == "\\"
                word = (word ?? "") + (isEscape ? "" : "\\") + String(escaped)
            case (next, _):
                quote = nil
            default:
                word = (word ?? "") + String(next)
            }
        }
        guard quote == nil else { return nil }
        return word.map { words + [$0] } ?? words
    }
}
