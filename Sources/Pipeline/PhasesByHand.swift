internal import Configuration
internal import Git
internal import GitIndex
package import Planning
package import Reporting
internal import Spawn
internal import Staging

/// `hooks run build` and similar commands: phases and jobs on one tree.
package struct PhasesByHand {
    private let context: Context
    private let repository: Repository

    package init(_ context: Context) throws {
        self.context = context
        repository = try Repository(at: context.folder)
    }

    /// Whether all of the names are those of phases; a phase that is not staged yet counts,
    /// because phases run on all changes.
    package func arePhases(_ names: [String]) throws -> Bool {
        guard !names.isEmpty else { return false }
        let staged = try ConfigurationFile.load(repository, for: .index).phaseNames
        if names.allSatisfy(staged.contains) { return true }
        // An invalid configuration in the working tree is no reason to refuse a valid staged one.
        let written = try? ConfigurationFile.load(repository, for: .worktree).phaseNames
        return written.map { names.allSatisfy($0.contains) } ?? false
    }

    /// Runs phases, or single jobs as they run in a phase.
    ///
    /// - Parameters:
    ///   - names: none: all phases.
    ///   - revision: whose tree; nil: that of the index, as `hooks ship` would commit it.
    package func run(_ names: [String], tree revision: String?, fresh: Bool) throws -> ExitStatus {
        Interruption.current.listen()
        let (candidate, index) = try candidate(revision)
        let catalogue = try ConfigurationFile.load(repository, for: .commit(candidate.commit))
        let run = PhaseRun(repository, catalogue, context, by: "run", fresh: fresh, quick: false)
        let base = try Comparison(
            of: candidate.commit, repository, catalogue.protect,
            GitProgram(repository, environment: context.environment)
        ).base
        var verdict = PhaseRun.Verdict(status: .fine, failed: [])
        for phase in try phases(names, catalogue, candidate) {
            verdict = try run.run(phase, on: candidate, notIn: base.map { [$0] } ?? [])
            (verdict.skipped, verdict.passed) = (run.skipped, run.passed)
            if verdict.status != .fine { break }
        }
        withExtendedLifetime(index) {}
        run.end(candidate, status: verdict.status)
        context.renderer.handle(.ended(summary(verdict, candidate)))
        return verdict.status
    }

    private func candidate(_ revision: String?) throws -> (Candidate, PrivateIndex?) {
        if let revision {
            if let commit = repository.commit(named: revision) {
                return (try Candidate(of: commit, in: repository), nil)
            }
            guard let tree = repository.tree(named: revision) else {
                throw Failure(
                    message: "`\(safeName(revision.utf8))` is neither a commit nor a tree",
                    hints: ["`git log` shows the commits, `hooks status` the tree of your changes"],
                    exitStatus: .usage)
            }
            return (try Candidate(ofTree: tree, in: repository), nil)
        }
        if let path = try repository.unmergedPaths().first {
            throw Failure(
                message: "there are unmerged paths: \(safeName(path))",
                hints: ["resolve them and `git add` them"], exitStatus: .conflict)
        }
        let index = try PrivateIndex(of: repository, context, forLook: true)
        try index.stageAll()
        return (try Candidate(of: index.repository, index.git, message: ""), index)
    }

    private func phases(
        _ names: [String], _ catalogue: JobCatalogue, _ candidate: Candidate
    ) throws -> [PhaseJobs] {
        let all = try catalogue.phases(on: candidate.commit, in: repository)
        if names.isEmpty { return all }
        let chosen = all.filter { names.contains($0.name) }
        let jobs = try names.filter { name in !all.contains { $0.name == name } }
            .map { try catalogue.phaseJob($0) }
        let title = jobs.map(\.name).joined(separator: " ")
        return chosen + (jobs.isEmpty ? [] : [PhaseJobs(name: title, jobs: jobs)])
    }

    private func summary(_ verdict: PhaseRun.Verdict, _ candidate: Candidate) -> Summary {
        let names = verdict.failed.map { "`\($0)`" }.joined(separator: ", ")
        switch verdict.status {
        case .fine: return Summary(message: verdict.success, exitStatus: .fine)
        case .broken:
            return Summary(
                message:
                    "\(names) \(verdict.failed.count == 1 ? "is" : "are") broken",
                hints: again(verdict, candidate),
                exitStatus: .broken)
        default:
            return Summary(
                message: "\(names) failed", hints: again(verdict, candidate),
                exitStatus: verdict.status)
        }
    }

    private func again(_ verdict: PhaseRun.Verdict, _ candidate: Candidate) -> [String] {
        let names = verdict.failed.joined(separator: " ")
        return ["`hooks run \(names) --tree \(candidate.commit.hex.prefix(12))` repeats only this"]
    }
}
