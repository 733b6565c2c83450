internal import Checks
internal import Planning
internal import Reporting
internal import SystemPackage
internal import Workplaces

/// The files of a run that stand for missing content, such as pointers of Git LFS: a job would
/// check the wrong content.
struct StandIns {
    private let found: [(file: FileState, kind: StandIn)]

    init(_ files: [FileState]) {
        found = files.compactMap { file in file.before.standIn.map { (file, $0) } }
    }

    /// The plan in which no check and no tool gets such a file. The project's own jobs decide
    /// for themselves.
    ///
    /// - Returns: also a note for each kind of which a job would have got files.
    func leaveOut(of plan: Plan) -> (plan: Plan, notes: [String]) {
        if found.isEmpty { return (plan, []) }
        var plan = plan
        let positions = Set(found.map(\.file.position))
        var concerned: Set<Int> = []
        for step in plan.steps.indices where plan.steps[step].skipped == nil {
            let job = plan.steps[step].job
            guard !job.isProjects, job.passesFiles, case .content = job.kind.subject else {
                continue
            }
            let lost = plan.steps[step].files.filter(positions.contains)
            guard !lost.isEmpty else { continue }
            concerned.formUnion(lost)
            plan.steps[step].files.removeAll(where: positions.contains)
            plan.steps[step].excluded += lost.count
            if plan.steps[step].count == 0 {
                plan.steps[step].skipped = "the content of its files is missing"
            }
        }
        let notes = StandIn.allCases.compactMap { kind -> String? in
            let files = found.filter { $0.kind == kind && concerned.contains($0.file.position) }
            guard !files.isEmpty else { return nil }
            let names = files.prefix(3).map { safeName($0.file.path) }.joined(separator: ", ")
            let more = files.count > 3 ? " and \(files.count - 3) more" : ""
            let (what, cure) = kind.description
            return
                "not checked: \(names)\(more), which holds \(what) instead of its content; `\(cure)` restores that"
        }
        return (plan, notes)
    }
}
