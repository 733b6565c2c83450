internal import Configuration
internal import Execution
internal import Files
internal import Git
internal import GitIndex
package import Planning
package import Reporting
internal import Spawn
package import Staging
internal import SystemPackage

/// The hooks before a commit or a merge: checks that the branch is not protected, and runs the jobs
/// on what is staged.
package struct PreCommit {
    /// The two hooks.
    package enum Kind: Sendable {
        case commit
        case merge
    }

    private let context: Context
    private let kind: Kind

    package init(_ context: Context, kind: Kind) {
        self.context = context
        self.kind = kind
    }

    /// Runs as the hook.
    package func run() throws -> ExitStatus {
        let repository = try Repository(at: context.folder)
        context.renderer.handle(.reached("repository"))
        let catalogue = try ConfigurationFile.load(repository, for: .index)
        try Protection(catalogue.protect).admitCommit(
            repository, isMerge: kind == .merge, context.renderer)
        let jobs = try catalogue.jobs(of: kind == .commit ? .preCommit : .preMergeCommit)
        context.renderer.handle(.reached("configuration, branch"))
        let watch = IndexWatch(repository)
        let snapshot = try repository.stagedSnapshot()
        context.renderer.handle(.reached("snapshot"))
        return try run(jobs, on: snapshot, watch, repository, catalogue)
    }

    private func run(
        _ jobs: [Job], on snapshot: Snapshot, _ watch: IndexWatch, _ repository: Repository,
        _ catalogue: JobCatalogue
    ) throws -> ExitStatus {
        let jobRun = JobRun(repository, catalogue, context)
        let plan = jobRun.plan(jobs, on: snapshot)
        context.renderer.handle(.reached("plan"))
        guard !plan.steps.isEmpty else { return .fine }
        let result = try jobRun.perform(plan, publishing: .fixes)
        var summary = try Conclusion(result, kind: kind, policy: catalogue.fix).summary(
            in: repository)
        let known = Set(snapshot.files.map(\.path))
        let generated = Set(result.published.map(\.path)).subtracting(known)
        if summary.exitStatus == .fine {
            let unchecked = try watch.changedMeanwhile(snapshot, result.published)
                .filter { !generated.contains($0) }
            if !unchecked.isEmpty { summary = Self.refusal(of: unchecked) }
        }
        if summary.exitStatus == .fine, !generated.isEmpty,
            let found = try check(generated, jobs, repository, catalogue)
        {
            summary = found
        }
        Notes.tell(result.published, to: context.renderer)
        context.renderer.handle(.ended(summary))
        return summary.exitStatus
    }

    /// Runs the jobs on files that a fixer changed besides those of the commit; nil if there is
    /// nothing to report.
    private func check(
        _ generated: Set<FilePath>, _ jobs: [Job], _ repository: Repository,
        _ catalogue: JobCatalogue
    ) throws -> Summary? {
        let repository = try repository.reopened()
        var snapshot = try repository.stagedSnapshot()
        snapshot.files.removeAll { !generated.contains($0.path) }
        snapshot.others = []
        snapshot.deleted = []
        let jobRun = JobRun(repository, catalogue, context)
        // The job that generated them would generate them again.
        let plan = jobRun.plan(jobs.filter { $0.passesFiles || !$0.fixes }, on: snapshot)
        guard !plan.steps.isEmpty else { return nil }
        let result = try jobRun.perform(plan, publishing: .fixes)
        Notes.tell(result.published, to: context.renderer)
        let summary = try Conclusion(result, kind: kind, policy: catalogue.fix).summary(
            in: repository)
        return summary.exitStatus == .fine ? nil : summary
    }

    /// Something was staged while the jobs ran, and no job checked it.
    private static func refusal(of unchecked: [FilePath]) -> Summary {
        let names = unchecked.prefix(3).map { safeName($0) }.joined(separator: ", ")
        let more = unchecked.count > 3 ? " and \(unchecked.count - 3) more" : ""
        return Summary(
            message:
                "the index changed while the jobs ran, and \(names)\(more) "
                + (unchecked.count == 1 ? "was" : "were") + " not checked; nothing was committed",
            hints: ["commit again"], exitStatus: .conflict)
    }
}

/// The last line of a commit's run.
private struct Conclusion {
    private let result: JobRun.Result
    private let kind: PreCommit.Kind
    private let policy: FixPolicy

    init(_ result: JobRun.Result, kind: PreCommit.Kind, policy: FixPolicy) {
        self.result = result
        self.kind = kind
        self.policy = policy
    }

    func summary(in repository: Repository) throws -> Summary {
        let failed = result.outcome.count(.failed)
        let fixes = result.published.filter(\.staged).count
        if result.outcome.has(.broken) {
            return Summary(
                message: "nothing was committed or changed, because \(result.outcome.unable)",
                exitStatus: .broken)
        }
        let lost = result.published.filter { !$0.staged }.count
        if failed > 0 {
            let also = fixes > 0 ? "; \(counted(fixes, "fix", "fixes")) staged" : ""
            return Summary(
                message: "\(counted(failed, "job", "jobs")) failed\(also); nothing was committed",
                hints: ["fix what is shown above, `git add` it, and commit again"],
                exitStatus: .failed)
        }
        if lost > 0 {
            return Summary(
                message:
                    "\(counted(lost, "file", "files")) changed in the index during the run; nothing was committed",
                hints: ["commit again"], exitStatus: .conflict)
        }
        if fixes == 0 { return Summary(message: "", exitStatus: .fine) }
        let staged = "\(counted(fixes, "file", "files")) fixed and staged"
        if kind == .commit, try leavesNothing(in: repository) {
            return Summary(
                message:
                    "\(staged); nothing is left to commit, because the fixes undo the staged changes",
                exitStatus: .failed)
        }
        if kind == .merge {
            // Git has written the tree of a clean merge before it calls the hook; what the hook
            // stages is not in it.
            return Summary(
                message: "\(staged); the merge is not committed yet",
                hints: ["`git commit` completes it"],
                exitStatus: .failed)
        }
        if policy.onCommit == .stop {
            return Summary(
                message: "\(staged); nothing was committed, because of `on_commit = \"stop\"`",
                hints: ["review the fixes with `git diff --cached`, then commit again"],
                exitStatus: .failed)
        }
        return Summary(message: "\(staged)", exitStatus: .fine)
    }

    /// Whether the index is now the same as HEAD; a merge needs its commit nevertheless.
    private func leavesNothing(in repository: Repository) throws -> Bool {
        guard let commit = try repository.head().commit, repository.state() != .merge else {
            return false
        }
        return try repository.reopened().indexEquals(commit)
    }
}

/// Notes about single files after fixes were published.
package enum Notes {
    package static func tell(_ published: [Published], to renderer: any Renderer) {
        for each in published {
            guard let text = text(for: each) else { continue }
            renderer.handle(.file(FileNote(path: safeName(each.path), text: text)))
        }
    }

    private static func text(for published: Published) -> String? {
        switch published.working {
        case .replaced, .asItWas, .absent: nil
        case .merged: "fixed; your unstaged lines stay unstaged"
        case .unwritable(let error):
            published.staged
                ? "the fix is staged; your working file cannot be replaced: \(error.code)"
                : "not fixed: the file cannot be replaced: \(error.code)"
        case .overlapping:
            "the fix is staged; your working file is unchanged, because you edited the same lines"
        case .changedMeanwhile:
            published.staged
                ? "the fix is staged; your working file is unchanged, because it was edited during the run"
                : "not fixed: the file was edited during the run"
        }
    }
}

extension Outcome {
    /// `1 job is broken`.
    package var unable: String {
        let broken = count(.broken)
        return
            "\(counted(broken, "job", "jobs")) \(broken == 1 ? "is" : "are") broken"
    }

    /// How many jobs have this status.
    package func count(_ status: JobReport.Status) -> Int {
        reports.count { $0.status == status }
    }
}
