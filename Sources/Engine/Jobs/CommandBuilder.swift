internal import Checks
internal import Configuration
internal import Git
internal import Spawn
internal import Staging
internal import SystemPackage
internal import Tools

/// Turns jobs into commands: finds their programs and puts their arguments together.
struct CommandBuilder {
    private let finder: Finder
    private let environment: ProcessEnvironment
    private let catalogue: JobCatalogue
    /// The text of `pyproject.toml`, where some tools are configured.
    private let project: [UInt8]

    /// - Parameter source: where the project's configuration is read.
    init(
        _ repository: Repository, _ catalogue: JobCatalogue, _ context: Context,
        _ source: Snapshot.Source
    ) throws {
        finder = try ManagedTools(repository, catalogue, context).finder()
        var environment = context.environment.withoutGit()
        // What a user leaves out for once must not decide about what others get.
        if case .commit = source { environment["PYTEST_ADDOPTS"] = nil }
        self.environment = environment
        self.catalogue = catalogue
        project = try ConfigurationFile.text(at: "pyproject.toml", repository, source) ?? []
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
    func command(for job: Job) throws -> Command? {
        var environment = environment
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
            let found = try finder.find(tool, pinned: catalogue.pin(of: tool))
            let excludes = tool.excludes.flatMap { rule in excluded(rule).map { [rule.option, $0] }
            }
            return made(
                found.path,
                (job.isQuick ? tool.quickArguments ?? [] : tool.arguments) + (excludes ?? []), [],
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
