/// The declaration of every built-in check.
///
/// A check is one file in `Sources/BuiltInChecks/` and one line in `BuiltIns.all`. Its examples are
/// its tests and its page in the docs.
package protocol BuiltIn: Sendable {
    /// The identifier used in `hooks.toml`.
    static var name: String { get }
    /// One sentence about what it does.
    static var summary: String { get }
    /// Whether it may change its input.
    static var fixes: Bool { get }
    /// The input that it needs.
    static var looksAt: Material { get }
    /// The default file types, any of them; none: all.
    static var types: [String] { get }
    /// The default globs; none: all files.
    static var files: [String] { get }
    /// The hook of pre-commit-hooks that it replaces; nil if there is none.
    static var standsFor: String? { get }
    /// The differences from that hook, a sentence or two each, as Markdown.
    static var differences: [String] { get }
    /// Its arguments in a project that has no configuration.
    static var unconfigured: [String] { get }
    /// The arguments that it accepts.
    static var options: [CheckOption] { get }
    /// What it does, shown on small inputs.
    static var examples: [Example] { get }

    /// A check with the arguments from the configuration; refuses unknown ones.
    init(arguments: [String]) throws(CheckArgumentError)

    /// Whether it changes its input with its arguments.
    var isFixer: Bool { get }
    /// Whether it checks files only while git is in the middle of a merge or the like.
    var isForMerges: Bool { get }
}

extension BuiltIn {
    /// The default: every type.
    package static var types: [String] { [] }
    /// The default: every file.
    package static var files: [String] { [] }
    /// The default: it replaces no hook of pre-commit-hooks.
    package static var standsFor: String? { nil }
    /// The default: no differences.
    package static var differences: [String] { [] }
    /// The default: no arguments.
    package static var unconfigured: [String] { [] }
    /// The default: no options.
    package static var options: [CheckOption] { [] }
    /// Whether it changes its input with its arguments.
    package var isFixer: Bool { Self.fixes }
    /// Whether it checks files only while git is in the middle of a merge or the like.
    package var isForMerges: Bool { false }
}

/// What a check checks, and so what must be read for it.
package enum Material: String, Sendable {
    /// The content of a text file.
    case text
    /// The name and the mode of a file.
    case name
    /// The size of a file and whether it is new; the content need not be read.
    case size
    /// A commit message.
    case message
    /// Every path of the tree, and all changes, links and submodules too.
    case tree
    /// The content, for a Python program.
    case python
}

/// A check of one file at a time.
package protocol Check: BuiltIn {
    /// The verdict on one file. Any bytes are allowed as content and as path.
    func inspect(_ file: CheckedFile) -> Verdict
}

/// A check of text, which skips binary files.
package protocol TextCheck: Check {
    /// Whether it distinguishes line endings. The other checks get files whose lines end with CR
    /// alone as if they ended with LF.
    static var knowsLineEndings: Bool { get }

    /// The verdict on one file that is known to hold text.
    func inspectText(_ file: CheckedFile) -> Verdict
}

extension TextCheck {
    /// Text, which is why binary files pass.
    package static var looksAt: Material { .text }
    /// The default: it does not.
    package static var knowsLineEndings: Bool { false }

    /// Passes binary files without a check; calls ``inspectText(_:)`` for the others.
    ///
    /// A file in UTF-16 or UTF-32 is checked in UTF-8, and never changed. Neither is a file that
    /// stands for missing content.
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
    /// The findings in a message that was cleaned up as git will do it; see
    /// ``CommitMessage``.
    func inspect(_ message: [UInt8]) -> [Finding]
}

extension MessageCheck {
    /// Never: the message is the user's.
    package static var fixes: Bool { false }
    /// The message.
    package static var looksAt: Material { .message }
}
