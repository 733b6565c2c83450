import Configuration
import Git
import GitIndex
import Reporting
import Staging
import SystemPackage
import TestSupport
import Testing
import Values

@testable import Planning

/// The configuration applied to a snapshot.
struct PlanTests {
    private func plan(
        _ jobs: [Job], on snapshot: Snapshot, skipping: [String: String] = [:],
        state: RepositoryState? = nil, keepsWholeTree: Bool = false
    ) -> Plan {
        Plan(
            jobs, on: snapshot, skipping: skipping, state: state, keepsWholeTree: keepsWholeTree
        ) { _ in [] }
    }

    private func text() throws -> Job { try Job("text", "run = 'true'", "files = ['*.txt']") }

    @Test func stepsAreInTheOrderOfTheJobsAndKnowTheirFiles() throws {
        let python = try Job("python", "run = 'true'", "files = ['*.py']")
        let plan = plan(
            [python, try text()], on: Snapshot("a.txt", "b.py", "c.txt"))
        #expect(plan.steps.map(\.job.name) == ["python", "text"])
        #expect(plan.steps.map(\.files) == [[1], [0, 2]])
    }

    @Test func jobWithoutAFileIsNotPartOfThePlan() throws {
        let jobs = [try text()]
        #expect(plan(jobs, on: Snapshot("a.py")).steps.isEmpty)
        #expect(plan(jobs, on: Snapshot("a.py"), skipping: ["text": "HOOKS_SKIP"]).steps.isEmpty)
    }

    @Test func jobThatIsLeftOutSaysByWhat() throws {
        let plan = plan(
            [try text()], on: Snapshot("a.txt"), skipping: ["text": "HOOKS_SKIP", "b": "SKIP"])
        #expect(plan.steps[0].skipped?.contains("HOOKS_SKIP") == true)
        #expect(plan.steps[0].files == [0])
    }

    @Test(arguments: RepositoryState.allCases)
    func jobIsSkippedInTheStateThatItNamesAndInNoOther(state: RepositoryState) throws {
        let job = try Job("own", "run = 'true'", "skip = ['\(state.rawValue)']")
        for other in [nil] + RepositoryState.allCases.map(Optional.some) {
            let step = try #require(plan([job], on: Snapshot("a"), state: other).steps.first)
            #expect((step.skipped != nil) == (other == state))
            if other == state { #expect(step.skipped?.contains(state.rawValue) == true) }
        }
    }

    @Test func theVariableIsTheReasonEvenDuringAMerge() throws {
        let job = try Job("own", "run = 'true'", "skip = ['merge']")
        let plan = plan(
            [job], on: Snapshot("a"), skipping: ["own": "HOOKS_SKIP"], state: .merge)
        #expect(plan.steps[0].skipped?.contains("HOOKS_SKIP") == true)
    }

    @Test func conflictMarksAreLookedForDuringAMergeUnlessTheJobSaysAlways() throws {
        let usual = try Job("merge-conflict", "")
        let always = try Job("merge-conflict", "args = ['--assume-in-merge']")
        #expect(plan([usual], on: Snapshot("a.txt")).steps.isEmpty)
        #expect(plan([usual], on: Snapshot("a.txt"), state: .merge).steps.count == 1)
        #expect(plan([always], on: Snapshot("a.txt")).steps.count == 1)
    }

    @Test func linksAndSubmodulesAreForChecksOfTheWholeCommitAlone() throws {
        let snapshot = Snapshot(
            "a.txt",
            others: [SnapshotFile("link", .symbolicLink), SnapshotFile("module", .submodule)])
        let plan = plan(
            [try Job("case-conflict", ""), try Job("own", "run = 'true'")], on: snapshot)
        #expect(plan.steps.map(\.others) == [[0, 1], []])
        #expect(plan.steps.map(\.files) == [[0], [0]])
    }

    @Test func checkForSubmodulesIsThereForOneAlone() throws {
        let jobs = [try Job("forbid-new-submodules", ""), try Job("own", "run = 'true'")]
        let plan = plan(jobs, on: Snapshot(others: [SnapshotFile("module", .submodule)]))
        #expect(plan.steps.map(\.job.name) == ["forbid-new-submodules"])
    }

    @Test func theFirstLineIsReadOnceForAllJobsAndOnlyWhereANameTellsNothing() throws {
        let jobs = [
            try Job("one", "run = 'true'", "types = ['shell']"),
            try Job("two", "run = 'true'", "types = ['python']"),
        ]
        var read: [String] = []
        var snapshot = Snapshot("a.py", "b.txt")
        snapshot.files += [SnapshotFile("tool", .executable), SnapshotFile("other", .executable)]
        let plan = Plan(jobs, on: snapshot, skipping: [:], state: nil) { file in
            read.append(file.path.string)
            return Array((file.path == "tool" ? "#!/bin/sh\n" : "#!/usr/bin/env python3\n").utf8)
        }
        #expect(read.sorted() == ["other", "tool"])
        #expect(plan.steps.map(\.files) == [[2], [0, 3]])
    }

    @Test func checksOfTextAreNotGivenWhatIsBinaryByName() throws {
        let plan = plan([try Job("end-of-file", "")], on: Snapshot("a.png", "a.txt", "a"))
        #expect(plan.steps[0].files == [1, 2])
    }

    @Test func aJobWithoutNamesShowsNoNumberOfFiles() throws {
        let jobs = [
            try Job("all", "run = 'true'", "pass_files = false"), try text(),
        ]
        #expect(plan(jobs, on: Snapshot("a.txt", "b.txt")).lines.map(\.files) == [0, 2])
    }

    @Test func skippedJobsNeedNoFolder() throws {
        let jobs = [try Job("own", "run = 'true'", "reads = 'files'")]
        let all = plan(jobs, on: Snapshot("a"))
        #expect(all.isExternal)
        let none = plan(jobs, on: Snapshot("a"), skipping: ["own": "X"])
        #expect(!none.isExternal)
    }

    // MARK: Commits

    private let commit = Source.commit(.someCommit)

    @Test func onACommitNothingRunsInTheWorkingTree() throws {
        let job = try Job("own", "run = 'true'", "run_in = 'worktree'")
        #expect(plan([job], on: Snapshot("a")).steps[0].job.runIn == .worktree)
        #expect(plan([job], on: Snapshot("a", of: commit)).steps[0].job.runIn == .checkout)
    }

    @Test func aJobWithoutNamesJudgesTheWholeTreeOfACommit() throws {
        let job = try Job("own", "run = 'true'", "pass_files = false")
        #expect(plan([job], on: Snapshot("a")).steps[0].job.isWholeTree == false)
        #expect(plan([job], on: Snapshot("a", of: commit)).steps[0].job.isWholeTree)
        // It is there for a commit without files as well: one that only removes some.
        #expect(plan([job], on: Snapshot(deleted: ["b"], of: commit)).steps.count == 1)
        #expect(plan([job], on: Snapshot(deleted: ["b"])).steps.map(\.isTriggered) == [true])
    }

    @Test func aRemovedFileCountsForAJobThatNamesIt() throws {
        let job = try Job("own", "run = 'true'", "pass_files = false", "files = ['*.py']")
        let other = Snapshot("a.txt", deleted: ["b.txt"], of: commit)
        #expect(plan([job], on: other).steps.isEmpty)
        let removed = Snapshot("a.txt", deleted: ["b.py"], of: commit)
        #expect(plan([job], on: removed).steps.map(\.job.isWholeTree) == [true])
    }

    @Test func aRemovedFileCountsByItsType() throws {
        let job = try Job("own", "run = 'true'", "pass_files = false", "types = ['python']")
        #expect(plan([job], on: Snapshot(deleted: ["b.py"], of: commit)).steps.count == 1)
        #expect(plan([job], on: Snapshot(deleted: ["b.rb"], of: commit)).steps.isEmpty)
    }

    @Test func whatRunsAlwaysNeedsNoFile() throws {
        let lines = ["run = 'true'", "pass_files = false", "files = ['*.py']"]
        let usual = try Jobs("[jobs.own]\n" + lines.joined(separator: "\n"))["own"]
        let always = try Jobs("[jobs.own]\nalways = true\n" + lines.joined(separator: "\n"))["own"]
        #expect(plan([usual], on: Snapshot("a.txt")).steps.isEmpty)
        #expect(plan([always], on: Snapshot("a.txt")).steps.map(\.isTriggered) == [true])
    }

    @Test func aLinkThatItSelectsTriggersAJobWithoutNames() throws {
        let job = try Job("own", "run = 'true'", "pass_files = false", "files = ['link*']")
        let link = Snapshot(others: [SnapshotFile("link", .symbolicLink)])
        #expect(plan([job], on: link).steps.count == 1)
        #expect(try plan([Job("own", "run = 'true'", "files = ['link*']")], on: link).steps.isEmpty)
    }

    @Test func aFixerWithoutNamesStaysAFixerOfFiles() throws {
        let job = try Job("own", "run = 'true'", "pass_files = false", "fixes = true")
        #expect(plan([job], on: Snapshot("a", of: commit)).steps.map(\.job.isWholeTree) == [false])
    }

    @Test func wholeTreeJobsAreKeptWithoutFilesOnACommitOrWhenAskedFor() throws {
        let job = try Job("tests", "")
        #expect(plan([job], on: Snapshot(of: commit)).steps.count == 1)
        #expect(plan([job], on: Snapshot()).steps.isEmpty)
        #expect(plan([job], on: Snapshot(), keepsWholeTree: true).steps.count == 1)
    }
}
