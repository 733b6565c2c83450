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
    /// The files that were laid besides those of the jobs, with their status there.
    package let around: [(file: OverlayFile, status: FileStatus?)]
    /// Variables that the jobs get in addition to the user's.
    package let variables: [String: String]

    /// Files besides those of the jobs whose content changed, or that are gone.
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

    /// Removes all of the user's content.
    package func clear() { overlay.clear(paths) }
}

extension LaidOverlay {
    /// Takes an overlay that no other run uses and lays the files into it; their status is that of
    /// the files there then.
    ///
    /// - Parameters:
    ///   - around: what is laid besides the files of the jobs.
    ///   - absent: the paths that are left out.
    package init(
        of worktree: FilePath, _ files: inout [FileState], around: [OverlayFile],
        absent: [FilePath], _ context: Context
    ) throws {
        overlay = try Overlay(
            of: worktree,
            in: PlaceHome(caches: context.caches, home: context.environment["HOME"]))
        let own = files.map {
            OverlayFile(path: $0.path, content: $0.now, isExecutable: $0.isExecutable)
        }
        let statuses = try overlay.lay(own + around, absent: absent)
        for position in files.indices { files[position].status = statuses[position] }
        paths = (own + around).map(\.path)
        self.around = Array(zip(around, statuses.dropFirst(own.count)))
        // A repository above the overlay must not be taken for that of the job.
        var variables = ["GIT_CEILING_DIRECTORIES": overlay.root.removingLastComponent().string]
        // A job may not create names in the folders above the worktree; temporary files have
        // a separate folder then.
        let temporary = FilePath(context.environment["TMPDIR"] ?? "/tmp")
        if worktree.starts(with: temporary) { variables["TMPDIR"] = overlay.temporary.string }
        self.variables = variables
    }
}
