package import GitIndex
internal import Glibc
internal import Spawn
package import SystemPackage

/// The `git` program, asked for what libgit2 does not know: conditions of includes, owners, where
/// hooks are. Nothing of an idle hook asks it, because a process costs as much as all the rest.
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

    /// How a command ended and what it printed; nil when it could not be run.
    static func answer(
        _ words: [String], in folder: FilePath, input: [UInt8] = []
    ) -> (code: Int32, output: [UInt8])? {
        var environment = ProcessEnvironment.inherited()
        // It would stand in for all files of the configuration, and for `git config` alone.
        environment["GIT_CONFIG"] = nil
        // A relative `GIT_DIR` is meant from where this process is.
        let isNamed = environment["GIT_DIR"] != nil
        let result = runDirectly(
            program(onPath: environment["PATH"]), words.map { Array($0.utf8) },
            folder: isNamed ? nil : folder, environment: environment, input: input)
        return result.code.map { ($0, result.output) }
    }
}

extension Repository {
    /// What a git command printed that may say "none" with status 1; nil when it does.
    ///
    /// - Throws: `GitError` when it ended with another status.
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
