internal import Checks

/// Finds broken symbolic links in the tree that is about to be committed.
///
/// A link that leads out of the tree is followed on this machine.
struct Symlinks: TreeCheck {
    static let name = "symlinks"
    static let summary = "Finds symbolic links that lead nowhere."
    static let standsFor: String? = "check-symlinks"
    static let asksForPaths = true
    static let differences = [
        "A link must lead to something that the commit contains; pre-commit-hooks uses the working tree, "
            + "where the target may be untracked, or a file that the commit removes."
    ]
    static let types = ["symlink"]
    static let examples: [Example] = [
        .tree(
            "a link to nothing is found", path: "docs/latest", among: ["docs/2023.md"],
            linkingTo: "2024.md",
            .finds([Finding(message: "broken symbolic link to 2024.md")])),
        .tree(
            "a link to a file passes", path: "docs/latest", among: ["docs/2024.md"],
            linkingTo: "2024.md", .passes),
        .tree(
            "so does one to a folder", path: "latest", among: ["docs/2024.md"],
            linkingTo: "./docs/../docs", .passes),
    ]

    init(arguments: [String]) throws(CheckArgumentError) {
        _ = try Self.read(arguments)
    }

    func inspect(_ tree: CheckedTree) -> [(path: [UInt8], finding: Finding)] {
        let links = tree.items.filter { $0.kind == .link }
        guard !links.isEmpty else { return [] }
        let paths = Set(tree.paths)
        return links.compactMap { link in
            let target = link.content ?? []
            if leads(target, from: link.path, paths, tree) { return nil }
            let shown = String(decoding: target, as: UTF8.self).debugDescription
            let message = "broken symbolic link to \(shown.dropFirst().dropLast())"
            return (link.path, Finding(message: message))
        }
    }

    private func leads(
        _ target: [UInt8], from path: [UInt8], _ paths: Set<[UInt8]>, _ tree: CheckedTree
    ) -> Bool {
        let slash = UInt8(ascii: "/")
        if target.first == slash { return tree.isOutside(target) }
        var parts = Array(path.split(separator: slash).dropLast())
        for part in target.split(separator: slash) {
            if part.elementsEqual("..".utf8) {
                guard parts.popLast() != nil else {
                    let folder = path[..<(path.lastIndex(of: slash) ?? 0)]
                    return tree.isOutside(folder + (folder.isEmpty ? [] : [slash]) + target)
                }
            } else if !part.elementsEqual(".".utf8) {
                parts.append(part)
            }
        }
        if parts.isEmpty { return true }
        let whole = Array(parts.joined(separator: [slash]))
        // Through another link: its target is not followed; it is enough that the link exists.
        for count in 1..<max(parts.count, 1) {
            let folder = Array(parts.prefix(count).joined(separator: [slash]))
            if paths.contains(folder) { return tree.isOutside(whole) }
        }
        return paths.contains(whole) || tree.paths.contains { $0.starts(with: whole + [slash]) }
    }
}
