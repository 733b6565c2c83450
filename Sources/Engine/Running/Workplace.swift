internal import Checks
internal import Configuration
internal import Files
internal import Git
internal import Spawn
internal import Staging
internal import SystemPackage
internal import Tools

/// Where the jobs of one run work: the contents of the files and, when a program is going to look
/// at them, a folder.
///
/// What is staged and what stands in the working tree is laid into an overlay; a commit is checked
/// out.
final class Workplace {
    let files: [FileState]
    let filter: ContentFilter
    private let isOfCommit: Bool
    private let commit: ObjectID?
    private let trees: [Int: CheckedTree]
    private let overlay: Overlay?
    private let checkout: Checkout?
    private let others: [Int: Checkout]
    private let base: Checkout?
    private let comparison: Comparison?
    private let context: Context
    private let repository: Repository
    /// Every path that was laid into the overlay.
    private let laid: [FilePath]

    init(
        _ plan: Plan, _ repository: Repository, _ context: Context, _ filter: ContentFilter,
        known: Set<Int> = []
    ) throws {
        self.filter = filter
        self.context = context
        self.repository = repository
        isOfCommit = plan.commit != nil
        commit = plan.commit
        trees = try TreeView(repository: repository, snapshot: plan.snapshot).trees(for: plan)
        let git = GitProgram(repository, environment: context.environment)
        let steps = plan.steps.filter { $0.skipped == nil }
        let places = try Checkouts(plan, repository, git, context, known: known)
        checkout = places.main
        others = places.others
        base = places.base
        comparison = plan.comparison
        let needsOverlay = plan.isExternal && plan.commit == nil
        let overlay =
            needsOverlay ? try Overlay(of: repository.worktree, caches: context.caches) : nil
        var files = try Self.read(steps, plan.snapshot, repository, filter, cores: context.jobs)
        var laid: [FilePath] = []
        if let overlay {
            let around = try Self.surroundings(of: files, steps, plan.snapshot, repository, filter)
            let own = files.map {
                OverlayFile(path: $0.path, content: $0.now, isExecutable: $0.isExecutable)
            }
            let statuses = try overlay.lay(own + around, absent: plan.snapshot.deleted)
            for position in files.indices { files[position].status = statuses[position] }
            laid = (own + around).map(\.path)
        } else if plan.commit != nil, let checkout {
            // What git wrote is what the jobs see, whatever filters it went through.
            files = try files.map { file in
                let (content, status) = try checkout.read(file.path)
                return file.checkedOut(content, status)
            }
        }
        self.files = files
        self.overlay = overlay
        self.laid = laid
    }

    /// What runs the jobs here.
    ///
    /// - Parameter warm: how long servers of Python tools wait for work; nil when there are to be
    ///   none.
    func runner(_ commands: [Int: Command], warm: Duration?) -> Runner {
        Runner(
            folder: isOfCommit ? checkout : overlay, isOfCommit: isOfCommit, checkout: checkout,
            others: others, base: comparison.map { (base, $0.allowances) }, history: history,
            commands: commands, trees: trees, worktree: repository.worktree,
            protected: [repository.worktree, repository.gitDirectory, repository.commonDirectory],
            variables: variables, slots: Slots(context.jobs),
            warm: context.mayBeWarm ? warm.map { (context.servers, $0) } : nil)
    }

    /// For jobs of the suite that look into the history; others learn nothing of the repository.
    private var history: [String: String] {
        guard let comparison else { return [:] }
        return [
            "HOOKS_REPOSITORY": repository.gitDirectory.string,
            "HOOKS_BASE_COMMIT": comparison.base?.hex ?? "",
            "HOOKS_TARGET": comparison.target?.hex ?? "", "HOOKS_COMMIT": commit?.hex ?? "",
        ]
    }

    /// Tracked files that are no longer what was checked out, by the step whose checkout it is.
    func rewritten(in plan: Plan) throws -> [(steps: [Int], files: [FilePath])] {
        guard isOfCommit else { return [] }
        var found: [(steps: [Int], files: [FilePath])] = []
        let own = plan.steps.indices.filter { others[$0] == nil }
        if let checkout {
            let files = try checkout.rewritten()
            if !files.isEmpty { found.append((own, files)) }
        }
        var seen: Set<FilePath> = []
        for (_, other) in others.sorted(by: { $0.key < $1.key })
        where seen.insert(other.root).inserted {
            let files = try other.rewritten()
            let steps = others.keys.filter { others[$0]?.root == other.root }.sorted()
            if !files.isEmpty { found.append((steps, files)) }
        }
        return found
    }

    /// What the environment of the jobs has beyond the user's.
    private var variables: [String: String] {
        guard let overlay else { return [:] }
        // No repository above the overlay is the one that a job works on.
        var variables = ["GIT_CEILING_DIRECTORIES": overlay.root.removingLastComponent().string]
        // The folders above the worktree may take no new names from a job; temporary files have
        // another place then.
        let temporary = FilePath(context.environment["TMPDIR"] ?? "/tmp")
        if repository.worktree.starts(with: temporary) {
            variables["TMPDIR"] = overlay.temporary.string
        }
        return variables
    }

    /// The contents that the steps look at.
    private static func read(
        _ steps: [Plan.Step], _ snapshot: Snapshot, _ repository: Repository,
        _ filter: ContentFilter, cores: Int
    ) throws -> [FileState] {
        let wanted = Set(
            steps.filter { !$0.job.isWholeTree && !$0.job.looksAtTree }.flatMap(\.files))
        let withContent = Set(steps.filter { $0.job.looksAtContent }.flatMap(\.files))
        let withSize = Set(steps.filter { $0.job.looksAtSize }.flatMap(\.files))
        let positions = wanted.sorted()
        if snapshot.source == .worktree {
            let top = try Folder(opening: repository.worktree)
            return try positions.map { position in
                let path = snapshot.files[position].path
                let parent = try top.folder(path.removingLastComponent())
                let content = try parent.read(path.name).content
                return FileState(position, snapshot.files[position], content, size: content.count)
            }
        }
        let read = positions.filter(withContent.contains)
        let contents = try filter.workingContents(
            of: read.map { snapshot.files[$0].entry }, cores: cores)
        let byPosition = Dictionary(uniqueKeysWithValues: zip(read, contents))
        return try positions.map { position in
            let file = snapshot.files[position]
            let content = byPosition[position]
            var size = content?.count ?? 0
            if withSize.contains(position), try content == nil || filter.mayFilter(file.path) {
                size = try repository.size(of: file.entry.blob)
            }
            return FileState(position, file, content ?? [], size: size)
        }
    }

    /// What else must be there as it is staged: configuration, and for jobs that read the tree
    /// every file that differs.
    private static func surroundings(
        of files: [FileState], _ steps: [Plan.Step], _ snapshot: Snapshot, _ repository: Repository,
        _ filter: ContentFilter
    ) throws -> [OverlayFile] {
        guard snapshot.source == .index else { return [] }
        var entries: [FilePath: Entry] = [:]
        let names = Set(steps.flatMap { $0.job.configurationNames })
        let folders = Set(files.flatMap { $0.path.foldersAbove })
        for folder in folders {
            for name in names {
                guard let entry = try repository.entry(at: folder.appending(name)) else { continue }
                entries[entry.path] = entry
            }
        }
        let readsTree = steps.contains {
            $0.job.isExternal && $0.job.reads == .tree && $0.job.runIn == .staged
        }
        if readsTree {
            for change in try repository.unstagedChanges() {
                entries[change.entry.path] = change.entry
            }
        }
        for file in files { entries[file.path] = nil }
        let wanted = entries.values.filter(\.mode.isFile).sorted { $0.path.string < $1.path.string }
        return try wanted.map { entry in
            OverlayFile(
                path: entry.path, content: try filter.workingContent(of: entry),
                isExecutable: entry.mode == .executable)
        }
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
        overlay?.clear(laid)
    }
}

extension Job {
    /// Whether the size of what the commit holds is asked for.
    fileprivate var looksAtSize: Bool {
        if case .check(let check) = action { type(of: check).looksAt == .size } else { false }
    }

    /// Whether its files' content has to be read.
    fileprivate var looksAtContent: Bool {
        if case .check(let check) = action { return type(of: check).looksAt == .text }
        return !isWholeTree && !looksAtTree
    }

    /// Names of files that configure it.
    fileprivate var configurationNames: [String] {
        if case .tool(let tool) = action { return tool.configuration.map(\.name) }
        return []
    }
}
