internal import Configuration
internal import Conversion
internal import Files
package import Git
internal import Notation
package import Planning
internal import Programs
internal import Reporting
internal import Staging
internal import SystemPackage
internal import Tools

/// `hooks tools pin`: writes the versions of a project's tools to `[tools]`.
package struct ToolPins {
    private let repository: Repository
    private let context: Context
    private let catalogue: JobCatalogue

    package init(_ repository: Repository, _ context: Context) throws {
        self.repository = repository
        self.context = context
        catalogue = try ConfigurationFile.load(repository, for: .worktree)
    }

    /// A package with the version that runs here, or else the version that this release was tested
    /// with.
    package struct Proposal: Sendable, Equatable {
        package var package: String
        package var version: String
    }

    /// The possible pins: every tool that the project uses and does not pin.
    package func proposals() throws -> [Proposal] {
        let rows = try ToolListing(repository, catalogue, context, asksPrograms: false).rows
        var proposals: [Proposal] = []
        for row in rows
        where !row.isPinned && !proposals.contains(where: { $0.package == row.package }) {
            // Only the project installs packages in its own environment.
            if row.isMissing, row.package == "pytest", hasOwnPython { continue }
            let here = row.version.flatMap { isExactVersion($0) ? $0 : nil }
            if let version = here ?? TestedVersions.all[row.package] {
                proposals.append(Proposal(package: row.package, version: version))
            }
        }
        return proposals
    }

    private var hasOwnPython: Bool {
        let folder = repository.worktree.appending(".venv").appending("bin")
        return (try? Folder(opening: folder).status("python")).flatMap { $0 } != nil
    }

    /// Writes pins.
    ///
    /// - Parameter names: packages or jobs; none: all that `proposals` returns.
    /// - Returns: what was written, and the file.
    package func pin(_ names: [String]) throws -> (pins: [Proposal], file: String) {
        let pins = try names.isEmpty ? proposals() : names.compactMap(proposal)
        guard let file = catalogue.source else { return (pins, try begin(with: pins)) }
        guard !pins.isEmpty else { return (pins, file) }
        let path = FilePath(file)
        let written = WrittenFile(path: path, repository: repository)
        let old = try written.content()
        let lines = pins.map { "\(TOML.key($0.package)) = \(TOML.string($0.version))" }
        let isProject = path.name == "pyproject.toml"
        let table = isProject ? "tool.hooks.tools" : "tools"
        // A file that is not UTF-8 cannot be rewritten unchanged.
        let text =
            String(validating: old ?? [], as: UTF8.self)
            .map { Self.adding(lines, to: table, in: $0) } ?? ""
        let parsed = try? Configuration.parse(
            Array(text.utf8), file: file, inTable: isProject ? ["tool", "hooks"] : [],
            known: JobCatalogue.known, version: JobCatalogue.version)
        let isThere = pins.allSatisfy { pin in
            parsed?.tools.contains { $0.name == pin.package && $0.version == pin.version } == true
        }
        guard isThere else {
            throw Failure(
                message: "\(safeName(path)) cannot be changed automatically; nothing was written",
                hints: ["add to [\(table)]: \(lines.joined(separator: ", "))"],
                exitStatus: .usage)
        }
        try written.write(text, over: old)
        return (pins, file)
    }

    /// In a project without a configuration, the one that `hooks init` writes is created.
    private func begin(with pins: [Proposal]) throws -> String {
        let initial = Init(repository, context)
        let draft = try initial.draft(pinning: pins.map { ($0.package, $0.version) })
        try initial.write(draft, force: false)
        context.renderer.handle(.note("hooks.toml was created, as `hooks init` writes it"))
        return "hooks.toml"
    }

    /// The pin of one named tool; nil if it is pinned already.
    private func proposal(_ name: String) throws -> Proposal? {
        let tool = Catalogue.all.first {
            !$0.package.isEmpty && [$0.package, $0.name, $0.program].contains(name)
        }
        guard let package = tool?.package ?? (TestedVersions.all[name] == nil ? nil : name) else {
            let known = Catalogue.all.map(\.package).filter { !$0.isEmpty }
            let near = NearestMatch.of(name, among: known)
            throw Failure(
                message: "`\(safeName(name.utf8))` is not a tool that can be pinned by its name",
                hints: [
                    near.map { "did you mean `\($0)`?" }
                        ?? "in [tools], `NAME = { package = \"PACKAGE\", version = \"VERSION\" }` pins any package"
                ],
                exitStatus: .usage)
        }
        if catalogue.pins.contains(where: { $0.package == package }) { return nil }
        let known = try proposals().first { $0.package == package }
        guard let version = known?.version ?? TestedVersions.all[package] else {
            throw Failure(
                message: "cannot tell which version of `\(package)` to pin",
                hints: ["add it to [tools]: `\(package) = \"VERSION\"`"], exitStatus: .usage)
        }
        return Proposal(package: package, version: version)
    }

    /// The text with lines at the end of a table, which is created if it is missing.
    static func adding(_ added: [String], to table: String, in text: String) -> String {
        let isWindows = text.contains("\r\n")
        var lines = text.split(
            separator: isWindows ? "\r\n" : "\n", omittingEmptySubsequences: false
        )
        .map(String.init)
        while lines.last?.isEmpty == true { lines.removeLast() }
        func header(_ line: String) -> String? {
            let bare = line.filter { $0 != " " && $0 != "\t" }
            guard bare.hasPrefix("["), let end = bare.firstIndex(of: "]") else { return nil }
            return String(bare[bare.index(after: bare.startIndex)..<end])
        }
        if let start = lines.firstIndex(where: { header($0) == table }) {
            var end = lines[(start + 1)...].firstIndex { header($0) != nil } ?? lines.endIndex
            // Comments above the next table belong to that table.
            while end > start + 1,
                lines[end - 1].allSatisfy(\.isWhitespace) || lines[end - 1].hasPrefix("#")
            {
                end -= 1
            }
            lines.insert(contentsOf: added, at: end)
        } else {
            lines += (lines.isEmpty ? [] : [""]) + ["[\(table)]"] + added
        }
        return lines.joined(separator: isWindows ? "\r\n" : "\n") + (isWindows ? "\r\n" : "\n")
    }
}
