internal import CGit2
internal import Glibc

/// The configuration of a repository as git's variables choose it: `GIT_CONFIG_GLOBAL`,
/// `GIT_CONFIG_SYSTEM`, `GIT_CONFIG_NOSYSTEM`, and those by which `git -c` hands settings on; with the
/// settings of a worktree.
///
/// libgit2 knows none of them. Without them its own choice stands.
enum ConfigurationFiles {
    private typealias Find = (UnsafeMutablePointer<git_buf>?) -> Int32

    /// Gives the repository its configuration anew if one of the variables is set.
    static func choose(for repository: OpaquePointer) throws(GitError) {
        let settings = try CommandSettings()
        let own = unsafe git_repository_path(repository).map { unsafe String(cString: $0) } ?? ""
        let worktrees = own + "config.worktree"
        let hasOwn = unsafe access(worktrees, R_OK) == 0
        let names = ["GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM"]
        guard settings != nil || hasOwn || names.contains(where: { variable($0) != nil }) else {
            return
        }
        let config = try unsafe Handle(
            "make a configuration", free: { unsafe git_config_free($0) },
            make: { unsafe git_config_new($0) })
        unsafe addUsersFiles(to: config.pointer, repository)
        let common =
            unsafe git_repository_commondir(repository).map { unsafe String(cString: $0) } ?? ""
        unsafe add(common + "config", GIT_CONFIG_LEVEL_LOCAL, to: config.pointer, repository)
        var isOn: Int32 = 0
        if hasOwn,
            unsafe git_config_get_bool(&isOn, config.pointer, "extensions.worktreeconfig") == 0,
            isOn != 0
        {
            unsafe add(worktrees, GIT_CONFIG_LEVEL_APP, to: config.pointer, repository)
        }
        try settings?.add(to: config)
        try check(
            unsafe git_repository_set_config(repository, config.pointer), "use the configuration")
    }

    /// What no repository can say for itself: the settings of the system, the user and the command.
    static func openProtected() throws(GitError) -> Handle {
        let config = try unsafe Handle(
            "make a configuration", free: { unsafe git_config_free($0) },
            make: { unsafe git_config_new($0) })
        unsafe addUsersFiles(to: config.pointer, nil)
        try CommandSettings()?.add(to: config)
        return config
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
