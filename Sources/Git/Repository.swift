internal import CGit2
internal import Glibc
package import SystemPackage

/// An open repository and the index that git is working with.
///
/// Everything here is synchronous and belongs to one thread; what comes out are values.
package final class Repository {
    let handle: Handle

    /// The folder with HEAD and the index of this worktree, as `git rev-parse --absolute-git-dir`.
    package let gitDirectory: FilePath
    /// The folder with objects, refs and configuration that all worktrees share.
    package let commonDirectory: FilePath
    /// The top folder of the working tree.
    package let worktree: FilePath
    /// The index that git reads: `GIT_INDEX_FILE`, or the one of this worktree.
    package let indexPath: FilePath

    /// Opens the repository that git would use here, with `GIT_DIR` and its like honoured.
    ///
    /// - Parameter folder: where to start looking when no environment variable says.
    /// - Throws: `GitError` with a hint when there is none, or when libgit2 cannot read it.
    package init(at folder: FilePath) throws(GitError) {
        _ = Library.started
        do {
            do {
                handle = try Self.open(at: folder)
            } catch  where error.code == GIT_EOWNER.rawValue && everyOwnerIsTrusted() {
                _ = hooks_validate_owners(0)
                handle = try Self.open(at: folder)
            }
        } catch {
            throw Self.explained(error)
        }
        guard let top = unsafe git_repository_workdir(handle.pointer) else {
            throw GitError(
                code: GIT_EBAREREPO.rawValue, attempt: "work here",
                detail: "the repository is bare; run this in a clone or in a worktree of it")
        }
        worktree = unsafe FilePath(platformString: top)
        gitDirectory =
            unsafe git_repository_path(handle.pointer).map {
                unsafe FilePath(platformString: $0)
            } ?? ""
        commonDirectory =
            unsafe git_repository_commondir(handle.pointer).map {
                unsafe FilePath(platformString: $0)
            } ?? gitDirectory
        do {
            indexPath = try unsafe Self.pathOfIndex(handle.pointer)
        } catch {
            throw Self.explained(error)
        }
    }

    /// Opens with the variables that git sets for a hook. libgit2 refuses `GIT_WORK_TREE`, so that
    /// one is set aside.
    private static func open(at folder: FilePath) throws(GitError) -> Handle {
        let variable = "GIT_WORK_TREE"
        let worktree = unsafe getenv(variable).map { unsafe String(cString: $0) }
        if worktree != nil { unsafe unsetenv(variable) }
        defer { if let worktree { unsafe setenv(variable, worktree, 1) } }
        let flags = GIT_REPOSITORY_OPEN_FROM_ENV.rawValue
        // With a place to start from libgit2 would not look at `GIT_DIR`.
        let isNamed = unsafe getenv("GIT_DIR") != nil
        let opened = try unsafe Handle(
            "open the repository", free: { unsafe git_repository_free($0) },
            make: { out in
                unsafe folder.withPlatformString {
                    unsafe git_repository_open_ext(out, isNamed ? nil : $0, flags, nil)
                }
            })
        try unsafe ConfigurationFiles.choose(for: opened.pointer)
        if let worktree {
            try check(
                unsafe git_repository_set_workdir(opened.pointer, worktree, 0), "use \(variable)")
        } else if isNamed, try isWithoutPlace(opened) {
            let code = unsafe folder.withPlatformString {
                unsafe git_repository_set_workdir(opened.pointer, $0, 0)
            }
            try check(code, "use GIT_DIR")
        }
        return opened
    }

    /// Whether nothing but where git stands says where the working tree is, as after `git init
    /// --separate-git-dir`.
    ///
    /// Git then takes the current folder, which for a hook is the top of the working tree. libgit2
    /// would take the folder that holds the git directory, which may be anybody's.
    private static func isWithoutPlace(_ repository: borrowing Handle) throws(GitError) -> Bool {
        guard unsafe git_repository_is_bare(repository.pointer) == 0,
            unsafe git_repository_is_worktree(repository.pointer) == 0
        else { return false }
        let config = try unsafe Handle(
            "read the configuration", free: { unsafe git_config_free($0) },
            make: { unsafe git_repository_config_snapshot($0, repository.pointer) })
        var value: UnsafePointer<CChar>?
        return unsafe git_config_get_string(&value, config.pointer, "core.worktree") < 0
    }

    private static func pathOfIndex(_ repository: OpaquePointer) throws(GitError) -> FilePath {
        let index = try unsafe Handle(
            "read the index", free: { unsafe git_index_free($0) },
            make: { unsafe git_repository_index($0, repository) })
        return unsafe git_index_path(index.pointer).map { unsafe FilePath(platformString: $0) }
            ?? ""
    }

    /// The same error in one line with what a person can do about it.
    private static func explained(_ error: GitError) -> GitError {
        var error = error
        let remedies: [(word: String, remedy: String)] = [
            (
                "'link'",
                "it is a split index; `git update-index --no-split-index` makes it a whole one"
            ),
            (
                "'sdir'",
                "it is a sparse index; `git sparse-checkout reapply --no-sparse-index` makes it a whole one"
            ),
            (
                "extension",
                "libgit2 cannot read such a repository; `git commit --no-verify` commits without the checks"
            ),
            (
                "repository version",
                "libgit2 cannot read it; `git commit --no-verify` commits without the checks"
            ),
        ]
        if error.isNotFound {
            error.detail =
                "this folder is not in a git repository; `cd` into a clone, or name one with `-C DIR`"
        } else if error.code == GIT_EOWNER.rawValue {
            error.detail += "; if you trust it, `git config --global --add safe.directory DIR`"
        } else if let found = remedies.first(where: { error.detail.contains($0.word) }) {
            error.detail += "; \(found.remedy)"
        }
        return error
    }

    /// The value of a configuration variable as git resolves it, or nil when it is not set.
    package func configuration(_ name: String) -> String? {
        guard
            let config = try? unsafe Handle(
                "read the configuration", free: { unsafe git_config_free($0) },
                make: { unsafe git_repository_config_snapshot($0, handle.pointer) })
        else { return nil }
        var value: UnsafePointer<CChar>?
        guard unsafe git_config_get_string(&value, config.pointer, name) == 0 else { return nil }
        return unsafe value.map { unsafe String(cString: $0) }
    }

    /// Syncs what is stored from now on to the disk if `core.fsync` asks for it, as git does; without
    /// it neither does.
    package func heedDurability() {
        let parts = (configuration("core.fsync") ?? "").split(separator: ",")
        let hard = ["all", "loose-object", "objects", "committed", "added"]
        guard parts.contains(where: { hard.contains(String($0)) }),
            !parts.contains("-loose-object")
        else { return }
        _ = hooks_sync_objects(1)
    }

    /// The index as the repository holds it, read again when it changed on disk.
    func openIndex() throws(GitError) -> Handle {
        try unsafe Handle(
            "read the index", free: { unsafe git_index_free($0) },
            make: { unsafe git_repository_index($0, handle.pointer) })
    }
}

extension Repository {
    /// The same repository with its index read anew, after another process wrote it.
    package func reopened() throws(GitError) -> Repository {
        try Repository(at: worktree)
    }
}

extension Repository {
    /// `core.hooksPath`, made absolute as git does when it runs a hook, and whether this repository
    /// itself sets it.
    package func hooksPath() -> (path: FilePath, isLocal: Bool)? {
        guard
            let config = try? unsafe Handle(
                "read the configuration", free: { unsafe git_config_free($0) },
                make: { unsafe git_repository_config_snapshot($0, handle.pointer) })
        else { return nil }
        var entry: UnsafeMutablePointer<git_config_entry>?
        guard unsafe git_config_get_entry(&entry, config.pointer, "core.hookspath") == 0,
            let found = unsafe entry
        else { return nil }
        defer { unsafe git_config_entry_free(found) }
        let level = unsafe found.pointee.level
        let isLocal =
            level == GIT_CONFIG_LEVEL_LOCAL || level == GIT_CONFIG_LEVEL_APP
        var buffer = unsafe git_buf()
        guard unsafe git_config_get_path(&buffer, config.pointer, "core.hookspath") == 0 else {
            return nil
        }
        let path = FilePath(String(decoding: unsafe takeBytes(&buffer), as: UTF8.self))
        return (path.isAbsolute ? path : worktree.pushing(path).lexicallyNormalized(), isLocal)
    }

    /// Sets a variable in the configuration of this repository.
    package func setConfiguration(_ name: String, to value: String) throws(GitError) {
        let all = try unsafe Handle(
            "read the configuration", free: { unsafe git_config_free($0) },
            make: { unsafe git_repository_config($0, handle.pointer) })
        let config = try unsafe Handle(
            "read the configuration", free: { unsafe git_config_free($0) },
            make: { unsafe git_config_open_level($0, all.pointer, GIT_CONFIG_LEVEL_LOCAL) })
        try check(unsafe git_config_set_string(config.pointer, name, value), "set \(name)")
    }
}
