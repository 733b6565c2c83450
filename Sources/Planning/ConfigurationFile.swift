internal import Configuration
internal import Files
package import Git
internal import Reporting
package import Staging
package import SystemPackage

/// Finds and reads the project's configuration.
package enum ConfigurationFile {
    /// Where it may be, best first.
    private static let places: [(path: FilePath, table: [String])] = [
        ("hooks.toml", []), (".config/hooks.toml", []), ("pyproject.toml", ["tool", "hooks"]),
    ]

    /// The jobs of the project: for a commit as they are staged, for working files as they stand
    /// there.
    ///
    /// A configuration that git does not track yet is read from the working tree, for commits that have none as well.
    package static func load(_ repository: Repository, for source: Snapshot.Source) throws
        -> JobCatalogue
    {
        for (path, table) in places {
            guard let text = try text(at: path, repository, source) else { continue }
            let parsed = try Configuration.parse(
                text, file: path.string, inTable: table, known: JobCatalogue.known,
                version: JobCatalogue.version)
            if let parsed {
                let nested = NestedConfigurations(repository: repository, source: source)
                return JobCatalogue(
                    parsed, file: path.string, personal: try personal(repository, beside: parsed),
                    nested: try nested.parts(of: parsed, in: "", file: path.string))
            }
        }
        if case .commit = source, let own = try loadUntracked(repository) { return own }
        return JobCatalogue(
            nil, file: "hooks.toml", personal: try personal(repository, beside: nil))
    }

    /// What the user keeps in the working tree for himself alone.
    private static func personal(
        _ repository: Repository, beside project: Configuration?
    ) throws -> PersonalConfiguration? {
        let path = FilePath(PersonalConfiguration.file)
        guard let text = try contents(of: repository.worktree.pushing(path)) else { return nil }
        guard try repository.entry(at: path) == nil else {
            throw Failure(
                message: "\(path.string) is personal, and git tracks it",
                hints: ["`git rm --cached \(path.string)`, and let git ignore it"],
                exitStatus: .usage)
        }
        return try PersonalConfiguration(text, beside: project, known: JobCatalogue.known)
    }

    /// What the user keeps beside the project; nil when git tracks the configuration.
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

    /// The content of a file as the snapshot has it; of a link, that of the file that it leads to
    /// there.
    package static func text(
        at path: FilePath, _ repository: Repository, _ source: Snapshot.Source
    ) throws -> [UInt8]? {
        if source != .worktree {
            if let file = try tracked(at: path, repository, source) {
                return try repository.content(of: file.blob)
            }
            if case .commit = source { return nil }
        }
        return try contents(of: repository.worktree.pushing(path))
    }

    /// The tracked file that a path leads to, through tracked links; nil when it leads nowhere, or
    /// out of what is tracked.
    package static func tracked(
        at path: FilePath, _ repository: Repository, _ source: Snapshot.Source
    ) throws -> Entry? {
        var path = path
        for _ in 0..<8 {
            let entry: Entry?
            if case .commit(let commit) = source {
                entry = try repository.entry(at: path, in: commit)
            } else {
                entry = try repository.entry(at: path)
            }
            guard let entry, !entry.mode.isFile else { return entry }
            guard entry.mode == .symbolicLink else { return nil }
            let target = FilePath(bytes: try repository.content(of: entry.blob)[...])
            path = path.removingLastComponent().pushing(target).lexicallyNormalized()
            if target.isAbsolute || path.components.first?.kind == .parentDirectory { return nil }
        }
        return nil
    }
}
