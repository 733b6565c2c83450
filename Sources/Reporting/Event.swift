/// The events of a run for its renderer, in order.
package enum Event: Sendable {
    /// The jobs of this run in configured order; later events name them by their position here.
    case planned([PlannedJob])
    /// A process or check of a job began; there may be several at once.
    case started(job: Int)
    /// One of them ended; the job may start again, or wait for others to end.
    case paused(job: Int)
    /// A job ended. Jobs end in any order; renderers print them in planned order.
    ///
    /// The first report of a job counts: a whole-tree job that fails on a commit is reported at
    /// once, and again with all others when the outcome of the run is known.
    case finished(job: Int, JobReport)
    /// One of several phases began: the following events are about its jobs.
    case phaseBegan(PhaseTitle)
    /// That phase ended.
    case phaseEnded(PhaseReport)
    /// The results of all phases.
    case table(PhaseTable)
    /// Something about one file that the user should know, such as an unstaged line that won over a
    /// fix.
    case file(FileNote)
    /// The requested output.
    case answer(any Answer)
    /// The requested output of another program, unchanged.
    case output([UInt8])
    /// One line about the run as a whole.
    case note(String)
    /// Values that renderers must hide from here on.
    case secrets(@Sendable () -> [[UInt8]])
    /// A stage of the work ended; only for `--timings`.
    case reached(String)
    /// The run is over.
    case ended(Summary)
}

/// A job of the plan.
package struct PlannedJob: Equatable, Sendable {
    package var name: String
    /// How many files it will check; 0 for a job that gets none.
    package var files: Int

    package init(name: String, files: Int) {
        self.name = name
        self.files = files
    }
}

/// How one job ended.
package struct JobReport: Sendable {
    package enum Status: String, Sendable {
        /// It found nothing.
        case passed
        /// It did not run, because its result is cached.
        case known
        /// It changed files, and then found nothing more.
        case fixed
        /// It found something that a person must fix.
        case failed
        /// It could not run properly: missing, crashed, timed out, or did something forbidden.
        /// Nothing is published.
        case broken
        /// It did not run, or found nothing to work on; `reason` says why.
        case skipped
    }

    package var status: Status
    /// How many files it checked.
    package var files: Int
    /// What it checked, if that is not files: `112 tests`.
    package var detail: String?
    /// The files that it changed, safe to print, in the order of the snapshot.
    package var fixedFiles: [String]
    /// Wall time from its first start to its last end.
    package var elapsed: Duration
    /// Why it was skipped or broken: one line without a final full stop.
    package var reason: String?
    package var hints: [String]
    /// Its output, both streams as they came, bounded; raw bytes of another program.
    package var output: [UInt8]
    /// A unified diff of its changes; only if the run publishes nothing.
    package var diff: [UInt8]

    package init(
        status: Status, files: Int = 0, fixedFiles: [String] = [], elapsed: Duration = .zero,
        reason: String? = nil, hints: [String] = [], output: [UInt8] = [], diff: [UInt8] = []
    ) {
        self.status = status
        self.files = files
        self.fixedFiles = fixedFiles
        self.elapsed = elapsed
        self.reason = reason
        self.hints = hints
        self.output = output
        self.diff = diff
    }
}

extension JobReport {
    /// Whether the job ran in this run.
    package var hasRun: Bool { status != .skipped && status != .known }

    /// Whether its program ran and found nothing to work on.
    package var hasFoundNothing: Bool { status == .skipped && elapsed > .zero }
}

/// One line about one file.
package struct FileNote: Equatable, Sendable {
    /// Safe to print.
    package var path: String
    package var text: String

    package init(path: String, text: String) {
        self.path = path
        self.text = text
    }
}

/// The last line of a run.
package struct Summary: Equatable, Sendable {
    /// What happened, in one line.
    package var message: String
    package var hints: [String]
    package var exitStatus: ExitStatus

    package init(message: String, hints: [String] = [], exitStatus: ExitStatus) {
        self.message = message
        self.hints = hints
        self.exitStatus = exitStatus
    }
}
