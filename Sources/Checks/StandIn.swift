/// Content that stands for missing content: no job can check it, and a changed
/// byte would destroy it.
package enum StandIn: Sendable, CaseIterable {
    case lfs
    case annex
    case fat
    case gitCrypt
    case transcrypt
    case age

    /// The content of a file, and the command that restores the real content.
    package var description: (what: String, cure: String) {
        switch self {
        case .lfs: ("a pointer of Git LFS", "git lfs install && git lfs pull")
        case .annex: ("a pointer of git-annex", "git annex get")
        case .fat: ("a pointer of git-fat", "git fat pull")
        case .gitCrypt: ("ciphertext of git-crypt", "git-crypt unlock")
        case .transcrypt: ("ciphertext of transcrypt", "transcrypt")
        case .age: ("ciphertext of age", "git-agecrypt init")
        }
    }
}

extension [UInt8] {
    /// The kind of stand-in; nil if it is real content.
    package var standIn: StandIn? {
        switch first {
        case 0: starts(with: "\0GITCRYPT\0".utf8) ? .gitCrypt : nil
        case UInt8(ascii: "v"): isPointerOfLFS ? .lfs : nil
        case UInt8(ascii: "/"):
            count < 32_768 && starts(with: "/annex/objects/".utf8) ? .annex : nil
        case UInt8(ascii: "U"): isTranscrypt ? .transcrypt : nil
        case UInt8(ascii: "#"): isPointerOfFat ? .fat : nil
        case UInt8(ascii: "a"): starts(with: "age-encryption.org/v".utf8) ? .age : nil
        default: nil
        }
    }

    /// https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md: less than 1024 bytes, the version
    /// first, the other keys in order. Git LFS still reads what it wrote under its first two names.
    private var isPointerOfLFS: Bool {
        let versions = [
            "https://git-lfs.github.com/spec/", "https://hawser.github.com/spec/",
            "http://git-media.io/v/",
        ]
        guard count < 1024, versions.contains(where: { starts(with: "version \($0)".utf8) }) else {
            return false
        }
        let keys = split(separator: .lineFeed).map { line in
            String(decoding: line.prefix { $0 != .space }, as: UTF8.self)
        }
        return keys.contains("oid") && keys.contains("size")
    }

    /// `#$# git-fat`, the SHA-1 of the content, and its size in twenty columns.
    private var isPointerOfFat: Bool { count < 128 && starts(with: "#$# git-fat ".utf8) }

    /// The base64 of `Salted__`, as openssl writes it, and nothing but base64.
    private var isTranscrypt: Bool {
        starts(with: "U2FsdGVkX1".utf8)
            && allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"),
                    UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"):
                    true
                case UInt8(ascii: "+"), UInt8(ascii: "/"), UInt8(ascii: "="), .lineFeed: true
                default: false
                }
            }
    }
}
