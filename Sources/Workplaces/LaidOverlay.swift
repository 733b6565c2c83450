package import Files
internal import Git
package import Planning
internal import Spawn
package import Staging
package import SystemPackage

/// An overlay with the files of a run in it.
package struct LaidOverlay: Sendable {
    package let overlay: Overlay
    /// Every path that was laid into it.
    package let paths: [FilePath]
    /// What was laid beside the files of the jobs, with its status there.
    package let around: [(file: OverlayFile, status: FileStatus?)]
    /// What the environment of the jobs has beyond the user's.
    package let variables: [String: String]

    /// Files beside those of the jobs that hold something else by now, or are gone.
    package func rewritten() -> [FilePath] {
        around.filter { file, status in
            if file.isLink { return false }
            do {
                let found = try overlay.changed(file.path, since: status)
                return found.map { $0.content != file.content } ?? false
            } catch {
                return true
            }
        }.map(\.file.path)
    }

    /// Leaves nothing of the user's in it.
    package func clear() { overlay.clear(paths) }
}

extension LaidOverlay {
    /// Takes an overlay that no other run uses and lays the files into it; their status is that of
    /// the files there then.
    ///
    /// - Parameters:
    ///   - around: what is laid beside the files that the jobs look at.
    ///   - absent: what is left out.
    package init(
        of worktree: FilePath, _ files: inout [FileState], around: [OverlayFile],
        absent: [FilePath], _ context: Context
    ) throws {
        overlay = try Overlay(of: worktree, caches: context.caches)
        let own = files.map {
            OverlayFile(path: $0.path, content: $0.now, isExecutable: $0.isExecutable)
        }
        let statuses = try overlay.lay(own + around, absent: absent)
        for position in files.indices { files[position].status = statuses[position] }
        paths = (own + around).map(\.path)
        self.around = Array(zip(around, statuses.dropFirst(own.count)))
        // No repository above the overlay is the one that a job works on.
        var variables = ["GIT_CEILING_DIRECTORIES": overlay.root.removingLastComponent().string]
        // The folders above the worktree may take no new names from a job; temporary files have
        // another place then.
        let temporary = FilePath(context.environment["TMPDIR"] ?? "/tmp")
        if worktree.starts(with: temporary) { variables["TMPDIR"] = overlay.temporary.string }
        self.variables = variables
    }
}
