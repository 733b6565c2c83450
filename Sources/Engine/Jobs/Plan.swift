internal import Configuration
internal import Files
package import Git
package import Reporting
package import Staging
internal import SystemPackage

/// Which jobs run on which files: the configuration applied to a snapshot.
package struct Plan: Sendable {
    package struct Step: Sendable {
        package var job: Job
        /// Positions in the snapshot's files.
        package var files: [Int]
        /// Why it does not run, if it does not.
        package var skipped: String?
        /// The commit of the tree that its `inputs` leave; nil: all of the tree.
        package var narrowed: ObjectID?
    }

    package var snapshot: Snapshot
    package var steps: [Step]
    /// What the commit is compared with, where a job asks for that.
    package var comparison: Comparison?

    /// - Parameters:
    ///   - skipping: names that the user asked to leave out, and by which variable.
    ///   - state: what git is in the middle of.
    ///   - keepsWholeTree: whether jobs that look at a whole tree run although no file is there for
    ///     them.
    ///   - firstLine: the beginning of a file, for those whose name tells nothing.
    package init(
        _ jobs: [Job], on snapshot: Snapshot, skipping: [String: String], state: RepositoryState?,
        keepsWholeTree: Bool = false,
        firstLine: (SnapshotFile) -> [UInt8]
    ) {
        self.snapshot = snapshot
        let paths = snapshot.files.map(\.path.bytes)
        let asksForText = jobs.contains { $0.selection.types?.contains("text") == true }
        let asksForTypes = jobs.contains { $0.selection.types != nil }
        let types = zip(snapshot.files, paths).map { file, path in
            asksForTypes ? Self.types(of: file, path, firstLine, asksForText) : []
        }
        var isCommit = false
        if case .commit = snapshot.source { isCommit = true }
        steps = jobs.map { job in
            let job = isCommit ? job.onCommit(removing: snapshot.deleted) : job
            let files = paths.indices.filter { job.selection.matches(paths[$0], types: types[$0]) }
            var skipped = skipping[job.name].map { "\($0) names it" }
            if let state, job.skippedIn.contains(where: { $0.rawValue == state.rawValue }) {
                skipped = skipped ?? "during a \(state.rawValue)"
            }
            return Step(job: job, files: files, skipped: skipped)
        }
        // A job with no file to look at has nothing to say, not even when it is skipped. A commit
        // is a tree of its own even when each of its files is known.
        steps.removeAll { step in
            step.files.isEmpty && !(step.job.isWholeTree && (isCommit || keepsWholeTree))
        }
    }

    private static func types(
        of file: SnapshotFile, _ path: [UInt8], _ firstLine: (SnapshotFile) -> [UInt8],
        _ asksForText: Bool
    ) -> Set<String> {
        var types = Set(FileTypes.ofName(path))
        if types.isEmpty, file.entry.mode == .executable {
            types.formUnion(FileTypes.ofFirstLine(firstLine(file)))
        }
        // As git decides: no NUL near the beginning.
        if asksForText, !firstLine(file).prefix(8000).contains(0) { types.insert("text") }
        return types.union(file.entry.mode == .executable ? ["file", "executable"] : ["file"])
    }

    /// The lines that a renderer shows.
    package var lines: [PlannedJob] {
        steps.map { PlannedJob(name: $0.job.name, files: $0.job.passesFiles ? $0.files.count : 0) }
    }

    /// Whether any job that runs starts a process.
    package var isExternal: Bool {
        steps.contains { $0.skipped == nil && $0.job.isExternal && $0.job.runIn == .staged }
    }

    /// Whether any job that runs wants a real checkout.
    var wantsCheckout: Bool {
        steps.contains { $0.skipped == nil && $0.job.isExternal && $0.job.runIn == .checkout }
    }

    /// The commit that is looked at, if it is one.
    var commit: ObjectID? {
        if case .commit(let commit) = snapshot.source { commit } else { nil }
    }
}

extension Job {
    /// The same job where a commit is looked at, which need not be what is in the working tree.
    ///
    /// One that is given no names judges the tree, and what was removed counts as well.
    fileprivate func onCommit(removing deleted: [FilePath]) -> Job {
        var job = self
        if job.runIn == .worktree { job.runIn = .checkout }
        guard job.isExternal, !job.passesFiles, !job.fixes else { return job }
        let isOfAnyFile = job.selection.files == nil && job.selection.types == nil
        let hasLost = deleted.contains { path in
            job.selection.matches(path.bytes, types: Set(FileTypes.ofName(path.bytes) + ["file"]))
        }
        if isOfAnyFile || hasLost { job.looksAtTheWholeTree() }
        return job
    }
}
