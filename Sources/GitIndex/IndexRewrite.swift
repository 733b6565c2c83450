package import SystemPackage

/// A change of one entry's content, or an entry that is new.
package struct BlobReplacement {
    /// The entry as it was read; one without a blob is not there yet.
    package var entry: Entry
    package var blob: ObjectID
    /// That of the working file if it has exactly the new content; without it git compares the
    /// content.
    package var stat: StatData?

    package init(entry: Entry, blob: ObjectID, stat: StatData?) {
        self.entry = entry
        self.blob = blob
        self.stat = stat
    }
}

/// The bytes of an index in which the blobs of some entries are replaced.
///
/// An entry's place does not depend on its blob, so everything else stays as git wrote it: flags,
/// version, the untracked cache. Data that git derived from the entries is removed: the trees above
/// a replaced one, the table of entry offsets, and the data of a file system monitor if a working
/// file differs from its entry.
package struct IndexRewrite {
    let file: MappedFile
    let index: IndexMap
    /// For each replacement, whether the entry was still as it was read.
    package private(set) var replaced: [Bool] = []
    /// The new index; the old one when nothing was replaced.
    package internal(set) var content: [UInt8]

    /// - Parameter second: when the index was last written; see `doubt`.
    /// - Throws: `GitError` for an index that cannot be read.
    package init(
        _ replacements: [BlobReplacement], ofIndexAt path: FilePath, writtenAt second: Int64
    ) throws(GitError) {
        index = try IndexMap(path)
        file = index.file
        content = file.copy(0..<file.count)
        var tree = index.cachedTree
        var additions: [Addition] = []
        for replacement in replacements {
            if replacement.entry.blob.isZero {
                // Without an index there is nothing to put it into.
                let addition = file.count > 0 ? Addition(replacement, to: index) : nil
                if let addition {
                    additions.append(addition)
                    tree?.forget(replacement.entry.path)
                }
                replaced.append(addition != nil)
                continue
            }
            guard let position = index.position(of: replacement.entry) else {
                replaced.append(false)
                continue
            }
            set(replacement, at: Int(index.places[position].offset))
            tree?.forget(replacement.entry.path)
            replaced.append(true)
        }
        guard replaced.contains(true) else { return }
        doubt(since: second)
        let isKnown = zip(replacements, replaced).allSatisfy { !$1 || $0.stat != nil }
        putExtensions(tree, keepingMonitor: isKnown && additions.isEmpty)
        add(additions)
        seal()
    }

    private mutating func set(_ replacement: BlobReplacement, at offset: Int) {
        let stat = replacement.stat ?? .unknown
        put(stat.numbersBeforeMode.flatMap(bytes), at: offset)
        put(stat.numbersBehindMode.flatMap(bytes) + replacement.blob.bytes, at: offset + 28)
    }

    /// Makes git compare the content of files that were written in the second in which the index
    /// was, or later.
    ///
    /// Git distrusts their stat data only as long as the index is not newer than they are, and a
    /// file may have got other content of the same size within that second. Git does the same when
    /// it writes an index: size 0 says "unknown".
    private mutating func doubt(since second: Int64) {
        for place in index.places {
            let modified: UInt32 = file.number(at: Int(place.offset) + 8)
            if Int64(Int32(bitPattern: modified)) >= second {
                put([0, 0, 0, 0], at: Int(place.offset) + 36)
            }
        }
    }

    /// The extensions that are still valid.
    private mutating func putExtensions(_ tree: CachedTree?, keepingMonitor: Bool) {
        let kept = ["REUC", "UNTR"] + (keepingMonitor ? ["FSMN"] : [])
        var extensions: [UInt8] = []
        for part in index.extensions {
            let (name, range) = (part.name, part.range)
            var value: [UInt8]
            if name == "TREE", let tree {
                value = tree.encoded
            } else if kept.contains(name) {
                value = file.copy(range)
            } else {
                continue
            }
            extensions += Array(name.utf8) + bytes(UInt32(value.count)) + value
        }
        content.removeSubrange(index.endOfEntries...)
        content += extensions
    }

    /// Appends the hash of all bytes before; an index that has none, as with `index.skipHash`, gets
    /// none.
    private mutating func seal() {
        let old = file.copy(file.count - 20..<file.count)
        content += old.contains { $0 != 0 } ? ObjectID(hashOf: content).bytes : old
    }

    mutating func put(_ bytes: [UInt8], at offset: Int) {
        content.replaceSubrange(offset..<offset + bytes.count, with: bytes)
    }

    func bytes(_ number: UInt32) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: number >> (24 - 8 * $0)) }
    }
}
