internal import Planning
internal import Reporting
internal import Staging

/// Fixers that work before the ones in front of them are done, each on a copy of all files as they
/// are now.
///
/// What they do counts if nothing has changed when their turn comes, as when the files are in order:
/// then it is what they would have done. Otherwise it is thrown away.
struct Ahead: Sendable {
    /// One fixer and what it makes of its copies.
    private struct Early: Sendable {
        let laid: LaidOverlay
        let work: Task<(JobVerdict, [FileState]), Never>
    }

    /// All files of the run, as they were laid: one that a fixer is not given may configure it.
    private var versions: [Int] = []
    private var byStep: [Int: Early] = [:]

    /// Starts the fixers that follow the first one, where cores would be idle.
    ///
    /// - Parameters:
    ///   - steps: each with the positions, among the files, of those that it is given now.
    ///   - files: all files of the run.
    init(
        _ steps: [(step: Int, given: [Int])], among files: [FileState], _ plan: Plan,
        _ runner: Runner
    ) {
        let external = steps.filter { plan.steps[$0.step].job.isExternal && !$0.given.isEmpty }
        // The project's own jobs may do anything to what lies around the files.
        guard !external.contains(where: { plan.steps[$0.step].job.isProjects }) else { return }
        versions = files.map(\.version)
        for (step, given) in external.dropFirst().prefix(runner.slots.count - 1) {
            var copies = files
            guard let laid = try? runner.surroundings.lay(&copies) else { return }
            let (runner, job) = (runner.working(in: laid), plan.steps[step].job)
            let chosen = given.map { copies[$0] }
            let work = Task {
                var copies = chosen
                let verdict = await runner.run(job, step: step, on: &copies)
                return (verdict, copies)
            }
            byStep[step] = Early(laid: laid, work: work)
        }
    }

    /// Nothing is done ahead.
    init() {}

    /// Whether the fixer has begun, with all files as they are now.
    func hasBegun(_ step: Int, with files: [FileState]) -> Bool {
        byStep[step] != nil && files.map(\.version) == versions
    }

    /// What the fixer made of the files that it was given.
    ///
    /// - Returns: nil when it has to run in its turn.
    func result(
        of step: Int, among files: [FileState]
    ) async -> (verdict: JobVerdict, files: [FileState])? {
        guard hasBegun(step, with: files), let early = byStep[step] else { return nil }
        let result = await withTaskCancellationHandler {
            await early.work.value
        } onCancel: {
            early.work.cancel()
        }
        return early.work.isCancelled ? nil : result
    }

    /// Ends what will not count any more, and clears the copies away.
    func close() async {
        for early in byStep.values { early.work.cancel() }
        for early in byStep.values {
            _ = await early.work.value
            early.laid.clear()
        }
    }
}

extension Runner {
    /// The same runner in another folder with the same files.
    fileprivate func working(in laid: LaidOverlay) -> Runner {
        var runner = self
        runner.folder = laid.overlay
        runner.variables = laid.variables
        return runner
    }

    /// Takes over what a fixer made of copies of these files.
    func adopt(_ copies: [FileState], of step: Int, _ files: inout [FileState]) throws {
        for (position, copy) in copies.enumerated() {
            if copy.version != files[position].version {
                files[position].change(to: copy.now)
                files[position].status = try folder?.rewrite(
                    copy.path, copy.now, isExecutable: copy.isExecutable)
            }
            if !copy.isNews(to: step) { files[position].settle(step) }
        }
    }
}

extension Execution {
    /// Fixers that begin before their turn, `steps` but for the first external one.
    ///
    /// Only over what is staged or stands in the working tree: there can be a second folder with
    /// the same surroundings then. With several shards the cores have enough to do.
    func ahead(
        of steps: ArraySlice<Int>, among files: [FileState], chosen: (Int) -> [Int]
    ) -> Ahead {
        guard !runner.isOfCommit, shards.count == 1,
            !plan.steps.contains(where: \.job.failsFast)
        else { return Ahead() }
        return Ahead(steps.map { ($0, chosen($0)) }, among: files, plan, runner)
    }

    /// What a fixer does to the files it is given, now or before its turn.
    ///
    /// - Parameter all: all files of the shard, those among them.
    func verdict(
        of step: Int, on given: inout [FileState], among all: [FileState], _ ahead: Ahead
    ) async -> JobVerdict {
        guard let early = await ahead.result(of: step, among: all) else {
            return await runner.run(plan.steps[step].job, step: step, on: &given)
        }
        var verdict = early.verdict
        do {
            try runner.adopt(early.files, of: step, &given)
        } catch {
            verdict.breakDown("cannot write in the overlay")
        }
        return verdict
    }
}
