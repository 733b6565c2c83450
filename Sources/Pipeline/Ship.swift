internal import Configuration
internal import Files
internal import Git
internal import GitHooks
internal import GitIndex
internal import Glibc
package import Planning
package import Reporting
internal import Spawn
internal import Staging
internal import SystemPackage

/// `hooks ship`: fix, build, test, integrate, commit, push, and tell the CI.
///
/// Until everything has passed, only a separate index is written. So whatever ends it before
/// the commit leaves HEAD and the user's index as they were; in the working files only
/// the fixers' changes are applied, as in any run.
package struct Ship {
    /// The options of the command.
    package struct Request: Sendable {
        /// The commit message; nil if there is nothing to commit.
        package var message: String?
        /// The branch to create for the commit.
        package var branch: String?
        /// Only what is staged, not all changes.
        package var stagedOnly: Bool
        /// Everything except the commit, the push, and the changes of fixers.
        package var dryRun: Bool

        package init(message: String?, branch: String?, stagedOnly: Bool, dryRun: Bool) {
            self.message = message
            self.branch = branch
            self.stagedOnly = stagedOnly
            self.dryRun = dryRun
        }
    }

    private let request: Request
    private let context: Context
    private let repository: Repository

    package init(_ request: Request, _ context: Context) throws {
        self.request = request
        var context = context
        let mark = (0..<2).map { _ in String(UInt64.random(in: .min ... .max), radix: 36) }
        context.environment[Context.runMark] = mark.joined()
        // The hooks must run in any case.
        self.context = context
        repository = try Repository(at: context.folder)
    }

    /// Fixes, runs the phases, commits and pushes; stops at the first step that fails.
    package func run() throws -> ExitStatus {
        Interruption.current.listen()
        try refuseUnmerged()
        let head = try repository.head()
        let branch = try Branch(request.branch, head, repository, context)
        let index = try PrivateIndex(of: repository, context)
        if !request.stagedOnly { try index.stageAll() }
        let catalogue = try ConfigurationFile.load(index.repository, for: .index)
        try branch.admit(Protection(catalogue.protect), context.renderer)
        let destination = try request.dryRun ? nil : Destination(of: branch.name, in: repository)
        try destination?.checkNotDiverged(head.commit, in: repository)
        let phases = PhaseRun(
            repository, catalogue, context, by: request.dryRun ? Statistics.dryRun : "ship",
            quick: true,
            budget: catalogue.ship.budget)
        let work = Work(
            request: request, context: context, repository: repository, index: index,
            catalogue: catalogue, branch: branch, destination: destination, phases: phases)
        try refuseRepositoriesWithin(index, head)
        let hasNews = try !index.repository.indexEquals(orEmpty: head.commit)
        return try hasNews ? work.shipIndex(head) : work.shipCommits(head)
    }

    /// A repository within this one that is not a submodule would be committed as a bare link, and
    /// no clone would have its files.
    private func refuseRepositoriesWithin(_ index: PrivateIndex, _ head: Head) throws {
        let links = try index.repository.stagedChanges(against: head.commit)
            .filter { $0.kind != .deleted && $0.entry.mode == .submodule }.map(\.entry)
        guard !links.isEmpty else { return }
        let listed = try? index.git.run(
            ["config", "--blob", ":.gitmodules", "-z", "--get-regexp", "\\.path$"],
            "read .gitmodules")
        let known = (listed ?? []).split(separator: 0).compactMap { entry in
            entry.firstIndex(of: UInt8(ascii: "\n")).map {
                FilePath(bytes: entry[entry.index(after: $0)...])
            }
        }
        for link in links where !known.contains(link.path) {
            if let commit = head.commit,
                try repository.entry(at: link.path, in: commit)?.mode == .submodule
            {
                continue
            }
            let name = safeName(link.path)
            throw Failure(
                message: "`\(name)` is a repository of its own, and no submodule: the commit would "
                    + "hold a link to it and none of its files",
                hints: [
                    "to leave it out: `/\(name)/` in .gitignore, and `git rm --cached \(name)` "
                        + "if it is staged",
                    "to have it: `git submodule add URL \(name)`",
                ], exitStatus: .refused)
        }
    }

    private func refuseUnmerged() throws {
        let unmerged = try repository.unmergedPaths().first
        let state = repository.state()
        if let unmerged {
            let middle = state.map { "git is in the middle of a \($0.rawValue), and " } ?? ""
            let ends = state.map {
                "then `git \($0.rawValue) --continue`; `git \($0.rawValue) --abort` cancels it"
            }
            throw Failure(
                message: "\(middle)there are unmerged paths: \(safeName(unmerged))",
                hints: ["resolve them and `git add` them"] + [ends].compactMap { $0 },
                exitStatus: .conflict)
        }
        guard let state else { return }
        throw Failure(
            message: "git is in the middle of a \(state.rawValue)",
            hints: [
                "`git \(state.rawValue) --continue` finishes it, `git \(state.rawValue) --abort` cancels it; "
                    + "then `hooks ship`"
            ],
            exitStatus: .conflict)
    }
}

extension Repository {
    /// Whether the index is the same as the commit; without a commit, whether it is empty.
    fileprivate func indexEquals(orEmpty commit: ObjectID?) throws -> Bool {
        if let commit { return try indexEquals(commit) }
        return try trackedFiles().isEmpty
    }
}

/// The branch that the commit is made on.
struct Branch {
    let name: String
    /// Whether it must be created.
    let isNew: Bool
    private let head: Head

    /// - Throws: a `Failure` for a detached HEAD without a name, and for a name that is taken or
    ///   none.
    init(_ wanted: String?, _ head: Head, _ repository: Repository, _ context: Context) throws {
        self.head = head
        guard let wanted, wanted != head.branch else {
            guard let current = head.branch else {
                throw Failure(
                    message: "HEAD is detached: there is no branch to commit on and to push",
                    hints: ["`hooks ship --branch NAME MESSAGE` creates one"], exitStatus: .usage)
            }
            (name, isNew) = (current, false)
            return
        }
        let git = GitProgram(repository, environment: context.environment)
        let isName = (try? git.run(["check-ref-format", "--branch", wanted], "")) != nil
        guard isName, !wanted.hasPrefix("-") else {
            throw Failure(
                message: "`\(safeName(wanted.utf8))` cannot be the name of a branch",
                exitStatus: .usage)
        }
        guard try repository.resolve("refs/heads/\(wanted)") == nil else {
            throw Failure(
                message: "the branch `\(safeName(wanted.utf8))` already exists",
                hints: ["`git switch \(safeName(wanted.utf8))`, or choose another name"],
                exitStatus: .usage)
        }
        (name, isNew) = (wanted, true)
    }

    /// Refuses a protected branch, except for the first commit of a project.
    func admit(_ protection: Protection, _ renderer: any Renderer) throws {
        guard protection.isProtected(name) else { return }
        guard head.commit == nil else {
            throw Failure(
                message: ProtectedBranch.text(name),
                hints: ["`hooks ship --branch NAME MESSAGE` creates a branch from here"],
                exitStatus: .refused)
        }
        protection.allowFirstCommit(on: name, renderer)
    }

    /// Switches to it, if it is new; index and files do not change.
    func enter(_ git: GitProgram) throws {
        guard isNew else { return }
        if head.commit == nil {
            try git.run(["symbolic-ref", "HEAD", "refs/heads/\(name)"], "go onto the branch")
        } else {
            try git.run(["switch", "--quiet", "--no-track", "-c", name], "make the branch")
        }
    }

    /// Switches back to the former HEAD.
    func leave(_ git: GitProgram) {
        guard isNew else { return }
        if let old = head.branch {
            _ = try? git.run(["symbolic-ref", "HEAD", "refs/heads/\(old)"], "go back")
        } else if let commit = head.commit {
            _ = try? git.run(["update-ref", "--no-deref", "HEAD", commit.hex], "go back")
        }
        if let commit = head.commit {
            _ = try? git.run(["update-ref", "-d", "refs/heads/\(name)", commit.hex], "go back")
        }
    }
}
