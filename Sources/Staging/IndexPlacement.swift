internal import Files
internal import SystemPackage

/// The request to the child to replace a whole index; see `IndexUpdate`.
package struct IndexPlacement {
    let index: FilePath
    /// A private folder on the index's file system.
    let state: FilePath
    /// An empty file in `state`; its second name is the lock.
    let mark: FilePath
    /// The new index, complete, in `state`.
    let source: FilePath

    init(index: FilePath, state: FilePath, mark: FilePath, source: FilePath) {
        self.index = index
        self.state = state
        self.mark = mark
        self.source = source
    }

    /// Fields that end with NUL; the last one is `place`, so that half a request is never
    /// executed.
    var encoded: [UInt8] {
        [index.bytes, state.bytes, mark.bytes, source.bytes, Array("place".utf8)]
            .flatMap { $0 + [0] }
    }

    /// Reads what `encoded` made; nil for anything else.
    package init?(_ bytes: [UInt8]) {
        let fields = bytes.split(separator: 0, omittingEmptySubsequences: false)
        guard fields.count == 6, fields[5].isEmpty, fields[4].elementsEqual("place".utf8) else {
            return nil
        }
        index = FilePath(bytes: fields[0])
        state = FilePath(bytes: fields[1])
        mark = FilePath(bytes: fields[2])
        source = FilePath(bytes: fields[3])
    }

    /// Executes the request: takes the lock, renames, releases the lock.
    ///
    /// - Throws: `IndexLocked` if another process holds the lock for longer than a second.
    package func carryOut() throws {
        let folder = try Folder(opening: index.removingLastComponent())
        let scratch = try Folder(opening: state)
        let lock = FilePath(index.name.string + ".lock")
        try IndexLock.take(lock, in: folder, from: scratch, mark)
        do {
            try scratch.rename(source, into: folder, as: index.name)
            try folder.remove(lock)
        } catch {
            try folder.remove(lock)
            throw error
        }
    }
}
