package import Git
package import GitIndex
internal import Glibc
internal import Reporting
package import SystemPackage

/// Where git looks for the hooks of a repository, as git itself says.
package struct HooksPlace {
    /// A file of the configuration, or what stands above all files.
    package enum Scope: String, Sendable {
        case system
        case global
        case local
        case worktree
        /// `git -c`, or GIT_CONFIG_COUNT.
        case command
    }

    /// What `core.hooksPath` says.
    package struct Setting: Sendable {
        /// As it is written.
        package var value: String
        package var scope: Scope
        /// The file in which it stands; nil for a setting of the command.
        package var file: FilePath?
        /// The command that takes it out.
        package var removal: String
    }

    /// The folder, absolute.
    package let path: FilePath
    /// nil when `core.hooksPath` is not set.
    package let setting: Setting?

    /// Why no hook can run from there, whatever is in it; nil when it can.
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

    /// The file that `git config --show-origin` names; nil for a setting of the command line.
    package func file(ofOrigin origin: String) -> FilePath? {
        guard origin.hasPrefix("file:") else { return nil }
        // Git has gone to the top of the working tree before it reads the files.
        return worktree.pushing(FilePath(String(origin.dropFirst("file:".count))))
            .lexicallyNormalized()
    }

    /// The command that takes a variable out of a file, or out of the environment.
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
