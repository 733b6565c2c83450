internal import Checks
internal import Configuration
internal import Files
internal import Glibc
internal import Masking
internal import Notation
package import Planning
internal import Programs
internal import Reporting
package import Spawn
internal import SystemPackage
internal import Tools

/// The result of one call of a job.
package struct JobVerdict: Sendable {
    package enum Kind: Int, Sendable, Comparable {
        case fine
        case findings
        case broken

        package static func < (a: Kind, b: Kind) -> Bool { a.rawValue < b.rawValue }
    }

    package var kind = Kind.fine
    package var reason: String?
    /// Whether it found nothing to check, and that is allowed.
    package var hasNothing = false
    /// What it checked, if that is not files.
    var detail: String?
    package var hints: [String] = []
    package var output: [UInt8] = []
    /// Wall time, without the time in which it waited for a slot.
    package var elapsed: Duration
    /// How many of its files it skipped, because of its own configuration.
    package var unseen = 0
    /// Files that it changed besides those that it got.
    var generated: [Generated] = []
    /// Names of the processes that it left running; they were ended before anybody looked at its
    /// files.
    var leftRunning: [String] = []

    /// Whether nothing was added to it yet.
    private var isOfNothing = true

    /// A verdict on nothing yet.
    package init(elapsed: Duration) {
        self.elapsed = elapsed
    }

    /// The verdict on a job that cannot run.
    init(broken reason: String) {
        self.init(elapsed: .zero)
        breakDown(reason)
    }

    /// Both together: the worse one decides, the outputs follow each other.
    package mutating func add(_ other: JobVerdict, atTheSameTime: Bool) {
        if other.kind > kind || (isOfNothing && kind == .fine) {
            (kind, reason, hints) = (other.kind, other.reason, other.hints)
        }
        hasNothing = isOfNothing ? other.hasNothing : hasNothing && other.hasNothing
        isOfNothing = false
        if !output.isEmpty, output.last != UInt8(ascii: "\n"), !other.output.isEmpty {
            output.append(UInt8(ascii: "\n"))
        }
        output += other.output
        unseen += other.unseen
        generated += other.generated
        leftRunning += other.leftRunning
        elapsed = atTheSameTime ? max(elapsed, other.elapsed) : elapsed + other.elapsed
    }

    /// Names files as they are called in the working tree, where the job printed the whole path in
    /// the private folder that it ran in.
    mutating func namePlaces(from folder: FilePath) {
        let prefix = folder.bytes + [UInt8(ascii: "/")]
        guard prefix.count > 1, output.count >= prefix.count else { return }
        output = output.replacing(prefix, with: [])
    }

    /// Reads what the job checked, such as `12 files`, from its last line, if it begins with a
    /// number.
    mutating func takeDetail() {
        let lines = output.split(separator: UInt8(ascii: "\n"))
        guard let last = lines.last, let first = last.first, last.count <= 60,
            (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first)
        else { return }
        detail = String(decoding: last, as: UTF8.self)
        if kind == .fine, lines.count == 1 { output = [] }
    }

    /// The job did something that is not allowed, or could not run, whatever it printed.
    package mutating func breakDown(_ reason: String, hints: [String] = []) {
        if kind == .broken { return }
        kind = .broken
        self.reason = reason
        self.hints = hints
    }
}

extension JobVerdict {
    /// The meaning of a finished process.
    package init(
        _ completion: Completion, of job: Job, title: String, started: ContinuousClock.Instant
    ) {
        self.init(elapsed: ContinuousClock.now - started)
        isOfNothing = false
        output = Self.output(of: completion)
        switch completion.ending {
        case .exited(let code): judge(code, job, title)
        case .signalled(let number):
            breakDown("`\(title)` was killed by \(Self.name(ofSignal: number))")
        case .timedOut: breakDown(late: title, job)
        case .notStarted(let reason):
            breakDown(
                "`\(title)` cannot be started: \(reason)",
                hints: [
                    "correct `run` of [jobs.\(job.name)]; `HOOKS_SKIP=\(job.name)` before the command skips the job this time"
                ])
        case .cancelled: breakDown("`\(title)` was stopped before it finished")
        case .lost:
            breakDown(
                "`\(title)` was killed by something outside of hooks",
                hints: [
                    "run the same command again; another program, or a lack of memory, may have killed it"
                ])
        }
        if kind != .fine, let first = completion.denied.first {
            let more = completion.denied.count > 1 ? " and more" : ""
            hints.append(
                "`\(title)` could not write \(safeName(first.utf8))\(more): a job that must write into the "
                    + "working tree needs `run_in = \"worktree\"`")
        }
        leftRunning = completion.leftRunning
        guard !leftRunning.isEmpty, job.leftovers == .fail, kind == .fine else { return }
        kind = .findings
        reason = "`\(title)` left running: \(leftRunningInWords); killed"
        hints = [
            "let the job wait for the processes that it starts, or remove `leftovers = \"fail\"` from [jobs.\(job.name)]"
        ]
    }

    /// The names of the processes that were left running.
    var leftRunningInWords: String {
        let names = leftRunning.reduce(into: [String]()) { names, name in
            if !names.contains(name) { names.append(name) }
        }
        let more = names.count > 3 ? " and \(names.count - 3) more" : ""
        return names.prefix(3).map { "`\(safeName($0.utf8))`" }.joined(separator: ", ") + more
    }

    /// Explains why a program that was found did not run, if its file shows it.
    mutating func explain(_ program: FilePath, _ job: Job) {
        guard let obstacle = Obstacle(of: program) else { return }
        reason = "`\(safeName(program))` cannot run: \(obstacle.reason)"
        hints = [obstacle.hint, "or `HOOKS_SKIP=\(job.name) git commit` this time"]
    }

    /// The job exceeded its time.
    mutating func breakDown(late title: String, _ job: Job) {
        breakDown(
            "`\(title)` did not finish within \(job.timeout.inWords)",
            hints: ["set `timeout` in [jobs.\(job.name)] if it needs longer"])
    }

    private static func output(of completion: Completion) -> [UInt8] {
        guard completion.leftOut > 0 else { return completion.output }
        return Array(Mask.cutMark(completion.leftOut).utf8) + completion.output
    }

    private mutating func judge(_ code: Int32, _ job: Job, _ title: String) {
        if let tool = job.tool {
            judge(code, tool, job, title)
        } else if code == 126 || code == 127 {
            breakDown("`\(title)` failed with exit status \(code): its command cannot be run")
        } else if code != 0 {
            kind = .findings
            reason = output.isEmpty ? "`\(title)` exited with status \(code)" : nil
        }
    }

    /// The exit status decides. The output is read only if the status does not distinguish a
    /// finding from a failure, or from nothing: the output of a tool may quote anything.
    private mutating func judge(_ code: Int32, _ tool: Tool, _ job: Job, _ title: String) {
        let exit = tool.exits[code]
        if case .findings = exit {
            kind = .findings
        } else if tool.findings.contains(where: String(decoding: output, as: UTF8.self).contains) {
            kind = .findings
        } else if case .unread = exit {
            let words = "`\(job.name)` could not read all of its files"
            let help = tool.unreadHint.map { [$0] } ?? []
            if job.isDefault {
                (hasNothing, reason, hints) = (true, words, help)
            } else {
                breakDown(words, hints: help)
            }
        } else if case .nothing = exit {
            takeNothing(job, title)
        } else if exit == nil {
            breakDown("`\(title)` failed with exit status \(code)")
        }
    }

    /// There was nothing for it to work on, which is a finding for those who asked for it by name.
    private mutating func takeNothing(_ job: Job, _ title: String) {
        hasNothing = job.allowsNothing
        if hasNothing { return }
        kind = .findings
        reason = "`\(title)` found nothing to run"
        hints = ["if that is right, set `allow_empty = true` in [jobs.\(job.name)]"]
    }

    /// Takes in the report of single tests. A run that ends well without a test, as with
    /// `--collect-only` among the project's own options, has tested nothing.
    mutating func read(junitReport file: FilePath, of job: Job, title: String) {
        guard let (tests, summary) = junitSummary(file) else { return }
        detail = summary
        if kind == .fine, tests == 0 { takeNothing(job, title) }
    }

    private static func name(ofSignal number: Int32) -> String {
        let names: [Int32: String] = [
            SIGABRT: "SIGABRT", SIGBUS: "SIGBUS", SIGFPE: "SIGFPE", SIGILL: "SIGILL",
            SIGKILL: "SIGKILL",
            SIGSEGV: "SIGSEGV", SIGTERM: "SIGTERM", SIGINT: "SIGINT", SIGHUP: "SIGHUP",
            SIGPIPE: "SIGPIPE",
        ]
        return names[number] ?? "signal \(number)"
    }

    /// The verdict for the findings of a built-in check, each `path:line: message`.
    init(_ found: [(path: FilePath, findings: [Finding])], started: ContinuousClock.Instant) {
        self.init(elapsed: ContinuousClock.now - started)
        for (path, findings) in found {
            for finding in findings {
                let line = finding.line.map { ":\($0)" } ?? ""
                output += Array("\(safeName(path))\(line): \(finding.message)\n".utf8)
            }
        }
        kind = output.isEmpty ? .fine : .findings
    }
}

extension Duration {
    /// As the configuration would write it: `2m`, `90s`, `500ms`.
    var inWords: String {
        let total = milliseconds
        if total % 60_000 == 0 { return "\(total / 60_000)m" }
        return total % 1000 == 0 ? "\(total / 1000)s" : "\(total)ms"
    }
}
