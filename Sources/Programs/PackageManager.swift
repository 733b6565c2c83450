internal import Glibc
internal import SystemPackage

/// The package manager of a Python project.
struct PackageManager: Sendable {
    /// Its command that adds a development package.
    var adding: String

    private static let known: [(file: String, adding: String)] = [
        ("uv.lock", "uv add --dev"), ("poetry.lock", "poetry add --group dev"),
        ("pdm.lock", "pdm add -d"), ("Pipfile", "pipenv install --dev"),
    ]

    /// - Returns: nil if no file in the top folder shows one.
    init?(of worktree: FilePath) {
        let found = Self.known.first { known in
            worktree.appending(known.file).withPlatformString { access($0, F_OK) } == 0
        }
        guard let found else { return nil }
        adding = found.adding
    }
}
