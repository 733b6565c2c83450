internal import Glibc
internal import SystemPackage

/// What keeps the environment of a Python project.
struct PackageManager: Sendable {
    /// How it is told to add a package for those who work on the project.
    var adding: String

    private static let known: [(file: String, adding: String)] = [
        ("uv.lock", "uv add --dev"), ("poetry.lock", "poetry add --group dev"),
        ("pdm.lock", "pdm add -d"), ("Pipfile", "pipenv install --dev"),
    ]

    /// - Returns: nil when no file in the top folder tells of one.
    init?(of worktree: FilePath) {
        let found = Self.known.first { known in
            worktree.appending(known.file).withPlatformString { access($0, F_OK) } == 0
        }
        guard let found else { return nil }
        adding = found.adding
    }
}
