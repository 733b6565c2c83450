import Git
import GitIndex
import Planning
import Reporting
import TestSupport
import Testing
import Values

@testable import GitHooks

/// What keeps protected branches closed.
@Suite(.inTurn) struct ProtectionTests {
    private func protection(_ branches: String...) throws -> Protection {
        let list = branches.map { "'\($0)'" }.joined(separator: ", ")
        return Protection(try Jobs("[protect]\nbranches = [\(list)]\n").catalogue.protect)
    }

    private let one = ObjectID(blob: [1])
    private let two = ObjectID(blob: [2])

    private func ref(_ remote: String, new: ObjectID? = nil, old: ObjectID? = nil) -> PushedRef {
        PushedRef(
            local: "refs/heads/x", new: new ?? ObjectID(blob: [3]), remote: remote,
            old: old ?? .none)
    }

    @Test(arguments: [
        ("main", true), ("release/1", true), ("release/1/a", false), ("topic/main", false),
        ("mainly", false), ("", false),
    ])
    func patternCoversTheWholeNameOfABranch(branch: String, isProtected: Bool) throws {
        #expect(try protection("main", "release/*").isProtected(branch) == isProtected)
    }

    @Test func projectThatSaysNothingProtectsMainAndMaster() throws {
        let usual = Protection(try Jobs(nil).catalogue.protect)
        #expect(usual.isProtected("main") && usual.isProtected("master"))
        #expect(!usual.isProtected("topic"))
        #expect(try !protection().isProtected("main"))
    }

    // MARK: Commits

    @Test func commitOnAProtectedBranchIsRefused() throws {
        let project = try Project()
        let error = #expect(throws: ProtectedBranch.self) {
            try protection("topic").admitCommit(project.repository, SilentRenderer())
        }
        #expect(error?.exitStatus == .refused && error?.message.contains("`topic`") == true)
        try protection("main").admitCommit(project.repository, SilentRenderer())
    }

    @Test func firstCommitIsLetThroughAndSaysSo() throws {
        let project = try Project()
        try project.shell("git checkout -q --orphan new")
        let renderer = SilentRenderer()
        try protection("new").admitCommit(project.repository, renderer)
        #expect(renderer.notes.count == 1 && renderer.notes[0].contains("`new`"))
    }

    @Test func detachedHeadIsOnNoBranch() throws {
        let project = try Project()
        try project.shell("git checkout -q --detach")
        try protection("topic", "HEAD", "*").admitCommit(project.repository, SilentRenderer())
    }

    @Test func refusedMergeSaysHowToGoBack() throws {
        let project = try Project()
        let error = #expect(throws: ProtectedBranch.self) {
            try protection("topic").admitCommit(
                project.repository, isMerge: true, SilentRenderer())
        }
        #expect(error?.hints.first?.contains("git merge --abort") == true)
    }

    // MARK: Pushes

    private func push(
        _ refs: [PushedRef], isNew: Bool = false, closed: Set<String> = []
    ) throws -> SilentRenderer {
        let renderer = SilentRenderer()
        try protection("main").admitPush(
            refs, to: "origin", isNew: isNew, closed: closed, renderer)
        return renderer
    }

    @Test func pushToAProtectedBranchIsRefusedWhateverItIsCalledHere() throws {
        let error = #expect(throws: ProtectedRemoteBranch.self) {
            _ = try push([ref("refs/heads/topic"), ref("refs/heads/main", old: one)])
        }
        #expect(error?.branches == ["main"] && error?.exitStatus == .refused)
    }

    @Test func tagOfTheSameNameIsNoBranch() throws {
        #expect(try push([ref("refs/tags/main"), ref("refs/notes/main")]).notes.isEmpty)
    }

    @Test func newRemoteTakesTheFirstPushOfABranchAndSaysSo() throws {
        #expect(try push([ref("refs/heads/main")], isNew: true).notes.count == 1)
        #expect(throws: ProtectedRemoteBranch.self) {
            _ = try push([ref("refs/heads/main")], isNew: false)
        }
    }

    @Test func newRemoteTakesNoMoveAndNoDeletion() throws {
        #expect(throws: ProtectedRemoteBranch.self) {
            _ = try push([ref("refs/heads/main", old: one)], isNew: true)
        }
        #expect(throws: ProtectedRemoteBranch.self) {
            _ = try push([ref("refs/heads/main", new: ObjectID.none)], isNew: true)
        }
    }

    @Test func deletionOfAProtectedBranchIsRefused() throws {
        #expect(throws: ProtectedRemoteBranch.self) {
            _ = try push([ref("refs/heads/main", new: ObjectID.none, old: two)])
        }
    }

    @Test func branchThatProtectsItselfIsClosedToo() throws {
        #expect(throws: ProtectedRemoteBranch.self) {
            _ = try push([ref("refs/heads/own", old: one)], closed: ["refs/heads/own"])
        }
        _ = try push([ref("refs/heads/other", old: one)], closed: ["refs/heads/own"])
    }

    @Test func everyRefusedBranchIsNamed() throws {
        let error = #expect(throws: ProtectedRemoteBranch.self) {
            _ = try push(
                [ref("refs/heads/main", old: one), ref("refs/heads/b", old: one)],
                closed: ["refs/heads/b"])
        }
        #expect(error?.message.contains("`main`, `b`") == true)
        #expect(error?.message.contains(" are protected") == true)
    }
}
