internal import Configuration
internal import Files
internal import Git
internal import GitIndex
internal import Notation
internal import Planning
internal import Reporting
internal import Stage
internal import Staging
internal import SystemPackage
internal import Workplaces

/// A file that a job changed or made without being given it.
struct Generated: Sendable {
    /// As it is staged; without a blob if it is new.
    var entry: Entry
    /// What a checkout writes of it; nil for a new file.
    var before: [UInt8]?
    /// The working file at the start.
    var working: FileStatus?
    /// What the job made of it.
    var content: [UInt8]

    var path: FilePath { entry.path }

    /// The fix to publish; nil if the file is unchanged.
    var fix: Fix? {
        if content == before { return nil }
        let file = SnapshotFile(entry: entry, isAdded: before == nil, working: working)
        return Fix(file: file, before: before, after: content)
    }
}

extension Runner {
    /// Reads the changes of a fixer in its stage: to the files that it got and, if it may change
    /// any, to others. Content decides, never the exit code.
    func harvest(
        _ stage: Stage, _ job: Job, _ step: Int, _ files: inout [FileState],
        _ verdict: inout JobVerdict
    ) {
        do {
            let before = verdict.generated.count
            var made: [StagedFile] = []
            var hasChanged = false
            let harvest = try stage.harvest()
            let positions = Dictionary(
                uniqueKeysWithValues: files.indices.map { (files[$0].path, $0) })
            for change in harvest.changes {
                guard let file = try take(change, stage, job, positions, &files, &verdict) else {
                    continue
                }
                made.append(file)
                hasChanged = true
            }
            var left: [FilePath] = []
            for path in harvest.new {
                if let file = try takeNew(path, stage, job, &verdict) {
                    made.append(file)
                } else {
                    left.append(path)
                }
            }
            if verdict.kind == .broken {
                try stage.restore()
                verdict.generated.removeLast(verdict.generated.count - before)
                return
            }
            try stage.put(made)
            try stage.remove(left)
            if !left.isEmpty { verdict.name(left, of: job) }
            // A fixer that failed after it changed something is asked again: only a run without a
            // change judges.
            if verdict.kind == .findings, hasChanged { return }
            for position in files.indices { files[position].settle(step) }
        } catch {
            let reason = (error as? any Explained)?.message ?? "its stage cannot be read"
            verdict.breakDown(reason)
        }
    }

    /// The file with the change; nil if the change is not allowed.
    private func take(
        _ change: Harvest.Change, _ stage: Stage, _ job: Job, _ positions: [FilePath: Int],
        _ files: inout [FileState], _ verdict: inout JobVerdict
    ) throws -> StagedFile? {
        let name = safeName(change.path)
        guard case .written(let content, let isExecutable) = change.kind else {
            verdict.breakDown("`\(job.name)` removed or replaced \(name), which git tracks")
            return nil
        }
        if let position = positions[change.path] {
            let mode = files[position].isExecutable
            if content != files[position].now {
                files[position].change(to: content)
                if !isOfCommit, let folder {
                    files[position].status = try folder.rewrite(
                        change.path, content, isExecutable: mode)
                }
            }
            return StagedFile(path: change.path, content: content, isExecutable: mode)
        }
        guard !job.passesFiles || job.writes.contains(where: { $0.matches(change.path.bytes) })
        else {
            verdict.breakDown(
                "`\(job.name)` changed \(name), which it was not given",
                hints: ["if this is intended, list the file in `writes` of [jobs.\(job.name)]"])
            return nil
        }
        guard let original = try stage.original(of: change.path) else {
            // Another job has made it.
            let entry = Entry(
                path: change.path, mode: isExecutable ? .executable : .regular, blob: .none)
            verdict.generated.append(Generated(entry: entry, content: content))
            return StagedFile(path: change.path, content: content, isExecutable: isExecutable)
        }
        let mode = original.entry.mode == .executable
        guard mode == isExecutable else {
            verdict.breakDown("`\(job.name)` changed the permissions of \(name)")
            return nil
        }
        verdict.generated.append(
            Generated(
                entry: original.entry, before: original.content, working: original.working,
                content: content))
        return StagedFile(path: change.path, content: content, isExecutable: mode)
    }

    /// A new file that the job is there to make; nil for any other.
    private func takeNew(
        _ path: FilePath, _ stage: Stage, _ job: Job, _ verdict: inout JobVerdict
    ) throws -> StagedFile? {
        guard job.writes.contains(where: { $0.matches(path.bytes) }) else { return nil }
        switch try stage.new(path, isPublished: !isOfCommit) {
        case .other: return nil
        case .taken:
            let name = safeName(path)
            verdict.breakDown(
                "`\(job.name)` created \(name), but your working tree has a different untracked file of "
                    + "that name",
                hints: ["move \(name) away, or `git add` it; then commit again"])
            return nil
        case .file(let content, let isExecutable):
            let entry = Entry(
                path: path, mode: isExecutable ? .executable : .regular, blob: .none)
            verdict.generated.append(Generated(entry: entry, content: content))
            return StagedFile(path: path, content: content, isExecutable: isExecutable)
        }
    }
}

extension JobVerdict {
    /// Names new files, which are left out: nobody said that they are to be committed.
    fileprivate mutating func name(_ files: [FilePath], of job: Job) {
        let names = files.prefix(3).map { safeName($0) }.joined(separator: ", ")
        let more = files.count > 3 ? " and \(files.count - 3) more" : ""
        let verb = files.count == 1 ? "is" : "are"
        reason = reason ?? "it created \(names)\(more), which \(verb) not staged"
        if hints.isEmpty {
            hints = [
                "to stage \(files.count == 1 ? "it" : "them"), add the name to `writes` of [jobs.\(job.name)]"
            ]
        }
    }
}
