internal import Configuration
package import Git
internal import Notation
package import Planning
package import Reporting
internal import Spawn
internal import SystemPackage
internal import Tools

/// What `hooks tools` shows: each tool that the project uses or pins, its version, its path, and
/// why that one is used.
package struct ToolListing: Answer {
    package struct Row: Sendable, Equatable {
        package var tool: String
        /// The Python package that provides it; empty for a program that has none.
        package var package: String
        /// Whether the project pins a version.
        package var isPinned: Bool
        package var version: String?
        package var path: String?
        /// Why that one is used, or what is missing.
        package var reason: String
        package var hints: [String]
        package var isMissing: Bool { path == nil }
    }

    package let rows: [Row]

    /// Searches every tool that a hook runs or that is pinned.
    ///
    /// - Parameter asksPrograms: whether a program whose environment does not show its version is
    ///   called to print it.
    package init(
        _ repository: Repository, _ catalogue: JobCatalogue, _ context: Context,
        asksPrograms: Bool = true
    ) throws {
        let tools = ManagedTools(repository, catalogue, context)
        let finder = try tools.finder()
        var used: [Tool] = []
        for hook in GitHook.withJobs {
            for job in try catalogue.jobs(of: hook) {
                if let tool = job.tool { used.append(tool) }
            }
        }
        used += try catalogue.phaseTools(among: []).filter { !$0.package.isEmpty }
        let pins = catalogue.pins
        used += pins.compactMap { pin in Catalogue.all.first { $0.package == pin.name } }
        var seen: Set<String> = []
        var rows = used.filter { seen.insert($0.program).inserted }.map { tool in
            Self.row(
                of: tool, catalogue.pin(of: tool), finder, repository, asksPrograms ? context : nil)
        }
        let environment = try tools.environment(of: pins)
        for pin in pins where !Catalogue.all.contains(where: { $0.package == pin.name }) {
            rows.append(
                Row(
                    tool: pin.name, package: pin.package, isPinned: true, version: pin.version,
                    path: environment.map { safeName($0.programs) },
                    reason: environment == nil
                        ? "not installed" : "the managed environment, as pinned",
                    hints: environment == nil
                        ? ["`hooks tools sync` installs what is pinned"] : []))
        }
        self.rows = rows
    }

    private static func row(
        of tool: Tool, _ pin: Pin?, _ finder: Finder, _ repository: Repository, _ context: Context?
    ) -> Row {
        do {
            let found = try finder.find(tool, pinned: pin)
            let reason = found.origin.rawValue + (pin == nil ? "; not pinned" : ", as pinned")
            if let obstacle = Obstacle(of: found.path) {
                return Row(
                    tool: tool.program, package: tool.package, isPinned: pin != nil,
                    version: pin?.version, path: nil,
                    reason: "\(safeName(found.path)) cannot run: \(obstacle.reason)",
                    hints: [obstacle.hint])
            }
            return Row(
                tool: tool.program, package: tool.package, isPinned: pin != nil,
                version: finder.version(of: tool.package, at: found)
                    ?? context.flatMap { said(found.path, tool.version, repository, $0) },
                path: safeName(found.path), reason: reason, hints: [])
        } catch {
            return Row(
                tool: tool.program, package: tool.package, isPinned: pin != nil,
                version: pin?.version, path: nil, reason: error.message, hints: error.hints)
        }
    }

    /// The version that a program prints: the first word with a digit and a dot.
    private static func said(
        _ program: FilePath, _ words: [String], _ repository: Repository, _ context: Context
    ) -> String? {
        let invocation = Invocation(
            program: program, arguments: words.map { Array($0.utf8) }, folder: repository.worktree,
            environment: context.environment.withoutGit(), timeout: .seconds(10))
        guard let completion = waiting(for: { await Spawn.run(invocation) }), completion.isSuccess
        else { return nil }
        return String(decoding: completion.output, as: UTF8.self)
            .split(whereSeparator: \.isWhitespace)
            .first { $0.contains(".") && $0.contains(where: \.isNumber) }
            .map { safeLine($0.utf8) }
    }

    /// Whether all are installed, and what to do if one is missing.
    package var summary: Summary {
        let missing = rows.filter(\.isMissing)
        var hints: [String] = []
        for hint in missing.flatMap(\.hints) where !hints.contains(hint) { hints.append(hint) }
        let message =
            rows.isEmpty
            ? "no job needs a tool" : missing.isEmpty ? "" : "tools are missing"
        return Summary(
            message: message, hints: hints, exitStatus: missing.isEmpty ? .fine : .broken)
    }

    /// As a text table.
    package var text: String {
        guard !rows.isEmpty else { return "" }
        func width(_ column: (Row) -> String) -> Int { rows.map { column($0).count }.max() ?? 0 }
        let names = width(\.tool)
        let versions = width { $0.version ?? "-" }
        let paths = width { $0.path ?? "missing" }
        return rows.map { row in
            [
                row.tool.padded(to: names), (row.version ?? "-").padded(to: versions),
                (row.path ?? "missing").padded(to: paths), row.reason,
            ].joined(separator: "  ") + "\n"
        }.joined()
    }

    /// As JSON, one object per line.
    package var json: String {
        rows.map { row in
            JSON.object([
                ("tool", .string(row.tool)),
                ("version", row.version.map { .string($0) } ?? .null),
                ("path", row.path.map { .string($0) } ?? .null),
                ("reason", .string(row.reason)),
                ("hints", .array(row.hints.map { .string($0) })),
            ]).text + "\n"
        }.joined()
    }
}

extension String {
    /// Padded with spaces.
    func padded(to width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - count))
    }
}
