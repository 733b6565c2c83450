internal import Git
internal import GitIndex
internal import Glibc
internal import Planning
internal import Reporting
internal import Spawn
internal import Staging

/// Makes the commit of exactly the tested tree, through git and its hooks.
struct ShipCommit {
    private let work: Work
    private let head: Head

    /// - Parameter head: HEAD when the tree was written.
    init(_ work: Work, _ head: Head) {
        self.work = work
        self.head = head
    }

    /// - Throws: if there is no commit; HEAD and the index are then as they were.
    func make(_ candidate: Candidate, message: String) throws -> ObjectID {
        if let signal = Interruption.current.signal {
            throw Failure(
                message: "interrupted; nothing was committed, HEAD and the index are as they were",
                exitStatus: .signal(signal))
        }
        guard try work.index.isStillFresh(work.context), try work.repository.head() == head else {
            throw Failure(
                message: "the index or HEAD was changed during the run; nothing was committed",
                hints: ["run `hooks ship` again: jobs that passed do not run again"],
                exitStatus: .conflict)
        }
        let git = GitProgram(work.repository, environment: work.context.environment)
        let placed = try work.index.place(work.context)
        do {
            try work.branch.enter(git)
        } catch {
            placed.takeBack()
            throw error
        }
        let result = git.runAttached(
            ["commit", "--quiet", "--file=-"], input: Array((message + "\n").utf8))
        let now = try? work.repository.reopened().head()
        guard let commit = now?.commit, commit != head.commit else {
            work.branch.leave(git)
            placed.takeBack()
            return try refuse(result)
        }
        guard try work.repository.treeName(of: commit) == candidate.tree else {
            try undo(commit, git)
            work.branch.leave(git)
            throw Failure(
                message:
                    "a hook changed the tree that was tested; the commit was undone, its changes are staged",
                hints: ["review them with `git diff --cached`, then run `hooks ship` again"],
                exitStatus: .conflict)
        }
        return commit
    }

    /// Git made no commit: its own output says why.
    private func refuse(_ result: DirectResult) throws -> ObjectID {
        for line in safeLines(result.output + [10] + result.errors) {
            work.context.renderer.handle(.note(line))
        }
        if let signal = Interruption.current.signal {
            throw Failure(
                message: "interrupted; nothing was committed, HEAD and the index are as they were",
                exitStatus: .signal(signal))
        }
        throw Failure(
            message: "git refused the commit; HEAD and the index are as they were",
            hints: ["its output is above"], exitStatus: .failed)
    }

    /// Moves the branch back, if it still points to the commit.
    private func undo(_ commit: ObjectID, _ git: GitProgram) throws {
        let reason = ["-m", "hooks ship: back, because a hook changed the tree"]
        if let old = head.commit {
            try git.run(["update-ref"] + reason + ["HEAD", old.hex, commit.hex], "go back")
        } else {
            try git.run(["update-ref"] + reason + ["-d", "HEAD", commit.hex], "go back")
        }
    }
}
