package import Git
internal import GitIndex
internal import Glibc
package import Planning
internal import Reporting
internal import SystemPackage
internal import Tools

/// The tools that `hooks install` installs for a Python project that does not pin
/// versions: those that this release was tested with.
package struct DefaultTools {
    private let repository: Repository
    private let catalogue: JobCatalogue
    private let context: Context

    package init(_ repository: Repository, _ catalogue: JobCatalogue, _ context: Context) {
        self.repository = repository
        self.catalogue = catalogue
        self.context = context
    }

    /// Installs those that are needed and not found.
    ///
    /// - Returns: what was done, in one line; nil if nothing is missing.
    package func provide(_ manner: ToolSync.Manner) throws -> String? {
        let missing = try missing()
        guard !missing.isEmpty else { return nil }
        let names = missing.map { "`\($0)`" }.joined(separator: ", ")
        context.renderer.handle(
            .note("\(names) \(missing.count == 1 ? "is" : "are") neither installed here nor pinned")
        )
        return try ToolSync(tested: repository, catalogue, context, manner).run()
    }

    /// The programs that jobs of this project need, that are not found, and that can be installed.
    private func missing() throws -> [String] {
        let paths = try repository.trackedFiles().map(\.path) + repository.untrackedFiles()
        guard paths.contains(where: { $0.extension == "py" }) else { return [] }
        // Tests need the packages of the project in the same environment.
        let hasOwnPython =
            repository.worktree.appending(".venv").appending("bin")
            .appending("python").withPlatformString { access($0, X_OK) } == 0
        let isManaged = PackageManager(of: repository.worktree) != nil
        let hasTests = !hasOwnPython && !isManaged && paths.contains(where: JobCatalogue.isTest)
        return try ToolListing(repository, catalogue, context, asksPrograms: false).rows
            .filter { $0.isMissing && !$0.isPinned }
            .filter { TestedVersions.defaults.contains($0.package) }
            .filter { $0.package != "pytest" || hasTests }
            .map(\.tool)
    }
}
