internal import Configuration
internal import Files
internal import Notation
internal import Planning
internal import Reporting
internal import Spawn
internal import Staging
internal import SystemPackage
internal import Workplaces

/// The checkers of an execution: what they find in the files as the fixers left them.
extension Execution {
    func check(
        with checkers: [Int], _ speculation: Speculation?, _ result: inout Result
    ) async {
        if isBroken(result) {
            await speculation?.end()
            return
        }
        let verdicts: [Int: [JobVerdict?]]
        if let speculation, let early = speculation.verdicts(on: result.files) {
            let others = checkers.filter { !speculation.checkers.contains($0) }
            let rest = await checkedInTurn(by: others, &result)
            let earlyOnes = await withTaskCancellationHandler {
                await early.value
            } onCancel: {
                early.cancel()
            }
            verdicts = earlyOnes.merging(rest) { early, _ in early }
        } else {
            await speculation?.end()
            verdicts = await checkedInTurn(by: checkers, &result)
        }
        for (step, byShard) in await withoutRewriters(verdicts, &result) {
            result.verdicts[step] = byShard
            let isFine = byShard.allSatisfy { $0 == nil || $0?.kind == .fine }
            guard isFine, !Task.isCancelled else { continue }
            let own = Positions(plan.steps[step].files)
            for index in result.files.indices where own.contains(result.files[index].position) {
                result.files[index].settle(step)
            }
        }
    }

    /// Checkers in parallel. A checker that changes tracked files has not checked what is
    /// committed, and neither have those in the same stage: then each of them runs again alone, so
    /// that it is certain which one changed the files.
    func checkedInTurn(
        by checkers: [Int], _ result: inout Result
    ) async -> [Int: [JobVerdict?]] {
        var verdicts = await checked(by: checkers, result.files)
        if Task.isCancelled { return verdicts }
        let staged = checkers.filter {
            isInStage($0) && verdicts[$0]?.contains { $0 != nil } == true
        }
        do {
            for members in Dictionary(grouping: staged, by: runner.stageRoot).values {
                let changed = try runner.rewritten(by: members[0])
                if changed.isEmpty { continue }
                if members.count == 1 {
                    blame(members[0], for: changed, &verdicts)
                } else {
                    for step in members.sorted() {
                        try runner.restoreStage(of: step)
                        verdicts.merge(await checked(by: [step], result.files)) { $1 }
                        blame(step, for: try runner.rewritten(by: step), &verdicts)
                    }
                }
                try runner.restoreStage(of: members[0])
            }
        } catch {
            result.fail(error)
        }
        return verdicts
    }

    /// The verdicts of checkers beside each other in the overlay. One that changed a file there has
    /// not looked at what is committed, and others may have looked at what it made: as in a stage,
    /// each of them is run again alone.
    private func withoutRewriters(
        _ verdicts: [Int: [JobVerdict?]], _ result: inout Result
    ) async -> [Int: [JobVerdict?]] {
        let members = verdicts.keys.sorted().filter { step in
            isInOverlay(step) && verdicts[step]?.contains { $0 != nil } == true
        }
        if members.isEmpty || Task.isCancelled { return verdicts }
        let changed = runner.rewritten(among: result.files)
        if changed.isEmpty { return verdicts }
        var verdicts = verdicts
        do {
            try runner.restore(changed, of: &result.files)
            if members.count == 1 {
                blame(members[0], for: changed.map { result.files[$0].path }, &verdicts)
                return verdicts
            }
            for step in members {
                verdicts.merge(await checked(by: [step], result.files)) { $1 }
                let changed = runner.rewritten(among: result.files)
                blame(step, for: changed.map { result.files[$0].path }, &verdicts)
                try runner.restore(changed, of: &result.files)
            }
        } catch {
            result.fail(error)
        }
        return verdicts
    }

    private func isInOverlay(_ step: Int) -> Bool {
        let job = plan.steps[step].job
        return job.isExternal && job.runIn == .staged && !runner.isOfCommit
    }

    /// Whether it runs in a stage that it may share with other checkers.
    func mayBeEarly(_ step: Int) -> Bool {
        !plan.steps[step].job.isProjects && !isInStage(step)
    }

    private func isInStage(_ step: Int) -> Bool {
        let job = plan.steps[step].job
        return job.isExternal && job.runIn != .worktree
            && (job.runIn == .checkout || runner.isOfCommit)
    }

    /// A checker that wrote is broken: its result is not about what is committed.
    private func blame(_ step: Int, for paths: [FilePath], _ verdicts: inout [Int: [JobVerdict?]]) {
        guard !paths.isEmpty, let place = verdicts[step]?.firstIndex(where: { $0 != nil }) else {
            return
        }
        let job = plan.steps[step].job
        let files = paths.prefix(3).map { safeName($0) }.joined(separator: ", ")
        let more = paths.count > 3 ? " and \(paths.count - 3) more" : ""
        verdicts[step]?[place]?.breakDown(
            "`\(job.name)` changed \(files)\(more), but is not a fixer",
            hints: [
                "if it may change files, set `fixes = true` in [jobs.\(job.name)]; "
                    + "otherwise remove the option that makes it write"
            ])
    }

    func checked(by checkers: [Int], _ files: [FileState]) async -> [Int: [JobVerdict?]] {
        await withTaskGroup(of: (Int, Int, JobVerdict?).self) { group in
            for step in checkers {
                let pieces = plan.steps[step].job.isSplit ? shards : [Array(files.indices)]
                for (shard, members) in pieces.enumerated() {
                    group.addTask {
                        (step, shard, await checked(by: step, members.map { files[$0] }))
                    }
                }
            }
            var verdicts: [Int: [JobVerdict?]] = [:]
            for step in checkers {
                verdicts[step] = [JobVerdict?](repeating: nil, count: max(1, shards.count))
            }
            for await (step, shard, verdict) in group { verdicts[step]?[shard] = verdict }
            return verdicts
        }
    }

    private func checked(by step: Int, _ files: [FileState]) async -> JobVerdict? {
        let job = plan.steps[step].job
        let own = Positions(plan.steps[step].files)
        var given = files.filter { own.contains($0.position) && $0.isNews(to: step) }
        if Task.isCancelled
            || given.isEmpty && !job.isWholeTree && !job.looksAtTree
                && !plan.steps[step].isTriggered
        {
            return nil
        }
        events.post(.started(job: step))
        let verdict = await runner.run(job, step: step, on: &given)
        events.post(.paused(job: step))
        // The result of a job on a commit is final, and the user waits for it.
        if runner.isOfCommit, job.isWholeTree, verdict.kind != .fine, !Task.isCancelled {
            var report = JobReport(
                status: verdict.kind == .broken ? .broken : .failed,
                files: plan.steps[step].files.count, elapsed: verdict.elapsed,
                reason: verdict.reason, hints: verdict.hints, output: verdict.output)
            report.detail = verdict.detail
            events.post(.finished(job: step, report))
        }
        return verdict
    }
}
