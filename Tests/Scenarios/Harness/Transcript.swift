/// Turns the bytes that a command printed into lines that are the same on every run.
struct Transcript {
    /// Text and what stands for it; the first that fits wins, so longer folders come first.
    var places: [(text: String, name: String)] = []

    func lines(of bytes: [UInt8]) -> [String] {
        var text = Self.visible(bytes)
        for place in places { text = Self.replacing(place.text, in: text, by: place.name) }
        text = text.replacing(/\b[0-9]+(\.[0-9]+)? ?(ms|s|min)\b/, with: "TIME")
        text = text.replacing(/\b[0-9a-f]{40}\b/, with: "ID")
        text = text.replacing(/^(\[.+ )[0-9a-f]{7,40}\]/.anchorsMatchLineEndings()) {
            "\($0.1)ID]"
        }
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        while lines.last?.isEmpty == true { lines.removeLast() }
        return lines
    }

    /// Valid UTF-8 as it is; control characters and every other byte spelled out.
    static func visible(_ bytes: [UInt8]) -> String {
        var text = ""
        var rest = bytes[...]
        while !rest.isEmpty {
            var iterator = rest.makeIterator()
            var decoder = UTF8()
            if case .scalarValue(let scalar) = decoder.decode(&iterator) {
                let width = String(scalar).utf8.count
                let isControl = scalar.value < 32 || scalar.value == 127
                if scalar == "\r" {
                    text += "\\r"
                } else if isControl, scalar != "\n", scalar != "\t" {
                    text += escape(UInt8(scalar.value))
                } else {
                    text.unicodeScalars.append(scalar)
                }
                rest = rest.dropFirst(width)
            } else {
                text += escape(rest[rest.startIndex])
                rest = rest.dropFirst()
            }
        }
        return text
    }

    private static func escape(_ byte: UInt8) -> String {
        "\\x" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }

    private static func replacing(_ part: String, in text: String, by name: String) -> String {
        part.isEmpty ? text : text.replacing(part, with: name)
    }
}
