internal import Glibc

/// Removes secret values from text that is shown, stored or sent, in every form.
///
/// The text is decoded in the ways it may have been encoded: wrapped lines are joined, escapes of
/// Python, JSON and C, of addresses and of HTML are resolved, twice if they are nested; then
/// the values are searched, and their source is replaced. Base64 and
/// hexadecimal digits are searched as such.
package struct Mask: Sendable {
    /// The replacement for a secret.
    static let sign = Array("***".utf8)
    /// The values, each without line breaks.
    private let values: [[UInt8]]
    /// Other forms of them.
    private let shapes: [[UInt8]]
    /// Those of which a part tells too much.
    var long: [[UInt8]] { values.filter { $0.count >= 16 } }

    /// - Parameter values: those of secret variables; short ordinary words among them are not
    ///   hidden, because they would be found everywhere.
    package init(_ values: [[UInt8]]) {
        var wanted: [[UInt8]] = []
        let all = values + values.flatMap { Self.members(of: $0) + Self.passwords(inAddresses: $0) }
        for value in all where !Self.isOrdinary(value) {
            wanted.append(value)
            // A line of a key is secret by itself.
            let lines = value.split(separator: UInt8(ascii: "\n")).map { Self.trimmed($0) }
            if lines.count > 1 { wanted += lines.filter { $0.count >= 8 } }
        }
        let joined = Set(wanted.map { Decoding(of: $0).joined().bytes }.filter { !$0.isEmpty })
        self.values = joined.sorted { $0.lexicographicallyPrecedes($1) }
        shapes = Set(joined.union(wanted).flatMap(Self.shapes)).sorted {
            $0.lexicographicallyPrecedes($1)
        }
    }

    /// Whether nothing is hidden.
    package var isEmpty: Bool { values.isEmpty }

    /// The same text with `***` for each secret.
    package func hide(_ text: [UInt8]) -> [UInt8] {
        guard !values.isEmpty, !text.isEmpty else { return text }
        var found = cutParts(of: text)
        func look(for patterns: [[UInt8]], in view: Decoding) {
            for pattern in patterns {
                found += Self.places(of: pattern, in: view.bytes).map(view.source)
            }
        }
        let joined = Decoding(of: text).joined()
        look(for: values + shapes, in: joined)
        found += shortened(in: joined).map(joined.source)
        for kind in Decoding.Kind.allCases where joined.bytes.contains(kind.sign) {
            let once = joined.resolved(kind)
            look(for: values + shapes, in: once.joined())
            for inner in Decoding.Kind.allCases where once.bytes.contains(inner.sign) {
                look(for: values, in: once.resolved(inner).joined())
            }
        }
        guard !found.isEmpty else { return text }
        found.sort { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }
        var result: [UInt8] = []
        var end = 0
        for range in found {
            if range.lowerBound >= end {
                result += text[end..<range.lowerBound] + Self.sign
            }
            end = max(end, range.upperBound)
        }
        return result + text[end...]
    }

    package func hide(_ text: String) -> String {
        isEmpty ? text : String(decoding: hide(Array(text.utf8)), as: UTF8.self)
    }

    // MARK: Values

    /// Whether a value is a word or number that occurs in many texts: less than six bytes, unless
    /// it mixes letters and digits.
    private static func isOrdinary(_ value: [UInt8]) -> Bool {
        let value = trimmed(value[...])
        if value.count >= 6 { return false }
        let letters = value.contains { isLetter($0) }
        let digits = value.contains { (0x30...0x39).contains($0) }
        return value.count < 4 || !(letters && digits)
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (0x41...0x5A).contains(byte & 0xDF) && byte < 0x80
    }

    private static func trimmed(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
        let start = bytes.drop(while: isBlank)
        guard let end = start.lastIndex(where: { !isBlank($0) }) else { return [] }
        return Array(start[...end])
    }

    /// The forms of a value that cannot be decoded.
    private static func shapes(of value: [UInt8]) -> [[UInt8]] {
        var shapes = spread(value)
        if value.count >= 8 {
            let text = String(decoding: value, as: UTF8.self)
            shapes += [text.uppercased(), text.lowercased()].map { Array($0.utf8) }
        }
        if value.contains(UInt8(ascii: "'")) {
            for quoted in ["'\\''", "'\"'\"'"] {
                shapes.append(value.replacing([UInt8(ascii: "'")], with: Array(quoted.utf8)))
            }
        }
        guard value.count >= 6 else { return shapes }
        let digits = value.map { byte in
            let digits = String(byte, radix: 16)
            return Array((digits.utf8.count < 2 ? "0" + digits : digits).utf8)
        }
        let pairs = stride(from: 0, to: digits.count, by: 2).map {
            Array(digits[$0..<min($0 + 2, digits.count)].joined())
        }
        for separator in ["", " ", ":", "-"] {
            let line = Array(digits.joined(separator: Array(separator.utf8)))
            shapes += [line, line.map { (0x61...0x66).contains($0) ? $0 - 0x20 : $0 }]
        }
        shapes.append(Array(pairs.joined(separator: Array(" ".utf8))))
        return shapes + (0..<3).flatMap { base64(of: value, after: $0) }
    }

    /// The digits of base64 that depend only on the value if it follows other bytes.
    private static func base64(of value: [UInt8], after count: Int) -> [[UInt8]] {
        let bytes = [UInt8](repeating: 0, count: count) + value
        let letters = Array(
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        // Only digits whose six bits all belong to the value.
        let digits = (count * 8 + 5) / 6..<bytes.count * 8 / 6
        let line = digits.map { digit in
            let value = (0..<6).reduce(0) { value, bit in
                let place = digit * 6 + bit
                return value << 1 | Int(bytes[place / 8] >> UInt8(7 - place % 8) & 1)
            }
            return letters[value]
        }
        let other = line.map { byte -> UInt8 in
            byte == UInt8(ascii: "+")
                ? UInt8(ascii: "-") : byte == UInt8(ascii: "/") ? UInt8(ascii: "_") : byte
        }
        return line == other ? [line] : [line, other]
    }

    // MARK: Texts

    static func places(of pattern: [UInt8], in text: [UInt8]) -> [Range<Int>] {
        var places: [Range<Int>] = []
        guard let first = pattern.first else { return [] }
        text.withUnsafeBytes { text in
            pattern.withUnsafeBytes { pattern in
                guard let start = text.baseAddress, let wanted = pattern.baseAddress else { return }
                var position = 0
                while position + pattern.count <= text.count,
                    let found = memchr(start + position, Int32(first), text.count - position)
                {
                    let place = start.distance(to: found)
                    guard place + pattern.count <= text.count else { return }
                    let isThere = memcmp(start + place, wanted, pattern.count) == 0
                    if isThere { places.append(place..<place + pattern.count) }
                    position = place + (isThere ? pattern.count : 1)
                }
            }
        }
        return places
    }

    /// The mark before an output whose beginning was left out.
    package static func cutMark(_ count: Int) -> String {
        "... \(count) bytes\(cutEnd)"
    }

    private static let cutEnd = " left out; the end follows\n"

    /// Parts of secrets at the ends of a text that was cut there.
    private func cutParts(of text: [UInt8]) -> [Range<Int>] {
        var parts: [Range<Int>] = []
        let head = text.firstIndex(of: UInt8(ascii: "\n")).map { text[...$0] } ?? []
        let isCut =
            head.starts(with: "... ".utf8)
            && Array(head.suffix(Self.cutEnd.utf8.count))
                == Array(Self.cutEnd.utf8)
        for value in values where value.count >= 8 {
            let lengths = ((value.count + 1) / 2..<value.count).reversed()
            if let length = lengths.first(where: { text.suffix($0) == value.prefix($0) }) {
                parts.append(text.count - length..<text.count)
            }
            guard isCut else { continue }
            let rest = text[head.endIndex...]
            if let length = lengths.first(where: { rest.prefix($0) == value.suffix($0) }) {
                parts.append(head.endIndex..<head.endIndex + length)
            }
        }
        return parts
    }
}
