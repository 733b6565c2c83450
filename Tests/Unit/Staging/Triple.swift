/// One file as it was committed, as it is staged, and as it stands in the working tree.
struct Triple {
    /// Nil when the file is new.
    var base: [UInt8]?
    var staged: [UInt8]
    /// Nil when the working file is gone.
    var working: [UInt8]?

    /// The texts one under the other, with every byte visible.
    func described(_ others: [(name: String, bytes: [UInt8]?)]) -> String {
        ([("base", base), ("staged", staged), ("working", working)] + others)
            .map { name, bytes in "--- \(name)\n\(bytes.map(Self.visible) ?? "(none)")" }
            .joined(separator: "\n")
    }

    private static func visible(_ bytes: [UInt8]) -> String {
        Lines(bytes).all.map { line in
            "  "
                + line.map { byte in
                    switch byte {
                    case UInt8(ascii: "\n"): "$"
                    case 0x20..<0x7f: String(UnicodeScalar(byte))
                    default: "\\x" + String(byte, radix: 16)
                    }
                }.joined()
        }.joined(separator: "\n")
    }
}

/// What a fixer of these tests makes of a text, line by line: `bad` becomes `good`, lines with
/// `drop` go, and a line with `twin` becomes two. Doing it twice is doing it once.
enum Fixing {
    /// The same as arguments of `sed`.
    static let sed = #"sed -i -e 's/bad/good/g' -e '/drop/d' -e 's/twin/one\ntwo/g' --"#

    static func fixed(_ text: [UInt8]) -> [UInt8] {
        Lines(text).all.flatMap { line -> [UInt8] in
            var words = String(decoding: line, as: UTF8.self)
            if words.contains("drop") { return [] }
            // Lines that are not text have none of the words.
            guard Array(words.utf8) == line else { return line }
            words = words.replacing("bad", with: "good").replacing("twin", with: "one\ntwo")
            return Array(words.utf8)
        }
    }
}
