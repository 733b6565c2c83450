/// The encodings in which checks of text can read a file.
///
/// They work on bytes, and so on everything in which ASCII characters are the bytes that they are
/// in ASCII: UTF-8, Latin-1 and most older encodings. In UTF-16 and UTF-32 the byte of a line feed
/// may be half of another character; these are decoded to be checked, and never changed.
extension [UInt8] {
    /// The text in UTF-8 if this is UTF-16 or UTF-32, recognized by the mark at its start, or
    /// without one by the zeros beside its first two characters; nil if it is neither.
    package var decodedFromWide: [UInt8]? {
        guard count >= 2, let kind = WideEncoding(of: self) else { return nil }
        return kind.decode(self)
    }

    /// Whether a fixer may treat its bytes as characters of ASCII.
    ///
    /// Text that is not UTF-8 is treated as an older encoding, unless it contains control
    /// characters that no text has, or consists only of Chinese, Japanese and Korean characters of
    /// UTF-16.
    package var hasBytesOfASCII: Bool {
        if WideEncoding(of: self) != nil { return false }
        if String(validating: self, as: UTF8.self) != nil { return true }
        return !contains(where: \.isForeignControl) && !isEastAsianUTF16
    }

    /// Whether Python's `tokenize.detect_encoding` accepts its first two lines: they are UTF-8, or
    /// name an encoding. Whether Python knows that encoding is not checked.
    package var isReadByPython: Bool {
        if String(validating: self, as: UTF8.self) != nil { return true }
        let lines = split(separator: .lineFeed, maxSplits: 2, omittingEmptySubsequences: false)
        for line in lines.prefix(2) {
            guard let text = String(validating: line, as: UTF8.self) else { return false }
            if text.contains(/^[ \t\f]*#.*?coding[:=][ \t]*[-\w.]+/) { return true }
            // Only a comment or a blank line lets the second one name it.
            guard text.contains(/^[ \t\f]*(#|\r?$)/) else { return true }
        }
        return true
    }

    private var isEastAsianUTF16: Bool {
        guard count >= 8, count.isMultiple(of: 2) else { return false }
        return [false, true].contains { isBigEndian in
            stride(from: 0, to: count, by: 2).allSatisfy { start in
                let high = self[isBigEndian ? start : start + 1]
                // Punctuation and kana, ideographs, Hangul, full-width forms.
                return (0x30...0x9F).contains(high) || (0xAC...0xD7).contains(high) || high == 0xFF
            }
        }
    }
}

extension UInt8 {
    /// Whether it is a control character that occurs in no text.
    fileprivate var isForeignControl: Bool {
        self == 0x7F || self < 0x20 && !(7...13).contains(self) && self != 0x1B
    }
}

/// An encoding whose characters have two or four bytes.
private struct WideEncoding {
    package var width: Int
    package var isBigEndian: Bool
    package var mark: Int

    /// - Returns: nil if the content is in none of them.
    package init?(of content: [UInt8]) {
        let marks: [(bytes: [UInt8], width: Int, isBigEndian: Bool)] = [
            ([0xFF, 0xFE, 0, 0], 4, false), ([0, 0, 0xFE, 0xFF], 4, true),
            ([0xFF, 0xFE], 2, false), ([0xFE, 0xFF], 2, true),
        ]
        if let found = marks.first(where: { content.starts(with: $0.bytes) }) {
            (width, isBigEndian, mark) = (found.width, found.isBigEndian, found.bytes.count)
            return
        }
        mark = 0
        let zeros = content.prefix(8).map { $0 == 0 }
        let patterns: [(zeros: [Bool], width: Int, isBigEndian: Bool)] = [
            ([false, true, true, true], 4, false), ([true, true, true, false], 4, true),
            ([false, true], 2, false), ([true, false], 2, true),
        ]
        let found = patterns.first { pattern in
            zeros.starts(with: pattern.zeros + pattern.zeros)
                && content.count.isMultiple(of: pattern.width)
        }
        guard let found else { return nil }
        (width, isBigEndian) = (found.width, found.isBigEndian)
    }

    /// - Returns: nil if it is not well-formed.
    package func decode(_ content: [UInt8]) -> [UInt8]? {
        let rest = content[mark...]
        guard rest.count.isMultiple(of: width) else { return nil }
        let units = stride(from: rest.startIndex, to: rest.endIndex, by: width).map { start in
            let bytes = rest[start..<start + width]
            return isBigEndian
                ? bytes.reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
                : bytes.reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        }
        let text =
            width == 2
            ? String(validating: units.map { UInt16($0) }, as: UTF16.self)
            : String(validating: units, as: UTF32.self)
        return text.map { Array($0.utf8) }
    }
}
