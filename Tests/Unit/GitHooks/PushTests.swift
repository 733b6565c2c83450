import Git
import GitIndex
import Reporting
import TestSupport
import Testing
import Values

@testable import GitHooks

/// What git tells pre-push.
struct PushedRefTests {
    private static let one = String(repeating: "1", count: 40)
    private static let zero = String(repeating: "0", count: 40)

    private func parse(_ text: String) throws -> [PushedRef] {
        try PushedRef.parse(Array(text.utf8))
    }

    @Test func everyLineIsAReference() throws {
        let refs = try parse(
            """
            refs/heads/a \(Self.one) refs/heads/b \(Self.zero)
            (delete) \(Self.zero) refs/tags/v1 \(Self.one)

            """)
        #expect(refs.map(\.local) == ["refs/heads/a", "(delete)"])
        #expect(refs.map(\.remote) == ["refs/heads/b", "refs/tags/v1"])
        #expect(refs.map(\.isDeletion) == [false, true])
        #expect(refs.map(\.branch) == ["b", nil] && refs.map(\.title) == ["b", "v1"])
    }

    @Test func nothingIsNoReference() throws {
        #expect(try parse("") == [] && parse("\n\n") == [])
    }

    @Test func whatIsPushedMayHaveBlanksInItsName() throws {
        let ref = try #require(
            try parse("HEAD^{/fix it now} \(Self.one) refs/heads/a \(Self.zero)").first)
        #expect(ref.local == "HEAD^{/fix it now}" && ref.remote == "refs/heads/a")
    }

    @Test(arguments: [
        "x", "a b c d", "refs/heads/a 11 refs/heads/b 00",
        "refs/heads/a \(String(repeating: "1", count: 40)) refs/heads/b",
        "refs/heads/a \(String(repeating: "g", count: 40)) refs/heads/b \(String(repeating: "1", count: 40))",
        "refs/heads/a  \(String(repeating: "1", count: 39)) x \(String(repeating: "1", count: 40))",
    ])
    func whatGitWouldNotWriteIsRefused(line: String) {
        let good = "refs/heads/a \(Self.one) refs/heads/b \(Self.zero)\n"
        let failure = #expect(throws: Failure.self) { _ = try parse(good + line) }
        #expect(failure?.message.contains("line 2") == true && failure?.exitStatus == .usage)
    }

    @Test func referenceWithAnOddNameIsShownSafely() throws {
        let ref = PushedRef(
            local: "x", new: .none, remote: "refs/heads/\u{1B}[2J", old: .none)
        #expect(!ref.title.contains("\u{1B}"))
    }
}

/// What a remote lacks of a commit.
@Suite(.inTurn) struct PushRangeTests {
    private func range(_ project: Project, _ known: [String], of commit: String = "HEAD") throws
        -> PushRange
    {
        return try PushRange(
            of: id(project, commit), known: known.map { try id(project, $0) }, project.git)
    }

    private func id(_ project: Project, _ name: String) throws -> ObjectID {
        let text = try project.shell("git rev-parse '\(name)'")
        return try #require(ObjectID(hex: text.dropLast()))
    }

    private func grown() throws -> Project {
        let project = try Project()
        try project.shell(
            """
            git commit -q --allow-empty -m two && git tag two
            git commit -q --allow-empty -m three
            """)
        return project
    }

    @Test func remoteWithoutHistoryLacksEverything() throws {
        let range = try range(grown(), [])
        #expect(range.commits == 3 && range.boundary == [])
    }

    @Test func whatTheRemoteHasIsTheBoundary() throws {
        let project = try grown()
        let range = try range(project, ["two"])
        #expect(try range.commits == 1 && range.boundary == [id(project, "two")])
    }

    @Test func remoteThatHasTheCommitLacksNothing() throws {
        #expect(try range(grown(), ["HEAD"]).commits == 0)
    }

    @Test func mergeStandsOnBothSides() throws {
        let project = try grown()
        try project.shell(
            """
            git switch -q -c side two~1 && git commit -q --allow-empty -m side
            git merge -q --no-edit topic
            """)
        let range = try range(project, ["topic", "two~1"])
        #expect(range.commits == 2)
        #expect(
            try Set(range.boundary) == [id(project, "topic"), id(project, "two~1")])
    }

    @Test func historyWithoutACommonCommitHasNoBoundary() throws {
        let project = try grown()
        try project.shell("git checkout -q --orphan new && git commit -q --allow-empty -m new")
        let range = try range(project, ["topic"])
        #expect(range.commits == 1 && range.boundary == [])
    }

    @Test func shallowHistoryEndsWhereItEnds() throws {
        let project = try grown()
        try project.scratch.shell("git clone -q --depth 1 file://$PWD/work shallow")
        try project.shell("cp ../shallow/.git/shallow .git/shallow")
        #expect(try range(project, []).commits == 1)
    }

    @Test func lackingAreThoseThatTheRemoteCannotReach() throws {
        let project = try grown()
        let all = try ["HEAD", "two", "two~1"].map { try id(project, $0) }
        #expect(
            try PushRange.lacking(all, known: [id(project, "two")], project.git) == [
                id(project, "HEAD")
            ])
        #expect(try PushRange.lacking(all, known: [], project.git) == Set(all))
    }
}
