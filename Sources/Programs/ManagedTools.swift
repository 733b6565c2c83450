package import Git
package import Planning
internal import Reporting
internal import Spawn
internal import SystemPackage
internal import Tools

/// The managed environment of what a project pins: which one it is, and where its tools are found.
package struct ManagedTools {
    let repository: Repository
    let catalogue: JobCatalogue
    let context: Context

    package init(_ repository: Repository, _ catalogue: JobCatalogue, _ context: Context) {
        self.repository = repository
        self.catalogue = catalogue
        self.context = context
    }

    var requirements: Requirements { Requirements(catalogue.pins) }

    /// The hash that stands for the pins.
    func key() throws -> String {
        String(try repository.name(of: requirements.identity).hex.prefix(16))
    }

    /// The environment that is there for the pins; nil when there is none, or nothing is pinned.
    ///
    /// Nothing is started and nothing is written: this is asked within hooks.
    func environment() throws -> Environments.Environment? {
        guard !catalogue.pins.isEmpty, let data = context.data else { return nil }
        return Environments(data: data).find(try key(), python: projectsPython)
    }

    /// The version of Python in the project's own environment, as `3.11`.
    var projectsPython: String? { Python.version(of: repository.worktree.appending(".venv")) }

    /// Where programs are looked for.
    func finder() throws -> Finder {
        Finder(
            worktree: repository.worktree, active: context.environment["VIRTUAL_ENV"],
            noted: NotedEnvironment.noted(repository),
            managed: try environment()?.programs,
            path: context.environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin")
    }
}
