internal import Configuration
internal import Files
package import Git
package import GitIndex
internal import Notation
package import Planning
internal import Programs
internal import Remembering
internal import Reporting
internal import Spawn
package import Staging
internal import SystemPackage
internal import Tools
internal import Workplaces

/// One run from a plan to its end: contents, overlay, jobs, fixes, report.
package struct JobRun {
    package enum Publishing: Sendable {
        /// Fixes are written to where the snapshot came from.
        case fixes
        /// Nothing is changed; the fixes are shown as a diff.
        case nothing
    }

    private let repository: Repository
    private let catalogue: JobCatalogue
    private let context: Context
    /// Whether jobs run even if their result is cached.
    private let fresh: Bool

    package init(
        _ repository: Repository, _ catalogue: JobCatalogue, _ context: Context, fresh: Bool = false
    ) {
        self.fresh = fresh
        self.repository = repository
        self.catalogue = catalogue
        self.context = context
    }

    /// The result of a run.
    package struct Result {
        package var outcome: Outcome
        package var published: [Published]
        /// The cache keys of the results about the tree, by step; also of those that did not pass.
        package var facts: [Int: ObjectID] = [:]
    }

    /// The cache for the results: the checkers have checked the fixed content, which in a run of
    /// `hooks ship` is another tree.
    private func keeper(
        _ memory: Memory, _ plan: Plan, _ commands: [Int: Command], _ filter: ContentFilter,
        after published: [Published]
    ) throws -> Memory {
        guard !published.isEmpty, let run = try ownRun(plan) else { return memory }
        return try Memory(ground(of: plan.snapshot), plan, commands, filter, fresh: true, run: run)
    }

    /// The cached results before a run, by step: the cache key of the result about the tree, and
    /// whether it has passed. A step that cannot be cached is absent.
    ///
    /// - Returns: also the steps that would be skipped.
    package func known(
        _ plan: Plan
    ) throws -> (facts: [Int: (fact: ObjectID, isKnown: Bool)], skipped: Set<Int>) {
        let plan = try prepared(plan).0
        let (commands, _) = try commands(for: plan)
        let filter = ContentFilter(
            repository: repository,
            git: GitProgram(repository, environment: context.environment))
        let memory = try Memory(ground(of: plan.snapshot), plan, commands, filter, fresh: false)
        let skipped = plan.steps.indices.filter { plan.steps[$0].skipped != nil }
        return (memory.trees.mapValues { ($0, memory.isKnown($0)) }, Set(skipped))
    }

    /// The plan with the parts that need git: trees of single jobs, and the commit to compare with.
    ///
    /// - Returns: also why jobs cannot run, by step.
    private func prepared(_ plan: Plan) throws -> (Plan, missing: [Int: any Explained]) {
        var plan = try ToolExclusions(ground(of: plan.snapshot)).leaveOut(
            of: try Narrowing(repository).narrow(plan))
        let git = GitProgram(repository, environment: context.environment)
        if let commit = plan.commit, plan.steps.contains(where: { $0.job.tool?.compares == true }) {
            plan.comparison = try Comparison(of: commit, repository, catalogue.protect, git)
        }
        let missing = plan.leaveOutComparisons()
        return (try Narrowing(repository).select(plan), missing)
    }

    private func ground(of snapshot: Snapshot) -> Ground { Ground(repository, snapshot.source) }

    /// The run of `hooks ship` that this belongs to, with the tree that it is about.
    private func ownRun(_ plan: Plan) throws -> (mark: String, tree: ObjectID)? {
        guard let mark = context.environment[Context.runMark] else { return nil }
        let ground = ground(of: plan.snapshot)
        let isNeeded = plan.steps.contains { $0.job.isExternal && $0.job.reads == .tree }
        guard ground.source.isRecorded || isNeeded else { return nil }
        let git = GitProgram(repository, environment: context.environment)
        return try ground.trackedTree(git).map { (mark, $0) }
    }

    /// Makes the plan of the jobs on the snapshot.
    package func plan(
        _ jobs: [Job], on snapshot: Snapshot, keepsWholeTree: Bool = false
    ) -> Plan {
        let ground = ground(of: snapshot)
        let jobs = catalogue.settled(jobs) { tool in isConfigured(tool, ground) }
        var plan = Plan(
            jobs, on: snapshot, skipping: skipping(jobs), state: ground.state,
            keepsWholeTree: keepsWholeTree,
            firstLine: { file in
                (try? ground.text(at: file.path)) ?? nil ?? []
            })
        guard !ground.source.isRecorded else { return plan }
        let branch = ground.branch
        for step in plan.steps.indices where plan.steps[step].skipped == nil {
            guard let only = plan.steps[step].job.onlyOn else { continue }
            let isThere = branch.map { name in only.contains { $0.matches(branch: name.utf8) } }
            if isThere != true {
                let names = only.map { "`\($0.pattern)`" }.joined(separator: ", ")
                plan.steps[step].skipped = "only on \(names)"
            }
        }
        return plan
    }

    /// Why jobs are skipped: by a variable or by the user's own configuration, by name or by tag,
    /// or by their names in pre-commit.
    private func skipping(_ jobs: [Job]) -> [String: String] {
        var reasons: [String: String] = [:]
        for name in catalogue.personal?.skip ?? [] { reasons[name] = PersonalConfiguration.file }
        reasons.merge(context.skipping) { _, variable in variable }
        guard !reasons.isEmpty else { return [:] }
        for (alias, job) in JobCatalogue.known.aliases where reasons[job] == nil {
            if let reason = reasons[alias] { reasons[job] = reason }
        }
        for job in jobs where reasons[job.name] == nil {
            if let reason = reasons[job.bareName] { reasons[job.name] = reason }
            if let tag = job.tags.first(where: { reasons[$0] != nil }) {
                reasons[job.name] = reasons[tag]
            }
        }
        return reasons
    }

    /// Reports names in HOOKS_SKIP that no job has: the intended job runs.
    private func tellUnknownSkips() {
        let unknown = context.skipping.filter { name, _ in !catalogue.canSkip(name) }
        for (name, variable) in unknown.sorted(by: { $0.key < $1.key }) {
            let near = catalogue.nearest(to: name).map { "; did you mean `\($0)`?" } ?? ""
            context.renderer.handle(
                .note("\(variable) names `\(safeName(name.utf8))`, but there is no such job\(near)")
            )
        }
    }

    /// Whether the project configures a tool at the top.
    private func isConfigured(_ tool: Tool, _ ground: Ground) -> Bool {
        tool.configuration.contains { file in
            let text = try? ground.text(at: FilePath(file.name))
            guard let text = text ?? nil else { return false }
            return file.marker.map { String(decoding: text, as: UTF8.self).contains($0) } ?? true
        }
    }

    /// Runs the plan, which has at least one step.
    ///
    /// - Throws: an `Explained` error if the run was not possible; nothing is changed then,
    ///   unless it is an `IndexFailure`, which names the changes.
    package func perform(_ plan: Plan, publishing: Publishing) throws -> Result {
        let (prepared, unprepared) = try prepared(plan)
        var plan = prepared
        hideSecrets(plan.steps.map(\.job))
        for job in plan.steps.map(\.job) where job.isPersonal {
            context.renderer.handle(
                .note("`\(job.name)` is from your \(PersonalConfiguration.file)"))
        }
        tellUnknownSkips()
        context.renderer.handle(.planned(plan.lines))
        Interruption.current.listen()
        let (commands, lacking) = try commands(for: plan)
        let missing = lacking.merging(unprepared) { program, _ in program }
        if !missing.isEmpty { return try performRest(of: plan, commands, without: missing) }
        context.renderer.handle(.reached("programs"))
        let filter = ContentFilter(
            repository: repository,
            git: GitProgram(repository, environment: context.environment))
        let ground = ground(of: plan.snapshot)
        let memory = try Memory(
            ground, plan, commands, filter, fresh: fresh, run: try ownRun(plan))
        context.renderer.handle(.reached("cached results"))
        if memory.knowsAll {
            return finish(
                Result(outcome: Outcome(allKnown: plan), published: [], facts: memory.trees))
        }
        let work = try workplace(for: plan, filter, known: memory.knownTrees)
        defer { work.close() }
        let standIns = StandIns(work.files).leaveOut(of: plan)
        plan = standIns.plan
        for note in standIns.notes { context.renderer.handle(.note(note)) }
        context.renderer.handle(.reached("contents, overlay"))
        let run = try execute(plan, commands, memory, in: work)
        context.renderer.handle(.reached("jobs"))
        tellLeftovers(run, plan)
        try stopIfInterrupted("interrupted; nothing was changed")
        let strays = try work.strays(run.files, plan).filter { !repository.isIgnored($0) }
        let outcome = Outcome(run, of: plan, known: memory.knownTrees, strays: strays) { tool in
            isConfigured(tool, ground)
        }
        var result = try publish(outcome, plan, publishing, work)
        result.facts = memory.trees
        context.renderer.handle(.reached("publish"))
        if strays.isEmpty, !outcome.has(.broken) || ground.source.isRecorded {
            let keeper = try keeper(memory, plan, commands, filter, after: result.published)
            keeper.keep(run, result.published)
        }
        context.renderer.handle(.reached("cache"))
        finish(result)
        let done = counted(result.published.count, "fix", "fixes")
        try stopIfInterrupted(
            result.published.isEmpty
                ? "interrupted; nothing was changed"
                : "interrupted; \(done) applied, nothing was committed")
        return result
    }

    /// Runs the built-in checks, if programs of other jobs are missing; nothing is
    /// published and nothing cached.
    private func performRest(
        of plan: Plan, _ commands: [Int: Command], without missing: [Int: any Explained]
    ) throws -> Result {
        var rest = plan
        for step in plan.steps.indices where plan.steps[step].skipped == nil {
            let job = plan.steps[step].job
            if missing[step] != nil || job.isExternal {
                rest.steps[step].skipped = "not run, because another job cannot run"
            }
        }
        var outcome = Outcome(allKnown: rest)
        if rest.steps.contains(where: { $0.skipped == nil }) {
            let filter = ContentFilter(
                repository: repository,
                git: GitProgram(repository, environment: context.environment))
            let memory = try Memory(ground(of: rest.snapshot), rest, commands, filter, fresh: true)
            let work = try workplace(for: rest, filter, known: [])
            defer { work.close() }
            let run = try execute(rest, commands, memory, in: work)
            try stopIfInterrupted("interrupted; nothing was changed")
            let ground = ground(of: rest.snapshot)
            outcome = Outcome(run, of: rest, known: [], strays: []) { isConfigured($0, ground) }
        }
        let names = missing.keys.sorted().map { plan.steps[$0].job.name }
        outcome.add(missing, of: plan, skipHint: context.skipHint(names))
        return finish(Result(outcome: outcome, published: []))
    }

    private func workplace(
        for plan: Plan, _ filter: ContentFilter, known: Set<Int>
    ) throws -> Workplace {
        do {
            return try Workplace(plan, ground(of: plan.snapshot), context, filter, known: known)
        } catch var error as FileError {
            try stopIfInterrupted("interrupted; nothing was changed")
            let caches = context.caches
            if caches.starts(with: error.path) || error.path.starts(with: caches) {
                error.hints.append("set XDG_CACHE_HOME to a folder that you may write to")
            }
            throw error
        } catch {
            try stopIfInterrupted("interrupted; nothing was changed")
            throw error
        }
    }

    /// Tells the renderer which values to hide.
    private func hideSecrets(_ jobs: [Job]) {
        let (environment, settings) = (context.environment, catalogue.log)
        context.renderer.handle(
            .secrets { secretValues(in: environment, settings, jobs: jobs) })
    }

    /// Tells the renderer how each job ended.
    @discardableResult
    private func finish(_ result: Result) -> Result {
        for (position, report) in result.outcome.reports.enumerated() {
            context.renderer.handle(.finished(job: position, report))
        }
        return result
    }

    private func stopIfInterrupted(_ message: String) throws {
        guard let signal = Interruption.current.signal else { return }
        throw Failure(message: message, exitStatus: .signal(signal))
    }

    /// Names what jobs left running, where the job did not fail by that.
    private func tellLeftovers(_ run: Execution.Result, _ plan: Plan) {
        for (planned, verdicts) in zip(plan.steps, run.verdicts)
        where planned.job.leftovers == .note {
            var all = JobVerdict(elapsed: .zero)
            for verdict in verdicts.compactMap({ $0 }) { all.leftRunning += verdict.leftRunning }
            if all.leftRunning.isEmpty { continue }
            context.renderer.handle(
                .note("`\(planned.job.name)` left running: \(all.leftRunningInWords); killed"))
        }
    }

    private func publish(
        _ outcome: Outcome, _ plan: Plan, _ publishing: Publishing, _ work: Workplace
    ) throws -> Result {
        guard publishing == .fixes, !plan.snapshot.source.isRecorded else {
            return Result(outcome: try withDiffs(outcome, plan), published: [])
        }
        let publisher = Publisher(
            repository, filter: work.filter, environment: context.environment)
        return Result(
            outcome: outcome,
            published: try publisher.publish(outcome.fixes, to: plan.snapshot.source))
    }

    private func execute(
        _ plan: Plan, _ commands: [Int: Command], _ memory: Memory, in work: Workplace
    ) throws -> Execution.Result {
        let events = EventQueue()
        let files = memory.settled(work.files)
        var runner = work.runner(commands, warm: catalogue.warm)
        let shards = Shards.split(files, most: runner.slots.count)
        runner.isShared = shards.count > 1
        // With few files the jobs do not finish at the same time, and the cores are busy only
        // if one more job runs than there are cores.
        if !plan.snapshot.source.isRecorded, shards.count == 1, runner.slots.count > 1,
            !context.isLimited
        {
            runner.slots = Slots(runner.slots.count + 1)
        }
        let execution = Execution(
            plan: plan, runner: runner, events: events, shards: shards, known: memory.knownTrees,
            speculates: !context.isWithout(.speculation))
        let result = waiting {
            await execution.run(files)
        } meanwhile: {
            for event in events.drain() { context.renderer.handle(event) }
            context.renderer.tick()
        }
        guard let result else {
            throw Failure(
                message: "the run ended without a result; nothing was changed",
                hints: ["run the same command again"], exitStatus: .fault)
        }
        return result
    }

    /// The commands of the external jobs, and why some have none.
    private func commands(
        for plan: Plan
    ) throws -> (commands: [Int: Command], missing: [Int: any Explained]) {
        let builder = try CommandBuilder(ground(of: plan.snapshot), catalogue, context)
        var commands: [Int: Command] = [:]
        var missing: [Int: any Explained] = [:]
        for (step, planned) in plan.steps.enumerated() where planned.skipped == nil {
            do {
                commands[step] = try builder.command(for: planned.job)
            } catch let error as any Explained {
                missing[step] = error
            }
        }
        return (commands, missing)
    }

    /// Shows the diff at the last fixer that changed something.
    private func withDiffs(_ outcome: Outcome, _ plan: Plan) throws -> Outcome {
        var outcome = outcome
        guard let last = outcome.reports.lastIndex(where: { !$0.fixedFiles.isEmpty }) else {
            return outcome
        }
        for fix in outcome.fixes {
            outcome.reports[last].diff += try unifiedDiff(
                at: fix.file.path, from: fix.before ?? [], to: fix.after)
        }
        return outcome
    }
}
