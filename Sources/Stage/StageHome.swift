internal import Files
internal import Git
internal import Glibc
internal import Reporting
internal import Staging
package import SystemPackage

/// Where the stages of a user are.
///
/// Tools search their configuration in the parent folders of their files, and not all of them stop
/// at a repository. To find nothing that is not above the user's clone, a stage is in the home
/// folder exactly if the worktree does.
package struct StageHome: Sendable {
    /// The user's folder for caches.
    let caches: FilePath
    /// The home folder, if there is one.
    let home: FilePath?

    package init(caches: FilePath, home: String?) {
        self.caches = caches
        self.home = home.flatMap { $0.hasPrefix("/") ? resolved(FilePath($0)) : nil }
    }

    /// The folder for the stages of a worktree; it is created if it is missing.
    func folder(for worktree: FilePath) throws -> Folder {
        let place = place(for: worktree)
        try refuseForeignConfiguration(above: place)
        return try Overlay.privateFolder(place.appending("stages"))
    }

    /// The folder that holds `stages`.
    func place(for worktree: FilePath) -> FilePath {
        guard let home else { return caches }
        let isAtHome = resolved(worktree).starts(with: home)
        if resolved(caches).starts(with: home) == isAtHome { return caches }
        return isAtHome
            ? home.appending(".cache/hooks") : FilePath("/var/tmp/hooks-\(geteuid())")
    }

    /// Others can put files into a folder like `/var/tmp`, and some tools would read them there.
    private func refuseForeignConfiguration(above place: FilePath) throws {
        var folder = place
        while folder.removeLastComponent(), !folder.components.isEmpty {
            var raw = stat()
            guard folder.withPlatformString({ stat($0, &raw) }) == 0, raw.st_mode & 0o022 != 0
            else { continue }
            let opened = try Folder(opening: folder)
            for name in Self.configurations {
                guard let status = try opened.status(name), status.owner != geteuid() else {
                    continue
                }
                throw StageFailure(
                    "\(safeName(folder.pushing(name))) belongs to another user, and tools would read it as their configuration",
                    hints: [
                        "set XDG_CACHE_HOME to a folder outside of "
                            + "\(safeName(folder)) and of your home folder"
                    ])
            }
        }
    }

    /// The names that tools search in every parent folder of their files.
    private static let configurations: [FilePath] = [
        ".bandit", ".clang-format", ".codespellrc", ".editorconfig", ".eslintrc.js",
        ".eslintrc.json", ".flake8", ".isort.cfg", ".mypy.ini", ".prettierrc", ".pylintrc",
        ".ruff.toml", ".yamllint", "Cargo.toml", "conftest.py", "eslint.config.js",
        "eslint.config.mjs", "mypy.ini", "package.json", "prettier.config.js", "pylintrc",
        "pyproject.toml", "pytest.ini", "ruff.toml", "rustfmt.toml", "setup.cfg", "tox.ini",
    ]
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
