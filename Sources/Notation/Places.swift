/// One step from the root of a TOML document to a value.
package enum Step: Hashable, Sendable {
    case key(String)
    /// A position in an array, from 0.
    case item(Int)
}

/// Where a value is first mentioned.
package struct Place: Equatable {
    /// From 1.
    package var line: Int
    /// The position among all mentions of the document, from 0.
    package var order: Int
}

/// Why a text must not be passed to the TOML parser.
package struct PlacesError: Error, Equatable {
    package var line: Int
    package var reason: String
    /// Where the statement with the error begins; the text before it may be parsed.
    package var statement: Int
}

/// The lines of a TOML document by path, which the parser does not report.
///
/// The scanner accepts any bytes and always ends. On text that is not TOML its places are
/// meaningless, but up to the first error it reads like the parser. So it can refuse, before the
/// parser reads them, documents that crash the parser: the parser recurses once for each level, its
/// strings end at a null, and some errors in headers, arrays and dates fail its assertions.
///
/// It is needed although it reads TOML a second time: no TOML parser for Swift reports lines
/// without Foundation, and a new one would have to be as complete as the parser. The scanner only
/// has to agree with it on where keys are; mutated documents go through both (`Tests/bin/fuzz`).
package struct Places {
    /// The most keys joined by dots, and the most values inside each other.
    package static let deepest = 32

    package private(set) var all: [[Step]: Place] = [:]
    private let bytes: [UInt8]
    private var index = 0
    private var line = 1
    /// Where the current line of keys or header begins.
    private var statement = 0
    /// The last element of each array of tables, by the path of the array.
    private var elements: [[Step]: Int] = [:]

    package init(of bytes: [UInt8]) throws(PlacesError) {
        self.bytes = bytes
        var table: [Step] = []
        while skipBlank(newlines: true), let byte = peek() {
            statement = index
            if byte == UInt8(ascii: "[") {
                table = try header()
            } else {
                try keyAndValue(in: table, depth: 0)
            }
            skipLine()
        }
    }

    /// Records the value at `path` and its parents, unless they were mentioned before.
    private mutating func note(_ path: [Step], from known: Int) {
        for length in (known + 1)..<max(known + 1, path.count + 1) {
            let part = Array(path.prefix(length))
            if all[part] == nil {
                all[part] = Place(line: line, order: all.count)
            }
        }
    }

    /// Reads `[a.b]` or `[[a.b]]`; the result is the table that the next lines belong to.
    private mutating func header() throws(PlacesError) -> [Step] {
        advance()
        let isElement = peek() == UInt8(ascii: "[")
        if isElement { advance() }
        let keys = try readKeys()
        // The parser asserts that a key begins here.
        guard !keys.isEmpty else {
            throw fault("this is not TOML: the name of a table must follow `[`")
        }
        var path: [Step] = []
        for (position, key) in keys.enumerated() {
            path.append(.key(key))
            // In `[a.b]`, an array of tables `a` means its last element.
            if !(isElement && position == keys.count - 1), let last = elements[path] {
                path.append(.item(last))
            }
        }
        if isElement {
            let next = (elements[path] ?? -1) + 1
            elements[path] = next
            path.append(.item(next))
        }
        note(path, from: 0)
        return path
    }

    private mutating func keyAndValue(in table: [Step], depth: Int) throws(PlacesError) {
        let keys = try readKeys()
        let path = table + keys.map { .key($0) }
        note(path, from: table.count)
        skipBlank(newlines: false)
        guard peek() == UInt8(ascii: "=") else { return }
        advance()
        skipBlank(newlines: false)
        try value(at: path, depth: depth)
    }

    private mutating func value(at path: [Step], depth: Int) throws(PlacesError) {
        switch peek() {
        case UInt8(ascii: "["): try array(at: path, depth: depth + 1)
        case UInt8(ascii: "{"): try inlineTable(at: path, depth: depth + 1)
        case UInt8(ascii: "\""), UInt8(ascii: "'"): _ = try readString()
        default: try scalar()
        }
    }

    /// Skips a number, a boolean or a date, which may be two words.
    private mutating func scalar() throws(PlacesError) {
        let start = index
        while let byte = peek(), !",]}#\n".utf8.contains(byte) { advance() }
        var text = bytes[start..<index]
        while let last = text.last, " \t\r".utf8.contains(last) { text.removeLast() }
        // The parser asserts digits where a time needs them; for the parser, some characters
        // outside ASCII end a value.
        let isPlain = text.allSatisfy { isASCIIAlphanumeric($0) || "+-._".utf8.contains($0) }
        guard isPlain || isTime(text) else {
            throw fault("this is not TOML: the value is not a number, boolean or date")
        }
    }

    /// Whether the text is laid out as a time or a date with a time; the numbers may be out of
    /// range.
    private func isTime(_ text: ArraySlice<UInt8>) -> Bool {
        let isDigit = { (byte: UInt8) in (0x30...0x39).contains(byte) }
        var rest = text
        func take(_ shape: StaticString) -> Bool {
            let found = rest.prefix(shape.utf8CodeUnitCount).map {
                isDigit($0) ? UInt8(ascii: "0") : $0
            }
            guard found == Array("\(shape)".utf8) else { return false }
            rest.removeFirst(found.count)
            return true
        }
        let hasDate = take("0000-00-00")
        if hasDate, !take(" "), !take("T"), !take("t") { return false }
        guard take("00:00:00") else { return false }
        if take(".") {
            let fraction = rest.prefix(while: isDigit).count
            if fraction == 0 { return false }
            rest.removeFirst(fraction)
        }
        if hasDate, !rest.isEmpty {
            return take("Z") || take("z") || take("+00:00") || take("-00:00") ? rest.isEmpty : false
        }
        return rest.isEmpty
    }

    private mutating func array(at path: [Step], depth: Int) throws(PlacesError) {
        try bound(depth)
        advance()
        var item = 0
        while skipBlank(newlines: true), let byte = peek(), byte != UInt8(ascii: "]") {
            let before = index
            if byte == UInt8(ascii: ",") {
                item += 1
            } else {
                // The parser asserts that a value begins here.
                guard isASCIIAlphanumeric(byte) || "\"'[{+-._".utf8.contains(byte) else {
                    throw fault("this is not TOML: an array must continue with a value, `,` or `]`")
                }
                note(path + [.item(item)], from: path.count)
                try value(at: path + [.item(item)], depth: depth)
            }
            if index == before { advance() }
        }
        advance()
    }

    private mutating func inlineTable(at path: [Step], depth: Int) throws(PlacesError) {
        try bound(depth)
        advance()
        while skipBlank(newlines: true), let byte = peek(), byte != UInt8(ascii: "}") {
            let before = index
            if byte != UInt8(ascii: ",") { try keyAndValue(in: path, depth: depth) }
            if index == before { advance() }
        }
        advance()
    }

    private func bound(_ depth: Int) throws(PlacesError) {
        guard depth <= Self.deepest else {
            throw fault("this is nested too deeply")
        }
    }
}

extension Places {
    private func fault(_ reason: String) -> PlacesError {
        PlacesError(line: line, reason: reason, statement: statement)
    }

    private func peek(_ ahead: Int = 0) -> UInt8? {
        index + ahead < bytes.count ? bytes[index + ahead] : nil
    }

    private mutating func advance() {
        guard let byte = peek() else { return }
        if byte == UInt8(ascii: "\n") { line += 1 }
        index += 1
    }

    private mutating func skipLine() {
        while let byte = peek(), byte != UInt8(ascii: "\n") { advance() }
    }

    /// Skips blanks, and with `newlines` also line ends and comments; false at the end of the text.
    @discardableResult
    private mutating func skipBlank(newlines: Bool) -> Bool {
        while let byte = peek() {
            switch byte {
            case UInt8(ascii: " "), UInt8(ascii: "\t"): advance()
            case UInt8(ascii: "\n") where newlines, UInt8(ascii: "\r") where newlines: advance()
            case UInt8(ascii: "#") where newlines: skipLine()
            default: return true
            }
        }
        return false
    }

    /// Reads keys joined by dots; empty if there is none.
    private mutating func readKeys() throws(PlacesError) -> [String] {
        var keys: [String] = []
        while true {
            skipBlank(newlines: false)
            guard let key = try readKey() else { return keys }
            keys.append(key)
            guard keys.count <= Self.deepest else {
                throw fault("this key has too many dots")
            }
            skipBlank(newlines: false)
            guard peek() == UInt8(ascii: ".") else { return keys }
            advance()
        }
    }

    private mutating func readKey() throws(PlacesError) -> String? {
        if peek() == UInt8(ascii: "\"") || peek() == UInt8(ascii: "'") {
            return String(decoding: try readString(), as: UTF8.self)
        }
        let start = index
        while let byte = peek(), Self.isBare(byte) { advance() }
        return index == start ? nil : String(decoding: bytes[start..<index], as: UTF8.self)
    }

    private static func isBare(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default: false
        }
    }

    /// Reads a string of any of the four kinds; the result is its content, escapes decoded.
    private mutating func readString() throws(PlacesError) -> [UInt8] {
        guard let quote = peek() else { return [] }
        let isLong = peek(1) == quote && peek(2) == quote
        let width = isLong ? 3 : 1
        for _ in 0..<width { advance() }
        var content: [UInt8] = []
        while let byte = peek() {
            if byte == quote, !isLong || (peek(1) == quote && peek(2) == quote) {
                for _ in 0..<width { advance() }
                // Up to two quotes may come right before the closing ones and belong to the text.
                if isLong {
                    for _ in 0..<2 where peek() == quote { advance() }
                }
                return content
            }
            if byte == UInt8(ascii: "\n"), !isLong { return content }
            if byte == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") {
                advance()
                content += try readEscape()
            } else {
                content.append(byte)
                advance()
            }
        }
        return content
    }

    /// Reads the escape after a backslash.
    private mutating func readEscape() throws(PlacesError) -> [UInt8] {
        guard let byte = peek() else { return [] }
        advance()
        switch byte {
        case UInt8(ascii: "b"): return [0x08]
        case UInt8(ascii: "t"): return [0x09]
        case UInt8(ascii: "n"): return [0x0A]
        case UInt8(ascii: "f"): return [0x0C]
        case UInt8(ascii: "r"): return [0x0D]
        case UInt8(ascii: "u"), UInt8(ascii: "U"):
            let length = byte == UInt8(ascii: "u") ? 4 : 8
            let digits = bytes[index...].prefix(length)
            guard digits.count == length, digits.allSatisfy(Self.isBare),
                let value = UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
            else { return [] }
            for _ in 0..<length { advance() }
            guard value != 0 else {
                throw fault("a string contains a null character")
            }
            return Unicode.Scalar(value).map { Array(String($0).utf8) } ?? []
        default: return [byte]
        }
    }
}
