internal import Configuration
internal import Git
internal import GitIndex
package import Planning
internal import Reporting
internal import Spawn
package import Staging
internal import SystemPackage
internal import Tools

/// Turns jobs into commands: finds their programs and puts their arguments together.
package struct CommandBuilder {
    private(set) var finder: Finder
    private let environment: ProcessEnvironment
    let catalogue: JobCatalogue
    /// The text of `pyproject.toml`, where some tools are configured.
    private let project: [UInt8]

    /// - Parameter ground: where the project's configuration is read.
    package init(_ ground: Ground, _ catalogue: JobCatalogue, _ context: Context) throws {
        finder = try ManagedTools(ground.repository, catalogue, context).finder()
        var environment = context.environment.withoutGit()
        environment[Context.runMark] = nil
        // Tests that a user leaves out locally must not change the result for others.
        if ground.source.isRecorded { environment["PYTEST_ADDOPTS"] = nil }
        self.environment = environment
        self.catalogue = catalogue
        project = try ground.text(at: "pyproject.toml") ?? []
    }

    /// The Python that runs a program: the one in its first line, or one beside it; a
    /// Python runs itself.
    func interpreter(of program: FilePath) throws -> FilePath {
        let own = program.lastComponent?.string ?? ""
        if own.hasPrefix("python") { return program }
        let folder = program.removingLastComponent()
        let start = Fingerprint.start(of: program, count: 256)
        if start.starts(with: Array("#!/".utf8)) {
            let line = String(decoding: start.dropFirst(2).prefix { $0 != 10 }, as: UTF8.self)
            if let name = line.split(separator: " ").first, name.contains("/python") {
                return FilePath(String(name))
            }
        }
        let beside = folder.appending("python3")
        if !Fingerprint.start(of: beside, count: 1).isEmpty { return beside }
        guard let found = finder.find("python3") else {
            throw Failure(
                message: "`python3` is not installed", hints: ["install it"], exitStatus: .broken)
        }
        return found.path
    }

    /// How a Python script names its interpreter: with options, directly, by `env`, or, if
    /// the path is long, in a line for `sh`; nil for anything else.
    func starter(of program: FilePath) -> [String]? {
        let start = Fingerprint.start(of: program, count: 1024)
        let lines = String(decoding: start, as: UTF8.self).split(separator: "\n")
        guard let first = lines.first, first.hasPrefix("#!") else { return nil }
        var words = first.dropFirst(2).split(separator: " ").map(String.init)
        if words.first?.hasSuffix("/sh") == true, lines.count > 1 {
            let line = lines[1]
            guard line.hasPrefix("'''exec' "), line.hasSuffix(" \"$0\" \"$@\"") else { return nil }
            let path = line.dropFirst(9).dropLast(10)
            words = [path.filter { $0 != "\"" }]
        } else if words.first?.hasSuffix("/env") == true {
            words.removeFirst()
            guard words.count == 1, let found = finder.find(words[0]) else { return nil }
            words = [found.path.string]
        }
        let name = words.first?.split(separator: "/").last ?? ""
        return name.hasPrefix("python") || name.hasPrefix("pypy") ? words : nil
    }

    /// The patterns of files that a tool's own configuration excludes, as one; see `Tool.Excludes`.
    func excluded(_ rule: Tool.Excludes) -> String? {
        let patterns = foreignStrings(in: project, table: rule.table, keys: rule.keys)
        // Each on separate lines: such patterns may be spread over lines, with comments.
        let joined = patterns.map { $0.contains("\n") ? "(\n\($0)\n)" : "(\($0))" }
        return joined.isEmpty ? nil : joined.joined(separator: "|")
    }

    /// The command of a job; nil if the kind of job starts no program.
    ///
    /// - Throws: an `Explained` error if its program is not found.
    package func command(for job: Job) throws -> Command? {
        var builder = self
        builder.finder = finder.within(job.folder)
        return try (job.kind as? any CalledKind)?.command(of: job, by: builder)
    }

    /// A command with the environment of a job.
    ///
    /// - Parameter added: the arguments between its own and the files; nil: those that the
    ///   configuration adds.
    func made(
        _ job: Job, _ program: FilePath, _ leading: [String], _ trailing: [String] = [],
        adding added: [String]? = nil, title: String
    ) -> Command {
        var environment = environment
        if let patterns = job.readsEnvironment { environment = environment.declared(patterns) }
        for variable in job.environment { environment[variable.name] = variable.value }
        if let tool = job.tool {
            // The output of tools that is searched for words must be in English.
            if !tool.findings.isEmpty { environment = environment.inEnglish() }
            // Only if the user's own value could hide words; a tool is warm only without such a
            // value.
            for (name, value) in tool.environment where environment[name] != nil {
                environment[name] = value
            }
        }
        return Command(
            program: program,
            leading: (leading + (added ?? job.arguments)).map { Array($0.utf8) },
            trailing: trailing.map { Array($0.utf8) }, environment: environment,
            timeout: job.timeout, title: title)
    }
}
