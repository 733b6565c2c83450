internal import Configuration
internal import Git
internal import Planning
internal import Staging
internal import SystemPackage
internal import Tools

/// The checkouts that the steps of one plan need: one for all, and others for jobs that name their
/// inputs, share other folders, or compare.
struct Checkouts {
    private(set) var main: Checkout?
    /// By step.
    private(set) var others: [Int: Checkout] = [:]
    private(set) var base: Checkout?

    /// - Parameter known: steps that do not run, because they are known to pass.
    init(
        _ plan: Plan, _ repository: Repository, _ git: GitProgram, _ context: Context,
        known: Set<Int>
    ) throws {
        func checkout(_ content: Checkout.Content, _ shape: Checkout.Shape) throws -> Checkout {
            try Checkout(of: content, repository, git: git, caches: context.caches, shape: shape)
        }
        let content = plan.commit.map { Checkout.Content.commit($0) } ?? .index
        var shapes: [Checkout.Shape: Checkout] = [:]
        for (step, planned) in plan.steps.enumerated()
        where planned.skipped == nil && planned.job.isExternal && planned.job.runIn == .checkout
            && !known.contains(step)
        {
            let job = planned.job
            if job.tool?.compares == true, base == nil, let start = plan.comparison?.base {
                base = try checkout(.commit(start), Checkout.Shape(purpose: "base"))
            }
            guard planned.narrowed != nil || job.share != Job.usuallyShared else { continue }
            let purpose = (job.inputs ?? []).map(\.pattern).joined(separator: "\n")
            let shape = Checkout.Shape(
                purpose: "inputs " + purpose, share: job.share.map { FilePath($0) })
            if shapes[shape] == nil {
                shapes[shape] = try checkout(planned.narrowed.map { .commit($0) } ?? content, shape)
            }
            others[step] = shapes[shape]
        }
        let own = plan.steps.indices.contains { step in
            let job = plan.steps[step].job
            return plan.steps[step].skipped == nil && job.isExternal && !known.contains(step)
                && others[step] == nil && (job.runIn == .checkout || plan.commit != nil)
        }
        let isLookedAt = plan.commit != nil && plan.isExternal
        if own || isLookedAt { main = try checkout(content, Checkout.Shape()) }
    }
}
