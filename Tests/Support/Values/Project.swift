internal import Foundation
package import Git
package import GitIndex
package import Planning
internal import Spawn
package import Staging
internal import SystemPackage
package import TestSupport

/// A repository with one commit of some files, for what git itself has to be asked.
package final class Project {
    package let scratch: Scratch
    /// As it is after the last command: what is read of an index is kept.
    package private(set) var repository: Repository
    private let top: FilePath
    package let commit: ObjectID

    /// - Parameter files: their texts by path; a `hooks.toml` is not needed.
    package init(_ files: KeyValuePairs<String, String> = ["a.txt": "a\n"]) throws {
        scratch = try Scratch()
        for (path, text) in files { try scratch.write("work/" + path, Array(text.utf8)) }
        try scratch.shell(
            """
            git init -q -b topic . && git add -A && git commit -q --allow-empty -m one
            """, in: "work")
        top = FilePath(scratch.url.path + "/work")
        repository = try Repository(at: top)
        guard let commit = try repository.head().commit else { throw Unexpected("no commit") }
        self.commit = commit
    }

    /// Runs lines of shell in the working tree.
    @discardableResult
    package func shell(_ script: String) throws -> String {
        defer { repository = (try? Repository(at: top)) ?? repository }
        return try scratch.shell(script, in: "work")
    }

    /// Writes a working file and stages it.
    package func stage(_ path: String, _ text: String) throws {
        try scratch.write("work/" + path, Array(text.utf8))
        try shell("git add -f '\(path)'")
    }

    /// The commit that HEAD is now.
    package func head() throws -> ObjectID {
        guard let commit = try repository.head().commit else { throw Unexpected("no commit") }
        return commit
    }

    /// What a run on one of its contents stands on.
    package func ground(_ source: Source = .index) -> Ground { Ground(repository, source) }

    /// Its git, with nothing of the user's.
    package var git: GitProgram { GitProgram(repository, environment: context().environment) }

    /// How its files are converted.
    package var filter: ContentFilter { ContentFilter(repository: repository, git: git) }

    /// What the executable would pass down, with nothing of the user's.
    package func context(_ variables: KeyValuePairs<String, String> = [:]) -> Context {
        let own = [
            "PATH": "/usr/bin:/bin", "HOME": scratch.url.path, "LC_ALL": "C.UTF-8",
            "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1", "HOOKS_WARM": "0",
        ]
        let all = own.merging(variables.map { ($0.key, $0.value) }) { $1 }
        return Context(
            folder: repository.worktree,
            environment: ProcessEnvironment(rows: all.map { Array("\($0.key)=\($0.value)".utf8) }),
            renderer: SilentRenderer(), jobs: 2)
    }
}
