package import Files
package import Git
internal import Glibc
package import Reporting
internal import Spawn
internal import SystemPackage

/// An index entry to be replaced, if it is still the one that was read.
package struct EntryReplacement: Sendable {
    package var entry: Entry
    package var blob: ObjectID
    /// The working file when it holds exactly the new content; git then need not read it again.
    package var working: FileStatus?
}

/// Replaces entries of the index, under its lock, by a process of its own.
///
/// A process that is killed while it holds `index.lock` leaves it behind, and every later git
/// command fails. So the lock is held by a child in a session of its own: a kill of this process
/// does not reach it, and it finishes within milliseconds; a kill of the child is seen here, and
/// the lock that it left is removed.
struct IndexUpdate {
    private let repository: Repository
    private let environment: ProcessEnvironment

    init(_ repository: Repository, environment: ProcessEnvironment) {
        self.repository = repository
        self.environment = environment
    }

    /// Sees that nobody holds a lock, before anything is changed.
    ///
    /// - Throws: `IndexFailure` when one is there for longer than a second. One that comes later is
    ///   seen by `replace`.
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
            // The first one is what git commits; the second one only has to follow.
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
        // With an index of the user's own choice that is another file, which no hook is told of.
        return real.withPlatformString { access($0, F_OK) } == 0 ? [own, real] : [own]
    }

    private func replace(_ replacements: [EntryReplacement], in index: FilePath) throws -> [Bool] {
        let state = try Folder(opening: repository.gitDirectory)
            .folder(repository.stateFolder(in: repository.gitDirectory), create: true, mode: 0o700)
        try state.sweep { $0.hasPrefix("lock-") || $0.hasPrefix("index-") }
        let mark = FilePath("lock-\(getpid())")
        try state.remove(mark)
        let lock = try state.create(mark, content: [], permissions: 0o644)
        let request = IndexRequest(
            index: index, state: state.path, mark: mark, replacements: replacements)
        let input = request.encoded
        let answer = runDirectly(
            "/proc/self/exe", [Array("index".utf8)], environment: environment, input: input)
        for name in [mark, request.copy] { try? state.remove(name) }
        guard answer.code == 0, answer.output.count == replacements.count else {
            try removeLeftLock(of: index, lock)
            let words = answer.output.isEmpty ? answer.errors : answer.output
            throw IndexFailure(code: answer.code, words: words, index: index)
        }
        return answer.output.map { $0 == UInt8(ascii: "1") }
    }

    /// Removes the lock if it is the very file that the child used for it.
    private func removeLeftLock(of index: FilePath, _ mark: FileStatus) throws {
        let folder = try Folder(opening: index.removingLastComponent())
        let name = FilePath(index.name.string + ".lock")
        if let found = try folder.status(name), found.inode == mark.inode,
            found.device == mark.device
        {
            try folder.remove(name)
        }
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
            message: "cannot write the index: \(reason.isEmpty ? "its process was ended" : reason)",
            hints: ["the working files have the fixes; `git add` them and commit again"],
            exitStatus: .broken)
    }
}
