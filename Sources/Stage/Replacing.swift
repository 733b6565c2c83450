internal import Files
internal import Git
internal import GitIndex
internal import Staging
internal import SystemPackage

extension StageTree {
    /// Writes files with other content than that of their entries. The content is stored where the
    /// stage's git finds it, and not among the user's objects.
    mutating func put(_ files: [StagedFile]) throws {
        var writer = try TreeWriter(root)
        let objects = try ObjectStore(beside.appending("objects"))
        try withLaid { laid in
            for file in files {
                let status = try writer.write(
                    file.path, file.content, isExecutable: file.isExecutable, at: .now)
                laid.replaced[file.path] = Replaced(
                    blob: ObjectID(blob: file.content),
                    mode: file.isExecutable ? .executable : .regular, status: status,
                    staged: try laid.filter.store(file.content, at: file.path, in: objects))
            }
        }
    }

    /// Removes files, if nothing is in the way.
    func remove(_ files: [FilePath]) throws {
        var writer = try TreeWriter(root)
        for file in files { try writer.remove(file) }
    }

    /// The index of the stage's repository: the entries with the stage's own files, and what fixers
    /// changed as if it was added.
    func index() -> [UInt8] {
        guard let laid else { return [] }
        let index = laid.record.index
        var staged = laid.replaced.filter { $0.value.staged != nil }
        if staged.isEmpty { return index.bytes }
        var writer = IndexWriter(expecting: index.count * 100)
        let added = staged.keys.filter { index.position(at: $0) == nil }
            .sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) }
        var rest = added[...]
        func append(_ path: FilePath) {
            guard let file = staged.removeValue(forKey: path), let blob = file.staged else {
                return
            }
            writer.append(path.bytes, file.mode, blob, StatData(file.status))
        }
        for position in 0..<index.count {
            let path = index.filePath(position)
            while let next = rest.first, next.bytes.lexicographicallyPrecedes(path.bytes) {
                append(next)
                rest.removeFirst()
            }
            if staged[path] != nil {
                append(path)
            } else {
                writer.append(
                    position, of: index, index.stat(position),
                    isSkipped: index.isSkipped(position))
            }
        }
        for path in rest { append(path) }
        return writer.finished(tree: nil)
    }
}
