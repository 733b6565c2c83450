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
    /// What comes of it.
    package var outcome: Outcome

    /// An example whose input is this text.
    init(
        _ title: String, _ arguments: [String] = [], path: String = "file.txt", text: String = "",
        size: Int? = nil, isAdded: Bool = false, _ outcome: Outcome
    ) {
        self.title = title
        self.arguments = arguments
        self.file = CheckedFile(
            path: Array(path.utf8), content: Array(text.utf8), size: size, isAdded: isAdded)
        self.outcome = outcome
    }
}
