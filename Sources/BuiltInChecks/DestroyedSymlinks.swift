internal import Checks

/// Finds symbolic links that became files with the link's target as their text: what happens where
/// a file system has no links.
struct DestroyedSymlinks: TreeCheck {
    static let name = "destroyed-symlinks"
    static let summary =
        "Finds symbolic links that became files with the link's target as their text."
    static let standsFor: String? = "destroyed-symlinks"
    static let asksForFormer = true
    static let types = ["file"]
    static let examples: [Example] = [
        .tree(
            "a link that became a file is found", path: "latest", text: "docs/2024.md\n",
            formerlyLinkingTo: "docs/2024.md",
            .finds([Finding(message: Self.message)])),
        .tree(
            "a file in a link's place passes", path: "latest", text: "one\n",
            formerlyLinkingTo: "docs/2024.md", .passes),
        .tree("so does any other file", path: "latest", text: "docs/2024.md", .passes),
    ]

    private static let message =
        "was a symbolic link and became a file with its target as the text; "
        + "`git restore --staged --worktree` it, or set core.symlinks to false"

    init(arguments: [String]) throws(CheckArgumentError) {
        _ = try Self.read(arguments)
    }

    func inspect(_ tree: CheckedTree) -> [(path: [UInt8], finding: Finding)] {
        tree.items.compactMap { item in
            guard item.kind == .file, let former = item.former, let content = item.content,
                content.count <= former.count + 2, Self.trimmed(content) == Self.trimmed(former)
            else { return nil }
            return (item.path, Finding(message: Self.message))
        }
    }

    /// Without the whitespace at the end, which a fixer may have changed.
    private static func trimmed(_ bytes: [UInt8]) -> ArraySlice<UInt8> {
        bytes[..<((bytes.lastIndex { !$0.isWhitespace } ?? -1) + 1)]
    }
}
