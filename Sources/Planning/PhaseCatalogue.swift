internal import Configuration
internal import FileTypes
internal import Files
package import Git
internal import Reporting
internal import Staging
package import SystemPackage
internal import Tools

/// A phase of the pipeline with its jobs.
package struct PhaseJobs: Sendable {
    package var name: String
    package var jobs: [Job]

    package init(name: String, jobs: [Job]) {
        self.name = name
        self.jobs = jobs
    }
}

extension JobCatalogue {
    /// What a project without `[phases]` gets: what needs no tools beyond those of the language.
    private static let usualPhases: [(name: String, jobs: [String])] = [
        ("build", ["compile-python", "check-node"]), ("test", ["tests"]),
        ("integrate", ["imports", "loss"]),
    ]

    /// The names of the phases in order.
    package var phaseNames: [String] {
        listedPhases?.map(\.name) ?? Self.usualPhases.map(\.name)
    }

    /// The phases in order, as they run on a commit.
    ///
    /// Of the usual phases only the jobs that find something there; a job that the project lists
    /// itself has to find something.
    package func phases(on commit: ObjectID, in repository: Repository) throws -> [PhaseJobs] {
        if let listedPhases {
            return try listedPhases.map { phase in
                PhaseJobs(
                    name: phase.name,
                    jobs: try phase.jobs.map { reference in
                        let job = try job(reference.name)
                        if job.looksAtMessage {
                            throw Failure(
                                message:
                                    "`\(job.name)` in [phases] looks at messages, not at files",
                                hints: ["it belongs into `commit-msg` of [hooks]"],
                                exitStatus: .usage)
                        }
                        return try phaseForm(of: job) ?? job
                    })
            }
        }
        let entries = try repository.entries(of: commit)
        var fileTypes = FileTypes()
        var types: Set<String> = []
        for entry in entries { types.formUnion(fileTypes.ofName(entry.path.bytes)) }
        let hasTests = entries.contains { Self.isTest($0.path) }
        return try Self.usualPhases.map { phase in
            let jobs = try phase.jobs.map(job).filter { job in
                guard let tool = job.tool, settings(of: job.name)?.run == nil else { return true }
                if tool.name == "tests" { return hasTests }
                return tool.looksFor.isEmpty || tool.looksFor.contains { types.contains($0) }
            }
            return PhaseJobs(name: phase.name, jobs: jobs)
        }
    }

    /// The job of that name as it would be in a phase.
    package func phaseJob(_ name: String) throws -> Job { onTree(try job(name)) }

    /// Whether a project that does not say has tests at all, by the names that pytest looks for.
    package func hasTests(_ commit: ObjectID, _ repository: Repository) throws -> Bool {
        try repository.entries(of: commit).contains { Self.isTest($0.path) }
    }

    /// What a push of the commit runs beside the phases: the jobs of pre-push that are in none.
    package func pushJobs(on commit: ObjectID, in repository: Repository) throws -> [Job] {
        let inPhases = Set(try phases(on: commit, in: repository).flatMap(\.jobs).map(\.name))
        var jobs = try jobs(of: .prePush).filter { !inPhases.contains($0.name) }
        if !isConfigured, try !hasTests(commit, repository) {
            jobs.removeAll(where: \.isWholeTree)
        }
        return jobs
    }

    /// Whether pytest would look for tests in a file of that name.
    package static func isTest(_ path: FilePath) -> Bool {
        let name = path.lastComponent?.string ?? ""
        return name.hasSuffix(".py") && (name.hasPrefix("test_") || name.hasSuffix("_test.py"))
    }

    /// The job as it is in a phase; nil when no phase has it.
    ///
    /// There it looks at the whole tree, in a checkout, unless it says which files it wants.
    func phaseForm(of job: Job) throws -> Job? {
        let isInPhase =
            listedPhases?.contains { $0.jobs.contains { $0.name == job.name } }
            ?? Self.usualPhases.contains { $0.jobs.contains(job.name) }
        guard isInPhase else { return nil }
        return onTree(job)
    }

    private func onTree(_ job: Job) -> Job {
        var job = job
        let settings = settings(of: job.name)
        let asksForFiles = settings?.files != nil || settings?.types != nil
        if job.isProjects, !job.fixes, !asksForFiles, settings?.passFiles != true {
            job.looksAtTheWholeTree()
        } else if job.isExternal, !job.fixes {
            job.runIn = .checkout
        }
        return job
    }
}
