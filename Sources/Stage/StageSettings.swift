internal import Files
internal import Git
internal import GitIndex
internal import SystemPackage

/// The configuration of a stage's repository: it includes the user's, and turns off what a stage
/// must not do.
struct StageSettings {
    /// As a configuration file.
    private(set) var text: [UInt8] = []

    /// Features that a job's git must not use, because the stage is temporary or because git would
    /// look elsewhere.
    private static let own = """
        [core]
        \tfsmonitor = false
        \tuntrackedCache = false
        \tsplitIndex = false
        [index]
        \tsparse = false
        [gc]
        \tauto = 0
        [maintenance]
        \tauto = false
        [fetch]
        \twriteCommitGraph = false
        [submodule]
        \trecurse = false

        """

    /// - Parameters:
    ///   - hooks: an empty folder.
    ///   - way: the path to the user's own files in the stage.
    init(_ repository: Repository, hooks: FilePath, _ way: Way) throws {
        let format = try repository.formatSettings().filter {
            // The settings of a worktree are included below; references are files here.
            !Self.isNamed($0, ["extensions.worktreeconfig", "extensions.refstorage"])
        }
        add("[core]\n\trepositoryformatversion = \(format.isEmpty ? 0 : 1)\n\tbare = false\n")
        for setting in format { add(setting) }
        // Settings in the user's own files that depend on the git directory come before
        // those of the repository itself, as in git.
        let conditional = try repository.conditionalSettings().filter { !Self.isIgnored($0) }
        for setting in conditional where !setting.isOwn { add(setting) }
        include(way.path(repository.commonDirectory.appending("config")))
        let worktrees = repository.gitDirectory.appending("config.worktree")
        if repository.configuration("extensions.worktreeConfig") != nil,
            (try? contents(of: worktrees, upTo: 1)) != nil
        {
            include(way.path(worktrees))
        }
        for setting in conditional where setting.isOwn { add(setting) }
        add(Self.own)
        if repository.configuration("core.hooksPath") != nil {
            add("[core]\n\thooksPath = ")
            text += quoted(hooks.bytes) + [10]
        }
    }

    /// Settings for another folder, or includes that were already followed.
    private static func isIgnored(_ setting: Setting) -> Bool {
        let prefixes = ["extensions.", "include.", "includeif."]
        return isNamed(setting, ["core.bare", "core.worktree", "core.hookspath"])
            || prefixes.contains { setting.name.starts(with: $0.utf8) }
    }

    private static func isNamed(_ setting: Setting, _ names: [String]) -> Bool {
        names.contains { setting.name == Array($0.utf8) }
    }

    private mutating func add(_ words: String) { text += Array(words.utf8) }

    private mutating func include(_ file: FilePath) {
        add("[include]\n\tpath = ")
        text += quoted(file.bytes) + [10]
    }

    /// One section for each, as git writes it.
    private mutating func add(_ setting: Setting) {
        let dot = UInt8(ascii: ".")
        guard let first = setting.name.firstIndex(of: dot),
            let last = setting.name.lastIndex(of: dot)
        else { return }
        text += [UInt8(ascii: "[")] + setting.name[..<first]
        if first < last {
            text += [UInt8(ascii: " ")] + quoted(setting.name[(first + 1)..<last])
        }
        add("]\n\t")
        text += setting.name[(last + 1)...]
        if let value = setting.value { text += Array(" = ".utf8) + quoted(value) }
        add("\n")
    }
}
