internal import Checks
package import Files
internal import Git
internal import GitIndex
internal import Planning
package import Staging
package import SystemPackage

/// One file of a snapshot while jobs work on it.
package struct FileState: Sendable {
    /// Its place in the snapshot.
    package let position: Int
    package let path: FilePath
    /// The path in git's own bytes.
    package let name: [UInt8]
    package let isExecutable: Bool
    package let isAdded: Bool
    /// The size of the content that a commit would store now.
    package let size: Int
    /// The content at the start, as a checkout would write it.
    package let before: [UInt8]
    /// The content as the fixers left it so far.
    package private(set) var now: [UInt8]
    /// Whether git treats the content as binary.
    package private(set) var isBinary: Bool
    /// The status of the overlay's file when it was last read; nil without an overlay.
    package var status: FileStatus?
    /// Counts the changes.
    package private(set) var version = 0
    /// The jobs that have finished with the current content.
    private var settled = Positions()
    /// The jobs among them that passed the content in an earlier run.
    private var known = Positions()

    package init(
        position: Int, path: FilePath, isExecutable: Bool, isAdded: Bool, size: Int,
        content: [UInt8]
    ) {
        self.position = position
        self.path = path
        name = path.bytes
        self.isExecutable = isExecutable
        self.isAdded = isAdded
        self.size = size
        before = content
        now = content
        isBinary = content.isBinary
    }

    package init(_ position: Int, _ file: SnapshotFile, _ content: [UInt8], size: Int) {
        self.init(
            position: position, path: file.path, isExecutable: file.entry.mode == .executable,
            isAdded: file.isAdded, size: size, content: content)
    }

    /// The file with the content that git wrote into a checkout.
    package func checkedOut(_ content: [UInt8], _ status: FileStatus) -> FileState {
        var file = FileState(
            position: position, path: path, isExecutable: isExecutable, isAdded: isAdded,
            size: size,
            content: content)
        file.status = status
        return file
    }

    package var isChanged: Bool { now != before }

    /// Whether a job has not checked the current content yet.
    package func isNews(to step: Int) -> Bool { !settled.contains(step) }

    /// Whether a job does not run on the content, because its result is cached.
    package func isKnown(to step: Int) -> Bool { known.contains(step) }

    /// A fixer changed the content.
    package mutating func change(to content: [UInt8]) {
        now = content
        isBinary = content.isBinary
        version += 1
        settled = Positions()
        known = Positions()
    }

    /// A job has finished with the current content.
    package mutating func settle(_ step: Int) { settled.insert(step) }

    /// A job passed the content in an earlier run.
    package mutating func recall(_ step: Int) {
        known.insert(step)
        settle(step)
    }

    /// Restores the content of the start, because fixers undo each other.
    ///
    /// The version still increases: verdicts on a content in between do not apply to this one.
    package mutating func reset() {
        now = before
        isBinary = before.isBinary
        version += 1
        settled = Positions()
        known = Positions()
    }
}
