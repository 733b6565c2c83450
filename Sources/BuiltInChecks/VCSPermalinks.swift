internal import Checks

/// Finds links to lines of a file on a branch, which point to other lines as soon as the branch
/// moves.
///
/// Such a link is `https://DOMAIN/OWNER/NAME/blob/BRANCH/PATH#L1`, where BRANCH is not 4 to 64
/// hexadecimal digits.
struct VCSPermalinks: TextCheck {
    static let name = "vcs-permalinks"
    static let summary =
        "Finds links to lines of a file on a branch, which will point to other lines later."
    static let standsFor: String? = "check-vcs-permalinks"
    static let differences = [
        "A dot in a domain matches only a dot; in pre-commit-hooks it matches any character."
    ]
    static let fixes = false
    static let options = [
        CheckOption(
            "--additional-github-domain", "DOMAIN", "Another domain to check.")
    ]
    static let examples = [
        Example(
            "a link to a branch is found", text: "see https://github.com/a/b/blob/main/c.py#L1\n",
            .finds([found(1)])),
        Example(
            "on another domain, if it is given", ["--additional-github-domain", "git.example.org"],
            text: "\nhttps://git.example.org/a/b/blob/main/c.py#L1\n", .finds([found(2)])),
        Example(
            "a link to a commit passes",
            text: "see https://github.com/a/b/blob/0123abcd/c.py#L1\n", .passes),
        Example(
            "so does one to a whole file", text: "see https://github.com/a/b/blob/main/c.py\n",
            .passes),
    ]

    /// `https://DOMAIN/` for each domain.
    private var beginnings = [Array("https://github.com/".utf8)]

    init(arguments: [String]) throws(CheckArgumentError) {
        for (_, value) in try Self.read(arguments) {
            beginnings.append(Array("https://\(value)/".utf8))
        }
    }

    func inspectText(_ file: CheckedFile) -> Verdict {
        var lines: Set<Int> = []
        file.content.withUnsafeBufferPointer { bytes in
            for beginning in beginnings {
                var from = 0
                while let start = bytes.position(of: beginning, from: from) {
                    from = start + beginning.count
                    // The pattern would allow line feeds in owners and branches, but
                    // the line ends there.
                    let line = bytes[from..<bytes.lineEnd(from: from)]
                    if isPassing(line) { lines.insert(bytes.lineNumber(at: start)) }
                }
            }
        }
        return Verdict(findings: lines.sorted().map(Self.found))
    }

    /// Whether a link with this rest points to a line on a branch.
    private func isPassing(_ rest: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        var rest = rest
        guard word(&rest), word(&rest), rest.starts(with: Array("blob/".utf8)) else { return false }
        rest = rest.dropFirst(5)
        let slash = UInt8(ascii: "/")
        let branch = rest.prefix { $0 != slash && $0 != UInt8(ascii: ".") && $0 != .space }
        guard !branch.isEmpty, rest.dropFirst(branch.count).first == slash else { return false }
        if (4...64).contains(branch.count), branch.allSatisfy(\.isHexadecimal) { return false }
        let path = rest.dropFirst(branch.count + 1)
        let name = path.prefix { $0 != UInt8(ascii: "#") && $0 != .space }
        let anchor = path.dropFirst(name.count)
        return !name.isEmpty && anchor.starts(with: Array("#L".utf8))
            && anchor.dropFirst(2).first.map { (0x30...0x39).contains($0) } == true
    }

    /// Removes a name and the `/` after it from the front.
    private func word(_ rest: inout Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        let name = rest.prefix { $0 != UInt8(ascii: "/") && $0 != .space }
        rest = rest.dropFirst(name.count)
        guard !name.isEmpty, rest.first == UInt8(ascii: "/") else { return false }
        rest = rest.dropFirst()
        return true
    }

    private static func found(_ line: Int) -> Finding {
        Finding(line: line, message: "link to a line on a branch; link to a commit instead")
    }
}

extension UInt8 {
    fileprivate var isHexadecimal: Bool {
        (0x30...0x39).contains(self) || (0x41...0x46).contains(self & 0xDF)
    }
}
