/// What is secret by itself within a value that holds more.
extension Mask {
    /// The passwords of addresses such as `postgres://user:password@host/db`, as they stand and as the
    /// program means them; also a long name without a password, which is a token as a rule.
    package static func passwords(inAddresses text: [UInt8]) -> [[UInt8]] {
        // Most variables hold no address with a user in it.
        guard text.contains(UInt8(ascii: "@")) else { return [] }
        var found: [[UInt8]] = []
        var rest = text[...]
        while let start = rest.firstRange(of: "://".utf8) {
            rest = rest[start.upperBound...]
            let authority = rest.prefix { !" \t\n\"'<>/?#".utf8.contains($0) }
            guard let end = authority.lastIndex(of: UInt8(ascii: "@")) else { continue }
            let user = authority[..<end]
            let colon = user.firstIndex(of: UInt8(ascii: ":"))
            let secret = colon.map { user[($0 + 1)...] } ?? (user.count >= 20 ? user : [])
            if secret.isEmpty { continue }
            found += [Array(secret), Decoding(of: Array(secret)).resolved(.percent).bytes]
        }
        return found
    }

    /// The values of members of JSON whose names say that they are secret, such as `private_key`.
    static func members(of text: [UInt8]) -> [[UInt8]] {
        guard text.first(where: { $0 > 0x20 }) == UInt8(ascii: "{") else { return [] }
        var found: [[UInt8]] = []
        var strings: [(text: [UInt8], end: Int)] = []
        var position = 0
        while let start = text[position...].firstIndex(of: UInt8(ascii: "\"")) {
            var end = start + 1
            while end < text.count, text[end] != UInt8(ascii: "\"") {
                end += text[end] == UInt8(ascii: "\\") ? 2 : 1
            }
            guard end < text.count else { break }
            let between = text[(strings.last?.end ?? 0)..<start].filter { $0 > 0x20 }
            let string = Decoding(of: Array(text[(start + 1)..<end])).resolved(.escapes).bytes
            if between == [UInt8(ascii: ":")], let name = strings.last?.text, tells(name) {
                found.append(string)
            }
            strings.append((string, end + 1))
            position = end + 1
        }
        return found
    }

    private static func tells(_ name: [UInt8]) -> Bool {
        let name = String(decoding: name, as: UTF8.self).lowercased()
        return ["token", "secret", "password", "key", "credential"].contains {
            name.contains($0)
        } && !name.hasSuffix("_id") && !name.hasSuffix("_uri") && !name.hasSuffix("_url")
    }

    /// Parts of a secret at both sides of dots that stand for its middle, as test runners shorten long
    /// values.
    func shortened(in text: Decoding) -> [Range<Int>] {
        var parts: [Range<Int>] = []
        for dots in ["...", "\u{2026}"].map({ Array($0.utf8) }) {
            for place in Self.places(of: dots, in: text.bytes) {
                // A row of dots shortens nothing.
                let beside =
                    text.bytes[..<place.lowerBound].suffix(1)
                    + text.bytes[place.upperBound...].prefix(1)
                if beside.allSatisfy({ $0 == UInt8(ascii: ".") }) { continue }
                for value in long {
                    let before = Self.longest(value.count) { length in
                        text.bytes[..<place.lowerBound].suffix(length) == value.prefix(length)
                    }
                    let after = Self.longest(value.count) { length in
                        text.bytes[place.upperBound...].prefix(length) == value.suffix(length)
                    }
                    if let before {
                        parts.append(place.lowerBound - before..<place.lowerBound)
                    }
                    if let after { parts.append(place.upperBound..<place.upperBound + after) }
                }
            }
        }
        return parts
    }

    /// The greatest length from eight bytes on that fits.
    private static func longest(_ count: Int, _ fits: (Int) -> Bool) -> Int? {
        (8..<max(count, 8)).reversed().first(where: fits)
    }

    /// A value as programs print single characters: as a list, spread out, as numbers, in two bytes each.
    static func spread(_ value: [UInt8]) -> [[UInt8]] {
        guard value.count >= 8 else { return [] }
        let characters = String(decoding: value, as: UTF8.self).map { Array(String($0).utf8) }
        let numbers = value.map { Array(String($0).utf8) }
        var shapes = ["', '", "\", \"", " ", "   ", ",", "\0"].map { separator in
            Array(characters.joined(separator: Array(separator.utf8)))
        }
        shapes += [", ", ","].map { Array(numbers.joined(separator: Array($0.utf8))) }
        return shapes
    }
}
