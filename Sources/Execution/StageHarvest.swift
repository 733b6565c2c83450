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

/// A tracked file that a job changed although the file was not passed to it.
struct Generated: Sendable {
    /// The file as it is staged, with what a checkout writes of it.
    var original: Stage.Original
    /// The content after the job's change.
    var content: [UInt8]

    var path: FilePath { original.entry.path }

    /// The fix to publish; nil if the file is unchanged.
    var fix: Fix? {
        if content == original.content { return nil }
        let file = SnapshotFile(
            entry: original.entry, isAdded: false, working: original.working)
        return Fix(file: file, before: original.content, after: content)
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
            if verdict.kind == .broken {
                try stage.restore()
                verdict.generated.removeLast(verdict.generated.count - before)
                return
            }
            try stage.put(made)
            try stage.remove(harvest.new)
            if !harvest.new.isEmpty { verdict.name(harvest.new) }
            // A fixer that failed after a change runs again: only a run without a
            // change decides.
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
        guard let original = try stage.original(of: change.path) else { return nil }
        let mode = original.entry.mode == .executable
        guard mode == isExecutable else {
            verdict.breakDown("`\(job.name)` changed the permissions of \(name)")
            return nil
        }
        verdict.generated.append(Generated(original: original, content: content))
        return StagedFile(path: change.path, content: content, isExecutable: mode)
    }
}

extension JobVerdict {
    /// Names new files, which are not staged: nothing says that they should be committed.
    fileprivate mutating func name(_ files: [FilePath]) {
        let names = files.prefix(3).map { safeName($0) }.joined(separator: ", ")
        let more = files.count > 3 ? " and \(files.count - 3) more" : ""
        let verb = files.count == 1 ? "is" : "are"
        reason = reason ?? "it created \(names)\(more), which \(verb) not staged"
    }
}
