/// One input of a check and what comes of it.
package struct Example: Sendable {
    /// What comes of an input.
    package enum Outcome: Equatable, Sendable {
        /// The check has nothing to say.
        case passes
        /// The check finds this and changes nothing.
        case finds([Finding])
        /// The check mends the input to this.
        case becomes(String)
    }

    /// What the example shows, in a few words.
    package var title: String
    /// The arguments that the check is given.
    package var arguments: [String]
    /// The input; for a message check its content is the cleaned message.
    package var file: CheckedFile
    /// What a check of the tree is given instead.
    package var tree: CheckedTree?
    /// What comes of it.
    package var outcome: Outcome

    /// An example whose input is this text.
    package init(
        _ title: String, _ arguments: [String] = [], path: String = "file.txt", text: String = "",
        size: Int? = nil, isExecutable: Bool = false, isAdded: Bool = false, _ outcome: Outcome
    ) {
        self.title = title
        self.arguments = arguments
        self.file = CheckedFile(
            path: Array(path.utf8), content: Array(text.utf8), size: size,
            isExecutable: isExecutable, isAdded: isAdded)
        self.outcome = outcome
    }

    /// An example for a check of the tree: one entry that changes, among others.
    ///
    /// - Parameters:
    ///   - target: where the entry leads; nil when it is no link.
    ///   - former: where the link led that was there before; nil when there was none.
    package static func tree(
        _ title: String, path: String, text: String = "", among others: [String] = [],
        linkingTo target: String? = nil, formerlyLinkingTo former: String? = nil,
        isSubmodule: Bool = false, isAdded: Bool = false, _ outcome: Outcome
    ) -> Example {
        var example = Example(title, path: path, text: text, outcome)
        let item = CheckedTree.Item(
            path: Array(path.utf8),
            kind: isSubmodule ? .submodule : target == nil ? .file : .link, isAdded: isAdded,
            content: Array((target ?? text).utf8), former: former.map { Array($0.utf8) })
        example.tree = CheckedTree(
            items: [item], paths: ([path] + others).map { Array($0.utf8) })
        return example
    }
}
