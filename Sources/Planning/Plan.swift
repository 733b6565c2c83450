internal import Configuration
internal import FileTypes
internal import Files
package import Git
package import GitIndex
internal import Notation
package import Reporting
package import Staging
package import SystemPackage
internal import Tools

/// Which jobs run on which files: the configuration applied to a snapshot.
package struct Plan: Sendable {
    package struct Step: Sendable {
        package var job: Job
        /// Positions in the snapshot's files.
        package var files: [Int]
        /// Positions in the snapshot's links and submodules, for a job that checks these too.
        package var others: [Int] = []
        /// Whether it runs although it may have no file: a selected file was removed, or is a
        /// link or a submodule.
        package var isTriggered = false
        /// How many files of its selection its tool's own configuration excludes.
        package var excluded = 0
        /// Why it does not run; nil if it runs.
        package var skipped: String?
        /// Hints about that.
        package var hints: [String] = []
        /// The commit of the tree with its `inputs`; nil: the whole tree.
        package var narrowed: ObjectID?
        /// Which files it selects, also if it gets no names.
        package var scope = Selection()
        /// The selected files of the tree, and of the tree that it is compared with; nil:
        /// all of them.
        package var selected: [FilePath]?

        /// Whether a job of hooks itself checks only some files of a tree.
        package var selectsInTree: Bool {
            job.isWholeTree && job.tool?.isOurs == true && scope.words != Selection().words
        }
    }

    package var snapshot: Snapshot
    package var steps: [Step]
    /// What the commit is compared with, if a job compares.
    package var comparison: Comparison?

    /// - Parameters:
    ///   - skipping: names that the user skips, and the variable that names them.
    ///   - state: the merge, rebase or similar in progress.
    ///   - keepsWholeTree: whether jobs that check a whole tree run although there is no file for
    ///     them.
    ///   - firstLine: the beginning of a file, for files without a telling name.
    package init(
        _ jobs: [Job], on snapshot: Snapshot, skipping: [String: String], state: RepositoryState?,
        keepsWholeTree: Bool = false,
        firstLine: @escaping (SnapshotFile) -> [UInt8]
    ) {
        self.snapshot = snapshot
        let paths = snapshot.files.map(\.path.bytes)
        let types = Types(jobs, snapshot.files, paths, firstLine)
        let isMerging = state != nil
        let isCommit = snapshot.source.isRecorded
        steps = jobs.map { job in
            let scope = job.selection
            let job = isCommit ? job.onCommit(removing: snapshot.deleted) : job
            let isIdle = job.isForMerges && !isMerging
            let files = isIdle ? [] : paths.indices.filter { types.selects($0, for: job) }
            let others = job.looksAtTree ? Self.others(of: snapshot, for: job) : []
            var skipped = skipping[job.name].map { "by \($0)" }
            if let state, job.skippedIn.contains(state) {
                skipped = skipped ?? "during a \(state.rawValue)"
            }
            var step = Step(
                job: job, files: files, others: others, skipped: skipped, scope: scope)
            step.isTriggered = !isIdle && Self.triggers(job, snapshot)
            return step
        }
        // A job with no file to check is not shown, not even as skipped. A commit
        // has its own tree even if the results for all of its files are cached.
        steps.removeAll { step in
            step.count == 0 && !step.isTriggered
                && !(step.job.isWholeTree && (isCommit || keepsWholeTree))
        }
    }

    /// Whether a job without file names runs whatever files there are: always, or because
    /// something that it selects is gone, or is a link or a submodule.
    private static func triggers(_ job: Job, _ snapshot: Snapshot) -> Bool {
        guard job.isExternal, !job.passesFiles, !job.isWholeTree else { return false }
        if job.isAlways { return true }
        if !others(of: snapshot, for: job).isEmpty { return true }
        var types = FileTypes()
        return snapshot.deleted.contains { path in
            job.selection.matches(
                path.bytes, types: types.ofFile(path.bytes, isExecutable: false) { [] })
        }
    }

    /// The links and submodules that a job checks.
    private static func others(of snapshot: Snapshot, for job: Job) -> [Int] {
        snapshot.others.indices.filter { position in
            let entry = snapshot.others[position].entry
            return job.selection.matches(
                entry.path.bytes, types: [entry.mode == .submodule ? "directory" : "symlink"])
        }
    }

    /// The lines that a renderer shows.
    package var lines: [PlannedJob] {
        steps.map { PlannedJob(name: $0.job.name, files: $0.job.passesFiles ? $0.count : 0) }
    }

    /// Whether any job that runs starts a process.
    package var isExternal: Bool {
        steps.contains { $0.skipped == nil && $0.job.isExternal && $0.job.runIn == .staged }
    }

    /// The commit under test, if it is a commit.
    package var commit: ObjectID? { snapshot.source.commit }
}

extension Plan.Step {
    /// How many files, links and submodules it checks.
    package var count: Int { files.count + others.count }
}

/// The types of a snapshot's files, each determined when a job first needs it.
private final class Types {
    private let files: [SnapshotFile]
    private let paths: [[UInt8]]
    private let firstLine: (SnapshotFile) -> [UInt8]
    private var types = FileTypes()
    private var found: [Set<String>?]
    /// Whether a file is binary by its name.
    private var isBinary: [Bool]

    init(
        _ jobs: [Job], _ files: [SnapshotFile], _ paths: [[UInt8]],
        _ firstLine: @escaping (SnapshotFile) -> [UInt8]
    ) {
        (self.files, self.paths, self.firstLine) = (files, paths, firstLine)
        found = Array(repeating: nil, count: files.count)
        isBinary = []
        if jobs.contains(where: \.selection.isForText) {
            isBinary = paths.map { types.ofName($0).contains("binary") }
        }
    }

    func selects(_ position: Int, for job: Job) -> Bool {
        if job.selection.isForText, isBinary[position] { return false }
        return job.selection.matches(paths[position], types: types(at: position))
    }

    private func types(at position: Int) -> Set<String> {
        if let known = found[position] { return known }
        let isExecutable = files[position].entry.mode == .executable
        let new = types.ofFile(paths[position], isExecutable: isExecutable) {
            firstLine(files[position])
        }
        found[position] = new
        return new
    }
}

extension Job {
    /// The job as it runs on a commit, which may differ from the working tree.
    ///
    /// A job without file names checks the tree, and removed files count as well.
    fileprivate func onCommit(removing deleted: [FilePath]) -> Job {
        var job = self
        if job.runIn == .worktree { job.runIn = .checkout }
        guard job.isExternal, !job.passesFiles, !job.fixes else { return job }
        let isOfAnyFile = job.selection.files == nil && job.selection.types == nil
        var types = FileTypes()
        let hasLost = deleted.contains { path in
            job.selection.matches(
                path.bytes, types: types.ofFile(path.bytes, isExecutable: false) { [] })
        }
        if isOfAnyFile || hasLost { job.looksAtTheWholeTree() }
        return job
    }
}
