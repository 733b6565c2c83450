internal import CGit2
package import GitIndex
internal import Glibc
package import SystemPackage

extension Repository {
    /// The index that a checkout of a commit has, with the trees of its folders and nothing known of
    /// any file.
    ///
    /// - Parameter skips: whether a path is left out of the working tree.
    package func indexContent(
        of commit: ObjectID, skipping skips: (FilePath) -> Bool = { _ in false }
    ) throws(GitError) -> [UInt8] {
        var walk = CommitIndex(repository: self)
        let tree = try walk.read(try treeName(of: commit), named: [], in: [], skips)
        return walk.writer.finished(tree: tree.bytes)
    }
}

/// Goes through the trees of a commit in the order of an index.
private struct CommitIndex {
    let repository: Repository
    var writer = IndexWriter()

    /// One folder: how many files are in it and below, and its part of the TREE extension.
    mutating func read(
        _ id: ObjectID, named name: [UInt8], in folder: [UInt8], _ skips: (FilePath) -> Bool
    ) throws(GitError) -> (files: Int, bytes: [UInt8]) {
        let tree = try repository.tree(named: id)
        var (files, folders) = (0, 0)
        var below: [UInt8] = []
        for position in 0..<(unsafe git_tree_entrycount(tree.pointer)) {
            guard let entry = unsafe git_tree_entry_byindex(tree.pointer, position),
                let raw = unsafe git_tree_entry_id(entry),
                let text = unsafe git_tree_entry_name(entry)
            else { continue }
            let own = unsafe Array(UnsafeRawBufferPointer(start: text, count: strlen(text)))
            let mode = unsafe git_tree_entry_filemode(entry)
            if mode == GIT_FILEMODE_TREE {
                let inner = try read(
                    unsafe ObjectID(raw.pointee), named: own,
                    in: folder + own + [UInt8(ascii: "/")], skips)
                files += inner.files
                folders += 1
                below += inner.bytes
            } else if let mode = EntryMode(rawValue: mode.rawValue) {
                let path = folder + own
                writer.append(
                    path, mode, unsafe ObjectID(raw.pointee), .unknown,
                    isSkipped: skips(Self.path(path)))
                files += 1
            }
        }
        return (files, name + [0] + Array("\(files) \(folders)\n".utf8) + id.bytes + below)
    }

    private static func path(_ bytes: [UInt8]) -> FilePath {
        unsafe (bytes + [0]).withUnsafeBytes { bytes in
            unsafe bytes.baseAddress.map {
                unsafe FilePath(platformString: $0.assumingMemoryBound(to: CChar.self))
            }
        } ?? ""
    }
}
