package import SystemPackage

/// A word quoted for a shell, or for a program that splits like one: in single quotes unless it is
/// plain.
package func shellWord(_ word: String) -> String {
    let isPlain =
        !word.isEmpty
        && word.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), 0x80...:
                true
            default: "_-./=:,+@%^".utf8.contains(byte)
            }
        }
    if isPlain { return word }
    return "'"
        + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''")
        + "'"
}

/// A path as a word of a shell.
package func shellWord(_ path: FilePath) -> String { shellWord(path.string) }
