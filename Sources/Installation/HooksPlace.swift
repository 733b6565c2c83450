package import Git
package import GitIndex
internal import Glibc
internal import Reporting
package import SystemPackage

/// Where git looks for the hooks of a repository, as git itself reports it.
package struct HooksPlace {
    /// A configuration file, or the level above all files.
    package enum Scope: String, Sendable {
        case system
        case global
        case local
        case worktree
        /// `git -c`, or GIT_CONFIG_COUNT.
        case command
    }

    /// The setting `core.hooksPath`.
    package struct Setting: Sendable {
        /// The value as it is written.
        package var value: String
        package var scope: Scope
        /// The file with the setting; nil for a setting of the command line.
        package var file: FilePath?
        /// The command that removes it.
        package var removal: String
    }

    /// The folder, absolute.
    package let path: FilePath
    /// nil if `core.hooksPath` is not set.
    package let setting: Setting?

    /// Why git can run no hook from this folder, whatever is in it; nil if it can.
    package var obstacle: String? {
        guard let setting else { return nil }
        if setting.value.isEmpty {
            return "core.hooksPath is empty, so git finds no hooks"
        }
        if ["", "."].contains(FilePath(setting.value).lexicallyNormalized().string) {
            return "core.hooksPath is the current folder, from which git cannot run hooks"
        }
        var status = stat()
        guard path.withPlatformString({ stat($0, &status) }) == 0,
            status.st_mode & S_IFMT != S_IFDIR
        else { return nil }
        return "core.hooksPath is \(safeName(path)), which is not a folder, so git runs no hooks"
    }
}

extension Repository {
    /// Asks git where it looks for hooks: two processes.
    package func hooksPlace() throws(GitError) -> HooksPlace {
        let attempt = "look for the hooks"
        guard let output = try answer(["rev-parse", "--git-path", "hooks"], attempt) else {
            throw GitError(
                attempt: attempt, detail: "`git rev-parse --git-path hooks` exits with 1")
        }
        let written = FilePath(
            String(decoding: output.last == 10 ? output.dropLast() : output[...], as: UTF8.self))
        let setting = try hooksPathSetting(attempt)
        let path = written.isAbsolute ? written : openedAt.pushing(written)
        return HooksPlace(
            path: setting == nil ? commonDirectory.appending("hooks") : path.lexicallyNormalized(),
            setting: setting)
    }

    private func hooksPathSetting(_ attempt: String) throws(GitError) -> HooksPlace.Setting? {
        let words = ["config", "--show-scope", "--show-origin", "-z", "--get", "core.hooksPath"]
        guard let output = try answer(words, attempt) else { return nil }
        let fields = output.split(separator: 0, omittingEmptySubsequences: false).map {
            String(decoding: $0, as: UTF8.self)
        }
        guard fields.count > 2, let scope = HooksPlace.Scope(rawValue: fields[0]) else {
            throw GitError(
                attempt: attempt, detail: "the output of `git config` has an unknown format")
        }
        let file = file(ofOrigin: fields[1])
        return HooksPlace.Setting(
            value: fields[2], scope: scope, file: file,
            removal: removal(of: "core.hooksPath", from: file))
    }

    /// The file that `git config --show-origin` names; nil for the command line.
    package func file(ofOrigin origin: String) -> FilePath? {
        guard origin.hasPrefix("file:") else { return nil }
        // Git changes to the top of the working tree before it reads the files.
        return worktree.pushing(FilePath(String(origin.dropFirst("file:".count))))
            .lexicallyNormalized()
    }

    /// The command that removes a variable from a file, or from the environment.
    private func removal(of name: String, from file: FilePath?) -> String {
        guard let file else { return "unset GIT_CONFIG_COUNT GIT_CONFIG_PARAMETERS" }
        if file == commonDirectory.appending("config").lexicallyNormalized() {
            return "git config --unset-all \(name)"
        }
        return "git config --file \(shellWord(file)) --unset-all \(name)"
    }

    /// Sets a variable in the configuration of this repository.
    func setConfiguration(_ name: String, to value: String) throws(GitError) {
        let words = ["config", "--local", "--replace-all", name, value]
        guard try answer(words, "set \(name)") != nil else {
            throw GitError(attempt: "set \(name)", detail: "`git config --local` exits with 1")
        }
    }
}
