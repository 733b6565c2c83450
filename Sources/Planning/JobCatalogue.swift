internal import BuiltInChecks
internal import Checks
package import Configuration
internal import FileTypes
internal import Files
internal import Notation
internal import Reporting
internal import SystemPackage
package import Tools

/// The jobs that a configuration defines, and which of them a hook runs.
package struct JobCatalogue: Sendable {
    private(set) var configuration: Configuration
    /// The user's `hooks.local.toml`.
    package let personal: PersonalConfiguration?
    /// The configurations of folders below.
    let nested: [NestedConfigurations.Part]
    /// Whether it is that of a nested folder, which has no defaults.
    private let isNested: Bool
    /// Whether a `hooks.toml` was found; without one the defaults apply.
    package let isConfigured: Bool
    private let file: String
    /// The file that the configuration is in; nil when the project has none.
    package var source: String? { isConfigured ? file : nil }

    /// The running release.
    package static let version = "0.1.0"

    /// The names that a configuration may use.
    package static let known = KnownNames(
        jobs: BuiltIns.all.map { $0.name } + Catalogue.names,
        checks: BuiltIns.all.map { $0.name },
        tools: Catalogue.all.map(\.package).filter { !$0.isEmpty }.uniqued(), types: FileTypes.all,
        replaceable: ["tests"],
        aliases: BuiltIns.aliases.merging(["ruff": "ruff-check", "black-jupyter": "black"]) {
            a, _ in
            a
        })

    /// - Parameters:
    ///   - configuration: nil when the project has none.
    ///   - file: its name, for messages.
    ///   - personal: the user's additions; its jobs have other names than those of the project.
    package init(
        _ configuration: Configuration?, file: String, personal: PersonalConfiguration? = nil
    ) {
        self.init(configuration, file: file, personal: personal, nested: [])
    }

    /// - Parameters:
    ///   - nested: the configurations of folders below.
    ///   - isNested: whether this is a nested one itself.
    init(
        _ configuration: Configuration?, file: String, personal: PersonalConfiguration? = nil,
        nested: [NestedConfigurations.Part], isNested: Bool = false
    ) {
        self.nested = nested
        self.isNested = isNested
        self.configuration = configuration ?? Configuration()
        self.personal = personal
        for (name, job) in personal?.configuration.jobs ?? [:] {
            self.configuration.jobs[name] = job
        }
        isConfigured = configuration != nil
        self.file = file
    }

    package var protect: Protect { configuration.protect }
    package var fix: FixPolicy { configuration.fix }
    package var ship: ShipSettings { configuration.ship }
    package var trigger: TriggerSettings { configuration.ci }
    package var log: LogSettings { configuration.log }

    /// How long an idle server of a Python tool keeps running; nil for no servers.
    package var warm: Duration? {
        let wanted = configuration.warm ?? .seconds(600)
        return wanted > .zero ? wanted : nil
    }

    /// The jobs of a hook, in order.
    ///
    /// A merge is checked like any other commit, and a push is checked like a
    /// commit, unless the project configures it otherwise: not every commit was made here, or with
    /// hooks.
    package func jobs(of hook: GitHook) throws -> [Job] {
        var names = configuration.hooks[hook]?.map(\.name)
        if hook.followsPreCommit {
            names = names ?? configuration.hooks[.preCommit]?.map(\.name)
        }
        let own = personal?.configuration.hooks[hook]?.map(\.name) ?? []
        let known = names ?? (isNested ? [] : hook.defaults)
        let jobs = try (known + own).uniqued().map { name in
            try names != nil || own.contains(name) ? job(name, in: hook) : defaultJob(name)
        }
        // A job that is also in a phase shares its cached result with the phase.
        return try nested.flatMap { try self.jobs(of: hook, in: $0) }
            + (hook == .prePush ? jobs.map { try phaseForm(of: $0)?.asAtTheDesk ?? $0 } : jobs)
    }

    /// The job with this name among the defaults, unless the project defines it itself.
    func defaultJob(_ name: String) throws -> Job {
        let job = try job(name)
        return settings(of: name)?.run == nil ? job.byDefault() : job
    }

    /// The jobs of a folder, which see nothing beyond it.
    private func jobs(of hook: GitHook, in part: NestedConfigurations.Part) throws -> [Job] {
        try part.catalogue.jobs(of: hook).filter { job in
            !job.looksAtMessage
        }.map { $0.within(part.folder) }
    }

    /// Names of every job that can be run, in the order of the catalogue, then the project's own by
    /// name.
    package var names: [String] {
        Self.known.jobs + configuration.jobs.keys.filter { !Self.known.jobs.contains($0) }.sorted()
    }

    /// Whether something that can be skipped has this name: a job, a tag, or the name of a job in
    /// other managers.
    package func canSkip(_ name: String) -> Bool {
        if names.contains(name) || Self.known.aliases[name] != nil { return true }
        if configuration.jobs.values.contains(where: { $0.tags?.contains(name) == true }) {
            return true
        }
        return nested.contains { part in
            let prefix = part.folder.string + ":"
            return part.catalogue.canSkip(
                name.hasPrefix(prefix) ? String(name.dropFirst(prefix.count)) : name)
        }
    }

    /// Whether `hooks run` knows the name in this project.
    package func canRun(_ name: String) -> Bool {
        GitHook.named(name) != nil || (try? job(name)) != nil
            || (try? jobs(tagged: name).isEmpty) == false
    }

    /// The nearest name to one that `hooks run` or HOOKS_SKIP does not know.
    package func nearest(to name: String) -> String? {
        let tags = Set(configuration.jobs.values.flatMap { $0.tags ?? [] }).sorted()
        let inner = nested.flatMap { part in
            part.catalogue.configuration.jobs.keys.sorted().map { "\(part.folder.string):\($0)" }
        }
        let own = configuration.jobs.keys.sorted() + phaseNames + tags + inner
        return Self.known.nearestJob(to: name, own: own + GitHook.all.map(\.name))
    }

    /// The jobs with a tag, in the order of their names; empty if there is none.
    package func jobs(tagged tag: String) throws -> [Job] {
        try configuration.jobs.keys.sorted().filter { name in
            configuration.jobs[name]?.tags?.contains(tag) == true
        }.map(job)
    }

    /// The pins of the project, in the order of its file.
    package var pins: [Pin] { configuration.tools }

    /// The pin of the project for a tool.
    package func pin(of tool: Tool) -> Pin? {
        pins.first { $0.name == tool.package }
    }

    /// The settings of the project for a job.
    func settings(of job: String) -> JobSettings? {
        if let (part, inner) = nestedPart(of: job) { return part.catalogue.settings(of: inner) }
        return configuration.jobs[job]
    }

    /// The nested configuration of a name such as `services/api:unit`, and the name there.
    private func nestedPart(of name: String) -> (part: NestedConfigurations.Part, inner: String)? {
        for part in nested {
            let folder = part.folder.string
            if name.hasPrefix(folder + ":") {
                return (part, String(name.dropFirst(folder.count + 1)))
            }
            // A folder further down is resolved by its own configuration.
            if name.hasPrefix(folder + "/"), name.contains(":") { return (part, name) }
        }
        return nil
    }

    /// The phases that the project lists; nil if it lists none.
    var listedPhases: [Phase]? { configuration.phases.isEmpty ? nil : configuration.phases }

    /// The job with this name and its settings.
    package func job(_ name: String) throws -> Job {
        if let (part, inner) = nestedPart(of: name) {
            return try part.catalogue.job(inner).within(part.folder)
        }
        let settings = configuration.jobs[name]
        if let check = BuiltIns.named(settings?.check ?? name) {
            return try builtIn(check, settings, called: name)
        }
        if let tool = Catalogue.tool(named: name), settings?.run == nil {
            return apply(settings, to: Self.job(of: tool))
        }
        guard let settings, let run = settings.run else {
            let near = nearest(to: name)
            throw Failure(
                message: "there is no job `\(safeName(name.utf8))`",
                hints: [near.map { "did you mean `\($0)`?" } ?? "`hooks list` shows all jobs"],
                exitStatus: .usage)
        }
        let kind: any JobKind =
            settings.shell == true ? ScriptKind(run) : CommandKind(try words(run, settings))
        guard settings.fixes != true || settings.runIn != .worktree else {
            throw Failure(
                message:
                    "\(file):\(settings.line): [jobs.\(name)] has `fixes = true`, which cannot be combined with `run_in = \"worktree\"`",
                hints: ["hooks cannot detect and stage changes there"],
                exitStatus: .usage)
        }
        var job = Job(name: name, kind: kind)
        if Catalogue.tool(named: name)?.isWholeTree == true { job.looksAtTheWholeTree() }
        return apply(settings, to: job)
    }

    private func words(_ run: String, _ settings: JobSettings) throws -> Words {
        do {
            return try Words(run)
        } catch {
            throw Failure(message: "\(file):\(settings.line): \(error.reason)", exitStatus: .usage)
        }
    }

    private static func job(of tool: Tool) -> Job {
        var job = Job(name: tool.name, kind: ToolKind(tool))
        job.selection.types = tool.types.isEmpty ? nil : tool.types
        job.selection.excludeTypes = tool.excludedTypes
        let globs = tool.files.compactMap { try? Glob($0) }
        job.selection.files = globs.isEmpty ? nil : globs
        job.fixes = tool.fixes
        job.reads = tool.reads
        if tool.isWholeTree { job.looksAtTheWholeTree() }
        if !tool.inputs.isEmpty { job.inputs = tool.inputs.compactMap { try? Glob($0) } }
        return job
    }

    private func builtIn(
        _ check: any BuiltIn.Type, _ settings: JobSettings?, called name: String
    ) throws -> Job {
        do {
            let unconfigured = isConfigured ? [] : check.unconfigured
            let made = try check.init(arguments: settings?.args ?? unconfigured)
            guard let kind = BuiltIns.kind(of: made) else {
                throw Failure(message: "`\(check.name)` cannot be run", exitStatus: .fault)
            }
            var job = Job(name: name, kind: kind)
            job.fixes = made.isFixer
            job.reads = .files
            job.selection = Selection(of: check)
            return apply(settings, to: job)
        } catch let error as CheckArgumentError {
            throw Failure(
                message: "\(file):\(settings?.line ?? 1): `\(error.check)`: \(error.message)",
                hints: [Self.usage(of: check)], exitStatus: .usage)
        }
    }

    private static func usage(of check: any BuiltIn.Type) -> String {
        let options = check.options.map { "`\($0.name)\($0.value.map { "=" + $0 } ?? "")`" }
        return options.isEmpty
            ? "it takes no arguments" : "it takes \(options.joined(separator: ", "))"
    }

    /// The jobs for a project without a configuration: tools that the project does not
    /// configure get arguments that make them agree with black.
    ///
    /// - Parameter isConfigured: whether the project configures a tool in the tool's own way.
    package func settled(
        _ jobs: [Job], isConfigured: (Tool) throws -> Bool
    ) rethrows -> [Job] {
        guard !self.isConfigured else { return jobs }
        return try jobs.map { job in
            guard let tool = job.tool, !tool.besideBlack.isEmpty,
                try !isConfigured(tool)
            else { return job }
            var job = job
            job.arguments = tool.besideBlack + job.arguments
            return job
        }
    }

    /// The job with its settings from the configuration.
    private func apply(_ settings: JobSettings?, to job: Job) -> Job {
        var job = job
        job.failsFast = settings?.failFast ?? configuration.failFast ?? false
        job.isPersonal = personal?.configuration.jobs[job.name] != nil
        guard let settings else { return job }
        job.onlyOn = settings.only
        job.tags = settings.tags ?? []
        job.arguments = settings.args ?? job.arguments
        job.selection.files = settings.files ?? job.selection.files
        // If a job selects its files, the types of its tool do not apply.
        job.selection.types = settings.types ?? (settings.files == nil ? job.selection.types : nil)
        job.selection.allTypes = settings.allTypes ?? job.selection.allTypes
        job.selection.excludeTypes = settings.excludeTypes ?? job.selection.excludeTypes
        job.selection.exclude = settings.exclude ?? job.selection.exclude
        job.arguments = settings.args ?? job.arguments
        job.fixes = settings.fixes ?? (job.fixes || settings.writes != nil || job.saysThatItWrites)
        job.timeout = settings.timeout ?? job.timeout
        job.leftovers = settings.leftovers ?? job.leftovers
        job.environment = settings.env ?? job.environment
        job.isAlways = settings.always ?? false
        job.passesFiles = settings.passFiles ?? job.passesFiles
        job.reads = settings.reads ?? job.reads
        job.runIn = settings.runIn ?? job.runIn
        // A job that may read the whole tree gets a clone.
        if settings.runIn == nil, job.isProjects, job.reads == .tree {
            job.runIn = .checkout
        }
        job.isSerial = settings.serial ?? job.isSerial
        job.skippedIn = settings.skip ?? job.skippedIn
        job.allowsNothing = settings.allowEmpty ?? job.allowsNothing
        job.inputs = settings.inputs ?? job.inputs
        job.share = settings.share ?? job.share
        job.writes = settings.writes ?? []
        job.budget = settings.budget
        job.readsEnvironment = settings.readsEnv
        job.quickWords = settings.quick.flatMap { try? Words($0) }
        return job
    }
}

extension [String] {
    /// The names without repetitions, in the order of first occurrence.
    fileprivate func uniqued() -> [String] {
        var seen: Set<String> = []
        return filter { seen.insert($0).inserted }
    }
}
