internal import Configuration
internal import Git
internal import GitIndex
internal import Planning
internal import Programs
internal import Reporting
internal import Staging
internal import Tools

/// Reports pinned tools that are not installed. Nothing is downloaded.
struct ToolNews {
    private let repository: Repository
    private let catalogue: JobCatalogue
    private let context: Context
    /// The earlier revision of HEAD.
    private let before: String?

    init(
        _ repository: Repository, _ catalogue: JobCatalogue, _ context: Context, before: String?
    ) {
        self.repository = repository
        self.catalogue = catalogue
        self.context = context
        self.before = before
    }

    /// The report; nil if all are installed.
    func summary() throws -> Summary? {
        guard !catalogue.pins.isEmpty else { return nil }
        let missing = try ToolListing(repository, catalogue, context, asksPrograms: false).rows
            .filter(\.isMissing)
        guard !missing.isEmpty else { return nil }
        let changed = changes()
        let what =
            changed.isEmpty
            ? "pinned tools are not installed: \(missing.map(\.tool).joined(separator: ", "))"
            : "the pins changed: \(changed.joined(separator: ", "))"
        return Summary(
            message: what, hints: ["`hooks tools sync` installs them"], exitStatus: .fine)
    }

    /// The pins that differ from those of the commit before, as `black 26.1 -> 26.10`.
    private func changes() -> [String] {
        guard let before, let commit = repository.commit(named: before),
            let old = try? ConfigurationFile.load(repository, for: .commit(commit))
        else { return [] }
        let now = catalogue.pins
        let changed = now.filter { !old.pins.contains($0) }.map { pin in
            let former = old.pins.first { $0.name == pin.name }?.version
            return former == nil || former == pin.version
                ? "\(pin.name) \(pin.version)" : "\(pin.name) \(former ?? "") -> \(pin.version)"
        }
        let gone = old.pins.filter { pin in !now.contains { $0.name == pin.name } }
        return changed + gone.map { "\($0.name) is no longer pinned" }
    }
}
