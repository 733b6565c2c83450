internal import CLinux
internal import Files
internal import Glibc
internal import SystemPackage

/// The other side of `run`: starts one program, and ensures that none of its processes outlives its
/// time.
///
/// It is the work of `hooks guard`, a separate process in a separate session. Standard input is
/// the socket to the process that asked; the program gets an empty one.
package struct Guard {
    private var timeout: Duration?
    private var protected: [FilePath] = []
    private var writable: [FilePath] = []
    private var writes = false
    private var mounts: [Invocation.Mount] = []
    /// Variables for a program without the mounts.
    private var otherwise: [[UInt8]] = []
    private var command: [[UInt8]] = []
    private var notesDenied = false
    private let lifeline: CInt
    private let denied = DeniedWrites()

    /// How long processes may take to end by themselves: after their parent has ended, and after
    /// they got TERM.
    private static let grace = Duration.milliseconds(700)

    /// Reads the arguments of `run`; nil if they are invalid.
    package init?(arguments: [[UInt8]]) {
        var rest = arguments[...]
        var source: FilePath?
        while let word = rest.popFirst(), word != Array("--".utf8) {
            if let value = word.after("--timeout=") {
                timeout = Int64(String(decoding: value, as: UTF8.self)).map { .milliseconds($0) }
            } else if let value = word.after("--protect=") {
                protected.append(FilePath(bytes: value))
            } else if let value = word.after("--writable=") {
                writable.append(FilePath(bytes: value))
            } else if let value = word.after("--mount=") {
                source = FilePath(bytes: value)
            } else if let value = word.after("--at="), let from = source {
                mounts.append(Invocation.Mount(from, at: FilePath(bytes: value)))
            } else if let value = word.after("--otherwise=") {
                otherwise.append(value)
            } else if word == Array("--note-denied".utf8) {
                notesDenied = true
            } else if word == Array("--writes".utf8) {
                writes = true
            } else {
                return nil
            }
        }
        command = Array(rest)
        lifeline = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3)
        guard !command.isEmpty, lifeline >= 0 else { return nil }
    }

    /// Runs the program to its end and reports; the exit status has no meaning.
    package func stand() -> Int32 {
        _ = linux_become_subreaper()
        signal(SIGPIPE, SIG_IGN)
        listenForChildren()
        let folder = getcwd(nil, 0)
        defer { free(folder) }
        let isOnItsOwn = confine(protecting: protected, exceptFor: writable, strictly: writes)
        if !isOnItsOwn || !mounts.allSatisfy(bind) { setOtherwise() }
        // The current folder is still the one below the mounts, which is writable.
        if isOnItsOwn, let folder { _ = chdir(folder) }
        denied.isWanted = notesDenied && isOnItsOwn
        denied.protected = protected
        var report = watch()
        report.denied = denied.names
        let words = report.words
        while send(lifeline, words, words.count, CInt(MSG_NOSIGNAL)) < 0, errno == EINTR {}
        return 0
    }

    private func bind(_ mount: Invocation.Mount) -> Bool {
        mount.source.withPlatformString { source in
            mount.target.withPlatformString { linux_bind(source, $0) }
        } == 0
    }

    private func setOtherwise() {
        for row in otherwise {
            let words = row.split(separator: UInt8(ascii: "="), maxSplits: 1)
            guard words.count == 2 else { continue }
            let strings = words.map { $0.map(CChar.init(bitPattern:)) + [0] }
            setenv(strings[0], strings[1], 1)
        }
    }

    private func watch() -> GuardReport {
        let program: pid_t
        switch start() {
        case .success(let started): program = started
        case .failure(let reason): return GuardReport(ending: .notStarted(reason))
        }
        let deadline = timeout.map { ContinuousClock.now + $0 }
        while true {
            if let ending = reap(waitingFor: program) {
                return GuardReport(ending: ending, leftRunning: endLeftovers())
            }
            switch sleepUntilNews(deadline) {
            case .child: continue
            case .callerIsGone:
                endEverything()
                return GuardReport(ending: .cancelled)
            case .deadline:
                endEverything()
                return GuardReport(ending: .timedOut)
            }
        }
    }

    private func start() -> Result<pid_t, Errno> {
        withCStrings(command) { words in
            let started =
                denied.isWanted
                ? linux_start(words, environ, &denied.listener) : linux_start(words, environ, nil)
            return started > 0 ? .success(started) : .failure(Errno(rawValue: errno))
        }
    }

    private enum News {
        case child
        case callerIsGone
        case deadline
    }

    /// Sleeps until a child ended, the caller went away, or the deadline passed.
    private func sleepUntilNews(_ deadline: ContinuousClock.Instant?) -> News {
        let left = deadline.map { max(.zero, $0 - ContinuousClock.now) }
        if left == .zero { return .deadline }
        switch denied.sleep(lifeline, left.map { $0.milliseconds + 1 } ?? -1) {
        case 1: return .callerIsGone
        default: return .child
        }
    }

    /// Collects every child that ended; returns the program's ending if it is among them.
    private func reap(waitingFor program: pid_t) -> Completion.Ending? {
        var ending: Completion.Ending?
        while true {
            var status: Int32 = 0
            let child = waitpid(-1, &status, WNOHANG)
            if child <= 0 { return ending }
            guard child == program else { continue }
            let number = status & 0x7f
            ending = number == 0 ? .exited((status >> 8) & 0xff) : .signalled(number)
        }
    }

    /// After the program's own end: lets its helpers finish, then kills the remaining processes and
    /// names them.
    private func endLeftovers() -> [String] {
        if !waitForChildren(until: ContinuousClock.now + Self.grace) { return [] }
        let names = descendants().map { nameOfProcess($0) }
        killUntilNoneIsLeft()
        return names.isEmpty ? ["a process"] : names
    }

    /// Sends TERM to all processes, and then KILL.
    private func endEverything() {
        for process in descendants() { kill(process, SIGTERM) }
        if waitForChildren(until: ContinuousClock.now + Self.grace) { killUntilNoneIsLeft() }
    }

    /// Waits for all children to end; true if some are left at the deadline.
    private func waitForChildren(until deadline: ContinuousClock.Instant) -> Bool {
        while true {
            var status: Int32 = 0
            let child = waitpid(-1, &status, WNOHANG)
            if child > 0 { continue }
            if child < 0 && errno == ECHILD { return false }
            if ContinuousClock.now >= deadline { return true }
            let left = min(deadline - ContinuousClock.now, .milliseconds(50))
            _ = denied.sleep(-1, max(0, left.milliseconds) + 1)
        }
    }

    /// A process may fork while it is being killed, so this repeats until there are no children.
    private func killUntilNoneIsLeft() {
        for _ in 0..<200 {
            for process in descendants() { kill(process, SIGKILL) }
            if !waitForChildren(until: ContinuousClock.now + .milliseconds(10)) { return }
        }
    }
}

/// Makes `SIGCHLD` interrupt `ppoll`, and nothing else.
private func listenForChildren() {
    var block = sigset_t()
    sigemptyset(&block)
    sigaddset(&block, SIGCHLD)
    sigprocmask(SIG_BLOCK, &block, nil)
    signal(SIGCHLD) { _ in }
}

extension [UInt8] {
    /// The text after `prefix`; nil if it does not start with it.
    fileprivate func after(_ prefix: String) -> [UInt8]? {
        starts(with: prefix.utf8) ? Array(dropFirst(prefix.utf8.count)) : nil
    }
}
