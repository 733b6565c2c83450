internal import Files
package import Git
package import Spawn
internal import SystemPackage

/// The environment that was active when the hooks were installed, for commits that are made
/// elsewhere: an editor or a graphical program does not have it.
package enum NotedEnvironment {
    private static let name: FilePath = "environment"

    /// Records the active environment, if there is one.
    package static func note(_ repository: Repository, _ environment: ProcessEnvironment) throws {
        let active = environment["VIRTUAL_ENV"] ?? environment["CONDA_PREFIX"]
        guard let active, active.hasPrefix("/") else { return }
        let folder = try Folder(private: repository.worktreeState, create: true)
        try folder.replace(name, content: Array(active.utf8), permissions: 0o600)
    }

    /// The recorded folder; nil if there is none.
    static func noted(_ repository: Repository) -> FilePath? {
        let text = (try? contents(of: repository.worktreeState.pushing(name))) ?? nil
        guard let text, text.first == UInt8(ascii: "/"), !text.contains(0) else { return nil }
        return FilePath(bytes: text)
    }
}
