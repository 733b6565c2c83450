/// A check of all changes of a commit at once, links and submodules too, with every path of the
/// tree.
package protocol TreeCheck: BuiltIn {
    /// Whether it needs every path of the tree.
    static var asksForPaths: Bool { get }
    /// Whether it needs the former entries.
    static var asksForFormer: Bool { get }

    /// The findings, each with its path.
    func inspect(_ tree: CheckedTree) -> [(path: [UInt8], finding: Finding)]
}

extension TreeCheck {
    /// Never: a tree is not fixed.
    package static var fixes: Bool { false }
    /// The default: it does not.
    package static var asksForPaths: Bool { false }
    /// The default: it does not.
    package static var asksForFormer: Bool { false }
    /// The tree.
    package static var looksAt: Material { .tree }
}

/// The input of a check of the tree: values only.
package struct CheckedTree: Sendable {
    /// The kind of an entry.
    package enum Kind: Sendable, Equatable {
        case file
        case link
        case submodule
    }

    /// One entry that the commit changes.
    package struct Item: Sendable {
        /// The path from the top, in git's own bytes.
        package var path: [UInt8]
        package var kind: Kind
        /// Whether the commit adds the path to the repository.
        package var isAdded: Bool
        /// The recorded target of a link; for a file its content if there was a link at its
        /// path before; else nil.
        package var content: [UInt8]?
        /// The target of the former link at this path; nil if there was none.
        package var former: [UInt8]?

        package init(
            path: [UInt8], kind: Kind, isAdded: Bool = false, content: [UInt8]? = nil,
            former: [UInt8]? = nil
        ) {
            self.path = path
            self.kind = kind
            self.isAdded = isAdded
            self.content = content
            self.former = former
        }
    }

    /// The entries for the check.
    package var items: [Item]
    /// Every path of the tree, including those of the items.
    package var paths: [[UInt8]]
    /// Whether a path outside of the tree exists; such a path is absolute or
    /// begins with `../`.
    package var isOutside: @Sendable ([UInt8]) -> Bool

    package init(
        items: [Item], paths: [[UInt8]],
        isOutside: @escaping @Sendable ([UInt8]) -> Bool = { _ in false }
    ) {
        self.items = items
        self.paths = paths
        self.isOutside = isOutside
    }
}
