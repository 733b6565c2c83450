package import SystemPackage

/// Shows a run through another renderer, and its findings a second time in a format for programs.
package final class ProblemRenderer: Renderer {
    package enum Form: Sendable {
        /// One SARIF 2.1.0 document at the end.
        case sarif(version: String)
        /// Annotations that GitHub shows beside the code.
        case annotations
    }

    private let inner: any Renderer
    private let form: Form
    private let writer: ByteWriter
    private var order = PlannedOrder()
    /// Each problem once, in the order of the plan; the names of all jobs, in that order too.
    private var found: [(job: String, problem: Problem)] = []
    private var names: [String] = []
    private var isDone = false

    /// - Parameter descriptor: where the second format is written, usually standard output.
    package init(_ inner: any Renderer, _ form: Form, _ descriptor: FileDescriptor) {
        self.inner = inner
        self.form = form
        writer = ByteWriter(descriptor)
    }

    package func handle(_ event: Event) {
        inner.handle(withoutDiff(event))
        switch event {
        case .planned(let planned):
            collect(order.drain())
            order = PlannedOrder(planned)
            for job in planned where !names.contains(job.name) { names.append(job.name) }
        // The end of a job is reported when it ends, and again with all others.
        case .finished(let job, let report): collect(order.finish(job, report))
        case .ended: finish()
        default: break
        }
    }

    /// Adds the problems of finished jobs, in order.
    private func collect(_ turns: [PlannedOrder.Turn]) {
        for turn in turns where turn.report.status.isBad {
            for problem in Problem.all(in: turn.report.output)
            where !found.contains(where: { $0.job == turn.planned.name && $0.problem == problem }) {
                found.append((turn.planned.name, problem))
            }
        }
    }

    /// If a document is written to standard output, nothing else is.
    private func withoutDiff(_ event: Event) -> Event {
        guard case .sarif = form, case .finished(let job, var report) = event else { return event }
        report.diff = []
        return .finished(job: job, report)
    }

    package func tick() { inner.tick() }
    package func suspend() { inner.suspend() }
    package func close() { inner.close() }

    package func report(_ error: any Explained) {
        inner.report(error)
        finish()
    }

    private func finish() {
        collect(order.drain())
        guard !isDone else { return }
        isDone = true
        switch form {
        case .sarif(let version): writer.write(sarif(found, version).text + "\n")
        case .annotations: for each in found { writer.write(annotation(each.job, each.problem)) }
        }
        writer.flush()
    }

    private func annotation(_ job: String, _ problem: Problem) -> String {
        let column = problem.column.map { ",col=\($0)" } ?? ""
        let title = [job, problem.code].compactMap { $0 }.joined(separator: " ")
        return "::\(problem.isError ? "error" : "warning") file=\(escaped(problem.path, true)),"
            + "line=\(problem.line)\(column),title=\(escaped(title, true))::"
            + escaped(problem.message, false) + "\n"
    }

    /// As the runner reads it: `%`, line ends, and in properties `:` and `,` are spelled out.
    private func escaped(_ text: String, _ isProperty: Bool) -> String {
        var result = ""
        for character in text.unicodeScalars {
            switch character {
            case "%": result += "%25"
            case "\r": result += "%0D"
            case "\n": result += "%0A"
            case ":" where isProperty: result += "%3A"
            case "," where isProperty: result += "%2C"
            default: result.unicodeScalars.append(character)
            }
        }
        return result
    }

    /// One run for each job that found something.
    private func sarif(_ found: [(job: String, problem: Problem)], _ version: String) -> JSON {
        let names = names.filter { name in found.contains { $0.job == name } }
        let runs = names.map { name in
            let problems = found.filter { $0.job == name }.map(\.problem)
            let rules = Set(problems.compactMap(\.code)).sorted()
            let driver: [(key: String, value: JSON)] = [
                ("name", .string(name)),
                ("rules", .array(rules.map { .object([("id", .string($0))]) })),
            ]
            return JSON.object([
                ("tool", .object([("driver", .object(driver))])),
                ("results", .array(problems.map(result))),
            ])
        }
        let empty = JSON.object([
            (
                "tool",
                .object([
                    (
                        "driver",
                        .object([("name", .string("hooks")), ("version", .string(version))])
                    )
                ])
            ), ("results", .array([])),
        ])
        return .object([
            ("$schema", .string("https://json.schemastore.org/sarif-2.1.0.json")),
            ("version", .string("2.1.0")), ("runs", .array(runs.isEmpty ? [empty] : runs)),
        ])
    }

    private func result(_ problem: Problem) -> JSON {
        var region: [(key: String, value: JSON)] = [("startLine", .integer(problem.line))]
        if let column = problem.column, column > 0 {
            region.append(("startColumn", .integer(column)))
        }
        let place = JSON.object([
            ("artifactLocation", .object([("uri", .string(Self.uri(problem.path)))])),
            ("region", .object(region)),
        ])
        let code: [(key: String, value: JSON)] =
            problem.code.map { [("ruleId", .string($0))] } ?? []
        return .object(
            code + [
                ("level", .string(problem.isError ? "error" : "warning")),
                ("message", .object([("text", .string(problem.message))])),
                ("locations", .array([.object([("physicalLocation", place)])])),
            ])
    }

    /// A relative reference: what a URI does not allow is spelled out.
    private static func uri(_ path: String) -> String {
        path.utf8.map { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                return String(Unicode.Scalar(byte))
            default:
                if "-._~/".utf8.contains(byte) { return String(Unicode.Scalar(byte)) }
                let digits = String(byte, radix: 16, uppercase: true)
                return "%" + (digits.count < 2 ? "0" : "") + digits
            }
        }.joined()
    }
}
