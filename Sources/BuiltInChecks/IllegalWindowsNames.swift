internal import Checks

/// Finds paths that are not possible on Windows: names of devices, characters that are not allowed,
/// and names that end with a dot or a space.
struct IllegalWindowsNames: TreeCheck {
    static let name = "illegal-windows-names"
    static let summary = "Finds paths that are not possible on Windows."
    static let standsFor: String? = "check-illegal-windows-names"
    static let differences = [
        "A folder at the top whose name ends with a dot or a space is found as well; pre-commit-hooks "
            + "finds only deeper ones."
    ]
    static let examples: [Example] = [
        .tree(
            "the name of a device is found", path: "src/aux.h",
            .finds([Finding(message: "`aux` is the name of a device on Windows")])),
        .tree(
            "so are some characters", path: "a:b.txt",
            .finds([Finding(message: "`:` is not allowed in a name on Windows")])),
        .tree(
            "and a dot at the end of a name", path: "notes./one.txt",
            .finds([Finding(message: "`notes.` ends with a dot or a space")])),
        .tree("most names pass", path: "src/auxiliary.h", .passes),
    ]

    private static let devices: Set<String> = {
        let digits = (0...9).map { "\($0)" } + ["¹", "²", "³"]
        return Set(
            ["con", "prn", "aux", "nul"] + digits.map { "com\($0)" } + digits.map { "lpt\($0)" })
    }()

    init(arguments: [String]) throws(CheckArgumentError) {
        _ = try Self.read(arguments)
    }

    func inspect(_ tree: CheckedTree) -> [(path: [UInt8], finding: Finding)] {
        tree.items.compactMap { item in
            problem(of: item.path).map { (item.path, Finding(message: $0)) }
        }
    }

    private func problem(of path: [UInt8]) -> String? {
        for part in path.split(separator: UInt8(ascii: "/")) {
            let stem = part.prefix { $0 != UInt8(ascii: ".") }
            // `¹` has two bytes.
            if (3...5).contains(stem.count) {
                let name = String(decoding: stem, as: UTF8.self)
                if Self.devices.contains(name.lowercased()) {
                    return "`\(name)` is the name of a device on Windows"
                }
            }
            if let byte = part.first(where: Self.isIllegal) {
                let shown = Self.quoted(String(decoding: [byte], as: UTF8.self))
                return "\(shown) is not allowed in a name on Windows"
            }
            if Self.endsBadly(part) {
                let shown = Self.quoted(String(decoding: part, as: UTF8.self))
                return "\(shown) ends with a dot or a space"
            }
        }
        return nil
    }

    private static func isIllegal(_ byte: UInt8) -> Bool {
        switch byte {
        case 0..<0x20, 0x22, 0x2A, 0x3A, 0x3C, 0x3E, 0x3F, 0x5C, 0x7C: true
        default: false
        }
    }

    private static func endsBadly(_ part: ArraySlice<UInt8>) -> Bool {
        guard let last = part.last else { return false }
        if last < 0x80 { return last == UInt8(ascii: ".") || last == .space }
        let scalar = String(decoding: part, as: UTF8.self).unicodeScalars.last
        return scalar?.properties.isWhitespace == true
    }
}
