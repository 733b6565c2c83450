import Checks
import Configuration
import Foundation
import Reporting
import Staging
import Synchronization
import SystemPackage
import TestSupport
import Values

@testable import Execution
@testable import Planning
@testable import Programs
@testable import Spawn
@testable import Workplaces

/// Jobs at work on files that are only values: what a job does is a function.
///
/// A built-in job is given one file after the other. A program is given its files in a folder, where
/// it may write, as it would be when it is started; only that nothing is started.
final class Bench {
    /// What a job says of a text: what it makes of it, or what it finds.
    enum Answer: Sendable {
        case fine
        case becomes(String)
        case finds(String)
    }

    private var jobs: [Job] = []
    private var programs: [String: @Sendable (String, String) -> Answer] = [:]
    private let scratch: Scratch?
    /// What was given to whom, as `job a.txt`, in the order of time.
    let calls = Calls()
    /// How many processes may run at the same time.
    var slots = 1
    /// How many groups the files are split into.
    var shards = 1
    /// Whether checkers may run beside the fixers.
    var speculates = true
    /// Steps that passed before.
    var known: Set<Int> = []

    /// - Parameter isWithPrograms: whether there is a folder for programs to work in.
    init(isWithPrograms: Bool = false) throws {
        scratch = isWithPrograms ? try Scratch() : nil
    }

    /// A built-in check; a fixer when it says so.
    func check(
        _ name: String, fixes: Bool = false, failsFast: Bool = false,
        _ body: @escaping @Sendable (_ path: String, _ text: String) -> Answer
    ) {
        let calls = calls
        let check = Scripted { file in
            let path = String(decoding: file.path, as: UTF8.self)
            calls.note("\(name) \(path)")
            switch body(path, String(decoding: file.content, as: UTF8.self)) {
            case .fine: return .passed
            case .becomes(let text):
                return Verdict(findings: [Finding(message: "x")], fixed: Array(text.utf8))
            case .finds(let words): return Verdict(findings: [Finding(message: words)])
            }
        }
        var job = Job(name: name, kind: CheckKind(check))
        job.fixes = fixes
        job.failsFast = failsFast
        job.reads = .files
        jobs.append(job)
    }

    /// A program of the catalogue, as a fixer or as a checker.
    func program(
        _ name: String, failsFast: Bool = false,
        _ body: @escaping @Sendable (_ path: String, _ text: String) -> Answer
    ) throws {
        var job = try Job(name, "")
        job.selection = Selection()
        job.failsFast = failsFast
        jobs.append(job)
        programs["/\(name)"] = body
    }

    /// Runs the jobs on files by their names.
    func run(_ files: KeyValuePairs<String, String>) async throws -> Ended {
        try await run(files.map { ($0.key, $0.value) })
    }

    /// Runs the jobs on files, each a name and a text.
    func run(_ files: [(name: String, text: String)]) async throws -> Ended {
        let snapshot = Snapshot(
            source: .index, files: files.map { SnapshotFile($0.name, content: $0.text) })
        let plan = Plan(jobs, on: snapshot, skipping: [:], state: nil) { _ in [] }
        var states = files.enumerated().map { position, file in
            FileState(
                position, snapshot.files[position], Array(file.text.utf8),
                size: file.text.utf8.count)
        }
        let top = FilePath(scratch?.url.path ?? "/nowhere")
        for name in scratch == nil ? [] : ["work", "caches"] {
            try FileManager.default.createDirectory(
                atPath: top.appending(name).string, withIntermediateDirectories: true)
        }
        let context = Context(
            folder: top,
            environment: ProcessEnvironment(
                rows: [Array("XDG_CACHE_HOME=\(top.appending("caches").string)".utf8)]),
            renderer: SilentRenderer(), jobs: slots)
        let laid =
            scratch == nil
            ? nil
            : try LaidOverlay(
                of: top.appending("work"), &states, around: [], absent: [], context)
        defer { laid?.clear() }
        var commands: [Int: Command] = [:]
        for (step, planned) in plan.steps.enumerated() where planned.job.isExternal {
            commands[step] = Command(
                program: FilePath("/" + planned.job.name), leading: [], trailing: [],
                environment: ProcessEnvironment(rows: []), timeout: .seconds(60),
                title: planned.job.name)
        }
        let (programs, calls) = (programs, calls)
        var runner = Runner(
            folder: laid?.overlay, isOfCommit: false, stage: nil,
            commands: commands, trees: [:], worktree: top.appending("work"), protected: [],
            variables: [:], slots: Slots(slots), warm: nil)
        runner.start = { Self.play($0, programs, calls) }
        let events = EventQueue()
        let execution = Execution(
            plan: plan, runner: runner, events: events,
            shards: Shards.split(states, most: shards, least: 1), known: known,
            speculates: speculates)
        let result = await execution.run(states)
        return Ended(
            result: result,
            outcome: Outcome(result, of: plan, known: known, strays: []) { _ in false },
            events: events.drain())
    }

    /// What a started program does: it rewrites its files, or prints what it finds and exits with 1.
    private static func play(
        _ invocation: Invocation,
        _ programs: [String: @Sendable (String, String) -> Answer], _ calls: Calls
    ) -> Completion {
        let name = invocation.program.string
        var output = ""
        for argument in invocation.arguments {
            let path = String(decoding: argument, as: UTF8.self)
            calls.note("\(name.dropFirst()) \(path)")
            let url = URL(fileURLWithPath: invocation.folder.string + "/" + path)
            guard let data = try? Data(contentsOf: url), let body = programs[name] else { continue }
            switch body(path, String(decoding: data, as: UTF8.self)) {
            case .fine: continue
            case .becomes(let text): try? Data(text.utf8).write(to: url)
            case .finds(let words): output += "\(path): \(words)\n"
            }
        }
        return Completion(
            ending: .exited(output.isEmpty ? 0 : 1), output: Array(output.utf8), leftOut: 0,
            leftRunning: [])
    }
}

/// What a run came to.
struct Ended {
    var result: Execution.Result
    var outcome: Outcome
    var events: [Event]

    /// What each file holds at the end.
    var texts: [String] { result.files.map { String(decoding: $0.now, as: UTF8.self) } }
    var statuses: [JobReport.Status] { outcome.reports.map(\.status) }
    var outputs: [String] { outcome.reports.map { String(decoding: $0.output, as: UTF8.self) } }
}

/// What happened, from several tasks at once.
final class Calls: Sendable {
    private let lines = Mutex<[String]>([])

    func note(_ line: String) { lines.withLock { $0.append(line) } }

    var all: [String] { lines.withLock { $0 } }
}

/// A check that does what a test says.
private struct Scripted: Check {
    static let name = "scripted"
    static let summary = "Does what a test says."
    static let fixes = true
    static let looksAt = Material.text
    static let examples: [Example] = []

    let body: @Sendable (CheckedFile) -> Verdict

    init(arguments: [String]) throws(CheckArgumentError) { body = { _ in .passed } }

    init(_ body: @escaping @Sendable (CheckedFile) -> Verdict) { self.body = body }

    func inspect(_ file: CheckedFile) -> Verdict { body(file) }
}
