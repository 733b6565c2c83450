internal import BuiltInChecks
internal import Checks
internal import Configuration
internal import Planning
internal import Reporting
internal import Tools

extension JobCatalogue {
    /// What `hooks list` shows.
    package func listing() throws -> Listing {
        let own = names.filter { !Self.known.jobs.contains($0) }
        return Listing(
            hooks: try installed(), phases: phaseList,
            sections: [
                (.checks, BuiltIns.all.map { ($0.name, $0.summary, $0.fixes) }),
                (.tools, Catalogue.all.map { ($0.name, $0.summary, $0.fixes) }),
                (
                    .own,
                    try own.map { (name: $0, summary: "", fixes: try job($0).fixes) }
                ),
            ])
    }
}

/// Hooks, phases and jobs, to be printed.
package struct Listing: Answer {
    let hooks: [(hook: String, jobs: [String])]
    let phases: [(phase: String, jobs: [String])]
    let sections: [(kind: Kind, jobs: [(name: String, summary: String, fixes: Bool)])]

    /// Where a job is defined, as the listing calls it.
    enum Kind: String {
        case checks
        case tools
        case own = "jobs of this project"
    }

    /// Everything that can be run by its name: the git hooks, the phases, their jobs, the project's
    /// own, then all others.
    package var names: [String] {
        var seen: Set<String> = []
        let own = sections.filter { $0.kind == .own }.flatMap { $0.jobs.map(\.name) }
        let all =
            hooks.map(\.hook) + phases.map(\.phase)
            + (hooks.flatMap(\.jobs) + phases.flatMap(\.jobs))
            + own
            + sections.flatMap { $0.jobs.map(\.name) }
        return all.filter { seen.insert($0).inserted }
    }

    /// As text for the terminal.
    package var text: String {
        var text = ""
        for (hook, jobs) in hooks {
            text += "\(hook): \(jobs.isEmpty ? "nothing" : jobs.joined(separator: ", "))\n"
        }
        text += "\nphases\n"
        let width = phases.map(\.phase.count).max() ?? 0
        for (phase, jobs) in phases {
            let padding = String(repeating: " ", count: width - phase.count)
            text +=
                "  \(phase)\(padding)  \(jobs.isEmpty ? "nothing" : jobs.joined(separator: ", "))\n"
        }
        for (kind, jobs) in sections where !jobs.isEmpty {
            text += "\n\(kind.rawValue)\n"
            let width = jobs.map(\.name.count).max() ?? 0
            for (name, summary, fixes) in jobs {
                let padding = String(repeating: " ", count: width - name.count)
                let line = "  \(name)\(padding)  \(fixes ? "fixer  " : "checker")  \(summary)"
                text += line.trimmingSpaces() + "\n"
            }
        }
        return text
    }

    /// As JSON, one object per line: first the hooks, then the phases, then the jobs.
    package var json: String {
        let hooks = hooks.map { hook, jobs in
            JSON.object([("hook", .string(hook)), ("jobs", .array(jobs.map { .string($0) }))])
        }
        let jobs = sections.flatMap { kind, jobs in
            jobs.map { name, summary, fixes in
                JSON.object([
                    ("job", .string(name)), ("kind", .string(kind.rawValue)),
                    ("fixes", .boolean(fixes)),
                    ("summary", .string(summary)),
                ])
            }
        }
        let phases = phases.map { phase, jobs in
            JSON.object([("phase", .string(phase)), ("jobs", .array(jobs.map { .string($0) }))])
        }
        return (hooks + phases + jobs).map { $0.text + "\n" }.joined()
    }
}

extension String {
    fileprivate func trimmingSpaces() -> String {
        String(self[..<(lastIndex { $0 != " " }.map { index(after: $0) } ?? startIndex)])
    }
}
