/// Finds paths that cannot be made on Windows: names of devices, characters that are not allowed,
/// and names that end with a dot or a blank.
struct IllegalWindowsNames: TreeCheck {
    static let name = "illegal-windows-names"
    static let summary = "Finds paths that cannot be made on Windows."
    static let standsFor: String? = "check-illegal-windows-names"
    static let differences = [
        "A folder at the top whose name ends with a dot or a blank is found as well; there only "
            + "deeper ones are."
    ]
    static let examples: [Example] = [
        .tree(
            "a device is no name", path: "src/aux.h",
            .finds([Finding(message: "`aux` is the name of a device on Windows")])),
        .tree(
            "some characters are not allowed", path: "a:b.txt",
            .finds([Finding(message: "`:` is not allowed in a name on Windows")])),
        .tree(
            "a name ends with no dot", path: "notes./one.txt",
            .finds([Finding(message: "`notes.` ends with a dot or a blank")])),
        .tree("most names are right", path: "src/auxiliary.h", .passes),
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
            let name = String(decoding: part, as: UTF8.self)
            let stem = name.prefix { $0 != "." }
            if Self.devices.contains(stem.lowercased()) {
                return "`\(stem)` is the name of a device on Windows"
            }
            if let byte = part.first(where: { $0 < 0x20 || #"<>:"\|?*"#.utf8.contains($0) }) {
                let shown = Self.quoted(String(decoding: [byte], as: UTF8.self))
                return "\(shown) is not allowed in a name on Windows"
            }
            if let last = name.unicodeScalars.last, last == "." || last.properties.isWhitespace {
                return "\(Self.quoted(name)) ends with a dot or a blank"
            }
        }
        return nil
    }
}
