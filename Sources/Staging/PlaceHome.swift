package import Files
internal import Git
internal import Glibc
package import Reporting
package import SystemPackage

/// Where the stages and overlays of a user lie.
///
/// Tools look for their configuration in the folders above their files, and not all of them end at
/// a repository. So that they come upon nothing that is not above the user's clone, such a folder lies
/// in the home folder exactly if the worktree does.
package struct PlaceHome: Sendable {
    /// The user's folder for caches.
    package let caches: FilePath
    /// The home folder, if there is one.
    package let home: FilePath?

    package init(caches: FilePath, home: String?) {
        self.caches = caches
        self.home = home.flatMap { $0.hasPrefix("/") ? resolved(FilePath($0)) : nil }
    }

    /// The folder for the stages or overlays of a worktree, which is made when it is missing.
    package func folder(for worktree: FilePath, kind: String) throws -> Folder {
        let place = place(for: worktree)
        try refuseForeignConfiguration(above: place)
        // Anybody can make a folder of that name there.
        if place != caches { _ = try Overlay.privateFolder(place) }
        return try Overlay.privateFolder(place.appending(kind))
    }

    /// The folder that holds `stages` and `overlays`.
    package func place(for worktree: FilePath) -> FilePath {
        guard let home else { return caches }
        let isAtHome = resolved(worktree).starts(with: home)
        if resolved(caches).starts(with: home) == isAtHome { return caches }
        return isAtHome
            ? home.appending(".cache/hooks") : FilePath("/var/tmp/hooks-\(geteuid())")
    }

    /// Whether stages would lie in the worktree itself, and so cannot be seen in its place.
    package func isWithin(_ worktree: FilePath) -> Bool {
        resolved(place(for: worktree)).starts(with: resolved(worktree))
    }

    /// Others can put files into a folder like `/var/tmp`, and some tools would read them there.
    private func refuseForeignConfiguration(above place: FilePath) throws {
        var folder = place
        while folder.removeLastComponent(), !folder.components.isEmpty {
            var raw = stat()
            guard folder.withPlatformString({ stat($0, &raw) }) == 0, raw.st_mode & 0o022 != 0
            else { continue }
            let opened = try Folder(opening: folder)
            for name in ConfigurationNames.sorted {
                guard let status = try opened.status(name), status.owner != geteuid() else {
                    continue
                }
                throw PlaceFailure(
                    "\(safeName(folder.pushing(name))) would be taken for the jobs' configuration",
                    hints: [
                        "set XDG_CACHE_HOME to a folder outside of "
                            + "\(safeName(folder)) and of your home folder"
                    ])
            }
        }
    }
}

/// Why there is no folder for jobs.
package struct PlaceFailure: Explained {
    package let message: String
    package let hints: [String]
    package var exitStatus: ExitStatus { .broken }

    init(_ message: String, hints: [String]) {
        self.message = message
        self.hints = hints
    }
}

/// The path without links, as far as it exists.
func resolved(_ path: FilePath) -> FilePath {
    var rest: [FilePath.Component] = []
    var place = path
    while true {
        if let found = place.withPlatformString({ realpath($0, nil) }) {
            defer { free(found) }
            return FilePath(platformString: found).appending(rest.reversed())
        }
        guard let last = place.lastComponent else { return path }
        rest.append(last)
        place.removeLastComponent()
    }
}
