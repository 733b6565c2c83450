import Checks
import Configuration
import Files
import Git
import GitIndex
import Planning
import Programs
import Reporting
import Spawn
import SystemPackage
import TestSupport
import Testing
import Tools
import Values

@testable import Execution
@testable import Staging
@testable import Workplaces

/// What is kept of a run for the next one: what passed, and nothing else.
@Suite(.inTurn) struct MemoryTests {
    /// A repository with staged files, jobs on them, and what is known of these.
    fileprivate struct Bench {
        let project: Project
        let plan: Plan

        init(_ text: String, staged: KeyValuePairs<String, String>) throws {
            project = try Project()
            for (path, content) in staged { try project.stage(path, content) }
            let catalogue = try Jobs(text).catalogue
            plan = Plan(
                try catalogue.jobs(of: .preCommit), on: try project.repository.stagedSnapshot(),
                skipping: [:], state: nil
            ) { _ in [] }
        }

        func memory(fresh: Bool = false) throws -> Memory {
            let builder = try CommandBuilder(
                project.ground(), Jobs("").catalogue, project.context())
            var commands: [Int: Command] = [:]
            for (step, planned) in plan.steps.enumerated() {
                commands[step] = try builder.command(for: planned.job)
            }
            return try Memory(
                project.ground(), plan, commands, project.filter, fresh: fresh)
        }

        /// A run in which every job passed every file.
        func allFine() throws -> Execution.Result {
            var files = plan.snapshot.files.enumerated().map {
                FileState($0.offset, $0.element, [1], size: 1)
            }
            for file in files.indices {
                for step in plan.steps.indices { files[file].settle(step) }
            }
            return Execution.Result(
                files: files, verdicts: plan.steps.map { _ in [JobVerdict(elapsed: .zero)] },
                changes: plan.steps.map { _ in [] })
        }
    }

    private static let two = """
        [jobs.one]
        run = 'cat'
        reads = 'files'
        [jobs.two]
        run = 'cat -v'
        reads = 'files'
        [hooks]
        pre-commit = ['one', 'two']
        """

    /// The steps that have nothing to say of a file any more, by file.
    private func settled(_ bench: Bench) throws -> [[Int]] {
        let files = bench.plan.snapshot.files.enumerated().map {
            FileState($0.offset, $0.element, [1], size: 1)
        }
        return try bench.memory().settled(files).map { file in
            bench.plan.steps.indices.filter { !file.isNews(to: $0) }
        }
    }

    private func published(_ path: FilePath, _ blob: ObjectID) -> Published {
        Published(path: path, working: .asItWas, blob: blob, staged: true)
    }

    @Test func nothingIsKnownAtFirstAndAllOfItAfterItPassed() throws {
        let bench = try Bench(Self.two, staged: ["a": "1", "b": "2"])
        #expect(try !bench.memory().knowsAll)
        try bench.memory().keep(bench.allFine(), [])
        #expect(try bench.memory().knowsAll)
        #expect(try settled(bench) == [[0, 1], [0, 1]])
    }

    @Test func freshRunKnowsNothing() throws {
        let bench = try Bench(Self.two, staged: ["a": "1"])
        try bench.memory().keep(bench.allFine(), [])
        #expect(try !bench.memory(fresh: true).knowsAll)
    }

    @Test(arguments: [JobVerdict.Kind.findings, .broken])
    func nothingIsKeptOfAJobThatDidNotPassEvenOnOtherFiles(kind: JobVerdict.Kind) throws {
        let bench = try Bench(Self.two, staged: ["a": "1", "b": "2"])
        var run = try bench.allFine()
        run.verdicts[0][0]?.kind = kind
        try bench.memory().keep(run, [])
        #expect(try settled(bench) == [[1], [1]])
    }

    @Test func nothingIsKeptOfAFileThatAJobHasYetToSee() throws {
        let bench = try Bench(Self.two, staged: ["a": "1", "b": "2"])
        var run = try bench.allFine()
        run.files[0].change(to: [2])
        run.files[0].settle(1)
        let blob = ObjectID(blob: [2])
        try bench.memory().keep(run, [published("a", blob)])
        #expect(try settled(bench) == [[], [0, 1]])
    }

    @Test func fixedContentIsKnownUnderItsNewName() throws {
        let bench = try Bench(Self.two, staged: ["a": "1"])
        var run = try bench.allFine()
        run.files[0].change(to: Array("fixed".utf8))
        for step in 0...1 { run.files[0].settle(step) }
        let blob = ObjectID(blob: Array("fixed".utf8))
        try bench.memory().keep(run, [published("a", blob)])
        // The content that was there is not what they passed.
        #expect(try settled(bench) == [[]])
        try bench.project.stage("a", "fixed")
        let next = try Bench.again(bench)
        #expect(try settled(next) == [[0, 1]])
    }

    @Test func fixThatWasNotPublishedIsNotKept() throws {
        let bench = try Bench(Self.two, staged: ["a": "1"])
        var run = try bench.allFine()
        run.files[0].change(to: Array("fixed".utf8))
        for step in 0...1 { run.files[0].settle(step) }
        try bench.memory().keep(run, [])
        try bench.project.stage("a", "fixed")
        #expect(try settled(Bench.again(bench)) == [[]])
    }

    @Test func nothingIsKeptOfJobsThatCouldNotWork() throws {
        let bench = try Bench(Self.two, staged: ["a": "1"])
        var run = try bench.allFine()
        run.verdicts[1][0]?.breakDown("it changed a file that it may not change")
        try bench.memory().keep(run, [])
        #expect(try settled(bench) == [[0]])
    }

    @Test func builtInChecksAreKnownTogetherOrNotAtAll() throws {
        let text = "[hooks]\npre-commit = ['end-of-file', 'trailing-whitespace']\n"
        let bench = try Bench(text, staged: ["a.txt": "1\n"])
        var run = try bench.allFine()
        run.verdicts[1][0]?.kind = .findings
        try bench.memory().keep(run, [])
        #expect(try settled(bench) == [[]])
        try bench.memory().keep(bench.allFine(), [])
        #expect(try settled(bench) == [[0, 1]])
    }

    @Test func skippedJobIsNoReasonToRun() throws {
        let bench = try Bench(Self.two, staged: ["a": "1"])
        var run = try bench.allFine()
        run.verdicts[1][0]?.kind = .findings
        try bench.memory().keep(run, [])
        var plan = bench.plan
        plan.steps[1].skipped = "HOOKS_SKIP names it"
        let again = Bench(project: bench.project, plan: plan)
        #expect(try again.memory().knowsAll)
        #expect(try !bench.memory().knowsAll)
    }
}

extension MemoryTests.Bench {
    fileprivate init(project: Project, plan: Plan) {
        (self.project, self.plan) = (project, plan)
    }

    /// The same jobs on what is staged now.
    fileprivate static func again(_ bench: Self) throws -> Self {
        let jobs = bench.plan.steps.map(\.job)
        let plan = Plan(
            jobs, on: try bench.project.repository.stagedSnapshot(), skipping: [:], state: nil
        ) { _ in [] }
        return Self(project: bench.project, plan: plan)
    }
}
