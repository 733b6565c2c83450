package import Files
package import Git
package import GitIndex
internal import Glibc
package import Reporting
package import Spawn
internal import SystemPackage

/// An index entry to be replaced, if it is still the one that was read; one without a blob is to be
/// added, if there is none.
package struct EntryReplacement: Sendable {
    package var entry: Entry
    package var blob: ObjectID
    /// The working file if it has exactly the new content; git then need not read it again.
    package var working: FileStatus?
}

/// Replaces entries of the index, under its lock, in a separate process.
///
/// A process that is killed while it holds `index.lock` leaves it behind, and every later git
/// command fails. So the lock is held by a child in a session of its own: a kill of this process
/// does not affect it, and it finishes within milliseconds; a kill of the child is noticed here,
/// and its lock is removed.
package struct IndexUpdate {
    private let repository: Repository
    private let environment: ProcessEnvironment

    package init(_ repository: Repository, environment: ProcessEnvironment) {
        self.repository = repository
        self.environment = environment
    }

    /// Checks that no process holds a lock, before anything is changed.
    ///
    /// - Throws: `IndexFailure` if there is a lock for longer than a second. `replace` notices a
    ///   later lock.
    func awaitUnlocked() throws {
        for index in indexes {
            let folder = try Folder(opening: index.removingLastComponent())
            let lock = FilePath(index.name.string + ".lock")
            for attempt in 0...20 where try folder.status(lock) != nil {
                if attempt == 20 { throw IndexFailure(lockedAt: index) }
                usleep(50_000)
            }
        }
    }

    /// Which entries were replaced, by position.
    func replace(_ replacements: [EntryReplacement]) throws -> [Bool] {
        var staged = [Bool](repeating: false, count: replacements.count)
        for (position, index) in indexes.enumerated() {
            let replaced = try replace(replacements, in: index)
            // Git commits the first one; the second one must only follow.
            if position == 0 { staged = replaced }
        }
        return staged
    }

    /// The index that git is about to commit and, during `git commit PATH`, the one that becomes
    /// the user's afterwards: git hands the hook an index with HEAD and PATH alone, and has written
    /// the real one to `index.lock`.
    private var indexes: [FilePath] {
        let own = repository.indexPath
        guard own.name.string.hasPrefix("next-index-") else { return [own] }
        let real = repository.gitDirectory.appending("index.lock")
        // With `GIT_INDEX_FILE` that is another file, which git does not tell its hooks.
        return real.withPlatformString { access($0, F_OK) } == 0 ? [own, real] : [own]
    }

    /// Replaces the repository's whole index.
    ///
    /// - Parameter time: when the content was written as an index. Git reads a file again that
    ///   was written in that second or later, because its time is not conclusive; a later time
    ///   would hide a change of the same size.
    /// - Throws: `IndexFailure` if it is locked or cannot be written; it is then as it was.
    package func place(_ content: [UInt8], writtenAt time: FileStatus.Instant) throws {
        let index = repository.indexPath
        let permissions =
            try Folder(opening: index.removingLastComponent()).status(index.name)?.permissions
        let source = FilePath("placed-\(getpid())")
        let state = try Folder(private: repository.worktreeState, create: true)
        try state.remove(source)
        try state.create(source, content: content, permissions: permissions ?? 0o644)
        if let permissions { try state.setPermissions(of: source, to: permissions) }
        try state.setModified(source, to: time)
        defer { try? state.remove(source) }
        _ = try ask(about: index) { state, mark in
            IndexPlacement(index: index, state: state, mark: mark, source: source).encoded
        }
    }

    private func replace(_ replacements: [EntryReplacement], in index: FilePath) throws -> [Bool] {
        let answer = try ask(about: index) { state, mark in
            IndexRequest(index: index, state: state, mark: mark, replacements: replacements).encoded
        }
        // The answer was lost: the index may be as it was, or have the fixes.
        guard answer.count == replacements.count else {
            throw IndexFailure(
                code: nil,
                words: Array(
                    "its helper ended without an answer; `git status` shows what is staged".utf8),
                index: index)
        }
        return answer.map { $0 == UInt8(ascii: "1") }
    }

    /// Sends a request to the child.
    ///
    /// - Parameter request: the request, from the private folder and the name of the file that
    ///   becomes the lock.
    private func ask(
        about index: FilePath, _ request: (_ state: FilePath, _ mark: FilePath) -> [UInt8]
    ) throws -> [UInt8] {
        let state = try Folder(private: repository.worktreeState, create: true)
        try state.sweep { $0.hasPrefix("lock-") || $0.hasPrefix("index-") }
        let mark = FilePath("lock-\(getpid())")
        try state.remove(mark)
        let lock = try state.create(mark, content: [], permissions: 0o644)
        let input = request(state.path, mark)
        let answer = runDirectly(
            "/proc/self/exe", [Array("index".utf8)], environment: environment, input: input)
        for name in [mark, IndexRequest.copy(of: mark)] { try? state.remove(name) }
        guard answer.code == 0 else {
            try IndexLock.removeLeft(
                FilePath(index.name.string + ".lock"),
                in: Folder(opening: index.removingLastComponent()), of: mark, lock)
            let words = answer.output.isEmpty ? answer.errors : answer.output
            throw IndexFailure(code: answer.code, words: words, index: index)
        }
        return answer.output
    }
}

/// The index could not be written.
package struct IndexFailure: Explained {
    package let message: String
    package let hints: [String]
    package let exitStatus: ExitStatus

    private init(message: String, hints: [String], exitStatus: ExitStatus) {
        self.message = message
        self.hints = hints
        self.exitStatus = exitStatus
    }

    init(lockedAt index: FilePath) {
        self.init(
            message: "the index is locked: \(safeName(index)).lock exists",
            hints: [
                "wait for the other git command, or remove the file if none is running; then commit again"
            ],
            exitStatus: .conflict)
    }

    init(code: Int32?, words: [UInt8], index: FilePath) {
        if code == ExitStatus.conflict.code {
            self.init(lockedAt: index)
            return
        }
        let reason = safeLine(words)
        self.init(
            message:
                "cannot write the index: \(reason.isEmpty ? "its process was killed" : reason)",
            hints: ["the working files are fixed; `git add` them and commit again"],
            exitStatus: .broken)
    }
}
