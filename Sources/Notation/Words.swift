/// Why a command line cannot be split into words.
package struct WordsError: Error, Equatable {
    /// One clause without a final full stop.
    package var reason: String

    package init(reason: String) {
        self.reason = reason
    }
}

/// A command line, split into words as a POSIX shell does, without any expansion.
///
/// Quotes and backslashes work as in `sh`; `$VAR`, `*`, `~` and `&&` are ordinary characters. The
/// word `{files}` marks where the files go.
package struct Words: Sendable, Equatable {
    /// The words before the files; all words when `{files}` does not occur.
    package private(set) var leading: [String]
    /// The words after `{files}`.
    package private(set) var trailing: [String]
    /// Whether `{files}` occurs; without it files are appended.
    package private(set) var placesFiles: Bool

    /// Splits `text`; no words at all are an error, and so is `{files}` inside a word or twice.
    package init(_ text: String) throws(WordsError) {
        let words = try Self.split(text)
        let places = words.indices.filter { words[$0] == Self.files }
        if let inside = words.first(where: { $0 != Self.files && $0.contains(Self.files) }) {
            let word = quoted(inside)
            throw WordsError(reason: "`{files}` must be a word of its own, not part of \(word)")
        }
        guard places.count <= 1 else {
            throw WordsError(reason: "`{files}` appears more than once")
        }
        guard let program = words.first, !program.isEmpty else {
            throw WordsError(reason: "no command is given")
        }
        guard program != Self.files else {
            throw WordsError(reason: "the first word must be a command, not `{files}`")
        }
        let place = places.first ?? words.count
        leading = Array(words.prefix(place))
        trailing = Array(words.dropFirst(place + 1))
        placesFiles = !places.isEmpty
    }

    /// The word that stands for the files.
    package static let files = "{files}"

    /// The words of `text`, each after the removal of its quotes; a quoted empty word counts.
    package static func split(_ text: String) throws(WordsError) -> [String] {
        var splitter = Splitter()
        for byte in text.utf8 {
            splitter.take(byte)
        }
        return try splitter.end()
    }
}

/// The state of a shell's reader between two bytes.
private struct Splitter {
    private enum State {
        case plain, single, double, plainEscape, doubleEscape
    }

    private var state = State.plain
    private var words: [String] = []
    private var word: [UInt8]?

    package mutating func take(_ byte: UInt8) {
        switch state {
        case .plain: takePlain(byte)
        case .single:
            if byte == UInt8(ascii: "'") { state = .plain } else { word?.append(byte) }
        case .double: takeDouble(byte)
        case .plainEscape:
            // A backslash before a newline joins two lines; it does not begin a word.
            if byte != UInt8(ascii: "\n") { word = (word ?? []) + [byte] }
            state = .plain
        case .doubleEscape:
            switch byte {
            case UInt8(ascii: "\n"): break
            case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "$"), UInt8(ascii: "`"):
                word?.append(byte)
            default: word?.append(contentsOf: [UInt8(ascii: "\\"), byte])
            }
            state = .double
        }
    }

    private mutating func takePlain(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"):
            endWord()
        case UInt8(ascii: "'"):
            state = .single
            word = word ?? []
        case UInt8(ascii: "\""):
            state = .double
            word = word ?? []
        case UInt8(ascii: "\\"): state = .plainEscape
        default:
            if word == nil { word = [] }
            word?.append(byte)
        }
    }

    private mutating func takeDouble(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""): state = .plain
        case UInt8(ascii: "\\"): state = .doubleEscape
        default: word?.append(byte)
        }
    }

    private mutating func endWord() {
        if let word { words.append(String(decoding: word, as: UTF8.self)) }
        word = nil
    }

    package mutating func end() throws(WordsError) -> [String] {
        switch state {
        case .single: throw WordsError(reason: "a `'` is not closed")
        case .double, .doubleEscape: throw WordsError(reason: "a `\"` is not closed")
        case .plainEscape: throw WordsError(reason: "nothing follows the last `\\`")
        case .plain: endWord()
        }
        return words
    }
}
