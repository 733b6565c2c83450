internal import Configuration
internal import Files
internal import Git
internal import GitIndex
internal import Notation
package import Planning
internal import Reporting
internal import Spawn
package import Stage
package import Staging
internal import SystemPackage
internal import Tools

/// The stages that the steps of one plan need: one for all, and others for jobs that name their
/// inputs, share other folders, or compare.
package struct Stages {
    package private(set) var main: Stage?
    /// By step.
    package private(set) var others: [Int: Stage] = [:]
    package private(set) var base: Stage?

    /// So many files take a while to write.
    private static let many = 5_000

    /// - Parameter known: steps that do not run, because their result is cached.
    package init(
        _ plan: Plan, _ ground: Ground, _ git: GitProgram, _ context: Context, known: Set<Int>
    ) throws {
        let repository = ground.repository
        let home = PlaceHome(caches: context.caches, home: context.environment["HOME"])
        func lay(
            _ content: StageContent, share: [String] = Job.usuallyShared, purpose: String = ""
        ) throws -> Stage {
            let stage = try Stage(of: repository, in: home, git: git, purpose: purpose)
            if stage.isNew, content.count > Self.many {
                context.renderer.handle(
                    .note(
                        "the first stage of this working tree is laid, with \(content.count) files; "
                            + "later runs write what differs"))
            }
            try stage.lay(
                content, sharing: share.map { FilePath($0) }, spare: repository.mainWorktree)
            return stage
        }
        func commit(_ commit: ObjectID) throws -> StageContent {
            let head = try repository.head()
            return try .commit(
                commit, branch: head.commit == commit ? head.branch : nil, of: repository)
        }
        func content() throws -> StageContent {
            if let recorded = plan.commit { return try commit(recorded) }
            return ground.source.isWorkingTree
                ? try .workingTree(of: repository) : try .index(of: repository)
        }
        var shapes: [String: Stage] = [:]
        for (step, planned) in plan.steps.enumerated()
        where planned.skipped == nil && planned.job.isExternal && planned.job.runIn == .checkout
            && !known.contains(step)
        {
            let job = planned.job
            if job.tool?.compares == true, base == nil, let start = plan.comparison?.base {
                base = try lay(try commit(start), purpose: "base")
            }
            guard planned.narrowed != nil || job.share != Job.usuallyShared else { continue }
            let parts = ["inputs"] + (job.inputs ?? []).map(\.pattern) + ["share"] + job.share
            let purpose = parts.joined(separator: "\n")
            if shapes[purpose] == nil {
                shapes[purpose] = try lay(
                    try planned.narrowed.map(commit) ?? content(), share: job.share,
                    purpose: purpose)
            }
            others[step] = shapes[purpose]
        }
        let own = plan.steps.indices.contains { step in
            let job = plan.steps[step].job
            return plan.steps[step].skipped == nil && job.isExternal && !known.contains(step)
                && others[step] == nil && (job.runIn == .checkout || plan.commit != nil)
        }
        let isLookedAt = plan.commit != nil && plan.isExternal
        if own || isLookedAt { main = try lay(try content()) }
    }

    /// Each once.
    package var all: [Stage] {
        var seen: Set<FilePath> = []
        return ([main].compactMap { $0 } + others.sorted { $0.key < $1.key }.map(\.value))
            .filter { seen.insert($0.root).inserted }
    }
}

extension Repository {
    /// The main working tree, if this one was made by `git worktree add`; nil if it was
    /// not.
    fileprivate var mainWorktree: FilePath? {
        guard gitDirectory != commonDirectory, commonDirectory.lastComponent == ".git" else {
            return nil
        }
        return commonDirectory.removingLastComponent()
    }
}
