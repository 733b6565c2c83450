import Glibc
import Reporting
import SystemPackage

/// A file without a name that takes what a renderer writes.
final class Recording {
    private let file = tmpfile()

    var descriptor: FileDescriptor { FileDescriptor(rawValue: file.map { fileno($0) } ?? -1) }

    var bytes: [UInt8] {
        var all: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 64 * 1024)
        while true {
            let count = pread(descriptor.rawValue, &chunk, chunk.count, off_t(all.count))
            if count <= 0 { return all }
            all += chunk[0..<count]
        }
    }

    var text: String { String(decoding: bytes, as: UTF8.self) }

    deinit {
        if let file { fclose(file) }
    }
}

/// A renderer with both of its streams recorded and a clock that is set by hand.
final class Stage {
    let messages = Recording()
    let data = Recording()
    let terminal: Terminal
    private(set) var renderer: TerminalRenderer
    private let clock = Clock()

    final class Clock {
        var time: Duration = .zero
    }

    init(
        _ terminal: Terminal = Terminal(), data dataTerminal: Terminal = Terminal(),
        verbosity: Verbosity = .normal
    ) {
        self.terminal = terminal
        let clock = clock
        renderer = TerminalRenderer(
            messages: .init(messages.descriptor, terminal),
            data: .init(data.descriptor, dataTerminal), verbosity: verbosity, now: { clock.time })
    }

    /// Plays events, a tenth of a second and a tick before each one.
    func play(_ events: [Event]) {
        for event in events {
            pass(.milliseconds(100))
            renderer.handle(event)
        }
    }

    func pass(_ time: Duration) {
        clock.time += time
        renderer.tick()
    }
}

/// A run with a job of each status; they end in another order than planned.
enum SampleRun {
    static let jobs = [
        PlannedJob(name: "trailing-whitespace", files: 12), PlannedJob(name: "black", files: 12),
        PlannedJob(name: "flake8", files: 12), PlannedJob(name: "eslint", files: 1),
        PlannedJob(name: "mypy", files: 12), PlannedJob(name: "proto", files: 0),
    ]

    static let events: [Event] = [
        .planned(jobs), .started(job: 1), .started(job: 2), .started(job: 0), .started(job: 3),
        .finished(
            job: 3,
            JobReport(
                status: .broken, files: 1, elapsed: .milliseconds(3), reason: "`eslint` not found",
                hints: ["install it with `npm install`"])),
        .finished(job: 5, JobReport(status: .passed)),
        .finished(
            job: 2,
            JobReport(
                status: .failed, files: 12, elapsed: .milliseconds(1234),
                output: Array("a.py:1:1: F401 unused\n\n\u{1B}[1mb.py\u{1B}[0m:2\n".utf8))),
        .finished(
            job: 1,
            JobReport(
                status: .fixed, files: 12, fixedFiles: ["a.py", "b.py", "c.py"],
                elapsed: .milliseconds(412), output: Array("reformatted\n".utf8))),
        .finished(
            job: 0,
            JobReport(
                status: .passed, files: 12, elapsed: .milliseconds(12), output: Array("ok\n".utf8))),
        .finished(job: 4, JobReport(status: .skipped, files: 12, reason: "HOOKS_SKIP")),
        .file(FileNote(path: "a.py", text: "your unstaged lines were kept")),
        .note("3 files restaged"),
        .ended(
            Summary(
                message: "1 job failed, 1 is broken", hints: ["run `hooks fix`"],
                exitStatus: .failed)),
    ]

    static let plainText = """
        trailing-whitespace  passed   12 files                12 ms
        black                fixed    3 of 12 files fixed    0.41 s
        flake8               failed   12 files               1.23 s
          a.py:1:1: F401 unused

          b.py:2
        eslint               broken   1 file                   3 ms
          `eslint` not found
          hint: install it with `npm install`
        mypy                 skipped  HOOKS_SKIP
        a.py: your unstaged lines were kept
        note: 3 files restaged
        hooks: 1 job failed, 1 is broken
        hint: run `hooks fix`

        """
}

/// Bytes that look like what hostile programs print, the same on every run.
struct HostileBytes {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next(below limit: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int(state >> 33) % limit
    }

    mutating func make() -> [UInt8] {
        let pieces: [String] = [
            "\u{1B}[31m", "\u{1B}[0m", "\u{1B}[2J", "\u{1B}]0;title\u{07}", "\u{1B}]8;;x\u{1B}\\",
            "\u{1B}[",
            "\u{1B}", "\r", "\r\n", "\n", "\t", "\u{08}", "\u{9B}31m", "\u{202E}", "\u{200B}",
            "\u{85}",
            "\u{1B}[38;5;1m", "\u{1B}[?1049h", "\u{1B}P1$r\u{1B}\\", "\u{1B}(0", "\u{1B}c", "m",
            "1;2", "é", "漢", "🙂",
        ]
        var bytes: [UInt8] = []
        for _ in 0..<next(below: 30) {
            switch next(below: 3) {
            case 0: bytes.append(UInt8(next(below: 256)))
            case 1: bytes += Array(pieces[next(below: pieces.count)].utf8)
            default: bytes.append(UInt8(0x20 + next(below: 95)))
            }
        }
        return bytes
    }
}
