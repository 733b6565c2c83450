internal import Glibc
package import SystemPackage

extension Repository {
    /// The name of the folder in a git directory in which hooks keeps what is this user's alone:
    /// replaced bytes, and what has passed.
    ///
    /// `hooks-state`, or in a repository that several users share, `hooks-state-UID` for everybody
    /// but the one who came first: no user reads the lines of another's working files there, and
    /// none is kept out.
    package func stateFolder(in folder: FilePath) -> FilePath {
        let usual: FilePath = "hooks-state"
        var status = stat()
        let found = unsafe folder.pushing(usual).withPlatformString { unsafe lstat($0, &status) }
        let isFree = found != 0 || status.st_uid == geteuid()
        return isFree ? usual : FilePath("hooks-state-\(geteuid())")
    }
}
