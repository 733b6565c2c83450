internal import Checks

/// Finds paths that differ only in upper and lower case from another one: on file systems that do
/// not distinguish them, one of them is lost.
struct CaseConflict: TreeCheck {
    static let name = "case-conflict"
    static let summary = "Finds paths that differ from another one only in upper and lower case."
    static let standsFor: String? = "check-case-conflict"
    static let asksForPaths = true
    static let differences = [
        "Only paths that the commit changes are named, and each with the other one.",
        "Paths with characters that git quotes are compared as well.",
    ]
    static let examples: [Example] = [
        .tree(
            "another file is found", path: "readme.md", among: ["README.md"],
            .finds([Finding(message: "differs from README.md only in case")])),
        .tree(
            "another folder is found", path: "src/one.py", among: ["SRC/two.py"],
            .finds([Finding(message: "src differs from SRC only in case")])),
        .tree("other names pass", path: "readme.md", among: ["read.me"], .passes),
    ]

    init(arguments: [String]) throws(CheckArgumentError) {
        _ = try Self.read(arguments)
    }

    func inspect(_ tree: CheckedTree) -> [(path: [UInt8], finding: Finding)] {
        // Every path and every parent folder, by its case-folded form:
        // the first spelling, and those that differ from it.
        var first: [[UInt8]: ArraySlice<UInt8>] = [:]
        first.reserveCapacity(tree.paths.count * 2)
        var spellings: [[UInt8]: Set<[UInt8]>] = [:]
        func add(_ name: ArraySlice<UInt8>) {
            let folded = Self.folded(name)
            guard let known = first[folded] else {
                first[folded] = name
                return
            }
            if known != name { spellings[folded, default: [Array(known)]].insert(Array(name)) }
        }
        var last: [UInt8] = []
        for path in tree.paths {
            add(path[...])
            // Neighbours share their folders, which are added already.
            for folder in Self.folders(above: path) where !Self.isAbove(folder, last) {
                add(folder)
            }
            last = path
        }
        if spellings.isEmpty { return [] }
        return tree.items.flatMap { item in
            conflicts(of: item.path, spellings).map { (item.path, Finding(message: $0)) }
        }
    }

    private func conflicts(of path: [UInt8], _ spellings: [[UInt8]: Set<[UInt8]>]) -> [String] {
        let own = [path[...]] + Self.folders(above: path)
        return own.flatMap { name in
            let others = (spellings[Self.folded(name)] ?? []).filter { !$0.elementsEqual(name) }
            return others.sorted { $0.lexicographicallyPrecedes($1) }.map { other in
                let named = name.count == path.count ? "" : Self.shown(name) + " "
                return "\(named)differs from \(Self.shown(other[...])) only in case"
            }
        }
    }

    private static func shown(_ path: ArraySlice<UInt8>) -> String {
        String(String(decoding: path, as: UTF8.self).debugDescription.dropFirst().dropLast())
    }

    private static func isAbove(_ folder: ArraySlice<UInt8>, _ path: [UInt8]) -> Bool {
        path.count > folder.count && path[folder.count] == UInt8(ascii: "/")
            && path.starts(with: folder)
    }

    private static func folders(above path: [UInt8]) -> [ArraySlice<UInt8>] {
        path.indices.filter { path[$0] == UInt8(ascii: "/") }.map { path[..<$0] }
    }

    /// In lower case, with a fast path for ASCII.
    private static func folded(_ path: ArraySlice<UInt8>) -> [UInt8] {
        guard path.allSatisfy({ $0 < 0x80 }) else {
            return Array(String(decoding: path, as: UTF8.self).lowercased().utf8)
        }
        return path.lowercasedASCII()
    }
}
