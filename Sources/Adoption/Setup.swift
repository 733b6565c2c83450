internal import Configuration
package import Git
package import Installation
package import Planning
package import Programs
package import Reporting
internal import Staging
internal import SystemPackage

/// `hooks install` and `hooks uninstall`: puts hooks and pinned tools into a clone, and takes hooks
/// out.
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
    ///   - force: gives this clone its own hooks although `core.hooksPath` of the user says
    ///     otherwise.
    ///   - tools: how pinned tools are installed.
    package func install(force: Bool, tools: ToolSync.Manner) throws -> ExitStatus {
        let catalogue = try ConfigurationFile.load(repository, for: .worktree)
        let result = try installation.install(catalogue.installedHooks, force: force)
        try NotedEnvironment.note(repository, context.environment)
        for line in result.lines { note(line) }
        for (hook, jobs) in try catalogue.installed() {
            note("\(hook) runs \(jobs.isEmpty ? "nothing" : jobs.joined(separator: ", "))")
        }
        let place = safeName(result.folder)
        do {
            if let done = try ToolSync(repository, catalogue, context, tools).run() {
                note("tools: \(done)")
            }
        } catch {
            note("the hooks are in \(place); the tools are missing")
            throw error
        }
        return end(result.changed ? "installed in \(place)" : "already installed in \(place)")
    }

    package func uninstall() throws -> ExitStatus {
        let result = try installation.uninstall()
        for line in result.lines { note(line) }
        let place = safeName(result.folder)
        return end(
            result.changed ? "removed from \(place)" : "there is nothing of hooks in \(place)")
    }

    private func note(_ text: String) { context.renderer.handle(.note(text)) }

    private func end(_ message: String) -> ExitStatus {
        context.renderer.handle(.ended(Summary(message: message, exitStatus: .fine)))
        return .fine
    }
}
