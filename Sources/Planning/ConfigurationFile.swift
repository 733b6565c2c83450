internal import Configuration
internal import Files
package import Git
internal import GitIndex
internal import Reporting
package import Staging
internal import SystemPackage

/// Finds and reads the project's configuration.
package enum ConfigurationFile {
    /// Where it may be; the first one counts.
    private static let places: [(path: FilePath, table: [String])] = [
        ("hooks.toml", []), (".config/hooks.toml", []), ("pyproject.toml", ["tool", "hooks"]),
    ]

    /// The jobs of the project: for a commit from the staged configuration, for working files from
    /// the working tree.
    ///
    /// A configuration that git does not track yet is read from the working tree, for commits that
    /// have none as well.
    package static func load(_ repository: Repository, for source: Source) throws
        -> JobCatalogue
    {
        let ground = Ground(repository, source)
        for (path, table) in places {
            guard let text = try ground.text(at: path) else { continue }
            let parsed = try Configuration.parse(
                text, file: path.string, inTable: table, known: JobCatalogue.known,
                version: JobCatalogue.version)
            if let parsed {
                let nested = NestedConfigurations(ground: ground)
                return JobCatalogue(
                    parsed, file: path.string, personal: try personal(repository, beside: parsed),
                    nested: try nested.parts(of: parsed, in: "", file: path.string))
            }
        }
        if source.isRecorded, let own = try loadUntracked(repository) { return own }
        return JobCatalogue(
            nil, file: "hooks.toml", personal: try personal(repository, beside: nil))
    }

    /// The user's personal configuration in the working tree.
    private static func personal(
        _ repository: Repository, beside project: Configuration?
    ) throws -> PersonalConfiguration? {
        let path = FilePath(PersonalConfiguration.file)
        guard let text = try contents(of: repository.worktree.pushing(path)) else { return nil }
        guard try repository.entry(at: path) == nil else {
            throw Failure(
                message: "\(path.string) is personal, but git tracks it",
                hints: ["`git rm --cached \(path.string)` untracks it; then add it to .gitignore"],
                exitStatus: .usage)
        }
        return try PersonalConfiguration(text, beside: project, known: JobCatalogue.known)
    }

    /// An untracked configuration in the working tree; nil if git tracks the configuration.
    private static func loadUntracked(_ repository: Repository) throws -> JobCatalogue? {
        for (path, _) in places.dropLast() where try repository.entry(at: path) == nil {
            let catalogue = try contents(of: repository.worktree.pushing(path)).flatMap {
                try Configuration.parse(
                    $0, file: path.string, inTable: [], known: JobCatalogue.known,
                    version: JobCatalogue.version)
            }
            if let catalogue {
                return JobCatalogue(
                    catalogue, file: path.string,
                    personal: try personal(repository, beside: catalogue))
            }
        }
        return nil
    }
}
