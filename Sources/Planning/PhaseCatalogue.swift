internal import Configuration
internal import FileTypes
internal import Files
package import Git
package import GitIndex
internal import Reporting
internal import Staging
package import SystemPackage
package import Tools

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
    /// The phases of a project without `[phases]`: jobs that need no tools beyond those of the
    /// language.
    private static let usualPhases: [(name: String, jobs: [String])] = [
        // The job that takes milliseconds comes first.
        ("build", ["loss", "compile-python", "check-node"]), ("test", ["tests"]),
        ("integrate", ["imports"]),
    ]

    /// The names of the phases in order.
    package var phaseNames: [String] {
        listedPhases?.map(\.name) ?? Self.usualPhases.map(\.name)
    }

    /// The phases in order with the names of their jobs; in the default phases a job runs only if
    /// it has something to check.
    package var phaseList: [(phase: String, jobs: [String])] {
        listedPhases?.map { ($0.name, $0.jobs.map(\.name)) }
            ?? Self.usualPhases.map { ($0.name, $0.jobs) }
    }

    /// The phases in order, as they run on a commit.
    ///
    /// The default phases have only the jobs with something to check; a job that the project lists
    /// itself must have something to check.
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
                                    "`\(job.name)` in [phases] checks commit messages, not files",
                                hints: ["move it to `commit-msg` in [hooks]"],
                                exitStatus: .usage)
                        }
                        return try phaseForm(of: job) ?? job
                    })
            }
        }
        return try usualPhases(
            of: repository.entries(of: commit).map(\.path),
            hasTests: hasTests(commit, repository))
    }

    /// The default phases, with the jobs that have something to check among these files.
    private func usualPhases(of paths: [FilePath], hasTests: Bool) throws -> [PhaseJobs] {
        var fileTypes = FileTypes()
        var types: Set<String> = []
        for path in paths { types.formUnion(fileTypes.ofName(path.bytes)) }
        return try Self.usualPhases.map { phase in
            let jobs = try phase.jobs.map(defaultJob).filter { job in
                guard let tool = job.tool, job.isDefault else { return true }
                if tool.name == "tests" { return hasTests }
                return tool.looksFor.isEmpty || tool.looksFor.contains { types.contains($0) }
            }
            return PhaseJobs(name: phase.name, jobs: jobs)
        }
    }

    /// The tools of the catalogue that the phases run in a project with these files, each once.
    package func phaseTools(among paths: [FilePath]) throws -> [Tool] {
        let jobs = try listedPhases?.flatMap { try $0.jobs.map { try job($0.name) } }
        var tools: [Tool] = []
        for tool in try
            (jobs
            ?? usualPhases(of: paths, hasTests: paths.contains(where: Self.isTest))
            .flatMap(\.jobs)).compactMap(\.tool)
        where !tools.contains(where: { $0.name == tool.name }) {
            tools.append(tool)
        }
        return tools
    }

    /// The job with this name as it runs in a phase.
    package func phaseJob(_ name: String) throws -> Job { onTree(try job(name)) }

    /// Whether a project without a configuration has tests: files with the names that pytest
    /// collects, or settings for pytest.
    func hasTests(_ commit: ObjectID, _ repository: Repository) throws -> Bool {
        try repository.entries(of: commit).contains { entry in
            if Self.isTest(entry.path) { return true }
            guard let marker = Self.pytestSettings[entry.path.string], entry.mode.isFile else {
                return false
            }
            let text = try repository.content(of: entry.blob)
            return marker.isEmpty || text.firstRange(of: Array(marker.utf8)) != nil
        }
    }

    /// Files at the top in which pytest may be configured, and the text that shows it.
    private static let pytestSettings = [
        "pytest.toml": "", ".pytest.toml": "", "pytest.ini": "", ".pytest.ini": "",
        "pyproject.toml": "[tool.pytest", "tox.ini": "[pytest]", "setup.cfg": "[tool:pytest]",
    ]

    /// The jobs without default jobs that have nothing to check.
    package func withoutIdleTests(
        _ jobs: [Job], on commit: ObjectID, in repository: Repository
    ) throws -> [Job] {
        func isUnasked(_ job: Job) -> Bool { job.isDefault && job.tool?.name == "tests" }
        guard jobs.contains(where: isUnasked), try !hasTests(commit, repository) else {
            return jobs
        }
        return jobs.filter { !isUnasked($0) }
    }

    /// The jobs that a push of the commit runs besides the phases: the jobs of pre-push that are in
    /// none.
    package func pushJobs(on commit: ObjectID, in repository: Repository) throws -> [Job] {
        let inPhases = Set(try phases(on: commit, in: repository).flatMap(\.jobs).map(\.name))
        let jobs = try jobs(of: .prePush).filter { !inPhases.contains($0.name) }
        return try withoutIdleTests(jobs, on: commit, in: repository)
    }

    /// Whether pytest collects tests from a file with that name.
    package static func isTest(_ path: FilePath) -> Bool {
        let name = path.lastComponent?.string ?? ""
        return name.hasSuffix(".py") && (name.hasPrefix("test_") || name.hasSuffix("_test.py"))
    }

    /// The job as it runs in a phase; nil if no phase lists it.
    ///
    /// There it checks the whole tree, in a checkout, unless it selects files.
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
