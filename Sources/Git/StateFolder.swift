internal import GitIndex
internal import Glibc
internal import Spawn
package import SystemPackage

extension Repository {
    /// The folder of hooks for data of this user and this worktree: replaced bytes,
    /// locks, a separate index.
    package var worktreeState: FilePath { Self.stateFolder(in: gitDirectory) }

    /// The folder of hooks for data of this user and all worktrees: cached results, and
    /// the log of runs.
    package var commonState: FilePath { Self.stateFolder(in: commonDirectory) }

    /// `hooks-state`, or in a repository that several users share, `hooks-state-UID` for all users
    /// except the first one: no user can read the lines of another's working files there, and
    /// none is locked out. If the git directory cannot be written, as in a sandbox, a folder in
    /// the user's cache folder.
    private static func stateFolder(in folder: FilePath) -> FilePath {
        let usual = folder.appending("hooks-state")
        var status = stat()
        let found = unsafe usual.withPlatformString { unsafe lstat($0, &status) }
        let isFree = found != 0 || status.st_uid == geteuid()
        let place = isFree ? usual : folder.appending("hooks-state-\(geteuid())")
        if isWritable(folder) || isWritable(place) { return place }
        let key = ObjectID(hashOf: Array(folder.string.utf8)).hex
        return ProcessEnvironment.inherited().caches.appending("state-\(key)")
    }

    private static func isWritable(_ path: FilePath) -> Bool {
        unsafe path.withPlatformString { unsafe access($0, W_OK | X_OK) } == 0
    }

    /// Whether objects can be stored.
    package var takesObjects: Bool { Self.isWritable(commonDirectory.appending("objects")) }
}
