import Checks
import Configuration
import Files
import Git
import GitIndex
import Notation
import Planning
import Reporting
import SystemPackage
import TestSupport
import Testing
import Tools
import Values

@testable import Execution
@testable import Spawn
@testable import Workplaces

/// What the end of a program means for its job.
struct VerdictTests {
    private func verdict(
        _ ending: Completion.Ending, _ output: String = "", of job: Job, left: [String] = [],
        leftOut: Int = 0
    ) -> JobVerdict {
        let completion = Completion(
            ending: ending, output: Array(output.utf8), leftOut: leftOut, leftRunning: left)
        return JobVerdict(completion, of: job, title: "program", started: .now)
    }

    private func own() throws -> Job { try Job("own", "run = 'program'") }

    @Test(arguments: [
        (Int32(0), JobVerdict.Kind.fine), (1, .findings), (2, .findings), (125, .findings),
        (126, .broken), (127, .broken), (255, .findings),
    ])
    func statusOfAnOwnCommandIsAFindingUnlessItCannotBeRun(
        status: Int32, kind: JobVerdict.Kind
    ) throws {
        #expect(verdict(.exited(status), "said", of: try own()).kind == kind)
    }

    @Test func findingThatQuotesAnErrorOfTheSystemIsAFinding() throws {
        let quoted = verdict(
            .exited(1), "doc.txt:1: EROFS is Read-only file system", of: try own())
        #expect(quoted.kind == .findings)
    }

    @Test func commandThatFailsInSilenceHasAReason() throws {
        #expect(verdict(.exited(3), of: try own()).reason?.contains("3") == true)
        #expect(verdict(.exited(3), "a.txt:1: no", of: try own()).reason == nil)
    }

    @Test(arguments: Catalogue.all.filter { !$0.exits.isEmpty }.map(\.name))
    func statusOfAToolMeansWhatItsPageSays(name: String) throws {
        let job = try Job(name, "")
        let tool = try #require(job.tool)
        for status in Int32(0)...10 {
            let kind = verdict(.exited(status), of: job).kind
            switch tool.exits[status] {
            case .fine: #expect(kind == .fine, "\(status)")
            case .findings, .nothing: #expect(kind == .findings, "\(status)")
            case .unread, nil: #expect(kind == .broken, "\(status)")
            }
        }
    }

    @Test func nothingToWorkOnPassesOnlyWhenTheJobAllowsIt() throws {
        let nothing = try #require(
            try Job("tests", "").tool?.exits.first { $0.value == .nothing }?.key)
        let strict = verdict(.exited(nothing), of: try Job("tests", ""))
        #expect(strict.kind == .findings && strict.hints.first?.contains("allow_empty") == true)
        let lax = verdict(.exited(nothing), of: try Job("tests", "allow_empty = true"))
        #expect(lax.kind == .fine)
    }

    @Test(arguments: [
        Completion.Ending.signalled(9), .timedOut, .notStarted(.noSuchFileOrDirectory), .cancelled,
        .lost,
    ])
    func whatDidNotEndByItselfIsBrokenWhateverItPrinted(ending: Completion.Ending) throws {
        let broken = verdict(ending, "all is well", of: try own())
        #expect(broken.kind == .broken && broken.reason != nil)
    }

    @Test func timeoutNamesTheTimeAndTheKey() throws {
        let late = verdict(.timedOut, of: try Job("own", "run = 'program'", "timeout = '90s'"))
        #expect(late.reason?.contains("90s") == true)
        #expect(late.hints.first?.contains("`timeout` in [jobs.own]") == true)
    }

    @Test func processLeftBehindIsNamedAndFailsOnlyAJobThatWantsIt() throws {
        let left = verdict(.exited(0), of: try own(), left: ["sleep", "sleep", "\u{1B}[2J"])
        #expect(left.kind == .fine && left.reason == nil)
        #expect(left.leftRunningInWords.hasPrefix("`sleep`, `"))
        #expect(!left.leftRunningInWords.contains("\u{1B}"))
        let strict = try Job("own", "run = 'program'", "leftovers = 'fail'")
        let failed = verdict(.exited(0), of: strict, left: ["sleep"])
        #expect(failed.kind == .findings && failed.reason?.contains("`sleep`") == true)
        let both = verdict(.signalled(11), of: strict, left: ["sleep"])
        #expect(both.kind == .broken && both.reason?.contains("SIGSEGV") == true)
    }

    @Test func whatWasLeftOutOfTheOutputIsSaid() throws {
        let text = String(
            decoding: verdict(.exited(1), "the end", of: try own(), leftOut: 12).output,
            as: UTF8.self)
        #expect(text.contains("12 bytes left out") && text.hasSuffix("the end"))
    }

    // MARK: Several processes

    @Test func worseOfTwoDecidesAndBothAreHeard() {
        var all = JobVerdict(elapsed: .seconds(1))
        all.output = Array("one".utf8)
        var other = JobVerdict(elapsed: .seconds(2))
        other.output = Array("two\n".utf8)
        other.breakDown("broke", hints: ["do"])
        all.add(other, atTheSameTime: false)
        #expect(all.kind == .broken && all.reason == "broke" && all.hints == ["do"])
        #expect(String(decoding: all.output, as: UTF8.self) == "one\ntwo\n")
        #expect(all.elapsed == .seconds(3))
    }

    @Test func betterOfTwoTakesNothingBack() {
        var all = JobVerdict(elapsed: .seconds(1))
        all.breakDown("broke")
        all.add(JobVerdict(elapsed: .seconds(5)), atTheSameTime: true)
        #expect(all.kind == .broken && all.reason == "broke" && all.elapsed == .seconds(5))
    }

    @Test(arguments: [
        ("12 files\n", "12 files", ""), ("a warning\n3 tests\n", "3 tests", "a warning\n3 tests\n"),
        ("no number\n", nil, "no number\n"), ("", nil, ""),
        ("1" + String(repeating: "x", count: 80), nil, "1" + String(repeating: "x", count: 80)),
    ])
    func lastLineThatBeginsWithANumberIsTheDetail(
        output: String, detail: String?, rest: String
    ) {
        var verdict = JobVerdict(elapsed: .zero)
        verdict.output = Array(output.utf8)
        verdict.takeDetail()
        #expect(verdict.detail == detail)
        #expect(String(decoding: verdict.output, as: UTF8.self) == rest)
    }

    @Test func detailOfAFailureStaysInItsOutput() {
        var verdict = JobVerdict(elapsed: .zero)
        verdict.kind = .findings
        verdict.output = Array("2 failed\n".utf8)
        verdict.takeDetail()
        #expect(verdict.detail == "2 failed" && !verdict.output.isEmpty)
    }

    @Test(arguments: [
        (Duration.seconds(120), "2m"), (.seconds(90), "90s"), (.milliseconds(500), "500ms"),
        (.seconds(3600), "60m"),
    ])
    func timesAreSaidAsTheyAreWritten(time: Duration, text: String) {
        #expect(time.inWords == text)
    }
}
