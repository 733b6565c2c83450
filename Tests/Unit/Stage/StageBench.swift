import Files
import Foundation
import Git
import GitIndex
import Spawn
import Staging
import SystemPackage
import TestSupport
import Testing

@testable import Stage

/// A repository and the stage of its worktree.
final class StageBench {
    let scratch: Scratch
    let worktree: FilePath

    /// Makes the repository `work`, in which the script runs.
    init(_ script: String = "") throws {
        scratch = try Scratch()
        worktree = FilePath(scratch.url.path).appending("work")
        try scratch.shell("git init -q -b topic work")
        try work(script)
    }

    @discardableResult
    func work(_ script: String) throws -> String { try scratch.shell(script, in: "work") }

    var environment: ProcessEnvironment {
        ProcessEnvironment(rows: [
            Array("PATH=/usr/bin:/bin".utf8), Array("HOME=\(scratch.url.path)".utf8),
            Array("GIT_CONFIG_GLOBAL=/dev/null".utf8), Array("GIT_CONFIG_NOSYSTEM=1".utf8),
        ])
    }

    var home: PlaceHome {
        let home = scratch.url.path
        return PlaceHome(caches: FilePath(home).appending(".cache/hooks"), home: home)
    }

    func repository() throws -> Repository { try Repository(at: worktree) }

    /// The stage as a run takes it.
    func take() throws -> Stage {
        let repository = try repository()
        return try Stage(
            of: repository, in: home, git: GitProgram(repository, environment: environment))
    }

    /// The stage with what is staged.
    func lay(sharing share: [FilePath] = []) throws -> Stage {
        let stage = try take()
        try stage.lay(.index(of: stage.repository), sharing: share)
        return stage
    }

    /// The stage with what a commit holds.
    func lay(
        commit name: String, branch: String? = nil, sharing share: [FilePath] = []
    ) throws -> Stage {
        let text = try work("git rev-parse \(name)").trimmingCharacters(in: .whitespacesAndNewlines)
        guard let commit = ObjectID(hex: text) else { throw Unexpected("no commit \(text)") }
        let stage = try take()
        try stage.lay(
            .commit(commit, branch: branch, of: stage.repository), sharing: share)
        return stage
    }

    /// Lines of shell in a stage, as a job runs them.
    @discardableResult
    func run(_ script: String, in stage: Stage) throws -> String {
        let ended = try attempt(script, in: stage)
        guard ended.status == 0 else {
            throw Unexpected("status \(ended.status) from\n\(script)\n\(ended.text)")
        }
        return ended.text
    }

    /// The same whatever they come to.
    func attempt(_ script: String, in stage: Stage) throws -> Ended {
        stage.forget()
        return try scratch.run(
            ["sh", "-c", "exec 2>&1; cd '\(stage.root.string)'\n" + script],
            environment: stage.variables)
    }

    /// Every name in a folder but `.git` and caches, with kind, permissions and content.
    func listing(_ folder: FilePath) throws -> String {
        try scratch.shell(
            """
            cd '\(folder.string)'
            { find . -name .git -prune -o -name __pycache__ -prune -o -type d -printf 'd %P\\n' \
                -o -type l -printf 'l %P %l\\n' -o -printf 'f %P %m\\n'
              find . -name .git -prune -o -name __pycache__ -prune -o -type f -exec sha1sum {} +
            } | LC_ALL=C sort
            """)
    }

    /// What a checkout of the index would hold.
    func wanted() throws -> String {
        try work("rm -rf ../wanted; git checkout-index -a --prefix=../wanted/; mkdir -p ../wanted")
        return try listing(FilePath(scratch.url.path).appending("wanted"))
    }
}

extension Harvest {
    /// Each change in a line.
    var lines: [String] {
        changes.map { change in
            switch change.kind {
            case .written(let content, let isExecutable):
                "\(change.path.string)\(isExecutable ? "*" : ""): "
                    + String(decoding: content, as: UTF8.self)
                    .trimmingCharacters(in: .whitespacesAndNewlines)
            case .linked(let target): "\(change.path.string) -> \(target.string)"
            case .removed: "\(change.path.string) removed"
            case .replaced: "\(change.path.string) replaced"
            }
        } + new.map { "new \($0.string)" }
    }
}
