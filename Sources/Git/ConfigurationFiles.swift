internal import CGit2
internal import GitIndex
internal import Glibc
internal import SystemPackage

/// The configuration of a repository by git's variables: `GIT_CONFIG_GLOBAL`,
/// `GIT_CONFIG_SYSTEM`, `GIT_CONFIG_NOSYSTEM`, and those with the settings of `git -c`; with the
/// settings of a worktree.
///
/// libgit2 supports none of them. Without them its own files are used, unless a file is included in
/// a way that libgit2 does not support: then git is called.
enum ConfigurationFiles {
    private typealias Find = (UnsafeMutablePointer<git_buf>?) -> Int32

    /// Replaces libgit2's configuration of the repository if git has another.
    ///
    /// - Parameters:
    ///   - folder: the folder from which the repository was searched.
    ///   - files: keeps the files in memory; it must live as long as the repository.
    static func choose(
        for repository: OpaquePointer, from folder: FilePath, keptBy files: MemoryFiles
    ) throws(GitError) {
        try unsafe addWhatVariablesSay(to: repository, keptBy: files)
        guard try unsafe hasIncludeForGitAlone(repository) else { return }
        guard let listed = AskedGit.answer(["config", "--list", "-z"], in: folder),
            listed.code == 0
        else {
            throw GitError(
                attempt: "read the configuration", detail: "`git config --list` fails")
        }
        let config = try makeConfiguration()
        try CommandSettings(listed: listed.output).add(to: config, keptBy: files)
        try check(
            unsafe git_repository_set_config(repository, config.pointer), "use the configuration")
    }

    private static func makeConfiguration() throws(GitError) -> Handle {
        try unsafe Handle(
            "make a configuration", free: { unsafe git_config_free($0) },
            make: { unsafe git_config_new($0) })
    }

    /// Reads all files again if one of the variables is set.
    private static func addWhatVariablesSay(
        to repository: OpaquePointer, keptBy files: MemoryFiles
    ) throws(GitError) {
        let settings = try CommandSettings()
        let own = unsafe git_repository_path(repository).map { unsafe String(cString: $0) } ?? ""
        let hasOwn = unsafe access(own + worktreeFile, R_OK) == 0
        let names = ["GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM"]
        guard settings != nil || hasOwn || names.contains(where: { variable($0) != nil }) else {
            return
        }
        let config = try makeConfiguration()
        unsafe addFiles(to: config.pointer, of: repository, conditions: repository)
        try settings?.add(to: config, keptBy: files)
        try check(
            unsafe git_repository_set_config(repository, config.pointer), "use the configuration")
    }

    private static let worktreeFile = "config.worktree"

    /// Adds the files of the system, the user, the repository and its worktree.
    ///
    /// - Parameter conditions: decides about includes with a condition; nil: none of them counts.
    static func addFiles(
        to config: OpaquePointer, of repository: OpaquePointer, conditions: OpaquePointer?
    ) {
        unsafe addUsersFiles(to: config, conditions)
        let common =
            unsafe git_repository_commondir(repository).map { unsafe String(cString: $0) } ?? ""
        unsafe add(common + "config", GIT_CONFIG_LEVEL_LOCAL, to: config, conditions)
        let own = unsafe git_repository_path(repository).map { unsafe String(cString: $0) } ?? ""
        var isOn: Int32 = 0
        if unsafe git_config_get_bool(&isOn, config, "extensions.worktreeconfig") == 0, isOn != 0 {
            unsafe add(own + worktreeFile, GIT_CONFIG_LEVEL_APP, to: config, conditions)
        }
    }

    /// Whether libgit2's configuration names a file that git may include and libgit2
    /// does not, or the other way round.
    private static func hasIncludeForGitAlone(_ repository: OpaquePointer) throws(GitError) -> Bool
    {
        let config = try unsafe Handle(
            "read the configuration", free: { unsafe git_config_free($0) },
            make: { unsafe git_repository_config($0, repository) })
        var search = IncludeSearch(isWorktree: unsafe git_repository_is_worktree(repository) != 0)
        let look: git_config_foreach_cb = { entry, payload in
            guard let name = unsafe entry?.pointee.name else { return 0 }
            // `include`: no other section of git begins so, and this is checked for every variable.
            guard unsafe strncmp(name, "include", 7) == 0,
                let search = unsafe payload?.assumingMemoryBound(to: IncludeSearch.self)
            else { return 0 }
            unsafe search.pointee.look(
                at: Array(UnsafeRawBufferPointer(start: name, count: strlen(name)))[...],
                path: unsafe entry?.pointee.value.map { unsafe String(cString: $0) } ?? "")
            return 0
        }
        _ = unsafe git_config_foreach(config.pointer, look, &search)
        return search.hasFound
    }

    private static func addUsersFiles(to config: OpaquePointer, _ repository: OpaquePointer?) {
        if ["0", "false", "no", "off", ""].contains(variable("GIT_CONFIG_NOSYSTEM") ?? "0") {
            let system =
                unsafe variable("GIT_CONFIG_SYSTEM") ?? found { unsafe git_config_find_system($0) }
            unsafe add(system, GIT_CONFIG_LEVEL_SYSTEM, to: config, repository)
        }
        if let global = variable("GIT_CONFIG_GLOBAL") {
            unsafe add(global, GIT_CONFIG_LEVEL_GLOBAL, to: config, repository)
        } else {
            let places = unsafe (
                found { unsafe git_config_find_xdg($0) },
                found { unsafe git_config_find_global($0) }
            )
            unsafe add(places.0, GIT_CONFIG_LEVEL_XDG, to: config, repository)
            unsafe add(places.1, GIT_CONFIG_LEVEL_GLOBAL, to: config, repository)
        }
    }

    private static func add(
        _ path: String?, _ level: git_config_level_t, to config: OpaquePointer,
        _ repository: OpaquePointer?
    ) {
        guard let path, unsafe access(path, R_OK) == 0 else { return }
        _ = unsafe git_config_add_file_ondisk(config, path, level, repository, 0)
    }

    private static func variable(_ name: String) -> String? {
        unsafe getenv(name).map { unsafe String(cString: $0) }
    }

    private static func found(_ find: Find) -> String? {
        var buffer = unsafe git_buf()
        guard unsafe find(&buffer) == 0 else { return nil }
        return String(decoding: unsafe takeBytes(&buffer), as: UTF8.self)
    }
}
