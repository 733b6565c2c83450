package import GitIndex
internal import Glibc
internal import Spawn
package import SystemPackage

/// The `git` program, called for what libgit2 does not support: conditions of includes, owners,
/// where hooks are. A hook with nothing to do does not call it, because a process costs as much as
/// all the rest.
package enum AskedGit {
    /// The first `git` on a search path.
    package static func program(onPath path: String?) -> FilePath {
        let places = (path ?? "/usr/local/bin:/usr/bin:/bin").split(separator: ":")
            .filter { $0.hasPrefix("/") }.map { FilePath(String($0)).appending("git") }
        let found = places.first { place in
            unsafe place.withPlatformString { unsafe access($0, X_OK) } == 0
        }
        return found ?? "/usr/bin/git"
    }

    /// The exit status of a command and its output; nil if it could not be run.
    static func answer(
        _ words: [String], in folder: FilePath, input: [UInt8] = []
    ) -> (code: Int32, output: [UInt8])? {
        var environment = ProcessEnvironment.inherited()
        // It would replace all files of the configuration, but only for `git config`.
        environment["GIT_CONFIG"] = nil
        // A relative `GIT_DIR` is relative to the folder of this process.
        let isNamed = environment["GIT_DIR"] != nil
        let result = runDirectly(
            program(onPath: environment["PATH"]), words.map { Array($0.utf8) },
            folder: isNamed ? nil : folder, environment: environment, input: input)
        return result.code.map { ($0, result.output) }
    }
}

extension Repository {
    /// The output of a git command that may report "none" with status 1; nil in that case.
    ///
    /// - Throws: `GitError` if it ended with another status.
    package func answer(
        _ words: [String], input: [UInt8] = [], _ attempt: String
    ) throws(GitError) -> [UInt8]? {
        let answer = AskedGit.answer(words, in: openedAt, input: input)
        if answer?.code == 1 { return nil }
        guard let answer, answer.code == 0 else {
            let command = (["git"] + words).joined(separator: " ")
            throw GitError(
                attempt: attempt,
                detail: "`\(command)` \(answer.map { "exits with \($0.code)" } ?? "cannot be run")")
        }
        return answer.output
    }
}
