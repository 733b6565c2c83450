internal import CGit2
internal import Glibc

/// The configuration files of a repository as `GIT_CONFIG_GLOBAL` and `GIT_CONFIG_NOSYSTEM` choose
/// them.
///
/// libgit2 knows neither variable. Without them its own choice stands.
enum ConfigurationFiles {
    private typealias Find = (UnsafeMutablePointer<git_buf>?) -> Int32

    /// Gives the repository its configuration anew if one of the variables is set.
    static func choose(for repository: OpaquePointer) throws(GitError) {
        let global = unsafe getenv("GIT_CONFIG_GLOBAL").map { unsafe String(cString: $0) }
        let noSystem =
            unsafe getenv("GIT_CONFIG_NOSYSTEM").map { unsafe String(cString: $0) } ?? "0"
        let isSystemOff = !["0", "false", "no", "off", ""].contains(noSystem)
        guard global != nil || isSystemOff else { return }
        let config = try unsafe Handle(
            "make a configuration", free: { unsafe git_config_free($0) },
            make: { unsafe git_config_new($0) })
        if !isSystemOff {
            unsafe add(
                found({ unsafe git_config_find_system($0) }), GIT_CONFIG_LEVEL_SYSTEM,
                to: config.pointer)
        }
        if let global {
            unsafe add(global, GIT_CONFIG_LEVEL_GLOBAL, to: config.pointer)
        } else {
            unsafe add(
                found({ unsafe git_config_find_xdg($0) }), GIT_CONFIG_LEVEL_XDG, to: config.pointer)
            unsafe add(
                found({ unsafe git_config_find_global($0) }), GIT_CONFIG_LEVEL_GLOBAL,
                to: config.pointer)
        }
        let common =
            unsafe git_repository_commondir(repository).map { unsafe String(cString: $0) } ?? ""
        unsafe add(common + "config", GIT_CONFIG_LEVEL_LOCAL, to: config.pointer)
        let own = unsafe git_repository_path(repository).map { unsafe String(cString: $0) } ?? ""
        unsafe add(own + "config.worktree", GIT_CONFIG_LEVEL_APP, to: config.pointer)
        try check(
            unsafe git_repository_set_config(repository, config.pointer), "use the configuration")
    }

    private static func found(_ find: Find) -> String? {
        var buffer = unsafe git_buf()
        guard unsafe find(&buffer) == 0 else { return nil }
        return String(decoding: unsafe takeBytes(&buffer), as: UTF8.self)
    }

    private static func add(_ path: String?, _ level: git_config_level_t, to config: OpaquePointer)
    {
        guard let path, unsafe access(path, R_OK) == 0 else { return }
        _ = unsafe git_config_add_file_ondisk(config, path, level, nil, 0)
    }
}
