internal import Checks
package import Git
package import Spawn

/// How git will read the message file that its hook sees.
///
/// Git does not pass `--cleanup` and `--verbose` to its hooks. The settings, the command line of
/// the git that runs the hook, and, if neither is available, the file itself show them.
package struct MessageReadings {
    private let repository: Repository
    private let command: CallingGit?
    /// Git sets `GIT_EDITOR=:` for the hook if it opened no editor.
    private let isEdited: Bool

    /// - Parameter command: the command line of the git that runs the hook; nil if it is unknown.
    package init(
        _ repository: Repository, _ environment: ProcessEnvironment, _ command: CallingGit?
    ) {
        self.repository = repository
        self.command = command
        isEdited = environment["GIT_EDITOR"] != ":"
    }

    /// The messages that git may record for these bytes; only one if that is certain.
    package func texts(of raw: [UInt8]) -> [[UInt8]] {
        comments(in: raw).flatMap { comment in
            cleanups(raw, comment).map { cleanup in
                CommitMessage.cleaned(raw, .init(cleanup, comment: comment, cuts: cuts))
            }
        }
    }

    private func cleanups(_ raw: [UInt8], _ comment: [UInt8]) -> [CommitMessage.Cleanup] {
        let named = command?.cleanup ?? repository.configuration("commit.cleanup")
        switch named {
        case "scissors": return [isEdited ? .scissors : .whitespace]
        case "strip": return [.strip]
        case "whitespace": return [.whitespace]
        case "verbatim": return [.verbatim]
        default: break
        }
        guard command == nil, named == nil else { return [isEdited ? .strip : .whitespace] }
        guard isEdited else { return [.whitespace, .strip] }
        return [CommitMessage.showsModeScissors(raw, comment: comment) ? .scissors : .strip]
    }

    /// Whether everything from the scissors on is removed, as with `--verbose`.
    private var cuts: Bool {
        guard let command else { return true }
        if let isVerbose = command.isVerbose { return isVerbose }
        let setting = repository.configuration("commit.verbose") ?? "false"
        return !["false", "no", "off", "0", ""].contains(setting.lowercased())
    }

    private func comments(in raw: [UInt8]) -> [[UInt8]] {
        let character = repository.configuration("core.commentChar")
        var comment = character ?? "#"
        // Git 2.45 and later have another name for it, and the last of the two counts.
        if let string = repository.configuration("core.commentString") {
            if string != "auto", let asked = commentPrefix() {
                comment = character == "auto" && asked == "#" ? "auto" : asked
            } else {
                comment = string
            }
        }
        return comment == "auto"
            ? CommitMessage.automaticComments(raw, isEdited: isEdited) : [Array(comment.utf8)]
    }

    /// The prefix of comment lines, by the settings of any release of git; nil if
    /// git does not report it.
    private func commentPrefix() -> String? {
        let words = ["stripspace", "--comment-lines"]
        guard
            let output = try? repository.answer(
                words, input: [0x78, 10], "read the comment character"),
            output.suffix(3).elementsEqual(" x\n".utf8)
        else { return nil }
        return String(decoding: output.dropLast(3), as: UTF8.self)
    }
}
