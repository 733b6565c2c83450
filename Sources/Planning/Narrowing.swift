internal import Configuration
internal import Files
package import Git
internal import Staging
internal import SystemPackage

/// Makes for each job with `inputs` the tree that holds these files alone.
package struct Narrowing {
    private let repository: Repository

    package init(_ repository: Repository) {
        self.repository = repository
    }

    /// The plan with a tree of its own for each job that names its inputs.
    ///
    /// - Returns: the plan as it is when it is not about a commit.
    package func narrow(_ plan: Plan) throws -> Plan {
        guard let commit = plan.commit else { return plan }
        var plan = plan
        var made: [[Glob]: ObjectID] = [:]
        var all: [Entry]?
        for step in plan.steps.indices {
            let job = plan.steps[step].job
            guard plan.steps[step].skipped == nil, job.runIn == .checkout, let inputs = job.inputs
            else { continue }
            if made[inputs] == nil {
                let entries = try all ?? repository.entries(of: commit)
                all = entries
                let kept = entries.filter { entry in
                    let path = entry.path.bytes
                    return inputs.contains { $0.matches(path) }
                }
                let tree = try repository.storeTree(of: kept)
                made[inputs] = try repository.storeCommit(
                    tree: tree, parents: [], message: "inputs of a job")
            }
            plan.steps[step].narrowed = made[inputs]
        }
        return plan
    }
}
