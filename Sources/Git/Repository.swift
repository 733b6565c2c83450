internal import CGit2
package import GitIndex
internal import Glibc
package import SystemPackage

/// An open repository and the index that git is working with.
///
/// Everything here is synchronous and belongs to one thread; the results are values.
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
    /// The folder from which it was searched.
    package let openedAt: FilePath

    /// Opens the repository that git would use here, with `GIT_DIR` and similar variables.
    ///
    /// - Parameter folder: where the search starts if no environment variable is set.
    /// - Throws: `GitError` with a hint if there is none, or if libgit2 cannot read it.
    package convenience init(at folder: FilePath) throws(GitError) {
        _ = Library.started
        let index = Self.variable(Self.indexVariable).map {
            Self.currentFolder.pushing(FilePath($0))
        }
        try self.init(try Self.openTrusted(at: folder), at: folder, index: index)
    }

    /// Opens exactly this git directory, independent of the variables.
    ///
    /// - Parameters:
    ///   - worktree: the top folder of the working tree; nil: the repository's own.
    ///   - index: nil: the repository's own.
    ///   - isSame: whether it is the one of the variables, with its object store.
    convenience init(
        opening place: FilePath, worktree: FilePath? = nil, index: FilePath? = nil,
        isSame: Bool = false
    ) throws(GitError) {
        _ = Library.started
        let files = MemoryFiles()
        let opened = try unsafe Handle(
            "open the repository",
            free: { pointer in withExtendedLifetime(files) { unsafe git_repository_free(pointer) }
            },
            make: { out in
                unsafe place.withPlatformString {
                    unsafe git_repository_open_ext(
                        out, $0, GIT_REPOSITORY_OPEN_NO_SEARCH.rawValue, nil)
                }
            })
        let folder = place.lastComponent == ".git" ? place.removingLastComponent() : place
        try unsafe ConfigurationFiles.choose(for: opened.pointer, from: folder, keptBy: files)
        if isSame { try unsafe ChosenStore.choose(for: opened.pointer) }
        if let worktree {
            let code = unsafe worktree.withPlatformString {
                unsafe git_repository_set_workdir(opened.pointer, $0, 0)
            }
            try check(code, "work in \(worktree.string)")
        }
        try self.init(opened, at: place, index: index)
    }

    private init(
        _ opened: consuming Handle, at folder: FilePath, index: FilePath?
    ) throws(GitError) {
        openedAt = folder
        handle = opened
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
        indexPath = index ?? gitDirectory.appending("index")
    }

    private static let indexVariable = "GIT_INDEX_FILE"
    private var ownIndex: IndexMap?
    private var libraryHasIndex = false

    /// Opens with the variables that git sets for a hook. Two are ignored: libgit2 refuses
    /// `GIT_WORK_TREE`, and it would read the whole index that `GIT_INDEX_FILE` names.
    private static func open(at folder: FilePath) throws(GitError) -> Handle {
        let aside = ["GIT_WORK_TREE", indexVariable].map { (name: $0, value: variable($0)) }
        for (name, value) in aside where value != nil { unsafe unsetenv(name) }
        defer {
            for (name, value) in aside { if let value { unsafe setenv(name, value, 1) } }
        }
        let worktree = aside[0].value
        let flags = GIT_REPOSITORY_OPEN_FROM_ENV.rawValue
        // With a start folder libgit2 would ignore `GIT_DIR`.
        let isNamed = unsafe getenv("GIT_DIR") != nil
        let files = MemoryFiles()
        let opened = try unsafe Handle(
            "open the repository",
            free: { pointer in withExtendedLifetime(files) { unsafe git_repository_free(pointer) }
            },
            make: { out in
                unsafe folder.withPlatformString {
                    unsafe git_repository_open_ext(out, isNamed ? nil : $0, flags, nil)
                }
            })
        try unsafe ConfigurationFiles.choose(for: opened.pointer, from: folder, keptBy: files)
        if let worktree {
            try check(
                unsafe git_repository_set_workdir(opened.pointer, worktree, 0), "use GIT_WORK_TREE")
        } else if isNamed, isWithoutPlace(opened) {
            let code = unsafe folder.withPlatformString {
                unsafe git_repository_set_workdir(opened.pointer, $0, 0)
            }
            try check(code, "use GIT_DIR")
        }
        return opened
    }

    /// Whether only the current folder decides where the working tree is, as after `git init
    /// --separate-git-dir`.
    ///
    /// Git then uses the current folder, which for a hook is the top of the working tree. libgit2
    /// would use the folder that contains the git directory, which may be any folder.
    private static func isWithoutPlace(_ repository: borrowing Handle) -> Bool {
        guard unsafe git_repository_is_bare(repository.pointer) == 0,
            unsafe git_repository_is_worktree(repository.pointer) == 0
        else { return false }
        return unsafe setting("core.worktree", of: repository.pointer) == nil
    }

    static func variable(_ name: String) -> String? {
        unsafe getenv(name).map { unsafe String(cString: $0) }
    }

    private static var currentFolder: FilePath {
        guard let path = unsafe getcwd(nil, 0) else { return "/" }
        defer { unsafe free(path) }
        return unsafe FilePath(platformString: path)
    }

    /// Opens the repository; that of another user only if this user trusts it.
    private static func openTrusted(at folder: FilePath) throws(GitError) -> Handle {
        let foreign: FilePath
        do {
            let opened = try open(at: folder)
            // Libgit2 takes some names in safe.directory for the same that git takes for others.
            guard let top = unsafe foreignTop(of: opened.pointer), !isTrusted(folder) else {
                return opened
            }
            foreign = top
        } catch {
            guard let top = foreignTop(error, folder) else { throw explained(error) }
            if isTrusted(folder) {
                _ = hooks_validate_owners(0)
                do { return try open(at: folder) } catch { throw explained(error) }
            }
            foreign = top
        }
        throw GitError(
            code: GIT_EOWNER.rawValue, attempt: "open the repository",
            detail: "\(foreign) belongs to another user; if you trust it, "
                + "`git config --global --add safe.directory \(foreign)`")
    }

    /// The error in one line, with what to do about it.
    private static func explained(_ error: GitError) -> GitError {
        var error = error
        // libgit2 does not translate, and a path may contain any of these words.
        let remedies: [(word: String, remedy: String)] = [
            (
                "'link'",
                "it is a split index; `git update-index --no-split-index` converts it"
            ),
            (
                "'sdir'",
                "it is a sparse index; `git sparse-checkout reapply --no-sparse-index` converts it"
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
        } else if ["unsupported ", "it has the extension "].contains(where: error.detail.hasPrefix),
            let found = remedies.first(where: { error.detail.contains($0.word) })
        {
            error.detail += "; \(found.remedy)"
        }
        return error
    }

    /// The value of a configuration variable as git resolves it, or nil when it is not set.
    package func configuration(_ name: String) -> String? {
        unsafe Self.setting(name, of: handle.pointer)
    }

    private static func setting(_ name: String, of repository: OpaquePointer) -> String? {
        guard
            let config = try? unsafe Handle(
                "read the configuration", free: { unsafe git_config_free($0) },
                make: { unsafe git_repository_config_snapshot($0, repository) })
        else { return nil }
        var value: UnsafePointer<CChar>?
        guard unsafe git_config_get_string(&value, config.pointer, name) == 0 else { return nil }
        return unsafe value.map { unsafe String(cString: $0) }
    }

    /// Syncs objects that are stored from now on to the disk if `core.fsync` requires it, as git
    /// does; without it neither git nor hooks does.
    package func heedDurability() {
        let parts = (configuration("core.fsync") ?? "").split(separator: ",")
        let hard = ["all", "loose-object", "objects", "committed", "added"]
        guard parts.contains(where: { hard.contains(String($0)) }),
            !parts.contains("-loose-object")
        else { return }
        _ = hooks_sync_objects(1)
    }

    /// The entries of the index, as they were when they were first read.
    func index() throws(GitError) -> IndexMap {
        if let ownIndex { return ownIndex }
        do {
            let index = try IndexMap(indexPath)
            ownIndex = index
            return index
        } catch {
            throw Self.explained(error)
        }
    }

    /// The index as libgit2 reads it, which it needs to compare the working tree and for attributes
    /// that are not checked out.
    @discardableResult
    func indexOfLibrary() throws(GitError) -> Handle {
        if !libraryHasIndex {
            let index = try unsafe Handle(
                "read the index", free: { unsafe git_index_free($0) },
                make: { out in
                    unsafe indexPath.withPlatformString { unsafe git_index_open(out, $0) }
                })
            try check(
                unsafe git_repository_set_index(handle.pointer, index.pointer), "use the index")
            libraryHasIndex = true
        }
        return try unsafe Handle(
            "read the index", free: { unsafe git_index_free($0) },
            make: { unsafe git_repository_index($0, handle.pointer) })
    }
}

extension Repository {
    /// The repository opened again, to read the index that another process has written.
    package func reopened() throws(GitError) -> Repository {
        try Repository(at: worktree)
    }
}
