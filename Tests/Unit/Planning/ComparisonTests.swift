import Configuration
import Git
import GitIndex
import Planning
import Reporting
import Staging
import SystemPackage
import TestSupport
import Testing
import Values

/// What a branch is compared with.
@Suite(.inTurn) struct ComparisonTests {
    private func comparison(_ project: Project, _ rules: String = "") throws -> Comparison {
        return try Comparison(
            of: project.head(), project.repository, Jobs(rules).catalogue.protect, project.git)
    }

    private func id(_ project: Project, _ name: String) throws -> ObjectID? {
        ObjectID(hex: try project.shell("git rev-parse '\(name)'").dropLast())
    }

    /// A branch with two commits since `main`, which went on by one.
    private func branched() throws -> Project {
        let project = try Project()
        try project.shell(
            """
            git branch start && git branch -m topic main
            git commit -q --allow-empty -m ahead
            git switch -q -c x start && git commit -q --allow-empty -m x1
            git commit -q --allow-empty -m x2
            """)
        return project
    }

    @Test func branchStartsWhereItLeftTheProtectedOne() throws {
        let project = try branched()
        let comparison = try comparison(project)
        #expect(try comparison.base == id(project, "start"))
        #expect(try comparison.tips == [id(project, "main")])
    }

    @Test func protectedBranchOfARemoteCountsBeforeTheOneHere() throws {
        let project = try branched()
        try project.shell("git update-ref refs/remotes/origin/main x~1")
        let comparison = try comparison(project)
        #expect(try comparison.base == id(project, "x~1"))
    }

    @Test func newestOfSeveralProtectedBranchesIsTheStart() throws {
        let project = try branched()
        try project.shell("git branch release/1 x~1")
        let rules = "[protect]\nbranches = ['main', 'release/*']\n"
        #expect(try comparison(project, rules).base == id(project, "x~1"))
        #expect(try comparison(project).base == id(project, "start"))
    }

    @Test func withoutAProtectedBranchThereIsNoStart() throws {
        let project = try branched()
        let comparison = try comparison(project, "[protect]\nbranches = []\n")
        #expect(comparison.base == nil && !comparison.isProtected)
    }

    @Test func commitOfAProtectedBranchIsComparedWithItsParent() throws {
        let project = try branched()
        try project.shell("git switch -q main")
        let comparison = try comparison(project)
        #expect(try comparison.base == id(project, "main~1") && comparison.isProtected)
    }

    @Test func firstCommitHasNothingToBeComparedWith() throws {
        let project = try Project()
        #expect(try comparison(project).base == nil)
    }

    @Test(arguments: [
        ("Reverts: abc, def", ["Reverts: abc", "Reverts: def"]),
        ("removes: shop.tax", ["Removes: shop.tax"]),
        ("This reverts commit 1234.", ["Reverts: 1234"]),
        ("Removes: a\nRemoves: a", ["Removes: a"]), ("He removes: nothing", []), ("", []),
    ])
    func messagesOfTheBranchAllowWhatTheyName(body: String, allowances: [String]) throws {
        let project = try branched()
        try project.shell("git commit -q --allow-empty -m subject -m '\(body)'")
        #expect(try comparison(project).allowances == allowances)
    }

    @Test func messagesBeforeTheBranchAllowNothing() throws {
        let project = try Project()
        try project.shell(
            """
            git branch -m main && git commit -q --allow-empty -m one -m 'Removes: old'
            git switch -q -c x && git commit -q --allow-empty -m two
            """)
        #expect(try comparison(project).allowances == [])
    }
}
