internal import CGit2
internal import GitIndex
internal import Glibc
internal import SystemPackage

/// Whether git itself accepts a repository of another user: `safe.directory` has more forms than
/// libgit2 supports, and `sudo` counts.
func isTrusted(_ folder: FilePath) -> Bool {
    AskedGit.answer(["rev-parse", "--git-dir"], in: folder)?.code == 0
}

/// Where the repository of another user is, if that is why none was opened: libgit2 may ignore it
/// as if there were none.
func foreignTop(_ error: GitError, _ folder: FilePath) -> FilePath? {
    let isRefused = error.code == GIT_EOWNER.rawValue
    guard error.isNotFound || isRefused else { return nil }
    var place = folder
    repeat {
        var status = stat()
        let found = unsafe place.appending(".git").withPlatformString { unsafe lstat($0, &status) }
        if found == 0 { return isRefused || status.st_uid != geteuid() ? place : nil }
    } while place.removeLastComponent()
    return isRefused ? folder : nil
}

/// The top of an opened repository that is another user's; nil when it is this one's.
func foreignTop(of repository: OpaquePointer) -> FilePath? {
    let places = unsafe [git_repository_workdir(repository), git_repository_path(repository)]
    let paths = unsafe places.compactMap { unsafe $0.map { unsafe FilePath(platformString: $0) } }
    let isForeign = paths.contains { path in
        var status = stat()
        let found = unsafe path.withPlatformString { unsafe lstat($0, &status) }
        return found == 0 && status.st_uid != geteuid()
    }
    return isForeign ? paths.first : nil
}
