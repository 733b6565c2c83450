/// A check of all that a commit changes at once, links and submodules too, beside every path there
/// is.
package protocol TreeCheck: BuiltIn {
    /// Whether it asks for every path there is.
    static var asksForPaths: Bool { get }
    /// Whether it asks what was there before.
    static var asksForFormer: Bool { get }

    /// What is wrong, with the path that it is about.
    func inspect(_ tree: CheckedTree) -> [(path: [UInt8], finding: Finding)]
}

extension TreeCheck {
    /// Never: a tree is not mended.
    package static var fixes: Bool { false }
    /// It does not, unless a check says otherwise.
    package static var asksForPaths: Bool { false }
    /// It does not, unless a check says otherwise.
    package static var asksForFormer: Bool { false }
    /// The tree.
    package static var looksAt: Material { .tree }
}

/// A tree as a check sees it: values only.
package struct CheckedTree: Sendable {
    /// What an entry is.
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
        /// Whether the commit brings the path into the repository.
        package var isAdded: Bool
        /// Where a link leads, as it is recorded; of a file its content if there was a link at its
        /// path before; else nil.
        package var content: [UInt8]?
        /// Where the link led that was at this path before; nil when there was none.
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

    /// The entries that the check is given.
    package var items: [Item]
    /// Every path of the tree, those of the items among them.
    package var paths: [[UInt8]]
    /// Whether there is something at a path that leads out of the tree; such a path is absolute or
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
