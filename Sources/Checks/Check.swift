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
    /// The file types that it is given, any of them, where the project does not say; none: all.
    static var types: [String] { get }
    /// Globs of the files that it is given where the project does not say; none: all.
    static var files: [String] { get }
    /// The hook of pre-commit-hooks that it stands for; nil when there is none.
    static var standsFor: String? { get }
    /// What it does otherwise than that hook, a sentence or two each, as Markdown.
    static var differences: [String] { get }
    /// Its arguments in a project that has no configuration.
    static var unconfigured: [String] { get }
    /// The arguments that it accepts.
    static var options: [CheckOption] { get }
    /// What it does, shown on small inputs.
    static var examples: [Example] { get }

    /// A check with the arguments that the configuration gives it; refuses those it does not know.
    init(arguments: [String]) throws(CheckArgumentError)

    /// Whether it changes what it is given with the arguments it has.
    var isFixer: Bool { get }
    /// Whether it looks at files only while git is in the middle of a merge or the like.
    var isForMerges: Bool { get }
}

extension BuiltIn {
    /// Every type, unless a check says otherwise.
    package static var types: [String] { [] }
    /// Every file, unless a check says otherwise.
    package static var files: [String] { [] }
    /// It stands for no hook of pre-commit-hooks, unless a check says otherwise.
    package static var standsFor: String? { nil }
    /// No differences, unless a check has some.
    package static var differences: [String] { [] }
    /// No arguments, unless a check has some.
    package static var unconfigured: [String] { [] }
    /// No options, unless a check has some.
    package static var options: [CheckOption] { [] }
    /// Whether it changes what it is given with the arguments it has.
    package var isFixer: Bool { Self.fixes }
    /// Whether it looks at files only while git is in the middle of a merge or the like.
    package var isForMerges: Bool { false }
}

/// What a check looks at, and so what has to be read for it.
package enum Material: String, Sendable {
    /// The content of a text file.
    case text
    /// The name and the mode of a file.
    case name
    /// The size of a file and whether it is new; the content need not be read.
    case size
    /// A commit message.
    case message
    /// Every path of the tree, and all that changes in it, links and submodules too.
    case tree
    /// What a Python program makes of the content.
    case python
}

/// A check of one file at a time.
package protocol Check: BuiltIn {
    /// The verdict on one file. Any bytes are allowed as content and as path.
    func inspect(_ file: CheckedFile) -> Verdict
}

/// A check of text, which leaves binary files alone.
package protocol TextCheck: Check {
    /// Whether it tells line endings apart. The others are given files whose lines end with CR alone
    /// as if they ended with LF.
    static var knowsLineEndings: Bool { get }

    /// The verdict on one file that is known to hold text.
    func inspectText(_ file: CheckedFile) -> Verdict
}

extension TextCheck {
    /// Text, which is why binary files pass.
    package static var looksAt: Material { .text }
    /// It does not, unless a check says otherwise.
    package static var knowsLineEndings: Bool { false }

    /// Leaves binary files unseen; asks ``inspectText(_:)`` about the others.
    ///
    /// A file in UTF-16 or UTF-32 is looked at in UTF-8, and changed by nobody. Nor is one that
    /// stands for content which is not there.
    package func inspect(_ file: CheckedFile) -> Verdict {
        if file.isBinary { return inspectWide(file) }
        let verdict =
            !Self.knowsLineEndings && file.content.endsLinesWithCR
            ? inspectLinesOfCR(file) : inspectText(file)
        if verdict.findings.isEmpty { return .passed }
        if !file.content.hasBytesOfASCII { return inspectWide(file) }
        return verdict.fixed != nil && file.content.standIn != nil ? .passed : verdict
    }

    private func inspectWide(_ file: CheckedFile) -> Verdict {
        guard !isFixer, let text = file.content.decodedFromWide else { return .unseen }
        var file = file
        file.content = text
        return Verdict(findings: inspectText(file).findings)
    }

    private func inspectLinesOfCR(_ file: CheckedFile) -> Verdict {
        var file = file
        file.content = file.content.map { $0 == .carriageReturn ? .lineFeed : $0 }
        var verdict = inspectText(file)
        verdict.fixed = verdict.fixed?.map { $0 == .lineFeed ? .carriageReturn : $0 }
        return verdict
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
