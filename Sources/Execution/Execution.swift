internal import Configuration
internal import Files
internal import Planning
internal import Reporting
internal import Spawn
internal import Staging
internal import SystemPackage
internal import Workplaces

/// Runs the steps of a plan: fixers in order until nothing changes, then checkers, in parallel
/// where files are disjoint.
///
/// Every result is stored by step and shard, so the outcome does not depend on which
/// process was faster.
struct Execution: Sendable {
    let plan: Plan
    let runner: Runner
    let events: EventQueue
    let shards: [[Int]]
    /// Steps whose result is cached.
    let known: Set<Int>
    /// Whether checkers may run beside the fixers; see `Speculation`.
    var speculates = true

    /// The verdicts of the steps, by step and shard, and the files at the end.
    struct Result: Sendable {
        var files: [FileState]
        var verdicts: [[JobVerdict?]]
        /// For each step the positions of the files that it changed.
        var changes: [Set<Int>]
        /// The files that the fixers changed, with their new content.
        var fixed: [FileState] = []
        /// The job whose failure ended the run.
        var stoppedBy: Int?
        /// Files that fixers changed besides those of the plan, with the steps that did.
        var generated: [FilePath: (file: Generated, steps: Set<Int>)] = [:]
        /// Why the run could not continue; nil if it could.
        var failure: String?
        /// Fixers that keep changing files, with these files.
        var quarrel: Rounds.Quarrel?
    }

    func run(_ files: [FileState]) async -> Result {
        var result = Result(
            files: files,
            verdicts: plan.steps.map { _ in
                [JobVerdict?](repeating: nil, count: max(1, shards.count))
            },
            changes: plan.steps.map { _ in [] })
        let fixers = plan.steps.indices.filter { isRun($0) && plan.steps[$0].job.fixes }
        let checkers = plan.steps.indices.filter { isRun($0) && !plan.steps[$0].job.fixes }
        let speculation = speculation(checkers, beside: fixers)
        await fix(with: fixers, &result, speculation)
        result.fixed = result.files.filter(\.isChanged)
        do {
            if runner.isOfCommit, hasWritten(fixers, result) {
                try runner.restore(&result.files)
            }
            try runner.bring(result.files)
        } catch {
            result.fail(error)
        }
        result.stoppedBy = fixers.first { hasStopped($0, result) }
        if result.stoppedBy != nil {
            await speculation?.end()
        } else if checkers.contains(where: { plan.steps[$0].job.failsFast }) {
            await checkUntilFailure(with: checkers, &result)
        } else {
            await check(with: checkers, speculation, &result)
        }
        return result
    }

    /// Whether the run ends after this job.
    private func hasStopped(_ step: Int, _ result: Result) -> Bool {
        plan.steps[step].job.failsFast
            && result.verdicts[step].contains { $0?.kind == .findings }
    }

    /// One checker after the other, so that the first failure does not depend on
    /// timing.
    private func checkUntilFailure(with checkers: [Int], _ result: inout Result) async {
        for step in checkers {
            await check(with: [step], nil, &result)
            guard hasStopped(step, result) else { continue }
            result.stoppedBy = step
            return
        }
    }

    /// Whether the checkout may have changed: a tool of the catalogue changes only the files that
    /// it gets.
    private func hasWritten(_ fixers: [Int], _ result: Result) -> Bool {
        !result.fixed.isEmpty || result.files.contains { $0.version > 0 }
            || fixers.contains { step in
                plan.steps[step].job.isProjects && result.verdicts[step].contains { $0 != nil }
            }
    }

    private func isRun(_ step: Int) -> Bool {
        plan.steps[step].skipped == nil && !known.contains(step)
    }

    // MARK: Fixers

    private func fix(
        with fixers: [Int], _ result: inout Result, _ speculation: Speculation?
    ) async {
        var rounds = Rounds()
        while result.quarrel == nil {
            // The first round changes files; the next one mostly finds nothing left to
            // change.
            speculation?.begin(on: result.files)
            let earlier = result.changes
            result.changes = earlier.map { _ in [] }
            for stage in stages(of: fixers) {
                if plan.steps[stage[0]].job.isSplit {
                    await fixInShards(stage, &result, speculation)
                } else {
                    await fixAsWhole(stage[0], &result)
                }
            }
            let changes = result.changes
            for (step, files) in earlier.enumerated() { result.changes[step].formUnion(files) }
            let isAtRest = fixers.allSatisfy { news(for: $0, in: result.files).isEmpty }
            if isAtRest || isBroken(result) { return }
            result.quarrel = rounds.note(result.files, changes)
        }
        do {
            for position in result.quarrel?.files ?? [] {
                try runner.putBack(&result.files[position])
            }
        } catch {
            result.fail(error)
        }
    }

    /// Consecutive fixers that work file by file process the shards together; any other is a
    /// stage of its own.
    private func stages(of fixers: [Int]) -> [[Int]] {
        var stages: [[Int]] = []
        for step in fixers {
            if plan.steps[step].job.isSplit, let last = stages.last, plan.steps[last[0]].job.isSplit
            {
                stages[stages.count - 1].append(step)
            } else {
                stages.append([step])
            }
        }
        return stages
    }

    private func fixInShards(
        _ steps: [Int], _ result: inout Result, _ speculation: Speculation?
    ) async {
        let before = result
        let outcomes = await withTaskGroup(
            of: (Int, [FileState], [Int: JobVerdict], [Int: Set<Int>]).self
        ) {
            group in
            for shard in shards.indices {
                group.addTask { await fixShard(shard, steps, before, speculation) }
            }
            var all: [(Int, [FileState], [Int: JobVerdict], [Int: Set<Int>])] = []
            for await outcome in group { all.append(outcome) }
            return all
        }
        for (shard, files, verdicts, changes) in outcomes {
            for (position, file) in zip(shards[shard], files) { result.files[position] = file }
            for (step, verdict) in verdicts { result.add(verdict, step, shard) }
            for (step, changed) in changes { result.changes[step].formUnion(changed) }
        }
    }

    private func fixShard(
        _ shard: Int, _ steps: [Int], _ before: Result, _ speculation: Speculation?
    ) async -> (Int, [FileState], [Int: JobVerdict], [Int: Set<Int>]) {
        var files = shards[shard].map { before.files[$0] }
        var verdicts: [Int: JobVerdict] = [:]
        var changes: [Int: Set<Int>] = [:]
        for step in steps {
            let chosen = chosen(for: step, among: files, before.verdicts[step][shard])
            if chosen.isEmpty { continue }
            var given = chosen.map { files[$0] }
            events.post(.started(job: step))
            let verdict = await runner.run(plan.steps[step].job, step: step, on: &given)
            events.post(.paused(job: step))
            verdicts[step] = verdict
            for (index, file) in zip(chosen, given) {
                if file.version != files[index].version {
                    changes[step, default: []].insert(shards[shard][index])
                    speculation?.cancel()
                }
                files[index] = file
            }
            if verdict.kind == .broken || Task.isCancelled { break }
        }
        return (shard, files, verdicts, changes)
    }

    /// The files of a shard that a fixer gets now, as positions in the shard.
    private func chosen(
        for step: Int, among files: [FileState], _ earlier: JobVerdict?
    ) -> [Int] {
        let own = Positions(plan.steps[step].files)
        let all = files.indices.filter { own.contains(files[$0].position) }
        let news = all.filter { files[$0].isNews(to: step) }
        // Its findings are about all its files; checking only some again would lose the others.
        return !news.isEmpty && earlier?.kind == .findings ? all : news
    }

    private func fixAsWhole(_ step: Int, _ result: inout Result) async {
        let job = plan.steps[step].job
        let isFirst = plan.steps[step].isTriggered && result.verdicts[step][0] == nil
        guard isFirst || !news(for: step, in: result.files).isEmpty, !isBroken(result) else {
            return
        }
        let own = Positions(plan.steps[step].files)
        // A fixer without file names may change any file.
        let chosen = result.files.indices.filter {
            !job.passesFiles || own.contains(result.files[$0].position)
        }
        var given = chosen.map { result.files[$0] }
        events.post(.started(job: step))
        var verdict: JobVerdict
        do {
            if job.runIn == .checkout, !runner.isOfCommit { try runner.bring(result.files) }
            verdict = await runner.run(job, step: step, on: &given)
        } catch {
            return result.fail(error)
        }
        events.post(.paused(job: step))
        for made in verdict.generated {
            result.generated[made.path, default: (made, [])].file.content = made.content
            result.generated[made.path]?.steps.insert(step)
        }
        verdict.generated = []
        result.add(verdict, step, 0)
        for (index, file) in zip(chosen, given) {
            if file.version != result.files[index].version { result.changes[step].insert(index) }
            result.files[index] = file
        }
    }

    /// The files whose current content the fixer has not checked yet.
    private func news(for step: Int, in files: [FileState]) -> [Int] {
        let own = Positions(plan.steps[step].files)
        return files.indices.filter {
            own.contains(files[$0].position) && files[$0].isNews(to: step)
        }
    }

    func isBroken(_ result: Result) -> Bool {
        result.failure != nil || Task.isCancelled
            || result.verdicts.contains { $0.contains { $0?.kind == .broken } }
    }
}

extension Execution.Result {
    /// The run cannot continue.
    mutating func fail(_ error: any Error) {
        let reason = (error as? any Explained)?.message ?? ""
        failure = "cannot write to the folder of the jobs: \(reason)"
    }

    /// The newest verdict of a step on a shard replaces the one before; the time that both took
    /// counts.
    fileprivate mutating func add(_ verdict: JobVerdict, _ step: Int, _ shard: Int) {
        var verdict = verdict
        if let earlier = verdicts[step][shard] {
            verdict.elapsed += earlier.elapsed
            verdict.unseen = max(verdict.unseen, earlier.unseen)
        }
        verdicts[step][shard] = verdict
    }
}
