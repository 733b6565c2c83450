internal import Checks

/// Finds private keys by the words that they begin with.
struct PrivateKey: TextCheck {
    static let name = "private-key"
    static let summary = "Finds private keys."
    static let standsFor: String? = "detect-private-key"
    static let fixes = false
    static let examples = [
        Example(
            "a key is found", path: "id_rsa",
            text: "-----BEGIN RSA PRIVATE KEY-----\n",
            .finds([Finding(line: 1, message: "private key: BEGIN RSA PRIVATE KEY")])),
        Example(
            "so is one of PuTTY", path: "key.ppk", text: "PuTTY-User-Key-File-2: ssh-rsa\n",
            .finds([Finding(line: 1, message: "private key: PuTTY-User-Key-File-2")])),
        Example("a public key passes", text: "-----BEGIN PUBLIC KEY-----\n", .passes),
    ]

    private static let begin = Array("BEGIN ".utf8)
    private static let putty = Array("PuTTY-User-Key-File-2".utf8)
    /// What follows ``begin``.
    private static let kinds = [
        "RSA PRIVATE KEY", "DSA PRIVATE KEY", "EC PRIVATE KEY", "OPENSSH PRIVATE KEY",
        "PRIVATE KEY", "SSH2 ENCRYPTED PRIVATE KEY", "PGP PRIVATE KEY BLOCK",
        "ENCRYPTED PRIVATE KEY", "OpenVPN Static key V1",
    ].map { Array($0.utf8) }

    init(arguments: [String]) throws(CheckArgumentError) {
        _ = try Self.read(arguments)
    }

    func inspectText(_ file: CheckedFile) -> Verdict {
        file.content.withUnsafeBufferPointer { bytes in
            guard let (start, words) = first(in: bytes) else { return .passed }
            let text = String(decoding: words, as: UTF8.self)
            return Verdict(findings: [
                Finding(line: bytes.lineNumber(at: start), message: "private key: \(text)")
            ])
        }
    }

    /// Where a key begins, and with which words.
    private func first(in bytes: UnsafeBufferPointer<UInt8>) -> (Int, [UInt8])? {
        var from = 0
        while let start = bytes.position(of: Self.begin, from: from) {
            from = start + Self.begin.count
            if let kind = Self.kinds.first(where: { bytes.holds($0, at: from) }) {
                return (start, Self.begin + kind)
            }
        }
        return bytes.position(of: Self.putty, from: 0).map { ($0, Self.putty) }
    }
}
