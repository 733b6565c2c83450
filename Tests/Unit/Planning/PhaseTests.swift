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

/// Jobs as they are in a phase, and which of them a push runs beside.
@Suite(.inTurn) struct PhaseTests {
    private func phases(_ text: String?, _ files: KeyValuePairs<String, String> = ["a.txt": ""])
        throws
        -> [PhaseJobs]
    {
        let made = try Project(files)
        return try Jobs(text).catalogue.phases(on: made.commit, in: made.repository)
    }

    @Test func usualPhasesHaveTheJobsThatFindSomething() throws {
        let none = try phases(nil)
        #expect(none.map(\.name) == ["build", "test", "integrate"])
        #expect(none.map { $0.jobs.map(\.name) }.joined().contains("tests") == false)
        let python = try phases(nil, ["pkg/a.py": "", "test_a.py": ""])
        #expect(python.map { $0.jobs.map(\.name) }[0] == ["loss", "compile-python"])
        #expect(python[1].jobs.map(\.name) == ["tests"])
        #expect(python[2].jobs.map(\.name).contains("imports"))
    }

    @Test func listedPhasesKeepEveryJobEvenWhereNothingIsThere() throws {
        let found = try phases("[phases]\nbuild = ['compile-python']\ntest = ['tests']\n")
        #expect(found.map { $0.jobs.map(\.name) } == [["compile-python"], ["tests"]])
    }

    @Test func jobForMessagesIsRefusedInAPhase() throws {
        let failure = #expect(throws: Failure.self) {
            _ = try phases("[phases]\nbuild = ['subject']\n")
        }
        #expect(failure?.exitStatus == .usage && failure?.message.contains("subject") == true)
    }

    @Test(arguments: [
        ("run = 'make'", true, JobSettings.RunIn.checkout),
        ("run = 'make'\nfiles = ['*.c']", false, .checkout),
        ("run = 'make'\npass_files = true", false, .checkout),
        ("run = 'sed'\nfixes = true", false, .checkout),
        ("run = 'sed'\nfixes = true\nreads = 'files'", false, .staged),
    ])
    func ownJobLooksAtTheTreeUnlessItNamesItsFiles(
        lines: String, isWholeTree: Bool, place: JobSettings.RunIn
    ) throws {
        let text = "[jobs.own]\n\(lines)\n[phases]\nbuild = ['own']\n"
        let job = try #require(try phases(text).first?.jobs.first)
        #expect(job.isWholeTree == isWholeTree && job.runIn == place)
    }

    @Test func checkerOfTheCatalogueLooksAtACheckoutAndItsFixerDoesNot() throws {
        let jobs = try phases("[phases]\nbuild = ['flake8', 'black', 'end-of-file']\n")[0].jobs
        #expect(jobs.map(\.runIn) == [.checkout, .staged, .staged])
    }

    @Test func jobOfAPhaseIsTheSameBeforeAPush() throws {
        let catalogue = try Jobs(
            "[jobs.own]\nrun = 'make'\n[phases]\ntest = ['own']\n[hooks]\npre-push = ['own']\n"
        ).catalogue
        #expect(try catalogue.jobs(of: .prePush)[0].isWholeTree)
        #expect(try !catalogue.job("own").isWholeTree)
    }

    @Test func quickWordsAreForTheDesk() throws {
        let catalogue = try Jobs(
            """
            [jobs.own]
            run = 'make check'
            quick = 'make smoke'
            [phases]
            test = ['own']
            [hooks]
            pre-push = ['own']
            """
        ).catalogue
        #expect(try catalogue.jobs(of: .prePush)[0].kind.words == ["make", "smoke"])
        #expect(try catalogue.phaseJob("own").kind.words == ["make", "check"])
    }

    @Test func pushRunsWhatIsInNoPhase() throws {
        let made = try Project(["a.txt": ""])
        let catalogue = try Jobs(
            "[phases]\ntest = ['tests']\n[hooks]\npre-push = ['end-of-file', 'tests']\n"
        ).catalogue
        let jobs = try catalogue.pushJobs(on: made.commit, in: made.repository)
        #expect(jobs.map(\.name) == ["end-of-file"])
    }

    @Test(arguments: [
        ("test_a.py", true), ("pkg/a_test.py", true), ("tests/a.py", false), ("test_a.txt", false),
        ("contest.py", false), ("test.py", false),
    ])
    func testsAreFoundByTheNamesOfPytest(path: String, isTest: Bool) {
        #expect(JobCatalogue.isTest(FilePath(path)) == isTest)
    }
}
