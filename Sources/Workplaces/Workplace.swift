package import Checks
internal import Configuration
internal import Files
package import Git
package import GitIndex
package import Planning
internal import Programs
internal import Spawn
internal import Stage
package import Staging
package import SystemPackage
internal import Tools

/// Where the jobs of one run work: the contents of the files and, if a program reads
/// them, a folder.
///
/// Jobs that are only read their files have an overlay of what is staged or of what
/// is in the working tree; all others, and all jobs on a commit, have a stage.
package final class Workplace {
    package let files: [FileState]
    package let filter: ContentFilter
    package let isOfCommit: Bool
    package let commit: ObjectID?
    package let trees: [Int: CheckedTree]
    package let laid: LaidOverlay?
    package let stages: Stages
    package let comparison: Comparison?
    package private(set) var selected: [Int: FilePath] = [:]
    package let context: Context
    package let repository: Repository

    package init(
        _ plan: Plan, _ ground: Ground, _ context: Context, _ filter: ContentFilter,
        known: Set<Int> = []
    ) throws {
        self.filter = filter
        self.context = context
        let repository = ground.repository
        self.repository = repository
        isOfCommit = ground.source.isRecorded
        commit = plan.commit
        trees = try TreeView(ground, plan.snapshot).trees(for: plan)
        let git = GitProgram(repository, environment: context.environment)
        let steps = plan.steps.filter { $0.skipped == nil }
        stages = try Stages(plan, ground, git, context, known: known)
        comparison = plan.comparison
        let needsOverlay = plan.isExternal && !isOfCommit
        var files = try Self.read(
            steps, plan.snapshot, repository, filter, cores: context.jobs,
            context.isWithout(.glance) ? nil : Glance(plan))
        if needsOverlay {
            let around = try Self.around(files, steps, ground, filter, cores: context.jobs)
            laid = try LaidOverlay(
                of: repository.worktree, &files, around: around, absent: plan.snapshot.deleted,
                context)
        } else {
            laid = nil
        }
        if isOfCommit, let checkout = stages.main {
            // The jobs see the content that git wrote, after all filters.
            files = try files.map { file in
                let (content, status) = try checkout.read(file.path)
                return file.checkedOut(content, status)
            }
        }
        self.files = files
        for (step, planned) in plan.steps.enumerated() {
            guard let paths = planned.selected, let place = stages.others[step] ?? stages.main
            else {
                continue
            }
            let name = FilePath("files-\(step)")
            try Folder(opening: place.temporary).replace(
                name, content: paths.flatMap { $0.bytes + [0] }, permissions: 0o600)
            selected[step] = place.temporary.pushing(name)
        }
    }

    /// For jobs of the suite that look into the history; others learn nothing of the repository.
    package var history: [String: String] {
        guard let comparison else { return [:] }
        return [
            "HOOKS_REPOSITORY": repository.gitDirectory.string,
            "HOOKS_BASE_COMMIT": comparison.base?.hex ?? "",
            "HOOKS_COMMIT": commit?.hex ?? "",
        ]
    }

    /// The contents that the steps check.
    private static func read(
        _ steps: [Plan.Step], _ snapshot: Snapshot, _ repository: Repository,
        _ filter: ContentFilter, cores: Int, _ glance: Glance?
    ) throws -> [FileState] {
        let wanted = Positions(
            steps.filter { !$0.job.isWholeTree && !$0.job.looksAtTree }.flatMap(\.files))
        let withContent = Positions(steps.filter { $0.job.looksAtContent }.flatMap(\.files))
        let withSize = Positions(steps.filter { $0.job.kind.subject == .size }.flatMap(\.files))
        let positions = snapshot.files.indices.filter(wanted.contains)
        if snapshot.source.isWorkingTree {
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
            of: read.map { snapshot.files[$0].entry }, cores: cores
        ) { glance?.passes(read[$0], $1) == true }
        var byPosition = [[UInt8]?](repeating: nil, count: snapshot.files.count)
        var passed = Positions()
        for (position, content) in zip(read, contents) {
            byPosition[position] = content
            if content == nil { passed.insert(position) }
        }
        return try positions.map { position in
            let file = snapshot.files[position]
            let content = byPosition[position]
            if let glance, passed.contains(position) {
                var state = FileState(position, file, [], size: 0)
                for step in glance.steps { state.settle(step) }
                return state
            }
            var size = content?.count ?? 0
            if withSize.contains(position), try content == nil || filter.mayFilter(file.path) {
                size = try repository.size(of: file.entry.blob)
            }
            return FileState(position, file, content ?? [], size: size)
        }
    }

    /// Other files that must be present as they are staged: configuration, and for jobs that read
    /// the tree every file that differs.
    private static func around(
        _ files: [FileState], _ steps: [Plan.Step], _ ground: Ground, _ filter: ContentFilter,
        cores: Int
    ) throws -> [OverlayFile] {
        guard ground.source.differsFromWorkingFiles else { return [] }
        let repository = ground.repository
        var entries: [FilePath: Entry] = [:]
        let names = Set(steps.flatMap { $0.job.configurationNames })
        let folders = FilePath.foldersAbove(files.lazy.map(\.path))
        /// The target of a link is laid at its own path.
        func lay(_ path: FilePath) throws {
            guard let file = try ground.tracked(at: path) else {
                return
            }
            entries[path] = Entry(path: path, mode: file.mode, blob: file.blob)
        }
        for folder in folders {
            for name in names { try lay(folder.appending(name)) }
        }
        let named = NamedFiles(ground)
        for step in steps where step.job.isExternal && step.job.runIn == .staged {
            for path in try named.paths(for: step.job) { try lay(path) }
        }
        let readsTree = steps.contains {
            $0.job.isExternal && $0.job.reads == .tree && $0.job.runIn == .staged
        }
        if readsTree {
            for entry in try differing(repository) { entries[entry.path] = entry }
        }
        for file in files { entries[file.path] = nil }
        let wanted = entries.values.sorted { $0.path.string < $1.path.string }
        let regular = wanted.filter(\.mode.isFile)
        let contents = try filter.workingContents(of: regular, cores: cores)
        var laid = zip(regular, contents).map { entry, content in
            OverlayFile(
                path: entry.path, content: content ?? [], isExecutable: entry.mode == .executable)
        }
        for link in wanted where link.mode == .symbolicLink {
            laid.append(
                OverlayFile(
                    path: link.path, content: try repository.content(of: link.blob),
                    isExecutable: false, isLink: true))
        }
        return laid
    }

    /// With more files than these only those that differ are laid, and the links.
    private static let mostLaid = 20_000

    /// All tracked files if a working file differs from its entry, also if git was
    /// told to ignore it: a job that follows a link of the overlay must not find the working file.
    private static func differing(_ repository: Repository) throws -> [Entry] {
        let changed = try repository.unstagedChanges().map(\.entry)
        let unwatched = try repository.unwatchedFiles().filter { entry in
            let content = try? contents(of: repository.worktree.pushing(entry.path))
            guard let content = content ?? nil else { return false }
            return ObjectID(blob: content) != entry.blob
        }
        if changed.isEmpty, unwatched.isEmpty { return [] }
        let all = try repository.trackedEntries()
        if all.count <= mostLaid { return all }
        return changed + unwatched + all.filter { $0.mode == .symbolicLink }
    }

    /// Files that the project's jobs created, replaced or changed in the overlay without being
    /// their fixers.
    package func strays(_ files: [FileState], _ plan: Plan) throws -> [FilePath] {
        let hasProjects = plan.steps.contains {
            $0.skipped == nil && $0.job.isProjects && $0.job.runIn == .staged
        }
        guard let laid, hasProjects else { return [] }
        let written = files.filter { file in
            do {
                let found = try laid.overlay.changed(file.path, since: file.status)
                return found.map { $0.content != file.now } ?? false
            } catch {
                return true
            }
        }
        return written.map(\.path) + laid.rewritten()
            + (try laid.overlay.strays(beside: laid.paths, absent: plan.snapshot.deleted))
    }

    /// Removes the user's content from the overlay, and records the state of the stages for the
    /// next run.
    package func close() {
        laid?.clear()
        for stage in stages.all + [stages.base].compactMap({ $0 }) { try? stage.close() }
    }
}

extension Job {
    /// Names of files that configure it.
    fileprivate var configurationNames: [String] { tool?.configurationNames ?? [] }
}
