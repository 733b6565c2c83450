internal import CGit2
internal import Glibc

/// The configuration of a repository as git's variables choose it: `GIT_CONFIG_GLOBAL`,
/// `GIT_CONFIG_SYSTEM`, `GIT_CONFIG_NOSYSTEM`, and those by which `git -c` hands settings on.
///
/// libgit2 knows none of them. Without them its own choice stands.
enum ConfigurationFiles {
    private typealias Find = (UnsafeMutablePointer<git_buf>?) -> Int32

    /// Gives the repository its configuration anew if one of the variables is set.
    static func choose(for repository: OpaquePointer) throws(GitError) {
        let global = variable("GIT_CONFIG_GLOBAL")
        let isSystemOff = !["0", "false", "no", "off", ""].contains(
            variable("GIT_CONFIG_NOSYSTEM") ?? "0")
        let system = variable("GIT_CONFIG_SYSTEM")
        let settings = try CommandSettings()
        guard global != nil || system != nil || isSystemOff || settings != nil else { return }
        let config = try unsafe Handle(
            "make a configuration", free: { unsafe git_config_free($0) },
            make: { unsafe git_config_new($0) })
        func add(_ path: String?, _ level: git_config_level_t) {
            guard let path, unsafe access(path, R_OK) == 0 else { return }
            _ = unsafe git_config_add_file_ondisk(config.pointer, path, level, repository, 0)
        }
        if !isSystemOff {
            unsafe add(
                system ?? found { unsafe git_config_find_system($0) }, GIT_CONFIG_LEVEL_SYSTEM)
        }
        if let global {
            add(global, GIT_CONFIG_LEVEL_GLOBAL)
        } else {
            unsafe add(found { unsafe git_config_find_xdg($0) }, GIT_CONFIG_LEVEL_XDG)
            unsafe add(found { unsafe git_config_find_global($0) }, GIT_CONFIG_LEVEL_GLOBAL)
        }
        let common =
            unsafe git_repository_commondir(repository).map { unsafe String(cString: $0) } ?? ""
        add(common + "config", GIT_CONFIG_LEVEL_LOCAL)
        let own = unsafe git_repository_path(repository).map { unsafe String(cString: $0) } ?? ""
        add(own + "config.worktree", GIT_CONFIG_LEVEL_APP)
        try settings?.add(to: config)
        try check(
            unsafe git_repository_set_config(repository, config.pointer), "use the configuration")
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
