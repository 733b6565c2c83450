internal import Checks
internal import Configuration
internal import Files
internal import Git
internal import Spawn
internal import Staging
internal import SystemPackage
internal import Tools

/// Where the jobs of one run work: the contents of the files and, when a program is going to look at them, the overlay.
final class Workplace {
    let files: [FileState]
    let filter: ContentFilter
    /// The environment of the jobs.
    let environment: ProcessEnvironment
    private let overlay: Overlay?
    private let checkout: Checkout?
    private let worktree: FilePath
    private let protected: [FilePath]
    /// Every path that was laid into the overlay.
    private let laid: [FilePath]

    init(
        _ plan: Plan, _ repository: Repository, _ catalogue: JobCatalogue, _ context: Context
    ) throws {
        worktree = repository.worktree
        protected = [repository.worktree, repository.gitDirectory, repository.commonDirectory]
        let steps = plan.steps.filter { $0.skipped == nil }
        let isExternal = plan.isExternal
        let overlay = isExternal ? try Overlay(of: worktree, caches: context.caches) : nil
        filter = ContentFilter(
            repository: repository, environment: context.environment,
            scratch: overlay?.temporary ?? repository.gitDirectory)
        var files = try Self.read(steps, plan.snapshot, repository, filter)
        var laid: [FilePath] = []
        if let overlay {
            let around = try Self.surroundings(of: files, steps, plan.snapshot, repository, filter)
            let own = files.map {
                OverlayFile(path: $0.path, content: $0.now, isExecutable: $0.isExecutable)
            }
            let statuses = try overlay.lay(own + around, absent: plan.snapshot.deleted)
            for position in files.indices { files[position].status = statuses[position] }
            laid = (own + around).map(\.path)
        }
        let wantsCheckout = steps.contains { $0.job.runIn == .checkout && $0.job.isExternal }
        checkout =
            wantsCheckout
            ? try Checkout(
                of: repository, environment: context.environment, caches: context.caches) : nil
        environment = Self.environment(context, overlay, worktree)
        self.files = files
        self.overlay = overlay
        self.laid = laid
    }

    private static func environment(
        _ context: Context, _ overlay: Overlay?, _ worktree: FilePath
    ) -> ProcessEnvironment {
        var environment = context.environment.withoutGit()
        guard let overlay else { return environment }
        // No repository above the overlay is the one that a job works on.
        environment["GIT_CEILING_DIRECTORIES"] = overlay.root.removingLastComponent().string
        // The folders above the worktree take no new names from a job; temporary files must have another place then.
        let temporary = FilePath(environment["TMPDIR"] ?? "/tmp")
        if worktree.starts(with: temporary) { environment["TMPDIR"] = overlay.temporary.string }
        return environment
    }

    /// The contents that the steps look at.
    private static func read(
        _ steps: [Plan.Step], _ snapshot: Snapshot, _ repository: Repository,
        _ filter: ContentFilter
    ) throws -> [FileState] {
        let wanted = Set(steps.flatMap(\.files))
        let withContent = Set(steps.filter { $0.job.looksAtContent }.flatMap(\.files))
        let top = try Folder(opening: repository.worktree)
        return try wanted.sorted().map { position in
            let file = snapshot.files[position]
            var content: [UInt8] = []
            var size = 0
            switch snapshot.source {
            case .index:
                if withContent.contains(position) {
                    content = try filter.workingContent(of: file.entry)
                }
                size = try repository.size(of: file.entry.blob)
            case .worktree:
                content = try top.folder(file.path.removingLastComponent()).read(file.path.name)
                    .content
                size = content.count
            }
            return FileState(
                position: position, path: file.path, isExecutable: file.entry.mode == .executable,
                isAdded: file.isAdded, size: size, content: content)
        }
    }

    /// What else must be there as it is staged: configuration, and for jobs that read the tree every file that differs.
    private static func surroundings(
        of files: [FileState], _ steps: [Plan.Step], _ snapshot: Snapshot, _ repository: Repository,
        _ filter: ContentFilter
    ) throws -> [OverlayFile] {
        guard snapshot.source == .index else { return [] }
        var entries: [FilePath: Entry] = [:]
        let names = Set(steps.flatMap { $0.job.configurationNames })
        let folders = Set(files.flatMap { ancestors(of: $0.path) })
        for folder in folders {
            for name in names {
                guard let entry = try repository.entry(at: folder.appending(name)) else { continue }
                entries[entry.path] = entry
            }
        }
        if steps.contains(where: {
            $0.job.isExternal && $0.job.reads == .tree && $0.job.runIn == .staged
        }) {
            for change in try repository.unstagedChanges() {
                entries[change.entry.path] = change.entry
            }
        }
        for file in files { entries[file.path] = nil }
        return try entries.values.filter(\.mode.isFile).sorted { $0.path.string < $1.path.string }
            .map { entry in
                OverlayFile(
                    path: entry.path, content: try filter.workingContent(of: entry),
                    isExecutable: entry.mode == .executable)
            }
    }

    /// The folders above a path, the top among them.
    private static func ancestors(of path: FilePath) -> [FilePath] {
        var folders: [FilePath] = []
        var folder = path
        while folder.removeLastComponent() { folders.append(folder) }
        return folders.isEmpty ? [""] : folders
    }

    func execution(
        _ plan: Plan, _ commands: [Int: Command], slots: Slots, events: EventQueue
    ) -> Execution {
        let runner = Runner(
            overlay: overlay, commands: commands, checkout: checkout?.root, worktree: worktree,
            protected: protected, slots: slots)
        return Execution(
            plan: plan, runner: runner, events: events,
            shards: Shards.split(files, most: slots.count))
    }

    /// What the project's jobs made, replaced or changed in the overlay without being fixers of it.
    func strays(_ files: [FileState], _ plan: Plan) throws -> [FilePath] {
        let hasProjects = plan.steps.contains {
            $0.skipped == nil && $0.job.isProjects && $0.job.runIn == .staged
        }
        guard let overlay, hasProjects else { return [] }
        let written = files.filter { file in
            do {
                let found = try overlay.changed(file.path, since: file.status)
                return found.map { $0.content != file.now } ?? false
            } catch {
                return true
            }
        }
        return written.map(\.path)
            + (try overlay.strays(beside: laid, absent: plan.snapshot.deleted))
    }

    /// Leaves nothing of the user's in the overlay.
    func close() {
        try? overlay?.clear()
    }
}

extension Job {
    /// Whether its files' content has to be read.
    fileprivate var looksAtContent: Bool {
        if case .check(let check) = action { return type(of: check).looksAt == .text }
        return true
    }

    /// Names of files that configure it.
    fileprivate var configurationNames: [String] {
        if case .tool(let tool) = action { return tool.configuration.map(\.name) }
        return []
    }
}
