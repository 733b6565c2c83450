internal import Checks
internal import Configuration
package import Git
package import Planning
internal import Reporting
internal import Spawn
package import Staging
internal import SystemPackage
internal import Tools

/// Turns jobs into commands: finds their programs and puts their arguments together.
package struct CommandBuilder {
    private let finder: Finder
    private let environment: ProcessEnvironment
    private let catalogue: JobCatalogue
    /// The text of `pyproject.toml`, where some tools are configured.
    private let project: [UInt8]

    /// - Parameter source: where the project's configuration is read.
    package init(
        _ repository: Repository, _ catalogue: JobCatalogue, _ context: Context,
        _ source: Snapshot.Source
    ) throws {
        finder = try ManagedTools(repository, catalogue, context).finder()
        var environment = context.environment.withoutGit()
        environment[Context.runMark] = nil
        // What a user leaves out for once must not decide about what others get.
        if case .commit = source { environment["PYTEST_ADDOPTS"] = nil }
        self.environment = environment
        self.catalogue = catalogue
        project = try ConfigurationFile.text(at: "pyproject.toml", repository, source) ?? []
    }

    /// What a package beside the tool adds to its arguments; what the project adds comes later and
    /// wins.
    private func beside(_ tool: Tool, _ program: FilePath) -> [String] {
        guard let companion = tool.companion else { return [] }
        let isThere = Fingerprint.of(program)?.contains {
            $0.lowercased().hasPrefix(companion.metadata + "-")
        }
        return isThere == true ? companion.arguments : []
    }

    /// The Python that runs a program: the one that its first line names, or one beside it; a
    /// Python is its own.
    private func interpreter(of program: FilePath) throws -> FilePath {
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

    /// The patterns of files that a tool's own configuration excludes, as one; see `Tool.Excludes`.
    private func excluded(_ rule: Tool.Excludes) -> String? {
        let patterns = foreignStrings(in: project, table: rule.table, keys: rule.keys)
        // Each on lines of its own: such patterns may be spread over lines, with comments.
        let joined = patterns.map { $0.contains("\n") ? "(\n\($0)\n)" : "(\($0))" }
        return joined.isEmpty ? nil : joined.joined(separator: "|")
    }

    /// The command of an external job.
    ///
    /// - Throws: an `Explained` error when its program is not to be found.
    package func command(for job: Job) throws -> Command? {
        var environment = environment
        if let patterns = job.readsEnvironment { environment = environment.declared(patterns) }
        for variable in job.environment { environment[variable.name] = variable.value }
        let added = job.arguments.map { Array($0.utf8) }
        func made(
            _ program: FilePath, _ leading: [String], _ trailing: [String],
            adding added: [[UInt8]] = added, title: String
        ) -> Command {
            Command(
                program: program, leading: leading.map { Array($0.utf8) } + added,
                trailing: trailing.map { Array($0.utf8) }, environment: environment,
                timeout: job.timeout,
                title: title)
        }
        switch job.action {
        case .check, .message, .tree:
            return nil
        case .python(let check):
            guard let found = finder.find("python3") ?? finder.find("python") else {
                throw MissingPython(job: job.name)
            }
            return made(found.path, check.leadingArguments, [], adding: [], title: "python3")
        case .tool(let tool):
            if case .ourselves = tool.form {
                return made("/proc/self/exe", ["work", tool.name], [], title: tool.name)
            }
            let found = try finder.find(tool, pinned: catalogue.pin(of: tool))
            if case .python(let script) = tool.form {
                // `-I`: nothing beside the script stands in for a module of Python's own.
                return made(
                    try interpreter(of: found.path), ["-I", "-c", script, found.path.string], [],
                    title: tool.name)
            }
            if case .node(let script) = tool.form {
                return made(found.path, ["-e", script], [], title: tool.name)
            }
            let excludes = tool.excludes.flatMap { rule in excluded(rule).map { [rule.option, $0] }
            }
            return made(
                found.path,
                (job.isQuick
                    ? tool.quickArguments ?? [] : tool.arguments + beside(tool, found.path))
                    + (excludes ?? []), [],
                title: tool.program)
        case .script(let script):
            // `sh -c SCRIPT NAME FILE...`: the files are "$@", and no name is ever part of the
            // script.
            return made("/bin/sh", ["-c", script, job.name], [], title: "sh")
        case .command(let words):
            let name = words.leading.first ?? ""
            let rest = Array(words.leading.dropFirst())
            if name.contains("/") { return made(FilePath(name), rest, words.trailing, title: name) }
            guard let found = finder.find(name) else {
                throw MissingProgram(job: job.name, program: name)
            }
            return made(found.path, rest, words.trailing, title: name)
        }
    }
}
