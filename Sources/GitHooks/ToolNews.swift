internal import Configuration
internal import Git
package import Planning
internal import Programs
package import Reporting
internal import Staging
internal import Tools

/// What git tells after a checkout or a merge: says when the tools that are pinned now are not
/// installed. It never downloads and never stops anything.
package struct ToolNews {
    private let context: Context
    /// Where HEAD was, as git names it.
    private let before: String

    /// - Parameter before: the commit before, or a name of it.
    package init(_ context: Context, before: String) {
        self.context = context
        self.before = before
    }

    /// Runs as the hook.
    package func run() throws -> ExitStatus {
        guard let repository = try? Repository(at: context.folder),
            let catalogue = try? ConfigurationFile.load(repository, for: .worktree),
            !catalogue.pins.isEmpty
        else { return .fine }
        let missing = try ToolListing(repository, catalogue, context, asksPrograms: false).rows
            .filter(\.isMissing)
        guard !missing.isEmpty else { return .fine }
        let changed = changes(repository, catalogue)
        let what =
            changed.isEmpty
            ? "pinned tools are not installed: \(missing.map(\.tool).joined(separator: ", "))"
            : "the pins changed: \(changed.joined(separator: ", "))"
        context.renderer.handle(
            .ended(Summary(message: what, hints: ["hooks tools sync"], exitStatus: .fine)))
        return .fine
    }

    /// The pins that differ from those of the commit before, as `black 26.1 -> 26.10`.
    private func changes(_ repository: Repository, _ catalogue: JobCatalogue) -> [String] {
        guard let commit = repository.commit(named: before),
            let old = try? ConfigurationFile.load(repository, for: .commit(commit))
        else { return [] }
        let now = catalogue.pins
        let changed = now.filter { !old.pins.contains($0) }.map { pin in
            let former = old.pins.first { $0.name == pin.name }?.version
            return former == nil || former == pin.version
                ? "\(pin.name) \(pin.version)" : "\(pin.name) \(former ?? "") -> \(pin.version)"
        }
        let gone = old.pins.filter { pin in !now.contains { $0.name == pin.name } }
        return changed + gone.map { "\($0.name) is not pinned any more" }
    }
}
