/// One input of a check and the expected result.
package struct Example: Sendable {
    /// The expected result.
    package enum Outcome: Equatable, Sendable {
        /// The check passes.
        case passes
        /// The check finds this and changes nothing.
        case finds([Finding])
        /// The check fixes the input to this.
        case becomes(String)
    }

    /// What the example shows, in a few words.
    package var title: String
    /// The arguments of the check.
    package var arguments: [String]
    /// The input; for a message check its content is the cleaned message.
    package var file: CheckedFile
    /// The input of a check of the tree.
    package var tree: CheckedTree?
    /// The expected result.
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
    ///   - target: the target of the entry; nil if it is not a link.
    ///   - former: the target of the former link; nil if there was none.
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
