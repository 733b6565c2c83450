package import SystemPackage

/// Prints a run for programs: one JSON object per line, each with the key `event`.
///
/// In the order in which they come, except that jobs finish in planned order:
///
///     {"event":"planned","jobs":[{"name":"black","files":2}]}
///     {"event":"started","job":0,"name":"black"}
///     {"event":"finished","job":0,"name":"black","status":"fixed","files":2,
///      "detail":null,"fixed_files":["a.py"],"elapsed_ms":410,"reason":null,"hints":[],"output":"","diff":""}
///      {"event":"file","path":"a.py","text":"..."} {"event":"note","text":"..."}
///      {"event":"ended","message":"...","hints":[],"exit_status":0}
///      {"event":"error","message":"...","hints":[],"exit_status":2}
///
/// Requested output is printed as the objects that `docs/json.md` describes.
///
/// If jobs run in phases, also: `phase_began`, `phase_ended` and at the end `phases`.
///
/// `job` is the position in `jobs` of the last `planned`. `status` is passed, fixed, failed, broken
/// or skipped. `exit_status` is what the process exits with. Paths are quoted as git does with
/// `core.quotePath=false`. In `output` and `diff`, bytes that are not UTF-8 are replaced by U+FFFD.
/// More keys and events may be added.
package final class JSONRenderer: Renderer {
    private let writer: ByteWriter
    private var order = PlannedOrder()
    private var hasAnswered = false

    /// Makes a renderer that writes to a descriptor, standard output as a rule.
    package init(_ descriptor: FileDescriptor) {
        writer = ByteWriter(descriptor)
    }

    package func handle(_ event: Event) {
        switch event {
        case .planned(let jobs):
            finish(order.drain())
            order = PlannedOrder(jobs)
            let list = jobs.map { job in
                JSON.object([("name", .string(job.name)), ("files", .integer(job.files))])
            }
            write("planned", [("jobs", .array(list))])
        case .paused, .reached, .secrets: break
        case .started(let job):
            guard order.jobs.indices.contains(job) else { return }
            write("started", [("job", .integer(job)), ("name", .string(order.jobs[job].name))])
        case .finished(let job, let report):
            finish(order.finish(job, report))
        case .phaseBegan(let title):
            finish(order.drain())
            write("phase_began", [("phase", .string(title.name))])
        case .phaseEnded(let phase):
            finish(order.drain())
            write("phase_ended", PhaseLines.json(phase))
        case .table(let table):
            let phases = table.phases.map { JSON.object(PhaseLines.json($0)) }
            write(
                "phases",
                [
                    ("phases", .array(phases)), ("elapsed_ms", .integer(table.total.milliseconds)),
                    ("budget_ms", table.budget.map { .integer($0.milliseconds) } ?? .null),
                ])
        case .file(let note):
            write("file", [("path", .string(note.path)), ("text", .string(note.text))])
        case .answer(let answer):
            hasAnswered = true
            writer.write(answer.json)
            writer.flush()
        case .output(let bytes):
            writer.write(bytes)
            writer.flush()
        case .note(let text):
            write("note", [("text", .string(text))])
        case .ended(let summary):
            finish(order.drain())
            // Only the requested output is printed.
            guard !hasAnswered else { return }
            write("ended", last(summary.message, summary.hints, summary.exitStatus))
        }
    }

    package func tick() {}

    package func suspend() {}

    package func report(_ error: any Explained) {
        finish(order.drain())
        write("error", last(error.message, error.hints, error.exitStatus))
    }

    private func last(
        _ message: String, _ hints: [String], _ status: ExitStatus
    ) -> [(key: String, value: JSON)] {
        [
            ("message", .string(message)), ("hints", strings(hints)),
            ("exit_status", .integer(Int(status.code))),
        ]
    }

    private func finish(_ turns: [PlannedOrder.Turn]) {
        for turn in turns {
            let report = turn.report
            write(
                "finished",
                [
                    ("job", .integer(turn.job)), ("name", .string(turn.planned.name)),
                    ("status", .string(report.status.rawValue)), ("files", .integer(report.files)),
                    ("detail", report.detail.map { .string($0) } ?? .null),
                    ("fixed_files", strings(report.fixedFiles)),
                    ("elapsed_ms", .integer(report.elapsed.milliseconds)),
                    ("reason", report.reason.map { .string($0) } ?? .null),
                    ("hints", strings(report.hints)), ("output", .bytes(report.output)),
                    ("diff", .bytes(report.diff)),
                ])
        }
    }

    private func strings(_ values: [String]) -> JSON { .array(values.map { .string($0) }) }

    private func write(_ event: String, _ members: [(key: String, value: JSON)]) {
        writer.write(JSON.object([("event", .string(event))] + members).text + "\n")
        writer.flush()
    }
}
