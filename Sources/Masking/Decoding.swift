/// A decoded text, and the source position of each of its bytes.
struct Decoding {
    private(set) var bytes: [UInt8] = []
    /// For each byte, its range in the source.
    private var starts: [Int32] = []
    private var ends: [Int32] = []

    /// The possible encodings of a text.
    enum Kind: CaseIterable {
        /// `\n`, `\"`, `\xe9`, `\u00e9`, `\351`: strings of Python, JSON, C and shells.
        case escapes
        /// `%2F`: addresses.
        case percent
        /// Like addresses, and `+` for a space: forms.
        case form
        /// `&amp;`, `&#39;`.
        case entities

        /// The byte without which there is nothing to decode.
        var sign: UInt8 {
            switch self {
            case .escapes: UInt8(ascii: "\\")
            case .percent: UInt8(ascii: "%")
            case .form: UInt8(ascii: "+")
            case .entities: UInt8(ascii: "&")
            }
        }
    }

    /// The text itself.
    init(of text: [UInt8]) {
        bytes = text
        starts = (0..<Int32(text.count)).map { $0 }
        ends = starts.map { $0 + 1 }
    }

    private init(capacity: Int) {
        bytes.reserveCapacity(capacity)
        starts.reserveCapacity(capacity)
        ends.reserveCapacity(capacity)
    }

    /// The part of the source for a part of this text.
    func source(of range: Range<Int>) -> Range<Int> {
        Int(starts[range.lowerBound])..<Int(ends[range.upperBound - 1])
    }

    private mutating func add(_ byte: UInt8, from other: Decoding, _ position: Int, _ length: Int) {
        bytes.append(byte)
        starts.append(other.starts[position])
        ends.append(other.ends[position + length - 1])
    }

    /// Without line breaks, without the prefixes of continued lines, and without
    /// colours.
    func joined() -> Decoding {
        var result = Decoding(capacity: bytes.count)
        var position = 0
        while position < bytes.count {
            let byte = bytes[position]
            if byte == 0x1B, let end = endOfColour(at: position) {
                position = end
            } else if let end = endOfBreak(at: position) {
                position = end
            } else {
                result.add(byte, from: self, position, 1)
                position += 1
            }
        }
        return result
    }

    /// The position after `ESC [ ... LETTER`.
    private func endOfColour(at start: Int) -> Int? {
        guard start + 1 < bytes.count, bytes[start + 1] == UInt8(ascii: "[") else { return nil }
        return bytes[(start + 2)...].firstIndex { (0x40...0x7E).contains($0) }.map { $0 + 1 }
    }

    /// The position after a line break, and the spaces, `E`, `>` or `|` that follow it.
    private func endOfBreak(at start: Int) -> Int? {
        let quote = bytes[start]
        guard quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\"") else {
            return endOfPlainBreak(at: start)
        }
        var position = start + 1
        while position < bytes.count, bytes[position] == 0x20 || bytes[position] == 0x2B {
            position += 1
        }
        guard position < bytes.count, let end = endOfPlainBreak(at: position), end < bytes.count,
            bytes[end] == quote
        else { return nil }
        return end + 1
    }

    private func endOfPlainBreak(at start: Int) -> Int? {
        func isBlank(_ position: Int) -> Bool {
            position < bytes.count && (bytes[position] == 0x20 || bytes[position] == 0x09)
        }
        var position = start
        if bytes[position] == UInt8(ascii: "\\") { position += 1 }
        if position < bytes.count, bytes[position] == 0x0D { position += 1 }
        guard position < bytes.count, bytes[position] == 0x0A else { return nil }
        position += 1
        while isBlank(position) { position += 1 }
        if position < bytes.count, "E>|".utf8.contains(bytes[position]), isBlank(position + 1) {
            position += 1
            while isBlank(position) { position += 1 }
        }
        return position
    }

    /// The text decoded by the rules of `kind`.
    func resolved(_ kind: Kind) -> Decoding {
        var result = Decoding(capacity: bytes.count)
        var position = 0
        while position < bytes.count {
            let found =
                switch kind {
                case .escapes: escape(at: position)
                case .percent: percent(at: position)
                case .form:
                    bytes[position] == UInt8(ascii: "+") ? ([0x20], 1) : percent(at: position)
                case .entities: entity(at: position)
                }
            guard let (new, length) = found else {
                result.add(bytes[position], from: self, position, 1)
                position += 1
                continue
            }
            for byte in new { result.add(byte, from: self, position, length) }
            position += length
        }
        return result
    }

    private func digits(at start: Int, most: Int, radix: Int) -> (value: Int, count: Int) {
        var (value, count) = (0, 0)
        for byte in bytes[min(start, bytes.count)...].prefix(most) {
            guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue, digit < radix else {
                break
            }
            (value, count) = (value * radix + digit, count + 1)
        }
        return (value, count)
    }

    private func escape(at start: Int) -> ([UInt8], Int)? {
        guard bytes[start] == UInt8(ascii: "\\"), start + 1 < bytes.count else { return nil }
        let next = bytes[start + 1]
        switch next {
        case UInt8(ascii: "n"): return ([0x0A], 2)
        case UInt8(ascii: "t"): return ([0x09], 2)
        case UInt8(ascii: "r"): return ([0x0D], 2)
        case UInt8(ascii: "e"): return ([0x1B], 2)
        case UInt8(ascii: "x"):
            let (value, count) = digits(at: start + 2, most: 2, radix: 16)
            return count == 2 ? ([UInt8(value)], 4) : ([next], 2)
        case UInt8(ascii: "u"): return unicode(at: start)
        case UInt8(ascii: "U"):
            let (value, count) = digits(at: start + 2, most: 8, radix: 16)
            return count == 8 ? (Self.text(value), 10) : ([next], 2)
        case UInt8(ascii: "0")...UInt8(ascii: "7"):
            let (value, count) = digits(at: start + 1, most: 3, radix: 8)
            return ([UInt8(truncatingIfNeeded: value)], count + 1)
        default: return ([next], 2)
        }
    }

    /// `\u00e9`, or two of them for a character beyond that.
    private func unicode(at start: Int) -> ([UInt8], Int) {
        let (value, count) = digits(at: start + 2, most: 4, radix: 16)
        guard count == 4 else { return ([bytes[start + 1]], 2) }
        if (0xD800..<0xDC00).contains(value), start + 7 < bytes.count,
            bytes[start + 6] == UInt8(ascii: "\\"), bytes[start + 7] == UInt8(ascii: "u")
        {
            let (low, lowCount) = digits(at: start + 8, most: 4, radix: 16)
            if lowCount == 4, (0xDC00..<0xE000).contains(low) {
                return (Self.text(0x10000 + (value - 0xD800) << 10 + (low - 0xDC00)), 12)
            }
        }
        return (Self.text(value), 6)
    }

    private func percent(at start: Int) -> ([UInt8], Int)? {
        guard bytes[start] == UInt8(ascii: "%") else { return nil }
        let (value, count) = digits(at: start + 1, most: 2, radix: 16)
        return count == 2 ? ([UInt8(value)], 3) : nil
    }

    private static let names = ["amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'"]

    private func entity(at start: Int) -> ([UInt8], Int)? {
        guard bytes[start] == UInt8(ascii: "&"),
            let end = bytes[start...].prefix(12).firstIndex(of: UInt8(ascii: ";"))
        else { return nil }
        let name = String(decoding: bytes[(start + 1)..<end], as: UTF8.self)
        let length = end + 1 - start
        if let known = Self.names[name] { return (Array(known.utf8), length) }
        guard name.hasPrefix("#") else { return nil }
        let number = name.dropFirst()
        let value =
            number.first == "x" || number.first == "X"
            ? Int(number.dropFirst(), radix: 16) : Int(number)
        return value.map { (Self.text($0), length) }
    }

    private static func text(_ value: Int) -> [UInt8] {
        guard let scalar = Unicode.Scalar(UInt32(truncatingIfNeeded: value)) else { return [] }
        return Array(String(scalar).utf8)
    }
}
