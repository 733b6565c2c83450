/// A supported git hook.
///
/// Everything that differs from one git hook to another is here: its script, when that is
/// installed, what git's call starts, and which jobs it runs. A new one is one more line of `all`,
/// unless it needs a `Kind` of its own.
package struct GitHook: Hashable, Sendable {
    /// What git's call starts.
    package enum Kind: Hashable, Sendable {
        /// Jobs on what is about to be committed.
        case commit
        /// Jobs on what a merge is about to commit.
        case merge
        /// Jobs on the message of a commit.
        case message
        /// Jobs on what is about to be pushed.
        case push
        /// The protection of branches; runs no job.
        case references
        /// The project's own commands, after or before an operation of git.
        case event(Changes)
    }

    /// Which files an event selects: those that differ between a commit and HEAD.
    package enum Changes: Hashable, Sendable {
        /// The commit that git names at this position of its arguments.
        case since(argument: Int)
        /// The commit that this revision names.
        case sinceRevision(String)
        /// The amended commit, or the branch before its rebase.
        case sinceRewrite
    }

    /// When its script is written.
    package enum Presence: Hashable, Sendable {
        case always
        /// With strict protection of branches.
        case strict
        /// When jobs are listed for it.
        case configured
    }

    /// Its name in git.
    package let name: String
    package let kind: Kind
    /// What its script does, in a few words.
    package let purpose: String
    package let presence: Presence
    /// Whether git writes to its standard input.
    package let hasInput: Bool
    /// The first argument of the calls that matter; nil: all of them.
    package let onlyWith: String?
    /// The command that continues without the program; nil for a hook that stops nothing then.
    package let bypass: String?
    /// The jobs that it runs in a project without a configuration.
    package let defaults: [String]
    /// Whether it runs the jobs of pre-commit if only that one is configured.
    package let followsPreCommit: Bool
    /// Whether it reports pinned tools that are not installed.
    package let looksForPins: Bool

    private init(
        _ name: String, _ kind: Kind, _ purpose: String, presence: Presence = .always,
        hasInput: Bool = false, onlyWith: String? = nil, bypass: String? = nil,
        defaults: [String] = [], followsPreCommit: Bool = false, looksForPins: Bool = false
    ) {
        self.name = name
        self.kind = kind
        self.purpose = purpose
        self.presence = presence
        self.hasInput = hasInput
        self.onlyWith = onlyWith
        self.bypass = bypass
        self.defaults = defaults
        self.followsPreCommit = followsPreCommit
        self.looksForPins = looksForPins
    }

    /// Whether `[hooks]` can list jobs for it.
    package var runsJobs: Bool { kind != .references }

    /// Its purpose with a capital letter.
    var help: String { purpose.prefix(1).uppercased() + purpose.dropFirst() }

    /// Whether it is for an operation of git, rather than for what git records.
    package var isEvent: Bool { if case .event = kind { true } else { false } }
}

extension GitHook {
    /// Every supported git hook, in the order of listings.
    package static let all = [
        preCommit, preMergeCommit, commitMessage, prePush,
        GitHook(
            "prepare-commit-msg", .message, "prepares the message of a commit",
            presence: .configured, bypass: "rm '$0'"),
        GitHook(
            "post-commit", .event(.sinceRevision("HEAD^")), "runs jobs after a commit",
            presence: .configured),
        GitHook(
            "post-checkout", .event(.since(argument: 0)),
            "runs jobs after a checkout, and reports missing pinned tools",
            looksForPins: true),
        GitHook(
            "post-merge", .event(.sinceRevision("ORIG_HEAD")),
            "runs jobs after a merge, and reports missing pinned tools",
            looksForPins: true),
        GitHook(
            "post-rewrite", .event(.sinceRewrite), "runs jobs after an amend or a rebase",
            presence: .configured, hasInput: true),
        GitHook(
            "pre-rebase", .event(.since(argument: 0)), "runs jobs before a rebase",
            presence: .configured, bypass: "git rebase --no-verify"),
        GitHook(
            "reference-transaction", .references,
            "lets protected branches only follow their remote", presence: .strict,
            hasInput: true, onlyWith: "prepared", bypass: "rm '$0'"),
    ]

    package static let preCommit = GitHook(
        "pre-commit", .commit, "checks what is about to be committed",
        bypass: "git commit --no-verify", defaults: everyday)
    package static let preMergeCommit = GitHook(
        "pre-merge-commit", .merge, "checks what a merge is about to commit",
        bypass: "git merge --no-verify", defaults: everyday, followsPreCommit: true)
    package static let commitMessage = GitHook(
        "commit-msg", .message, "checks the message of a commit",
        bypass: "git commit --no-verify", defaults: ["subject"])
    package static let prePush = GitHook(
        "pre-push", .push, "checks what is about to be pushed", hasInput: true,
        bypass: "git push --no-verify", defaults: everyday + ["tests"], followsPreCommit: true)

    /// The jobs of a project without a configuration; they work for a Python project.
    private static let everyday = [
        "large-files", "merge-conflict", "byte-order-mark", "mixed-line-ending",
        "trailing-whitespace", "end-of-file", "isort", "black", "flake8",
    ]

    /// Those for which `[hooks]` can list jobs.
    package static let withJobs = all.filter(\.runsJobs)

    /// The supported git hook with this name; nil if there is none.
    package static func named(_ name: String) -> GitHook? { all.first { $0.name == name } }

    /// Every git hook that git has (`man githooks`), by its name.
    package static let namesOfGit = [
        "applypatch-msg", "pre-applypatch", "post-applypatch", "pre-commit", "pre-merge-commit",
        "prepare-commit-msg", "commit-msg", "post-commit", "pre-rebase", "post-checkout",
        "post-merge", "pre-push", "pre-receive", "update", "proc-receive", "post-receive",
        "post-update", "reference-transaction", "push-to-checkout", "pre-auto-gc", "post-rewrite",
        "sendemail-validate", "fsmonitor-watchman", "p4-changelist", "p4-prepare-changelist",
        "p4-post-changelist", "p4-pre-submit", "post-index-change",
    ]
}
