internal import Configuration
internal import Reporting
internal import Staging

/// Fixers that work before the ones in front of them are done, each on a copy of the files as they
/// are now.
///
/// What they do counts if those in front of them change nothing, as when the files are in order:
/// then it is what they would have done in their turn. Otherwise it is thrown away.
struct Ahead: Sendable {
    /// One fixer and what it makes of its copies.
    private struct Early: Sendable {
        let given: [FileState]
        let laid: LaidOverlay
        let work: Task<(JobVerdict, [FileState]), Never>
    }

    private var byStep: [Int: Early] = [:]

    /// Starts the fixers that follow the first one, where cores would be idle.
    ///
    /// - Parameter files: those that each of the steps is given now.
    init(_ steps: [(step: Int, files: [FileState])], _ plan: Plan, _ runner: Runner) {
        let external = steps.filter { plan.steps[$0.step].job.isExternal && !$0.files.isEmpty }
        // The project's own jobs may do anything to what lies around the files.
        guard !external.contains(where: { plan.steps[$0.step].job.isProjects }) else { return }
        // One that looks at other files as well could meet what an earlier one makes of these.
        let following = external.dropFirst().filter { plan.steps[$0.step].job.reads == .files }
        for (step, files) in following.prefix(runner.slots.count - 1) {
            var copies = files
            guard let laid = try? runner.surroundings.lay(&copies) else { return }
            let (runner, job) = (runner.working(in: laid), plan.steps[step].job)
            let work = Task { [copies] in
                var copies = copies
                let verdict = await runner.run(job, step: step, on: &copies)
                return (verdict, copies)
            }
            byStep[step] = Early(given: files, laid: laid, work: work)
        }
    }

    /// Nothing is done ahead.
    init() {}

    /// Whether the fixer was given these files as they are now.
    func isAbout(_ files: [FileState], of step: Int) -> Bool {
        guard let given = byStep[step]?.given else { return false }
        return files.map(\.position) == given.map(\.position)
            && files.map(\.version) == given.map(\.version)
    }

    /// What the fixer made of these files, if it was given just these.
    ///
    /// - Returns: nil when it has to run in its turn.
    func result(
        of step: Int, on files: [FileState]
    ) async -> (verdict: JobVerdict, files: [FileState])? {
        guard isAbout(files, of: step), let early = byStep[step] else { return nil }
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
