internal import Git
internal import Results
internal import Staging
internal import SystemPackage

/// What is known before a run because it passed before, and what is kept of the run for the next
/// one.
struct Memory {
    private let facts: Facts
    private let plan: Plan
    private let store: Store
    let byStep: [Int: Facts.Known]
    private let known: Set<ObjectID>
    /// Steps whose fact about the whole tree is known.
    let knownTrees: Set<Int>

    init(
        _ repository: Repository, _ plan: Plan, _ commands: [Int: Command], fresh: Bool,
        run: (mark: String, tree: ObjectID)? = nil
    ) throws {
        self.plan = plan
        facts = Facts(repository, plan, commands, run: run)
        store = Store(repository)
        byStep = try facts.all()
        let known = fresh ? [] : store.known(among: Set(byStep.values.flatMap(\.facts)))
        self.known = known
        knownTrees = Set(
            byStep.filter { _, facts in
                if case .tree(let fact) = facts { known.contains(fact) } else { false }
            }.keys)
    }

    /// The names of the facts about the tree, by step.
    var trees: [Int: ObjectID] {
        byStep.compactMapValues { if case .tree(let fact) = $0 { fact } else { nil } }
    }

    /// Whether a fact was known before the run.
    func isKnown(_ fact: ObjectID) -> Bool { known.contains(fact) }

    /// Whether no job has anything left to look at.
    var knowsAll: Bool {
        plan.steps.enumerated().allSatisfy { step, planned in
            planned.skipped != nil || byStep[step]?.facts.allSatisfy(known.contains) == true
        }
    }

    /// The files with what is known of them.
    func settled(_ files: [FileState]) -> [FileState] {
        files.map { file in
            var file = file
            for (step, facts) in byStep {
                if case .files(_, let byFile) = facts,
                    byFile[file.position].map(known.contains) == true
                {
                    file.settle(step)
                }
            }
            return file
        }
    }

    /// Keeps what passed: a failure is never kept, and neither is anything of a job that failed on
    /// another file.
    ///
    /// - Parameter except: steps that did what they may not.
    func keep(
        _ run: Execution.Result, _ published: [Published], except careless: Set<Int> = []
    ) throws {
        var new: [ObjectID] = []
        for (step, facts) in byStep where isFine(step, run) && !careless.contains(step) {
            switch facts {
            case .tree(let fact): new.append(fact)
            case .files(let recipe, let byFile):
                for file in run.files where !file.isNews(to: step) {
                    guard let fact = try fact(of: file, recipe, byFile, published) else { continue }
                    new.append(fact)
                }
            }
        }
        store.add(new.filter { !known.contains($0) })
    }

    private func isFine(_ step: Int, _ run: Execution.Result) -> Bool {
        let verdicts = run.verdicts[step].compactMap { $0 }
        if case .tree = byStep[step] {
            return !verdicts.isEmpty && verdicts.allSatisfy { $0.kind == .fine }
                && run.changes[step].isEmpty
        }
        return verdicts.allSatisfy { $0.kind == .fine }
    }

    /// The fact of a file as the run left it; nil when the job was not given it.
    private func fact(
        of file: FileState, _ recipe: [UInt8], _ byFile: [Int: ObjectID], _ published: [Published]
    ) throws -> ObjectID? {
        guard let before = byFile[file.position] else { return nil }
        guard file.isChanged else { return before }
        let entry = plan.snapshot.files[file.position]
        guard let blob = published.first(where: { $0.path == file.path })?.blob else { return nil }
        return try facts.fact(recipe, entry, blob: blob)
    }
}
