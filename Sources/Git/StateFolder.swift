internal import Glibc
package import SystemPackage

extension Repository {
    /// Where hooks keeps what is this user's alone and belongs to this worktree: replaced bytes,
    /// locks, an index of its own.
    package var worktreeState: FilePath { Self.stateFolder(in: gitDirectory) }

    /// Where hooks keeps what is this user's alone and serves all worktrees: what has passed, and
    /// what ran.
    package var commonState: FilePath { Self.stateFolder(in: commonDirectory) }

    /// `hooks-state`, or in a repository that several users share, `hooks-state-UID` for everybody
    /// but the one who came first: no user reads the lines of another's working files there, and
    /// none is kept out.
    private static func stateFolder(in folder: FilePath) -> FilePath {
        let usual = folder.appending("hooks-state")
        var status = stat()
        let found = unsafe usual.withPlatformString { unsafe lstat($0, &status) }
        let isFree = found != 0 || status.st_uid == geteuid()
        return isFree ? usual : folder.appending("hooks-state-\(geteuid())")
    }
}
