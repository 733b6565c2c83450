/// What every built-in check says about itself.
///
/// A check is one file in `BuiltIn/` and one line in ``Checks/all``. Its examples are its tests and
/// its page in the docs.
package protocol BuiltIn: Sendable {
    /// The identifier used in `hooks.toml`.
    static var name: String { get }
    /// One sentence that says what it does.
    static var summary: String { get }
    /// Whether it may change what it is given.
    static var fixes: Bool { get }
    /// What it needs to be given.
    static var looksAt: Material { get }
    /// The arguments that it accepts.
    static var options: [CheckOption] { get }
    /// What it does, shown on small inputs.
    static var examples: [Example] { get }

    /// A check with the arguments that the configuration gives it; refuses those it does not know.
    init(arguments: [String]) throws(CheckArgumentError)
}

extension BuiltIn {
    /// None, unless a check has some.
    package static var options: [CheckOption] { [] }
}

/// What a check looks at, and so what has to be read for it.
package enum Material: String, Sendable {
    /// The content of a text file.
    case text
    /// The size of a file and whether it is new; the content need not be read.
    case size
    /// A commit message.
    case message
}

/// A check of one file at a time.
package protocol Check: BuiltIn {
    /// The verdict on one file. Any bytes are allowed as content and as path.
    func inspect(_ file: CheckedFile) -> Verdict
}

/// A check of text, which leaves binary files alone.
package protocol TextCheck: Check {
    /// The verdict on one file that is known to hold text.
    func inspectText(_ file: CheckedFile) -> Verdict
}

extension TextCheck {
    /// Text, which is why binary files pass.
    package static var looksAt: Material { .text }

    /// Passes binary files unseen; asks ``inspectText(_:)`` about the others.
    package func inspect(_ file: CheckedFile) -> Verdict {
        file.content.isBinary ? .passed : inspectText(file)
    }
}

/// A check of a commit message.
package protocol MessageCheck: BuiltIn {
    /// What is wrong with a message that has been cleaned as git will clean it; see
    /// ``CommitMessage``.
    func inspect(_ message: [UInt8]) -> [Finding]
}

extension MessageCheck {
    /// Never: the message is the user's.
    package static var fixes: Bool { false }
    /// The message.
    package static var looksAt: Material { .message }
}
