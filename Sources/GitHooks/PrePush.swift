internal import Configuration
internal import Execution
internal import Git
internal import GitIndex
package import Planning
package import Reporting
internal import Spawn
internal import Staging
internal import SystemPackage

/// The hook before a push: checks that the remote's branches are not protected, and runs the jobs
/// on what is pushed.
///
/// Every line counts. Nothing is fixed here, because the commits exist already; fixes are only
/// shown.
package struct PrePush {
    private let context: Context
    private let remote: String
    private let url: String

    /// - Parameters:
    ///   - remote: the name of the remote, or its URL if it has none.
    ///   - url: its address.
    package init(_ context: Context, remote: String, url: String) {
        self.context = context
        self.remote = remote
        self.url = url
    }

    /// One commit that is pushed to one or several references.
    private struct Delivery {
        var commit: ObjectID
        var titles: [String]
        /// The first of the references.
        var ref: PushedRef
        /// Whether one of them is for code: a branch, a tag, or a review of Gerrit; and
        /// not notes or the data of some program.
        var isCode: Bool
    }

    /// Runs as the hook; `input` is all of its standard input.
    package func run(_ input: [UInt8]) throws -> ExitStatus {
        let refs = try PushedRef.parse(input)
        guard !refs.isEmpty else { return .fine }
        let repository = try Repository(at: context.folder)
        let project = try ConfigurationFile.load(repository, for: .index)
        let rules = project.protect
        let tracked = try tracked(repository)
        try Protection(rules).admitPush(
            refs, to: safeName(remote.utf8), isNew: tracked.isEmpty,
            closed: try closedByThemselves(refs, repository), context.renderer)
        let git = GitProgram(repository, environment: context.environment)
        let known = Set(tracked + (try present(refs.map(\.old), repository))).sorted {
            $0.hex < $1.hex
        }
        let deliveries = try news(try deliveries(refs, repository), known, git)
        var refused: [String] = []
        var worst = ExitStatus.fine
        var cures: [String] = []
        for delivery in deliveries {
            let range = try PushRange(of: delivery.commit, known: known, git)
            guard range.commits > 0 else { continue }
            let verdict = try examine(delivery, range, repository, project)
            let status = verdict.status
            if status != .fine { refused += delivery.titles }
            if worst == .fine || status == .broken { worst = status == .fine ? worst : status }
            if let cure = verdict.cure, !cures.contains(cure) { cures.append(cure) }
        }
        conclude(refused, worst, cures)
        return worst
    }

    /// Branches that are protected by the configuration in the remote's own tip, whatever is
    /// checked out here.
    ///
    /// - Throws: for a configuration that this release cannot read.
    private func closedByThemselves(
        _ refs: [PushedRef], _ repository: Repository
    ) throws -> Set<String> {
        var rules: [ObjectID: Protection] = [:]
        let closed = try refs.filter { ref in
            guard let branch = ref.branch, !ref.old.isZero else { return false }
            if rules[ref.old] == nil {
                do {
                    let catalogue = try ConfigurationFile.load(repository, for: .commit(ref.old))
                    rules[ref.old] = Protection(catalogue.protect)
                } catch let error as ConfigurationError {
                    throw Failure(
                        message:
                            "cannot tell whether `\(safeName(branch.utf8))` is protected: on the remote, \(error.message)",
                        hints: error.hints + ["`git push --no-verify` skips the check this time"],
                        exitStatus: .usage)
                } catch {
                    // The commit is not here.
                    return false
                }
            }
            return rules[ref.old]?.isProtected(branch) == true
        }
        return Set(closed.map(\.remote))
    }

    /// The commits of the remote-tracking references. A remote that is named by its URL
    /// may be configured.
    private func tracked(_ repository: Repository) throws -> [ObjectID] {
        guard remote == url else { return try repository.tracked(of: remote) }
        return try repository.remotes().filter { $0.urls.contains(url) }
            .flatMap { try repository.tracked(of: $0.name) }
    }

    /// The commits of the objects; those that are not in this clone are ignored.
    private func present(_ objects: [ObjectID], _ repository: Repository) throws -> [ObjectID] {
        try Set(objects).compactMap { object in
            if !object.isZero, case .commit(let here) = try repository.peeled(object) {
                here
            } else {
                nil
            }
        }
    }

    /// The deliveries without those that the remote has already; in one call, because there may be
    /// thousands.
    private func news(
        _ deliveries: [Delivery], _ known: [ObjectID], _ git: GitProgram
    ) throws -> [Delivery] {
        if deliveries.count < 2 { return deliveries }
        let lacking = try PushRange.lacking(deliveries.map(\.commit), known: known, git)
        return deliveries.filter { lacking.contains($0.commit) }
    }

    private func deliveries(_ refs: [PushedRef], _ repository: Repository) throws -> [Delivery] {
        var deliveries: [Delivery] = []
        var positions: [ObjectID: Int] = [:]
        for ref in refs where !ref.isDeletion {
            switch try repository.peeled(ref.new) {
            case .other: continue
            case .missing:
                throw Failure(
                    message:
                        "\(ref.new.hex), the new value of \(ref.title), is not in this repository",
                    hints: ["`git fsck` shows what is wrong"], exitStatus: .broken)
            case .commit(let commit):
                if let position = positions[commit] {
                    deliveries[position].titles.append(ref.title)
                    deliveries[position].isCode = deliveries[position].isCode || ref.isCode
                } else {
                    positions[commit] = deliveries.count
                    deliveries.append(
                        Delivery(
                            commit: commit, titles: [ref.title], ref: ref, isCode: ref.isCode))
                }
            }
        }
        return deliveries
    }

    private func examine(
        _ delivery: Delivery, _ range: PushRange, _ repository: Repository,
        _ project: JobCatalogue
    ) throws -> Examination.Verdict {
        var context = context
        for (name, value) in try variables(delivery, range, repository) {
            context.environment[name] = value
        }
        let examination = Examination(context, repository)
        let names = delivery.titles.joined(separator: ", ")
        let title = "\(names) at \(delivery.commit.hex.prefix(12))"
        return try examination.run(
            .prePush, on: delivery.commit, notIn: range.boundary,
            title: "\(title): \(counted(range.commits, "commit", "commits"))", fresh: false,
            defaults: try defaults(for: delivery, repository, project))
    }

    /// Whether the default jobs run for a commit without a configuration: for code of a project
    /// that has none anywhere, and of a branch that removed it. Not for generated pages, notes, and
    /// releases from before the configuration.
    private func defaults(
        for delivery: Delivery, _ repository: Repository, _ project: JobCatalogue
    ) throws -> Bool {
        guard delivery.isCode else { return false }
        func isConfigured(_ commit: ObjectID) -> Bool {
            let catalogue = try? ConfigurationFile.load(repository, for: .commit(commit))
            return catalogue?.isConfigured ?? true
        }
        let git = GitProgram(repository, environment: context.environment)
        let comparison = try Comparison(of: delivery.commit, repository, project.protect, git)
        if comparison.isUnrelated { return false }
        if comparison.base.map(isConfigured) == true { return true }
        return !project.isConfigured && !comparison.tips.contains(where: isConfigured)
    }

    /// The variables of pre-commit that describe a push.
    private func variables(
        _ delivery: Delivery, _ range: PushRange, _ repository: Repository
    ) throws -> [String: String] {
        var variables = [
            "PRE_COMMIT": "1", "PRE_COMMIT_TO_REF": delivery.commit.hex,
            "PRE_COMMIT_REMOTE_NAME": remote, "PRE_COMMIT_REMOTE_URL": url,
            "PRE_COMMIT_LOCAL_BRANCH": delivery.ref.local,
            "PRE_COMMIT_REMOTE_BRANCH": delivery.ref.remote,
        ]
        let old = try present([delivery.ref.old], repository).first
        if let from = old ?? range.boundary.first { variables["PRE_COMMIT_FROM_REF"] = from.hex }
        return variables
    }

    private func conclude(_ refused: [String], _ status: ExitStatus, _ cures: [String]) {
        guard !refused.isEmpty else { return }
        let names = refused.map { "`\($0)`" }.joined(separator: ", ")
        let hints = cures.map { "on that branch `\($0)` fixes it; then commit and push again" }
        context.renderer.handle(
            .ended(
                Summary(
                    message: "nothing was pushed, because of \(names)",
                    hints: hints, exitStatus: status)))
    }
}

/// Runs a hook's jobs on a commit.
struct Examination {
    private let context: Context
    private let repository: Repository

    init(_ context: Context, _ repository: Repository) {
        self.context = context
        self.repository = repository
    }

    struct Verdict {
        /// Also `.failed` if a fixer would change something.
        var status: ExitStatus
        /// The command that makes the changes of the fixers.
        var cure: String?
    }

    /// Runs on the files of the commit that the others do not have.
    ///
    /// - Parameter defaults: whether the default jobs run if the commit has no configuration.
    func run(
        _ hook: GitHook, on commit: ObjectID, notIn others: [ObjectID], title: String,
        fresh: Bool, defaults: @autoclosure () throws -> Bool
    ) throws -> Verdict {
        let snapshot = try repository.snapshot(of: commit, notIn: others)
        let catalogue: JobCatalogue
        do {
            catalogue = try ConfigurationFile.load(repository, for: .commit(commit))
        } catch {
            context.renderer.handle(.note(title))
            throw error
        }
        let jobRun = JobRun(repository, catalogue, context, fresh: fresh)
        var jobs = try catalogue.withoutIdleTests(
            try catalogue.jobs(of: hook), on: commit, in: repository)
        if !catalogue.isConfigured, try !defaults() {
            jobs.removeAll(where: \.isDefault)
            context.renderer.handle(
                .note("\(title); it has no hooks.toml, so no default job is run on it"))
        }
        let plan = jobRun.plan(jobs, on: snapshot)
        guard !plan.steps.isEmpty else { return Verdict(status: .fine) }
        context.renderer.handle(.note(title))
        let outcome = try jobRun.perform(plan, publishing: .nothing).outcome
        if outcome.has(.broken) { return Verdict(status: .broken) }
        let isFine = !outcome.has(.failed) && outcome.fixes.isEmpty
        return Verdict(status: isFine ? .fine : .failed, cure: cure(outcome, plan))
    }

    private func cure(_ outcome: Outcome, _ plan: Plan) -> String? {
        let fixers = plan.steps.indices.filter { !outcome.reports[$0].fixedFiles.isEmpty }
        let files = Set(fixers.flatMap { outcome.reports[$0].fixedFiles }).sorted()
        guard !files.isEmpty else { return nil }
        let names = fixers.map { plan.steps[$0].job.name }.joined(separator: " ")
        let shown = files.count > 3 ? "FILE..." : files.joined(separator: " ")
        return "hooks run \(names) --files \(shown)"
    }
}
