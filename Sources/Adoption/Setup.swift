internal import Configuration
package import Git
package import Installation
internal import Notation
package import Planning
package import Programs
package import Reporting
internal import Staging
internal import SystemPackage

/// `hooks install` and `hooks uninstall`: installs hooks and pinned tools in a clone, and removes
/// the hooks.
package struct Setup {
    private let repository: Repository
    private let installation: Installation
    private let context: Context

    package init(_ repository: Repository, _ installation: Installation, _ context: Context) {
        self.repository = repository
        self.installation = installation
        self.context = context
    }

    /// - Parameters:
    ///   - force: uses the hooks of this clone even if `core.hooksPath` of the user names
    ///     another folder.
    ///   - tools: how tools are installed; nil: no tools.
    package func install(force: Bool, tools: ToolSync.Manner?) throws -> ExitStatus {
        let catalogue = try ConfigurationFile.load(repository, for: .worktree)
        let result = try installation.install(catalogue.installedHooks, force: force)
        try NotedEnvironment.note(repository, context.environment)
        for line in result.lines { note(line) }
        for (hook, jobs) in try catalogue.installed() {
            note("\(hook) runs \(jobs.isEmpty ? "nothing" : jobs.joined(separator: ", "))")
        }
        let place = safeName(result.folder)
        var hints: [String] = []
        do {
            hints = try provide(tools, catalogue)
        } catch {
            note("the hooks are installed in \(place); the tools are missing")
            throw error
        }
        hints += try tellMissing(catalogue)
        return end(
            result.changed ? "installed in \(place)" : "already installed in \(place)", hints)
    }

    /// Installs the pinned tools, and the default tools that are needed.
    ///
    /// - Returns: hints about the tools.
    private func provide(
        _ tools: ToolSync.Manner?, _ catalogue: JobCatalogue
    ) throws -> [String] {
        guard let tools else {
            note("no tools were installed, because of `--no-tools`")
            return []
        }
        if let done = try ToolSync(repository, catalogue, context, tools).run() {
            note("tools: \(done)")
        }
        guard let done = try DefaultTools(repository, catalogue, context).provide(tools) else {
            return []
        }
        note("tools: \(done), the versions that this release was tested with")
        return ["`hooks tools pin` pins these versions in [tools], for everybody"]
    }

    /// Reports missing tools now, before a commit does.
    ///
    /// - Returns: hints about the tools.
    private func tellMissing(_ catalogue: JobCatalogue) throws -> [String] {
        guard catalogue.isConfigured else { return [] }
        let missing = try ToolListing(repository, catalogue, context, asksPrograms: false).rows
            .filter(\.isMissing)
        for row in missing { note("missing: \(row.reason)") }
        var seen: Set<String> = []
        return missing.flatMap(\.hints).filter { seen.insert($0).inserted }
    }

    package func uninstall() throws -> ExitStatus {
        let result = try installation.uninstall()
        for line in result.lines { note(line) }
        let place = safeName(result.folder)
        return end(
            result.changed ? "removed from \(place)" : "no hooks are installed in \(place)")
    }

    private func note(_ text: String) { context.renderer.handle(.note(text)) }

    private func end(_ message: String, _ hints: [String] = []) -> ExitStatus {
        context.renderer.handle(
            .ended(Summary(message: message, hints: hints, exitStatus: .fine)))
        return .fine
    }
}
