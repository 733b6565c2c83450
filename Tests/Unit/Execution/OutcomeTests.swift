import Checks
import Configuration
import Files
import Git
import GitIndex
import Notation
import Planning
import Reporting
import Spawn
import Staging
import SystemPackage
import TestSupport
import Testing
import Tools
import Values

@testable import Execution
@testable import Workplaces

/// What a run came to, from what its jobs said.
struct OutcomeTests {
    private func plan(_ jobs: [Job], _ paths: String...) -> Plan {
        Plan(
            jobs, on: Snapshot(source: .index, files: paths.map { SnapshotFile($0) }),
            skipping: [:], state: nil
        ) { _ in [] }
    }

    private func own(_ name: String, fixes: Bool = false) throws -> Job {
        try Job(name, "run = 'true'", "fixes = \(fixes)")
    }

    /// A result in which nobody said anything yet.
    private func result(of plan: Plan) -> Execution.Result {
        let files = plan.snapshot.files.enumerated().map {
            FileState($0.offset, $0.element, Array("old".utf8), size: 3)
        }
        return Execution.Result(
            files: files, verdicts: plan.steps.map { _ in [nil] },
            changes: plan.steps.map { _ in [] })
    }

    private func verdict(_ kind: JobVerdict.Kind = .fine, _ output: String = "") -> JobVerdict {
        var verdict = JobVerdict(elapsed: .seconds(1))
        verdict.kind = kind
        verdict.output = Array(output.utf8)
        if kind == .broken { verdict.reason = "it broke" }
        return verdict
    }

    /// The files that a step fixed.
    private func fix(_ file: Int, by step: Int, _ result: inout Execution.Result) {
        result.files[file].change(to: Array("new".utf8))
        result.changes[step].insert(file)
        result.fixed = result.files.filter(\.isChanged)
    }

    private func outcome(
        _ result: Execution.Result, _ plan: Plan, known: Set<Int> = [], strays: [FilePath] = []
    ) -> Outcome { Outcome(result, of: plan, known: known, strays: strays) { _ in false } }

    @Test func verdictBecomesTheStatus() throws {
        let plan = plan([try own("a"), try own("b"), try own("c")], "x")
        var result = result(of: plan)
        result.verdicts = [[verdict()], [verdict(.findings, "no")], [verdict(.broken)]]
        let outcome = outcome(result, plan)
        #expect(outcome.reports.map(\.status) == [.passed, .failed, .broken])
        #expect(outcome.reports[2].reason == "it broke")
        #expect(outcome.has(.failed) && outcome.has(.broken) && !outcome.has(.skipped))
    }

    @Test func fixIsWhatStandsAtTheEndAndKnowsWhatWasThere() throws {
        let plan = plan([try own("a", fixes: true)], "x", "y")
        var result = result(of: plan)
        result.verdicts = [[verdict()]]
        fix(1, by: 0, &result)
        let outcome = outcome(result, plan)
        #expect(outcome.reports[0].status == .fixed && outcome.reports[0].fixedFiles == ["y"])
        #expect(outcome.fixes.map(\.file.path.string) == ["y"])
        #expect(outcome.fixes[0].before == Array("old".utf8))
        #expect(outcome.fixes[0].after == Array("new".utf8))
    }

    @Test func changeThatWasTakenBackIsNoFix() throws {
        let plan = plan([try own("a", fixes: true)], "x")
        var result = result(of: plan)
        result.verdicts = [[verdict()]]
        fix(0, by: 0, &result)
        result.files[0].change(to: Array("old".utf8))
        result.fixed = result.files.filter(\.isChanged)
        let outcome = outcome(result, plan)
        #expect(outcome.reports[0].status == .passed && outcome.fixes.isEmpty)
    }

    @Test func findingsStandBesideFixes() throws {
        let plan = plan([try own("a", fixes: true), try own("b")], "x")
        var result = result(of: plan)
        result.verdicts = [[verdict(.findings, "left")], [verdict()]]
        fix(0, by: 0, &result)
        let outcome = outcome(result, plan)
        #expect(outcome.reports[0].status == .failed && outcome.fixes.count == 1)
    }

    @Test func nothingIsFixedWhenOneJobIsBroken() throws {
        let plan = plan([try own("a", fixes: true), try own("b")], "x")
        var result = result(of: plan)
        result.verdicts = [[verdict()], [verdict(.broken)]]
        fix(0, by: 0, &result)
        let outcome = outcome(result, plan)
        #expect(outcome.fixes.isEmpty)
        // A fix that is not published is not shown as one.
        #expect(outcome.reports[0].status == .failed && outcome.reports[0].fixedFiles.isEmpty)
        #expect(outcome.reports[0].reason?.contains("fix of x is not applied") == true)
    }

    @Test func jobThatDidNotComeToItsTurnSaysWhy() throws {
        let plan = plan([try own("a", fixes: true), try own("b")], "x")
        var broken = result(of: plan)
        broken.verdicts = [[verdict(.broken)], [nil]]
        #expect(outcome(broken, plan).reports[1].status == .skipped)
        #expect(outcome(broken, plan).reports[1].reason?.contains("broken") == true)
        var stopped = result(of: plan)
        stopped.verdicts = [[verdict(.findings)], [nil]]
        stopped.stoppedBy = 0
        #expect(outcome(stopped, plan).reports[1].reason?.contains("`a`") == true)
        var failed = result(of: plan)
        failed.failure = "the folder is full"
        #expect(outcome(failed, plan).reports.map(\.status) == [.broken, .broken])
        #expect(outcome(failed, plan).reports[0].reason == "the folder is full")
    }

    @Test func knownFilesOfAJobThatDidNotRunPass() throws {
        let plan = plan([try own("a"), try own("b")], "x")
        var result = result(of: plan)
        result.verdicts = [[verdict(.findings)], [nil]]
        result.files[0].recall(1)
        result.stoppedBy = 0
        #expect(outcome(result, plan).reports[1].status == .known)
    }

    @Test func knownTreeIsSaidToBeKnown() throws {
        let tests = try Job("tests", "")
        let plan = Plan(
            [tests], on: Snapshot(of: .commit(.someCommit)), skipping: [:], state: nil
        ) { _ in [] }
        let outcome = outcome(result(of: plan), plan, known: [0])
        #expect(outcome.reports[0].status == .known)
    }

    @Test func skippedJobKeepsItsReason() throws {
        let plan = Plan(
            [try own("a")], on: Snapshot("x"), skipping: ["a": "HOOKS_SKIP"], state: nil
        ) { _ in [] }
        let report = outcome(result(of: plan), plan).reports[0]
        #expect(report.status == .skipped && report.reason?.contains("HOOKS_SKIP") == true)
    }

    @Test func missingProgramBreaksItsJobAndNoOtherRuns() throws {
        let plan = plan([try own("a"), try own("b")], "x")
        var idle = plan
        idle.steps[0].skipped = "not run, because another job cannot run"
        var outcome = Outcome(allKnown: idle)
        outcome.add(
            [1: Failure(message: "no b", hints: ["get it"], exitStatus: .broken)], of: plan,
            skipHint: "leave it out")
        #expect(outcome.reports.map(\.status) == [.skipped, .broken])
        #expect(outcome.reports[1].reason == "no b")
        #expect(outcome.reports[1].hints == ["get it", "leave it out"])
        #expect(outcome.fixes.isEmpty)
    }

    @Test func severalGroupsOfFilesAreOneReport() throws {
        let plan = plan([try own("a")], "x", "y")
        var result = result(of: plan)
        result.verdicts = [[verdict(.fine, "one"), nil, verdict(.findings, "two")]]
        let report = outcome(result, plan).reports[0]
        #expect(report.status == .failed)
        #expect(String(decoding: report.output, as: UTF8.self) == "one\ntwo")
        #expect(report.elapsed == .seconds(1))
    }

    // MARK: Blame

    @Test func strayFileIsLaidToTheProjectsOwnJobs() throws {
        let plan = plan([try own("a"), try Job("end-of-file", ""), try own("b")], "x.txt")
        var result = result(of: plan)
        result.verdicts = [[verdict()], [verdict()], [verdict()]]
        fix(0, by: 1, &result)
        let outcome = outcome(result, plan, strays: ["new.txt"])
        #expect(outcome.reports.map(\.status) == [.broken, .failed, .broken])
        #expect(outcome.reports[0].reason?.contains("`a` or `b`") == true)
        #expect(outcome.reports[0].reason?.contains("new.txt") == true)
        #expect(outcome.fixes.isEmpty)
    }
}
