internal import Configuration
internal import FileTypes
internal import Files
package import Git
internal import GitIndex
internal import Notation
package import Reporting
internal import Staging
internal import SystemPackage
internal import Tools

/// Creates for each job with `inputs` the tree with only these files, and tells the jobs of hooks
/// itself which files of a tree are selected.
package struct Narrowing {
    private let repository: Repository

    package init(_ repository: Repository) {
        self.repository = repository
    }

    /// The plan with a separate tree for each job that has `inputs`.
    ///
    /// - Returns: the unchanged plan if it is not about a commit.
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

    /// The plan with the selected files for the jobs of hooks itself, if the project selects some.
    package func select(_ plan: Plan) throws -> Plan {
        guard let commit = plan.commit, plan.steps.contains(where: \.selectsInTree) else {
            return plan
        }
        var plan = plan
        var entries: [FilePath: Entry] = [:]
        for commit in [plan.comparison?.base, commit].compactMap({ $0 }) {
            for entry in try repository.entries(of: commit) { entries[entry.path] = entry }
        }
        let files = entries.values.filter(\.mode.isFile).sorted { $0.path.string < $1.path.string }
        var types = FileTypes()
        for step in plan.steps.indices where plan.steps[step].selectsInTree {
            let scope = plan.steps[step].scope
            plan.steps[step].selected = files.filter { entry in
                let path = entry.path.bytes
                return scope.matches(
                    path,
                    types: types.ofFile(path, isExecutable: entry.mode == .executable) {
                        (try? repository.content(of: entry.blob)) ?? []
                    })
            }.map(\.path)
        }
        return plan
    }
}

extension Plan {
    /// Skips jobs that compare if there is nothing to compare with. If some of the history is
    /// missing, only default jobs are skipped; the others are broken.
    ///
    /// - Returns: the broken jobs, by step.
    package mutating func leaveOutComparisons() -> [Int: any Explained] {
        guard let comparison else { return [:] }
        var broken: [Int: any Explained] = [:]
        for step in steps.indices where steps[step].skipped == nil {
            guard let tool = steps[step].job.tool, tool.compares else { continue }
            if let gap = comparison.gap ?? (tool.needs == .history ? comparison.cut : nil) {
                if steps[step].job.isDefault {
                    (steps[step].skipped, steps[step].hints) = (gap.message, gap.hints)
                } else {
                    broken[step] = gap
                }
            } else if tool.needs != .nothing {
                steps[step].skipped = comparison.nothing
            }
        }
        return broken
    }
}
