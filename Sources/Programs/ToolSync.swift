internal import Configuration
internal import Files
package import Git
internal import GitIndex
internal import Glibc
package import Planning
internal import Reporting
internal import Spawn
package import SystemPackage
internal import Tools

/// Installs the pinned tools: `hooks tools sync`, and the last step of `hooks install`.
package struct ToolSync {
    /// The options of the installation.
    package struct Manner: Sendable {
        var source: Installer.Source
        /// Rebuilds the environment, even if it exists.
        var fresh: Bool
        /// The Python to use instead of the project's or the first one.
        var python: FilePath?
        /// Shows the full output of an installer that fails.
        var verbose: Bool

        package init(
            source: Installer.Source = .registry, fresh: Bool = false, python: FilePath? = nil,
            verbose: Bool = false
        ) {
            self.source = source
            self.fresh = fresh
            self.python = python
            self.verbose = verbose
        }
    }

    private let tools: ManagedTools
    private let manner: Manner
    /// The packages of the environment.
    private let pins: [Pin]
    /// What repeats it.
    private let command: String
    private var context: Context { tools.context }

    package init(
        _ repository: Repository, _ catalogue: JobCatalogue, _ context: Context, _ manner: Manner
    ) {
        tools = ManagedTools(repository, catalogue, context)
        self.manner = manner
        pins = catalogue.pins
        command = "hooks tools sync"
    }

    /// Installs the versions that this release was tested with, instead of pins.
    package init(
        tested repository: Repository, _ catalogue: JobCatalogue, _ context: Context,
        _ manner: Manner
    ) {
        tools = ManagedTools(repository, catalogue, context)
        self.manner = manner
        pins = ManagedTools.tested
        command = "hooks install"
    }

    /// What was done, in one line; nil if nothing is pinned.
    package func run() throws -> String? {
        do {
            return try synced()
        } catch var failure as InstallFailure {
            failure.command = command
            throw failure
        } catch var error as FileError {
            if let data = context.data,
                data.starts(with: error.path) || error.path.starts(with: data)
            {
                error.hints.append("set XDG_DATA_HOME to a folder that you may write to")
            }
            throw error
        }
    }

    private func synced() throws -> String? {
        guard !pins.isEmpty else { return nil }
        guard let data = context.data else {
            throw Failure(
                message: "no folder for tools: neither HOME nor XDG_DATA_HOME is set",
                exitStatus: .broken)
        }
        let environments = Environments(data: data)
        let key = try tools.key(of: pins)
        if let done = try reuse(in: environments) { return done }
        Interruption.current.listen()
        let lock = try waitForLock(key, environments)
        defer { withExtendedLifetime(lock) {} }
        // The process that held the lock may have made it.
        if let done = try reuse(in: environments) { return done }
        let folder = try environments.fresh(key)
        do {
            let python = try make(folder)
            let made = Environments.Environment(folder: folder, python: python.version)
            try note(made, in: environments)
            try environments.publish(folder, key, python: python.version)
            let removed = environments.collect(except: folder, holding: key)
            let also =
                removed > 0
                ? "; \(counted(removed, "old environment", "old environments")) removed" : ""
            return "installed \(title) for Python \(python.version)\(also)"
        } catch {
            environments.discard(folder)
            // After a signal, a working Python looks broken.
            if let signal = Interruption.current.signal {
                throw InstallFailure(.interrupted(signal))
            }
            if manner.verbose, let failure = error as? InstallFailure {
                let text = String(decoding: failure.output, as: UTF8.self)
                for line in text.split(whereSeparator: \.isNewline) {
                    context.renderer.handle(.note(safeLine(line.utf8)))
                }
            }
            throw error
        }
    }

    /// What was done if the environment exists; nil if it must be created.
    private func reuse(in environments: Environments) throws -> String? {
        guard !manner.fresh, manner.python == nil,
            let environment = try tools.environment(of: pins)
        else { return nil }
        try note(environment, in: environments)
        return "already installed: \(title)"
    }

    private var title: String {
        pins.map { "\($0.package) \($0.version)" }.joined(separator: ", ")
    }

    private func note(
        _ environment: Environments.Environment, in environments: Environments
    ) throws {
        let directory = tools.repository.commonDirectory
        let name = try tools.repository.name(of: directory.bytes).hex
        try environments.note(directory, name, in: environment)
    }

    private func waitForLock(_ key: String, _ environments: Environments) throws -> Lock {
        var isTold = false
        while true {
            if let lock = try environments.lock(key) { return lock }
            if !isTold {
                context.renderer.handle(
                    .note("waiting for another `hooks` process that installs the same tools"))
            }
            isTold = true
            if let signal = Interruption.current.signal {
                throw InstallFailure(.interrupted(signal))
            }
            usleep(100_000)
        }
    }

    /// Fills the folder, and shows the progress.
    private func make(_ folder: FilePath) throws -> Python {
        let renderer = context.renderer
        renderer.handle(.planned([PlannedJob(name: "tools", files: 0)]))
        renderer.handle(.started(job: 0))
        let events = EventQueue()
        let requirements = Requirements(pins)
        let candidates = manner.python.map { [$0] } ?? pythons()
        let uv = try tools.finder().find("uv")?.path
        let source = manner.source
        let place = tools.repository.worktree
        let command = command
        let environment = context.environment
        let started = ContinuousClock.now
        let result = waiting { () async -> Result<Python, any Error> in
            guard let python = await Python.first(of: candidates, in: place, environment) else {
                return .failure(Self.noPython(candidates, command))
            }
            do {
                let installer = Installer(python, uv: uv, source: source, environment: environment)
                try await installer.install(requirements, into: folder) {
                    events.post(.note($0))
                }
                return .success(python)
            } catch {
                return .failure(error)
            }
        } meanwhile: {
            for event in events.drain() { renderer.handle(event) }
            renderer.tick()
        }
        guard let result else {
            throw Failure(
                message: "the installation ended without a result; nothing was installed",
                hints: ["run the same command again"], exitStatus: .fault)
        }
        renderer.suspend()
        let python = try result.get()
        var report = JobReport(status: .passed, elapsed: ContinuousClock.now - started)
        report.detail = counted(requirements.lines.count, "package", "packages")
        renderer.handle(.finished(job: 0, report))
        return python
    }

    private static func noPython(_ candidates: [FilePath], _ command: String) -> Failure {
        Failure(
            message: candidates.count == 1
                ? "\(safeName(candidates[0])) is not a working Python"
                : "no working `python3` was found; installing tools needs one",
            hints: ["install Python 3, or name one with `\(command) --python PATH`"],
            exitStatus: .broken)
    }

    /// The project's own Python, then the active one, then those on `PATH`.
    private func pythons() -> [FilePath] {
        var folders = [tools.repository.worktree.appending(".venv").appending("bin")]
        if let active = context.environment["VIRTUAL_ENV"], active.hasPrefix("/") {
            folders.append(FilePath(active).appending("bin"))
        }
        var programs = folders.map { $0.appending("python") }
        let path = context.environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin"
        for entry in path.split(separator: ":") where entry.hasPrefix("/") {
            programs.append(FilePath(String(entry)).appending("python3"))
        }
        return programs.filter { $0.withPlatformString { access($0, X_OK) } == 0 }
    }
}
