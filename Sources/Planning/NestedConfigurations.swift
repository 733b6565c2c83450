internal import Configuration
internal import Git
internal import Glibc
internal import Reporting
internal import Staging
internal import SystemPackage

/// Reads the configurations of folders that a configuration names in `nested`.
struct NestedConfigurations {
    let ground: Ground

    /// A folder with its jobs.
    struct Part: Sendable {
        /// From the top.
        var folder: FilePath
        var catalogue: JobCatalogue
    }

    /// The folders of a configuration, in its order, each followed by the folders below it.
    ///
    /// - Parameters:
    ///   - folder: the folder of the configuration, from the top.
    ///   - above: the folders above, without links.
    func parts(
        of configuration: Configuration, in folder: FilePath, file: String, above: [FilePath] = []
    ) throws -> [Part] {
        guard !configuration.nested.isEmpty else { return [] }
        let above = above + [real(folder)]
        return try configuration.nested.map { nested in
            let inner = folder.pushing(FilePath(nested.path))
            let place = "\(file):\(nested.line)"
            guard !above.contains(real(inner)) else {
                throw Failure(
                    message:
                        "\(place): cyclic nesting: `\(safeName(inner))` leads back to a folder above it",
                    hints: ["remove it from `nested`, or remove the link"],
                    exitStatus: .usage)
            }
            let path = inner.appending("hooks.toml")
            guard let text = try ground.text(at: path),
                let parsed = try Configuration.parse(
                    text, file: safeName(path), known: JobCatalogue.known,
                    version: JobCatalogue.version, isNested: true)
            else {
                throw Failure(
                    message: "\(place): \(safeName(path)) does not exist",
                    hints: ["create it, or remove `\(nested.path)` from `nested`"],
                    exitStatus: .usage)
            }
            let parts = try self.parts(of: parsed, in: inner, file: safeName(path), above: above)
            return Part(
                folder: inner,
                catalogue: JobCatalogue(parsed, file: safeName(path), nested: parts, isNested: true)
            )
        }
    }

    /// The real path of a folder of the working tree.
    private func real(_ folder: FilePath) -> FilePath {
        let path = ground.repository.worktree.pushing(folder)
        guard let resolved = path.withPlatformString({ realpath($0, nil) }) else { return path }
        defer { free(resolved) }
        return FilePath(platformString: resolved)
    }
}
