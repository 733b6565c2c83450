internal import Configuration
package import Git
internal import GitIndex
package import Planning
internal import Reporting
internal import Spawn
internal import SystemPackage
internal import Tools

/// The managed environment for the pins of a project, and its tools.
package struct ManagedTools {
    let repository: Repository
    let catalogue: JobCatalogue
    let context: Context

    package init(_ repository: Repository, _ catalogue: JobCatalogue, _ context: Context) {
        self.repository = repository
        self.catalogue = catalogue
        self.context = context
    }

    /// The tools that `hooks install` installs if a project does not pin versions.
    static let tested = TestedVersions.defaults.compactMap { name in
        TestedVersions.all[name].map { Pin(name: name, package: name, version: $0) }
    }

    /// The hash of pins.
    func key(of pins: [Pin]) throws -> String {
        String(try repository.name(of: Requirements(pins).identity).hex.prefix(16))
    }

    /// The existing environment for pins; nil if there is none, or nothing is pinned.
    ///
    /// Starts nothing and writes nothing, because git hooks call it.
    func environment(of pins: [Pin]) throws -> Environments.Environment? {
        guard !pins.isEmpty, let data = context.data else { return nil }
        return Environments(data: data).find(try key(of: pins), python: projectsPython)
    }

    /// The version of Python in the project's own environment, as `3.11`.
    var projectsPython: String? { Python.version(of: repository.worktree.appending(".venv")) }

    /// Where programs are searched.
    func finder() throws -> Finder {
        Finder(
            worktree: repository.worktree, active: context.environment["VIRTUAL_ENV"],
            noted: NotedEnvironment.noted(repository),
            managed: try environment(of: catalogue.pins)?.programs,
            path: context.environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin",
            tested: try environment(of: Self.tested)?.programs)
    }
}
