internal import Git
internal import GitIndex
internal import Planning
internal import Programs
internal import Remembering
internal import Staging
internal import SystemPackage
internal import Workplaces

/// The cached results before a run, and the results of the run that are cached for the next
/// one.
struct Memory {
    private let facts: Facts
    private let plan: Plan
    private let store: Store
    let byStep: [Int: Facts.Known]
    private let known: Set<ObjectID>
    /// Steps whose result for the whole tree is cached.
    let knownTrees: Set<Int>

    init(
        _ ground: Ground, _ plan: Plan, _ commands: [Int: Command], _ filter: ContentFilter,
        fresh: Bool, run: (mark: String, tree: ObjectID)? = nil
    ) throws {
        self.plan = plan
        facts = try Facts(ground, plan, commands, filter, run: run)
        store = Store(ground.repository)
        byStep = try facts.all()
        var wanted: Set<ObjectID> = []
        for facts in byStep.values { wanted.formUnion(facts.facts) }
        let known = fresh ? [] : store.known(among: wanted)
        self.known = known
        knownTrees = Set(
            byStep.filter { _, facts in
                if case .tree(let fact) = facts { known.contains(fact) } else { false }
            }.keys)
    }

    /// The cache keys for the tree, by step.
    var trees: [Int: ObjectID] {
        byStep.compactMapValues { if case .tree(let fact) = $0 { fact } else { nil } }
    }

    /// Whether a result was cached before the run.
    func isKnown(_ fact: ObjectID) -> Bool { known.contains(fact) }

    /// Whether no job has anything left to check.
    var knowsAll: Bool {
        plan.steps.enumerated().allSatisfy { step, planned in
            planned.skipped != nil || byStep[step]?.allSatisfy(known.contains) == true
        }
    }

    /// The files with their cached results.
    func settled(_ files: [FileState]) -> [FileState] {
        if known.isEmpty { return files }
        let byFile = byStep.compactMap { step, facts in
            if case .files(_, let byFile) = facts { (step, byFile) } else { nil }
        }
        return files.map { file in
            var file = file
            let steps = byFile.filter { _, facts in
                facts[file.position].map(known.contains) == true
            }
            // A working file may have been written since it was hashed.
            guard !steps.isEmpty, !isOfWorktree || blob(of: file, [:]) == facts.blobs[file.position]
            else { return file }
            for (step, _) in steps { file.recall(step) }
            return file
        }
    }

    /// Caches passed results: a failure is never cached, and neither is any result of a job that
    /// failed on another file.
    func keep(_ run: Execution.Result, _ published: [Published]) {
        let stored = Dictionary(published.map { ($0.path, $0.blob) }) { first, _ in first }
        var new: Set<ObjectID> = []
        // They share one result.
        let builtIn = facts.builtIn
        if builtIn.allSatisfy({ isFine($0, run) }) { add(builtIn, run, stored, to: &new) }
        for (step, facts) in byStep
        where !builtIn.contains(step) && isFine(step, run) {
            switch facts {
            case .tree(let fact): new.insert(fact)
            case .files: add([step], run, stored, to: &new)
            }
        }
        store.add(Array(new.subtracting(known)))
    }

    /// Adds the results for the files of steps that share one result.
    private func add(
        _ steps: [Int], _ run: Execution.Result, _ stored: [FilePath: ObjectID?],
        to new: inout Set<ObjectID>
    ) {
        let known = steps.compactMap { step in
            if case .files(let recipe, let facts)? = byStep[step] {
                (step: step, recipe: recipe, facts: facts)
            } else {
                nil
            }
        }
        for file in run.files {
            let isGiven = { (facts: Facts.OfFiles) in facts[file.position] != nil }
            // All jobs that get the file must have checked its current content.
            guard let first = known.first(where: { isGiven($0.facts) }),
                !known.contains(where: { isGiven($0.facts) && file.isNews(to: $0.step) }),
                let blob = blob(of: file, stored)
            else { continue }
            let isAsBefore = blob == facts.blobs[file.position]
            let fact =
                isAsBefore
                ? first.facts[file.position]
                : facts.fact(first.recipe, of: first.step, file.position, blob: blob)
            if let fact { new.insert(fact) }
        }
    }

    private func isFine(_ step: Int, _ run: Execution.Result) -> Bool {
        let verdicts = run.verdicts[step].compactMap { $0 }
        if case .tree = byStep[step] {
            return !verdicts.isEmpty
                && verdicts.allSatisfy { $0.kind == .fine && !$0.hasNothing }
                && run.changes[step].isEmpty
        }
        // If a tool skipped all of its files, there is no result.
        let files = plan.steps[step].files.count
        return verdicts.allSatisfy { $0.kind == .fine }
            && !(files > 0 && verdicts.reduce(0) { $0 + $1.unseen } >= files)
    }

    private var isOfWorktree: Bool { plan.snapshot.source.isWorkingTree }

    /// The hash of the content that the jobs checked last; nil if it was not stored.
    ///
    /// - Parameter stored: what was published, by path.
    private func blob(of file: FileState, _ stored: [FilePath: ObjectID?]) -> ObjectID? {
        if isOfWorktree { return ObjectID(blob: file.now) }
        return file.isChanged ? stored[file.path] ?? nil : facts.blobs[file.position]
    }
}
