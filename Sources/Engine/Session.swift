internal import Configuration
internal import Files
package import Git
package import Reporting
internal import Spawn
package import Staging
internal import SystemPackage
internal import Tools

/// One run from a plan to its end: contents, overlay, jobs, fixes, report.
package struct Session {
    package enum Publishing: Sendable {
        /// Fixes go where the snapshot came from.
        case fixes
        /// Nothing is changed; what would be is shown as a diff.
        case nothing
    }

    private let repository: Repository
    private let catalogue: JobCatalogue
    private let context: Context

    package init(_ repository: Repository, _ catalogue: JobCatalogue, _ context: Context) {
        self.repository = repository
        self.catalogue = catalogue
        self.context = context
    }

    /// What a session came to.
    package struct Result {
        package var outcome: Outcome
        package var published: [Published]
    }

    /// Makes the plan of the jobs on the snapshot.
    package func plan(_ jobs: [Job], on snapshot: Snapshot) -> Plan {
        Plan(
            jobs, on: snapshot, skipping: context.skipping, state: repository.state(),
            firstLine: { file in
                (try? ConfigurationFile.text(at: file.path, repository, snapshot.source)) ?? nil
                    ?? []
            })
    }

    /// Carries the plan out. The plan has at least one step.
    ///
    /// - Throws: an `Explained` error when the run could not be made; nothing is changed then, unless it is an
    ///   `IndexFailure`, which says what was.
    package func perform(_ plan: Plan, publishing: Publishing) throws -> Result {
        context.renderer.handle(.planned(plan.lines))
        Interruption.current.listen()
        let work = try Workplace(plan, repository, catalogue, context)
        defer { work.close() }
        let outcome = try execute(plan, in: work)
        if let signal = Interruption.current.signal { throw Interrupted(signal: signal) }
        let result: Result
        switch publishing {
        case .fixes:
            let publisher = Publisher(
                repository, filter: work.filter, environment: context.environment)
            let published = try publisher.publish(outcome.fixes, to: plan.snapshot.source)
            result = Result(outcome: outcome, published: published)
        case .nothing:
            result = Result(outcome: try withDiffs(outcome, plan), published: [])
        }
        for (position, report) in result.outcome.reports.enumerated() {
            context.renderer.handle(.finished(job: position, report))
        }
        if let signal = Interruption.current.signal {
            throw Interrupted(signal: signal, published: result.published.count)
        }
        return result
    }

    private func execute(_ plan: Plan, in work: Workplace) throws -> Outcome {
        let builder = try commandBuilder(work, plan)
        var commands: [Int: Command] = [:]
        var missing: [Int: any Explained] = [:]
        for (step, planned) in plan.steps.enumerated() where planned.skipped == nil {
            do {
                commands[step] = try builder.command(for: planned.job)
            } catch let error as any Explained {
                missing[step] = error
            }
        }
        if !missing.isEmpty { return Outcome(missing: missing, of: plan) }
        let events = EventQueue()
        let execution = work.execution(plan, commands, slots: Slots(context.jobs), events: events)
        let files = work.files
        let result = waiting {
            await execution.run(files)
        } meanwhile: {
            for event in events.drain() { context.renderer.handle(event) }
            context.renderer.tick()
        }
        guard let result else {
            throw Failure(message: "the run came to nothing", exitStatus: .fault)
        }
        let strays = try work.strays(result.files, plan).filter { !repository.isIgnored($0) }
        return Outcome(result, of: plan, strays: strays)
    }

    private func commandBuilder(_ work: Workplace, _ plan: Plan) throws -> CommandBuilder {
        let finder = Finder(
            worktree: repository.worktree, active: context.environment["VIRTUAL_ENV"], managed: nil,
            path: context.environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin")
        let project = try ConfigurationFile.text(
            at: "pyproject.toml", repository, plan.snapshot.source)
        return CommandBuilder(
            finder: finder, environment: work.environment,
            pin: { [catalogue] tool in catalogue.pin(of: tool) },
            excluded: { rule in
                let patterns = foreignStrings(in: project ?? [], table: rule.table, keys: rule.keys)
                // Each on lines of its own: such patterns may be spread over lines, with comments.
                return patterns.isEmpty
                    ? nil
                    : patterns.map { $0.contains("\n") ? "(\n\($0)\n)" : "(\($0))" }.joined(
                        separator: "|")
            })
    }

    /// Shows what would be changed under the last fixer that changed something.
    private func withDiffs(_ outcome: Outcome, _ plan: Plan) throws -> Outcome {
        var outcome = outcome
        guard let last = outcome.reports.lastIndex(where: { !$0.fixedFiles.isEmpty }) else {
            return outcome
        }
        for fix in outcome.fixes {
            outcome.reports[last].diff += try unifiedDiff(
                at: fix.file.path, from: fix.before, to: fix.after)
        }
        return outcome
    }
}

/// A signal ended the run.
package struct Interrupted: Explained {
    package let signal: Int32
    /// How many fixes were already in place.
    var published = 0

    package var message: String {
        published == 0
            ? "interrupted; nothing was changed"
            : "interrupted; \(counted(published, "fix", "fixes")) published, nothing committed"
    }
    package var exitStatus: ExitStatus { .signal(signal) }
}
