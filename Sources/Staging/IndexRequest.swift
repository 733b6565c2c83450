internal import Files
internal import Git
internal import GitIndex
internal import Glibc
internal import Reporting
internal import SystemPackage

/// The request to the child that writes the index, and its execution.
package struct IndexRequest {
    let index: FilePath
    /// A private folder on the index's file system.
    let state: FilePath
    /// An empty file in `state`; its second name is the lock.
    let mark: FilePath
    let replacements: [EntryReplacement]

    init(index: FilePath, state: FilePath, mark: FilePath, replacements: [EntryReplacement]) {
        self.index = index
        self.state = state
        self.mark = mark
        self.replacements = replacements
    }

    /// The changed index before it replaces the old one; named after the process that asked, which
    /// cleans up after a killed child.
    static func copy(of mark: FilePath) -> FilePath { FilePath("index-" + mark.string) }

    /// Fields that end with NUL; the last one is `end`, so that half a request is never
    /// executed.
    var encoded: [UInt8] {
        var fields: [[UInt8]] = [index.bytes, state.bytes, mark.bytes]
        for each in replacements {
            fields.append(each.entry.path.bytes)
            fields.append(Array("\(each.entry.mode.rawValue)".utf8))
            fields.append(Array(each.entry.blob.hex.utf8))
            fields.append(Array(each.blob.hex.utf8))
            fields.append(Array((each.working.map(Self.encode) ?? "-").utf8))
        }
        return (fields + [Array("end".utf8)]).flatMap { $0 + [0] }
    }

    /// Reads what `encoded` made; nil for anything else.
    package init?(_ bytes: [UInt8]) {
        var fields = bytes.split(separator: 0, omittingEmptySubsequences: false)
        guard fields.popLast()?.isEmpty == true,
            fields.popLast().map(Array.init) == Array("end".utf8),
            fields.count >= 3, (fields.count - 3) % 5 == 0
        else { return nil }
        index = FilePath(bytes: fields[0])
        state = FilePath(bytes: fields[1])
        mark = FilePath(bytes: fields[2])
        var read: [EntryReplacement] = []
        for start in stride(from: 3, to: fields.count, by: 5) {
            let text = fields[(start + 1)...(start + 4)].map { String(decoding: $0, as: UTF8.self) }
            guard let mode = UInt32(text[0]).flatMap(EntryMode.init(rawValue:)),
                let old = ObjectID(hex: text[1]), let new = ObjectID(hex: text[2])
            else { return nil }
            let entry = Entry(path: FilePath(bytes: fields[start]), mode: mode, blob: old)
            read.append(EntryReplacement(entry: entry, blob: new, working: Self.decode(text[3])))
        }
        replacements = read
    }

    private static func encode(_ status: FileStatus) -> String {
        [
            status.device, status.inode, UInt64(status.owner), UInt64(status.group),
            UInt64(status.size),
            UInt64(status.modified.seconds), UInt64(status.modified.nanoseconds),
            UInt64(status.changed.seconds), UInt64(status.changed.nanoseconds),
        ].map { String($0) }.joined(separator: " ")
    }

    private static func decode(_ text: String) -> FileStatus? {
        let numbers = text.split(separator: " ").compactMap { Int64($0) }
        guard numbers.count == 9 else { return nil }
        var raw = stat()
        raw.st_mode = S_IFREG
        raw.st_dev = UInt(truncatingIfNeeded: numbers[0])
        raw.st_ino = UInt(truncatingIfNeeded: numbers[1])
        raw.st_uid = UInt32(truncatingIfNeeded: numbers[2])
        raw.st_gid = UInt32(truncatingIfNeeded: numbers[3])
        raw.st_size = Int(numbers[4])
        raw.st_mtim = timespec(tv_sec: Int(numbers[5]), tv_nsec: Int(numbers[6]))
        raw.st_ctim = timespec(tv_sec: Int(numbers[7]), tv_nsec: Int(numbers[8]))
        return FileStatus(raw)
    }

    /// Executes the request: takes the lock, replaces the entries that are still as they were read,
    /// puts the new index in place.
    ///
    /// - Returns: one `1` or `0` for each entry, replaced or not.
    /// - Throws: `IndexLocked` if another process holds the lock for longer than a second.
    package func carryOut() throws -> [UInt8] {
        let folder = try Folder(opening: index.removingLastComponent())
        let scratch = try Folder(opening: state)
        let lock = FilePath(index.name.string + ".lock")
        try IndexLock.take(lock, in: folder, from: scratch, mark)
        do {
            let replaced = try writeIndex(in: folder, scratch)
            try folder.remove(lock)
            // The process that asked may be gone.
            try? scratch.remove(mark)
            return replaced.map { $0 ? UInt8(ascii: "1") : UInt8(ascii: "0") }
        } catch {
            try folder.remove(lock)
            throw error
        }
    }

    /// A changed copy replaces the index; the copy is written where the user does
    /// not see it.
    private func writeIndex(in folder: borrowing Folder, _ scratch: borrowing Folder) throws
        -> [Bool]
    {
        guard let status = try folder.status(index.name) else { throw IndexGone() }
        let rewrite = try IndexRewrite(
            replacements.map {
                BlobReplacement(
                    entry: $0.entry, blob: $0.blob, stat: $0.working.map(StatData.init))
            },
            ofIndexAt: index, writtenAt: status.modified.seconds)
        guard rewrite.replaced.contains(true) else { return rewrite.replaced }
        let copy = Self.copy(of: mark)
        defer { try? scratch.remove(copy) }
        try scratch.remove(copy)
        try scratch.create(copy, content: rewrite.content, permissions: status.permissions)
        try put(copy, of: scratch, in: folder)
        return rewrite.replaced
    }

    /// Replaces the index by the copy with a swap, which fails if the index no longer exists:
    /// during `git commit -a` it is git's own `index.lock`, which git removes when it is ended, and
    /// which must not come back.
    private func put(
        _ copy: FilePath, of scratch: borrowing Folder, in folder: borrowing Folder
    ) throws {
        do {
            try scratch.exchange(copy, with: folder, index.name)
        } catch  where WorkingFile.cannotSwap.contains(error.code) {
            try scratch.rename(copy, into: folder, as: index.name)
        }
    }
}

/// The lock that git takes to write an index.
enum IndexLock {
    /// Gives a file its second name, which is the lock, within a second. Where the file system has
    /// no second names, a new file is the lock and names its owner.
    ///
    /// - Throws: `IndexLocked` if another process holds it for longer.
    static func take(
        _ lock: FilePath, in folder: borrowing Folder, from scratch: borrowing Folder,
        _ mark: FilePath
    ) throws {
        for _ in 0..<20 {
            do throws(FileError) {
                return try make(lock, in: folder, from: scratch, mark)
            } catch {
                guard error.code == .fileExists else { throw error }
            }
            usleep(50_000)
        }
        throw IndexLocked()
    }

    private static func make(
        _ lock: FilePath, in folder: borrowing Folder, from scratch: borrowing Folder,
        _ mark: FilePath
    ) throws(FileError) {
        do throws(FileError) { try scratch.hardLink(mark, into: folder, as: lock) } catch {
            guard error.isUnsupported else { throw error }
            try folder.create(lock, content: mark.bytes, permissions: 0o644)
        }
    }

    /// Removes the lock of a child that was killed.
    ///
    /// - Parameter status: that of the mark when it was made.
    static func removeLeft(
        _ lock: FilePath, in folder: borrowing Folder, of mark: FilePath, _ status: FileStatus
    ) throws {
        guard let found = try folder.status(lock) else { return }
        let isSecondName = found.inode == status.inode && found.device == status.device
        // The lock of another process may be gone by now, which is no error.
        if isSecondName || (try? folder.read(lock).content) == mark.bytes {
            try folder.remove(lock)
        }
    }
}

/// Another process holds the lock of the index.
struct IndexLocked: Explained {
    var message: String { "the index is locked" }
    var exitStatus: ExitStatus { .conflict }
}

/// The index no longer exists: git has removed its `index.lock`.
struct IndexGone: Explained {
    var message: String { "the index does not exist any more" }
    var exitStatus: ExitStatus { .conflict }
}
