package import SystemPackage

/// Access to the entries by position.
extension IndexMap {
    package var count: Int { places.count }

    /// The whole file.
    package var bytes: [UInt8] { file.copy(0..<file.count) }

    /// The mode, kind and permissions; nil for a mode that git does not write.
    package func mode(_ position: Int) -> EntryMode? { EntryMode(rawValue: rawMode(position)) }

    /// The name of the blob.
    package func content(_ position: Int) -> ObjectID { blob(position) }

    /// Whether the entry is in conflict, or only announced (`add -N`): no commit contains it.
    package func isUncommitted(_ position: Int) -> Bool {
        stage(position) != 0 || isAnnounced(position)
    }

    /// Whether the entry is in conflict.
    package func isUnmerged(_ position: Int) -> Bool { stage(position) != 0 }

    /// Whether the working tree does not have the file (`skip-worktree`), as in a sparse checkout.
    package func isSkipped(_ position: Int) -> Bool {
        let offset = Int(places[position].offset)
        guard file.number(at: offset + 60, UInt16.self) & 0x4000 != 0 else { return false }
        return file.number(at: offset + 62, UInt16.self) & 0x4000 != 0
    }

    /// The path of an entry.
    package func filePath(_ position: Int) -> FilePath { path(position) }

    /// Calls `body` with the bytes of an entry's path, and a NUL after them.
    package func withName<Result>(
        _ position: Int, _ body: (UnsafePointer<CChar>, Int) throws -> Result
    ) rethrows -> Result? {
        let name = unsafe self.name(position)
        return try unsafe name.baseAddress.map {
            try unsafe body($0.assumingMemoryBound(to: CChar.self), name.count)
        }
    }

    /// The recorded status of the file.
    package func stat(_ position: Int) -> StatData {
        let offset = Int(places[position].offset)
        func number(_ place: Int) -> UInt32 { file.number(at: offset + 4 * place) }
        return StatData(
            device: number(4), inode: number(5), owner: number(7), group: number(8),
            size: number(9),
            modified: .init(Int32(bitPattern: number(2)), number(3)),
            changed: .init(Int32(bitPattern: number(0)), number(1)))
    }

    /// The order of the path of an entry and one of another index, byte by byte as git sorts them.
    package func order(_ position: Int, to other: Int, of index: IndexMap) -> Int {
        unsafe compare(name(position), index.name(other))
    }

    /// The position of the entry of a path, of any kind.
    package func position(at path: FilePath) -> Int? {
        let position = firstPosition(notBefore: path)
        guard position < count, self.path(position) == path else { return nil }
        return position
    }

    /// The first entry whose path is not less than `path`.
    package func firstPosition(notBefore path: FilePath) -> Int {
        unsafe path.withPlatformString { text in
            unsafe firstPosition(
                notBefore: UnsafeRawBufferPointer(start: text, count: path.length),
                in: places.indices)
        }
    }

    /// The positions of all entries below a folder.
    package func positions(below folder: FilePath) -> Range<Int> {
        if folder.isEmpty { return places.indices }
        return unsafe folder.withPlatformString { text in
            let name = unsafe Array(UnsafeRawBufferPointer(start: text, count: folder.length))
            func first(_ next: UInt8) -> Int {
                unsafe (name + [next]).withUnsafeBytes { bytes in
                    unsafe firstPosition(notBefore: bytes, in: places.indices)
                }
            }
            // The byte after a slash is where the names after the folder start.
            let slash = UInt8(ascii: "/")
            return first(slash)..<first(slash + 1)
        }
    }

    /// Whether there is an entry for a path, or below it.
    package func holds(_ path: FilePath) -> Bool {
        position(at: path) != nil || !positions(below: path).isEmpty
    }

    /// The trees of these entries that git has stored in the index.
    package var encodedTree: [UInt8]? {
        extensions.first { $0.name == "TREE" }.map { file.copy($0.range) }
    }

    /// The tree of all entries, if git has stored it.
    package var tree: ObjectID? { cachedTree?.tree }
}
