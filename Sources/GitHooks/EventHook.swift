package import Configuration
internal import Execution
internal import Git
internal import GitIndex
internal import Installation
package import Planning
package import Reporting
internal import Staging
internal import SystemPackage

/// The hooks before or after an operation of git, such as a checkout: runs the jobs that are
/// listed for it, in the working tree, and reports pinned tools that are not installed.
///
/// A job without a selection of files always runs; any other if a file that it selects differs from
/// the earlier state. It never downloads.
package struct EventHook {
    private let context: Context
    private let hook: GitHook
    private let arguments: [String]

    /// - Parameter arguments: those that git gave the hook.
    package init(_ context: Context, _ hook: GitHook, arguments: [String]) {
        self.context = context
        self.hook = hook
        self.arguments = arguments
    }

    /// Runs as the hook; `input` is all of its standard input.
    package func run(_ input: [UInt8]) throws -> ExitStatus {
        let catalogue: JobCatalogue
        let repository: Repository
        do {
            repository = try Repository(at: context.folder)
            catalogue = try ConfigurationFile.load(repository, for: .worktree)
        } catch let error as any Explained where !stopsGit {
            // The checkout of an old commit has an old configuration.
            context.renderer.handle(.note("\(hook.name) ran no job: \(error.message)"))
            return .fine
        }
        let before = base(input)
        var summary = try runJobs(since: before, repository, catalogue)
        if hook.looksForPins, let news = try news(since: before, repository, catalogue) {
            let words = [summary?.message ?? "", news.message].filter { !$0.isEmpty }
            summary = Summary(
                message: words.joined(separator: "; "),
                hints: (summary?.hints ?? []) + news.hints,
                exitStatus: summary?.exitStatus ?? .fine)
        }
        guard let summary else { return .fine }
        context.renderer.handle(.ended(summary))
        return summary.exitStatus
    }

    /// Whether git waits for the answer.
    private var stopsGit: Bool { hook.bypass != nil }

    // MARK: Jobs

    /// - Returns: nil if there was nothing to run.
    private func runJobs(
        since before: String?, _ repository: Repository, _ catalogue: JobCatalogue
    ) throws -> Summary? {
        var jobs = try catalogue.jobs(of: hook)
        guard !jobs.isEmpty else { return nil }
        for position in jobs.indices {
            jobs[position].environment += hook.variables(for: arguments)
        }
        let paths = try changedPaths(since: before, repository)
        let snapshot = try repository.worktreeSnapshot(of: paths)
        // An earlier run of the job says nothing about the work to do now.
        let jobRun = JobRun(repository, catalogue, context, fresh: true)
        let plan = jobRun.plan(jobs, on: snapshot, keepsWholeTree: true)
        guard !plan.steps.isEmpty else { return nil }
        let result = try jobRun.perform(plan, publishing: .fixes)
        Notes.tell(result.published, to: context.renderer)
        let broken = result.outcome.count(.broken)
        let failed = result.outcome.count(.failed) + broken
        guard failed > 0 else { return Summary(message: "", exitStatus: .fine) }
        let end = stopsGit ? "git stops" : "what git did is not undone"
        return Summary(
            message: "\(counted(failed, "job", "jobs")) of \(hook.name) failed; \(end)",
            exitStatus: broken > 0 ? .broken : .failed)
    }

    /// The earlier revision.
    private func base(_ input: [UInt8]) -> String? {
        guard case .event(let changes) = hook.kind else { return nil }
        switch changes {
        case .since(let position):
            return arguments.indices.contains(position) ? arguments[position] : nil
        case .sinceRevision(let revision): return revision
        case .sinceRewrite:
            // An amend names its commit; a rebase names many, and stores the branch's old tip here.
            if arguments.first == "rebase" { return "ORIG_HEAD" }
            let name = input.prefix { $0 != UInt8(ascii: " ") }
            return name.isEmpty ? nil : String(decoding: name, as: UTF8.self)
        }
    }

    /// The files that differ from those of a commit; all files if there was none.
    private func changedPaths(
        since before: String?, _ repository: Repository
    ) throws -> [FilePath] {
        guard let head = try repository.head().commit else { return [] }
        let old = before.flatMap { repository.commit(named: $0) }
        if case .event(.sinceRevision) = hook.kind, old == head {
            // A squashed merge is only in the index.
            return try repository.stagedSnapshot().files.map(\.path)
        }
        return try repository.snapshot(of: head, notIn: old.map { [$0] } ?? []).files.map(\.path)
    }

    // MARK: News

    /// The hooks that are not installed; nil if all are.
    private func news(
        since before: String?, _ repository: Repository, _ catalogue: JobCatalogue
    ) throws -> Summary? {
        let scripts = try InstallationState(repository, hooks: catalogue.installedHooks).scripts
        let missing = scripts.filter { $0.state == .missing }.map(\.hook)
        var summary = try ToolNews(repository, catalogue, context, before: before).summary()
        guard !missing.isEmpty else { return summary }
        let words = "not installed: \(missing.joined(separator: ", "))"
        summary = Summary(
            message: [summary?.message, words].compactMap { $0 }.joined(separator: "; "),
            hints: (summary?.hints ?? []) + [
                "`hooks install` installs the configured hooks"
            ],
            exitStatus: .fine)
        return summary
    }
}

extension GitHook {
    /// The variables that describe git's call to jobs.
    func variables(for arguments: [String]) -> [JobSettings.Variable] {
        arguments.enumerated().map {
            .init(name: "HOOKS_ARG_\($0.offset + 1)", value: $0.element)
        }
    }
}
