internal import Configuration
internal import Execution
internal import Files
internal import Git
internal import GitIndex
package import Planning
package import Reporting
internal import Spawn
internal import Staging
package import SystemPackage

/// Jobs run by hand: `hooks fix` and `hooks run`.
package struct ByHand {
    /// Which files are checked.
    package enum Scope: Sendable, Equatable {
        /// The working files that differ from HEAD, and untracked ones.
        case changed
        /// The staged changes.
        case staged
        /// Every tracked file: from the index for `run`, from the working tree for
        /// `fix`.
        case all
        /// These working files, and the files in these folders.
        case paths([FilePath])
        /// The changes of the commits between two revisions, with the content of the second.
        /// The default of the first is the upstream branch, that of the second is HEAD.
        case range(from: String?, to: String?)
    }

    private let context: Context
    private let repository: Repository

    package init(_ context: Context) throws {
        self.context = context
        repository = try Repository(at: context.folder)
    }

    /// Runs the fixers of pre-commit.
    ///
    /// - Parameter checkOnly: changes nothing, and shows the changes.
    package func fix(_ scope: Scope, checkOnly: Bool) throws -> ExitStatus {
        let snapshot = try scope == .staged ? staged() : worktree(scope)
        let catalogue = try ConfigurationFile.load(repository, for: snapshot.source)
        let jobs = try catalogue.jobs(of: .preCommit).filter(\.fixes)
        return try perform(jobs, on: snapshot, catalogue, checkOnly: checkOnly)
    }

    /// How jobs run by hand.
    package struct Manner: Sendable {
        /// Changes nothing, and shows what would be changed.
        var checkOnly: Bool
        /// Also runs jobs whose result is cached.
        var fresh: Bool
        /// Runs tests in the quick form of their tool, for feedback only.
        var quick: Bool

        package init(checkOnly: Bool = false, fresh: Bool = false, quick: Bool = false) {
            self.checkOnly = checkOnly
            self.fresh = fresh
            self.quick = quick
        }
    }

    /// Runs hooks, or single jobs, by their names.
    package func run(_ names: [String], _ scope: Scope, _ manner: Manner) throws -> ExitStatus {
        var scope = scope
        if scope == .staged, names.contains(GitHook.prePush.name) {
            scope = .range(from: nil, to: nil)
        }
        if scope == .staged || scope == .all { refresh() }
        let snapshot = try snapshot(of: scope)
        let catalogue = try catalogue(for: names, snapshot.source)
        let hooks = names.compactMap(GitHook.named)
        let isCommit = hooks.contains(.preCommit) || hooks.contains(.preMergeCommit)
        if isCommit, scope == .staged || scope == .changed, !manner.checkOnly {
            try Protection(catalogue.protect).admitCommit(repository, context.renderer)
        }
        var jobs = try names.flatMap { name throws -> [Job] in
            if let hook = GitHook.named(name) { return try catalogue.jobs(of: hook) }
            let tagged = try catalogue.jobs(tagged: name)
            return try tagged.isEmpty ? [catalogue.job(name)] : tagged
        }
        for job in jobs {
            if job.looksAtMessage {
                throw Failure(
                    message:
                        "`\(job.name)` checks commit messages, so it cannot be run by hand",
                    hints: ["`git commit` runs it"], exitStatus: .usage)
            }
        }
        if manner.quick { jobs = try quick(jobs) }
        return try perform(
            jobs, on: snapshot, catalogue, checkOnly: manner.checkOnly, fresh: manner.fresh)
    }

    /// The configuration that belongs to the files; that of the working tree if only
    /// it knows a name.
    private func catalogue(
        for names: [String], _ source: Source
    ) throws -> JobCatalogue {
        let catalogue = try ConfigurationFile.load(repository, for: source)
        guard source == .index, let new = names.first(where: { !catalogue.canRun($0) }) else {
            return catalogue
        }
        let written = try ConfigurationFile.load(repository, for: .worktree)
        guard names.allSatisfy(written.canRun) else { return catalogue }
        context.renderer.handle(
            .note("`\(safeName(new.utf8))` is in the configuration file, but not staged yet"))
        return written
    }

    /// Refreshes the index for files of which only the time changed, as `git commit` does before it
    /// calls the hook: jobs see the times that the index has.
    private func refresh() {
        let git = GitProgram(repository, environment: context.environment)
        // Its exit status also reports other changed files.
        _ = try? git.run(["update-index", "-q", "--refresh"], "refresh the index")
    }

    private func snapshot(of scope: Scope) throws -> Snapshot {
        switch scope {
        case .all: try repository.trackedSnapshot()
        case .paths: try worktree(scope)
        case .staged, .changed: try staged()
        case .range(let from, let to): try range(from, to)
        }
    }

    private func quick(_ jobs: [Job]) throws -> [Job] {
        guard jobs.contains(where: { $0.quick() != nil }) else {
            throw Failure(
                message: "none of these jobs supports `--quick`",
                hints: ["`tests` does, if pytest-testmon is installed with pytest"],
                exitStatus: .usage)
        }
        context.renderer.handle(
            .note(
                "quick: the working tree is tested, and tests that seem unaffected are skipped"
            ))
        return jobs.map { $0.quick() ?? $0 }
    }

    private func perform(
        _ jobs: [Job], on snapshot: Snapshot, _ catalogue: JobCatalogue, checkOnly: Bool,
        fresh: Bool = false
    ) throws -> ExitStatus {
        let jobRun = JobRun(repository, catalogue, context, fresh: fresh)
        let plan = jobRun.plan(jobs, on: snapshot, keepsWholeTree: true)
        // The commits of a range exist already: changes of fixers are only shown.
        let checkOnly = checkOnly || snapshot.source.isRecorded
        guard !plan.steps.isEmpty else {
            context.renderer.handle(
                .ended(Summary(message: "no job has a file to check", exitStatus: .fine)))
            return .fine
        }
        let result = try jobRun.perform(plan, publishing: checkOnly ? .nothing : .fixes)
        Notes.tell(result.published, to: context.renderer)
        let summary = checkOnly ? checked(result) : fixed(result, snapshot.source)
        context.renderer.handle(.ended(summary))
        return summary.exitStatus
    }

    private func checked(_ result: JobRun.Result) -> Summary {
        if let summary = brokenOrFailed(result, published: 0) { return summary }
        let count = result.outcome.fixes.count
        if count == 0 { return Summary(message: "no problems found", exitStatus: .fine) }
        return Summary(
            message: "\(counted(count, "file", "files")) would be fixed; nothing was changed",
            hints: ["`hooks fix` fixes them"], exitStatus: .failed)
    }

    private func fixed(_ result: JobRun.Result, _ source: Source) -> Summary {
        let done = result.published.filter { $0.staged || $0.isInWorktree }.count
        if let summary = brokenOrFailed(result, published: done) { return summary }
        let lost = result.published.count - done
        if lost > 0 {
            return Summary(
                message: "\(counted(lost, "file", "files")) changed during the run, not fixed",
                hints: ["run the same command again"], exitStatus: .conflict)
        }
        if done == 0 { return Summary(message: "no problems found", exitStatus: .fine) }
        let staged = source.stagesFixes ? " and staged" : ""
        return Summary(
            message: "\(counted(done, "file", "files")) fixed\(staged)",
            hints: ["`hooks undo` restores the old content"],
            exitStatus: .fine)
    }

    private func brokenOrFailed(_ result: JobRun.Result, published: Int) -> Summary? {
        if result.outcome.has(.broken) {
            return Summary(
                message: "nothing was changed, because \(result.outcome.unable)",
                exitStatus: .broken)
        }
        let failed = result.outcome.count(.failed)
        guard failed > 0 else { return nil }
        let also = published > 0 ? "; \(counted(published, "file", "files")) fixed" : ""
        return Summary(
            message: "\(counted(failed, "job", "jobs")) failed\(also)", exitStatus: .failed)
    }

    private func staged() throws -> Snapshot {
        let unmerged = try repository.unmergedPaths()
        if let first = unmerged.first {
            let more = unmerged.count > 1 ? " and \(unmerged.count - 1) more" : ""
            throw Failure(
                message: "there are unmerged paths in the index: \(safeName(first))\(more)",
                hints: ["resolve them and `git add` them; `git status` shows which"],
                exitStatus: .conflict)
        }
        return try repository.stagedSnapshot()
    }

    private func range(_ from: String?, _ to: String?) throws -> Snapshot {
        let tip = try commit(to ?? "HEAD")
        if let from, let start = try startOfNews(from, tip) { return start }
        guard
            let base = from
                ?? (repository.commit(named: "@{upstream}") == nil ? nil : "@{upstream}")
        else {
            let tracked = try repository.references(matching: "refs/remotes/*").map(\.commit)
            let git = GitProgram(repository, environment: context.environment)
            let range = try PushRange(of: tip, known: tracked, git)
            return try repository.snapshot(of: tip, notIn: range.boundary)
        }
        let git = GitProgram(repository, environment: context.environment)
        let range = try PushRange(of: tip, known: [try commit(base)], git)
        return try repository.snapshot(of: tip, notIn: range.commits == 0 ? [tip] : range.boundary)
    }

    /// The changes of a branch whose former tip is not in this clone: all since it left the
    /// protected branch.
    ///
    /// A CI names the former tip of a new branch as forty zeros; after a forced push it names
    /// a tip that no clone has any more.
    ///
    /// - Returns: nil if the former tip is here.
    private func startOfNews(_ from: String, _ tip: ObjectID) throws -> Snapshot? {
        guard let id = ObjectID(hex: from), repository.commit(named: from) == nil else {
            return nil
        }
        let catalogue = try ConfigurationFile.load(repository, for: .commit(tip))
        let git = GitProgram(repository, environment: context.environment)
        let comparison = try Comparison(of: tip, repository, catalogue.protect, git)
        let base = comparison.isProtected ? nil : comparison.base
        if !id.isZero {
            context.renderer.handle(
                .note(
                    "\(from.prefix(12)) is not in this clone: "
                        + (base == nil
                            ? "every file is checked"
                            : "all changes of the branch since it left the protected branch are checked")
                ))
        }
        return try repository.snapshot(of: tip, notIn: base.map { [$0] } ?? [])
    }

    private func commit(_ name: String) throws -> ObjectID {
        if let commit = repository.commit(named: name) { return commit }
        throw Failure(
            message: "there is no commit `\(safeName(name.utf8))`",
            hints: ["`git log` shows the commits"],
            exitStatus: .usage)
    }

    // MARK: Working files

    private func worktree(_ scope: Scope) throws -> Snapshot {
        switch scope {
        case .changed, .staged, .range:
            return try repository.worktreeSnapshot(of: try repository.changedPaths())
        case .all:
            return try repository.worktreeSnapshot(of: try repository.trackedFiles().map(\.path))
        case .paths(let named):
            let tracked = try repository.trackedFiles().map(\.path)
            let known = Set(tracked + (try repository.untrackedFiles())).sorted {
                $0.string < $1.string
            }
            let paths = try named.flatMap { try files(at: $0, among: known) }
            return try repository.worktreeSnapshot(of: paths)
        }
    }

    private func files(at named: FilePath, among known: [FilePath]) throws -> [FilePath] {
        let full = (named.isAbsolute ? named : context.folder.pushing(named)).lexicallyNormalized()
        var path = full
        guard path.removePrefix(repository.worktree) else {
            throw Failure(
                message: "\(safeName(named)) is outside of the repository", exitStatus: .usage)
        }
        let inside = path.components.isEmpty ? known : known.filter { $0.starts(with: path) }
        if inside.isEmpty {
            throw Failure(
                message: "\(safeName(named)) does not exist, or git ignores it",
                exitStatus: .usage)
        }
        return inside
    }
}

extension Published {
    /// Whether the working file has the fix now.
    var isInWorktree: Bool {
        switch working {
        case .replaced, .merged, .asItWas: true
        case .absent, .overlapping, .changedMeanwhile, .unwritable: false
        }
    }
}
