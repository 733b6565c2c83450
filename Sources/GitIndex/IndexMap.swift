internal import CGit2
internal import Glibc
package import SystemPackage

/// The positions of the entries in an index file, read once.
///
/// libgit2 creates an object for every entry and hashes the whole file, which at 100,000 entries
/// costs ten times as much as in git. Here only the position of each entry is stored. Like git this
/// does not check the hash when it reads.
///
/// The format is that of gitformat-index(5), versions 2 to 4.
@safe package final class IndexMap {
    /// The position of one entry.
    package struct Place {
        /// From the start of the file.
        package var offset: UInt32
        /// From the start of the names.
        package var name: UInt32
        package var length: UInt32
    }

    /// Where an optional part lies; a range would be looked up by every hook at its start.
    struct Extension {
        let name: String
        let start: Int
        let end: Int

        var range: Range<Int> { start..<end }
    }

    package private(set) var places: [Place] = []
    /// The trees that git has written from these entries, where it knows them.
    package let cachedTree: CachedTree?
    /// The optional parts behind the entries, by name.
    let extensions: [Extension]
    let endOfEntries: Int
    let file: MappedFile
    /// The names of version 4, unpacked; nil if they are read in the file.
    private let unpacked: UnsafeMutableRawBufferPointer?

    /// Maps an index; one that does not exist has no entries.
    ///
    /// - Throws: `GitError` for a damaged file, and for what this cannot read: a split or a sparse
    ///   index.
    package convenience init(_ path: FilePath) throws(GitError) {
        try self.init(try MappedFile(path))
    }

    /// Reads the bytes of an index.
    package convenience init(content: [UInt8]) throws(GitError) {
        try self.init(MappedFile(content))
    }

    private init(_ file: MappedFile) throws(GitError) {
        self.file = file
        var reader = IndexReader(file)
        try reader.read()
        places = reader.places
        cachedTree = reader.cachedTree
        extensions = reader.extensions
        endOfEntries = reader.endOfEntries
        guard !reader.unpacked.isEmpty else {
            unsafe unpacked = nil
            return
        }
        let names = UnsafeMutableRawBufferPointer.allocate(
            byteCount: reader.unpacked.count, alignment: 1)
        unsafe names.copyBytes(from: reader.unpacked)
        unsafe unpacked = names
    }

    deinit { unsafe unpacked?.deallocate() }

    /// The bytes of an entry's path, and a NUL after them.
    package func name(_ position: Int) -> UnsafeRawBufferPointer {
        let place = places[position]
        let names = unsafe unpacked.map { UnsafeRawBufferPointer($0) } ?? file.bytes
        let start = Int(place.name)
        return unsafe UnsafeRawBufferPointer(rebasing: names[start..<start + Int(place.length)])
    }

    /// 0 for an entry to be committed; 1 to 3 for the sides of a conflict.
    package func stage(_ position: Int) -> UInt16 { (flags(position) >> 12) & 3 }

    /// Whether `git add --intent-to-add` only announced the path.
    package func isAnnounced(_ position: Int) -> Bool {
        let isExtended = flags(position) & 0x4000 != 0
        return isExtended
            && file.number(at: Int(places[position].offset) + 62, UInt16.self) & 0x2000 != 0
    }

    /// Whether the path has the flag of `git update-index --assume-unchanged` or `--skip-worktree`.
    package func isUnwatched(_ position: Int) -> Bool {
        let flags = flags(position)
        if flags & 0x8000 != 0 { return true }
        return flags & 0x4000 != 0
            && file.number(at: Int(places[position].offset) + 62, UInt16.self) & 0x4000 != 0
    }

    /// The mode as it is written: kind and permissions.
    package func rawMode(_ position: Int) -> UInt32 {
        file.number(at: Int(places[position].offset) + 24)
    }

    /// The name of the blob.
    package func blob(_ position: Int) -> ObjectID {
        file.objectID(at: Int(places[position].offset) + 40)
    }

    /// The size of the working file when its content was added, cut to 32 bits; 0 if it is not
    /// known.
    package func size(_ position: Int) -> UInt32 {
        file.number(at: Int(places[position].offset) + 36)
    }

    /// The entry as a value; nil if the next commit does not contain it: it is in conflict or only
    /// announced.
    package func entry(_ position: Int) -> Entry? {
        guard stage(position) == 0, !isAnnounced(position),
            let mode = EntryMode(rawValue: rawMode(position))
        else { return nil }
        return Entry(path: path(position), mode: mode, blob: blob(position))
    }

    /// The path of an entry.
    package func path(_ position: Int) -> FilePath {
        guard let start = unsafe name(position).baseAddress else { return "" }
        return unsafe FilePath(platformString: start.assumingMemoryBound(to: CChar.self))
    }

    /// The first entry in `range` whose path is not less than `name`, in git's order: byte by byte.
    package func firstPosition(notBefore name: UnsafeRawBufferPointer, in range: Range<Int>) -> Int
    {
        var (low, high) = (range.lowerBound, range.upperBound)
        while low < high {
            let middle = (low + high) / 2
            if unsafe compare(self.name(middle), name) < 0 {
                low = middle + 1
            } else {
                high = middle
            }
        }
        return low
    }

    /// The entry for a path in the next commit.
    package func entry(at path: FilePath) -> Entry? { position(of: path).flatMap { entry($0) } }

    /// The position of exactly this entry; nil if it has changed.
    package func position(of entry: Entry) -> Int? {
        guard let position = position(of: entry.path), stage(position) == 0,
            rawMode(position) == entry.mode.rawValue, blob(position) == entry.blob
        else { return nil }
        return position
    }

    private func position(of path: FilePath) -> Int? {
        unsafe path.withPlatformString { text in
            let wanted = unsafe UnsafeRawBufferPointer(start: text, count: strlen(text))
            let position = unsafe firstPosition(notBefore: wanted, in: places.indices)
            guard position < places.count, unsafe compare(name(position), wanted) == 0 else {
                return nil
            }
            return position
        }
    }

    private func flags(_ position: Int) -> UInt16 {
        file.number(at: Int(places[position].offset) + 60, UInt16.self)
    }
}

/// Byte by byte, as git sorts paths: negative, zero or positive.
package func compare(_ one: UnsafeRawBufferPointer, _ other: UnsafeRawBufferPointer) -> Int {
    let common = min(one.count, other.count)
    if common > 0, let first = one.baseAddress, let second = other.baseAddress {
        let order = unsafe memcmp(first, second, common)
        if order != 0 { return Int(order) }
    }
    return one.count - other.count
}
