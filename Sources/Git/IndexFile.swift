internal import CGit2
package import SystemPackage

/// What the index keeps of a working file, so that git can see without reading whether it changed;
/// each number as git cuts it.
package struct StatData: Sendable {
    package var device: UInt32
    package var inode: UInt32
    package var owner: UInt32
    package var group: UInt32
    package var size: UInt32
    package var modified: (seconds: Int32, nanoseconds: UInt32)
    package var changed: (seconds: Int32, nanoseconds: UInt32)

    package init(
        device: UInt32, inode: UInt32, owner: UInt32, group: UInt32, size: UInt32,
        modified: (Int32, UInt32), changed: (Int32, UInt32)
    ) {
        self.device = device
        self.inode = inode
        self.owner = owner
        self.group = group
        self.size = size
        self.modified = modified
        self.changed = changed
    }
}

/// Replaces the blob of entries that are still as they were read, in an index file that nobody else
/// uses.
///
/// Flags such as skip-worktree stay. Without stat data an entry is marked as unknown, so that git
/// compares the content.
///
/// - Parameter second: when the index was last written; see `doubt`.
/// - Returns: which entries were replaced, by position.
package func replaceEntries(
    _ replacements: [(entry: Entry, blob: ObjectID, stat: StatData?)], inIndexAt path: FilePath,
    writtenAt second: Int64
) throws(GitError) -> [Bool] {
    _ = Library.started
    let index = try unsafe Handle(
        "read the index", free: { unsafe git_index_free($0) },
        make: { out in unsafe path.withPlatformString { unsafe git_index_open(out, $0) } })
    unsafe doubt(entriesOf: index.pointer, since: second)
    var replaced: [Bool] = []
    for replacement in replacements {
        let found = unsafe replacement.entry.path.withPlatformString {
            unsafe git_index_get_bypath(index.pointer, $0, 0)
        }
        guard var raw = unsafe found?.pointee, unsafe ObjectID(raw.id) == replacement.entry.blob,
            unsafe raw.mode == replacement.entry.mode.rawValue
        else {
            replaced.append(false)
            continue
        }
        unsafe raw.id = replacement.blob.raw
        unsafe set(replacement.stat, on: &raw)
        try check(unsafe git_index_add(index.pointer, &raw), "replace an entry of the index")
        replaced.append(true)
    }
    if replaced.contains(true) {
        try check(unsafe git_index_write(index.pointer), "write the index")
    }
    return replaced
}

/// Makes git compare the content of files that were written in the second in which the index was,
/// or later.
///
/// Git distrusts their stat data only as long as the index is not newer than they are, and a file
/// may have got other content of the same size within that second. Git does the same when it writes
/// an index: size 0 says "unknown".
private func doubt(entriesOf index: OpaquePointer, since second: Int64) {
    for position in 0..<(unsafe git_index_entrycount(index)) {
        guard let entry = unsafe git_index_get_byindex(index, position),
            unsafe Int64(entry.pointee.mtime.seconds) >= second
        else { continue }
        unsafe UnsafeMutablePointer(mutating: entry).pointee.file_size = 0
    }
}

private func set(_ stat: StatData?, on raw: inout git_index_entry) {
    unsafe raw.dev = stat?.device ?? 0
    unsafe raw.ino = stat?.inode ?? 0
    unsafe raw.uid = stat?.owner ?? 0
    unsafe raw.gid = stat?.group ?? 0
    unsafe raw.file_size = stat?.size ?? 0
    unsafe raw.mtime = git_index_time(
        seconds: stat?.modified.seconds ?? 0, nanoseconds: stat?.modified.nanoseconds ?? 0)
    unsafe raw.ctime = git_index_time(
        seconds: stat?.changed.seconds ?? 0, nanoseconds: stat?.changed.nanoseconds ?? 0)
}
