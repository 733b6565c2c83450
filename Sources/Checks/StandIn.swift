/// Content that stands for another one, which is not there: no job can look at that, and a changed
/// byte would lose it.
package enum StandIn: Sendable, CaseIterable {
    case lfs
    case annex
    case gitCrypt
    case transcrypt

    /// What a file holds, and what brings its content.
    package var description: (what: String, cure: String) {
        switch self {
        case .lfs: ("a pointer of Git LFS", "git lfs install && git lfs pull")
        case .annex: ("a pointer of git-annex", "git annex get")
        case .gitCrypt: ("ciphertext of git-crypt", "git-crypt unlock")
        case .transcrypt: ("ciphertext of transcrypt", "transcrypt")
        }
    }
}

extension [UInt8] {
    /// What the content stands for; nil when it stands for itself.
    package var standIn: StandIn? {
        switch first {
        case 0: starts(with: "\0GITCRYPT\0".utf8) ? .gitCrypt : nil
        case UInt8(ascii: "v"): isPointerOfLFS ? .lfs : nil
        case UInt8(ascii: "/"):
            count < 32_768 && starts(with: "/annex/objects/".utf8) ? .annex : nil
        case UInt8(ascii: "U"): isTranscrypt ? .transcrypt : nil
        default: nil
        }
    }

    /// https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md: less than 1024 bytes, the version
    /// first, the other keys in order.
    private var isPointerOfLFS: Bool {
        guard count < 1024, starts(with: "version https://git-lfs.github.com/spec/".utf8) else {
            return false
        }
        let keys = split(separator: .lineFeed).map { line in
            String(decoding: line.prefix { $0 != .space }, as: UTF8.self)
        }
        return keys.contains("oid") && keys.contains("size")
    }

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
