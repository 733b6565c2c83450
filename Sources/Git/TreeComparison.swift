internal import CGit2
internal import GitIndex
internal import Glibc
internal import SystemPackage

/// Compares the entries of an index with a tree, as `git diff-index --cached` does: a folder
/// whose tree is stored in the index and is the same is skipped.
struct TreeComparison {
    private let repository: Repository
    private let index: IndexMap
    /// In git's order of paths.
    private(set) var changes: [Change] = []

    init(_ repository: Repository, _ index: IndexMap) {
        self.repository = repository
        self.index = index
    }

    /// - Parameter tree: nil stands for the empty tree.
    mutating func compare(with tree: ObjectID?) throws(GitError) {
        try compare(tree, index.places.indices, in: [], index.cachedTree)
    }

    /// Compares one folder.
    ///
    /// Both sides are in git's order, in which a folder's name counts as if a slash ended it.
    ///
    /// - Parameters:
    ///   - range: the entries below it.
    ///   - folder: the bytes that their paths start with, with the slash.
    private mutating func compare(
        _ tree: ObjectID?, _ range: Range<Int>, in folder: [UInt8], _ cached: CachedTree?
    ) throws(GitError) {
        if let tree, cached?.tree == tree { return }
        let base = try TreeEntries(tree, of: repository)
        var old = 0
        var position = range.lowerBound
        while position < range.upperBound || old < base.count {
            guard position < range.upperBound else {
                try remove(base, old, in: folder)
                old += 1
                continue
            }
            let staged = unsafe name(at: position, below: folder.count)
            let order = unsafe old < base.count ? base.order(old, to: staged) : 1
            if order < 0 {
                try remove(base, old, in: folder)
                old += 1
                continue
            }
            let end = unsafe end(of: staged, from: position, range, folder)
            if unsafe staged.last == UInt8(ascii: "/") {
                try compare(
                    order == 0 ? base.id(old) : nil, position..<end,
                    in: folder + (unsafe Array(staged)), unsafe cached?.folder(staged.dropLast()))
            } else {
                try file(position..<end, order == 0 ? (base, old) : nil, in: folder)
            }
            position = end
            if order == 0 { old += 1 }
        }
    }

    /// The next component of an entry's path below a folder, with the slash after it if it is a
    /// folder itself.
    private func name(at position: Int, below folder: Int) -> UnsafeRawBufferPointer {
        let name = unsafe index.name(position)
        let rest = unsafe UnsafeRawBufferPointer(rebasing: name[folder...])
        guard let slash = unsafe rest.firstIndex(of: UInt8(ascii: "/")) else { return unsafe rest }
        return unsafe UnsafeRawBufferPointer(rebasing: rest[...slash])
    }

    /// The position after the entries that have the same component: those of a folder, or the sides
    /// of a conflict.
    private func end(
        of component: UnsafeRawBufferPointer, from position: Int, _ range: Range<Int>,
        _ folder: [UInt8]
    ) -> Int {
        var following = unsafe folder + Array(component)
        if let last = following.last, last == UInt8(ascii: "/") {
            // The least name that is greater than all below the folder.
            following[following.count - 1] = last + 1
        } else {
            following.append(0)
        }
        return unsafe following.withUnsafeBytes {
            unsafe index.firstPosition(notBefore: $0, in: position..<range.upperBound)
        }
    }

    /// Compares the entries of one path, of which there are several while it is in conflict, with
    /// what the tree has there.
    private mutating func file(
        _ positions: Range<Int>, _ old: (base: TreeEntries, position: Int)?, in folder: [UInt8]
    ) throws(GitError) {
        if index.stage(positions.lowerBound) > 0 { return }
        guard !index.isAnnounced(positions.lowerBound) else {
            if let old { try remove(old.base, old.position, in: folder) }
            return
        }
        guard let entry = index.entry(positions.lowerBound) else { return }
        guard let old else {
            changes.append(Change(kind: .added, entry: entry))
            return
        }
        if old.base.mode(old.position) != entry.mode || old.base.id(old.position) != entry.blob {
            changes.append(Change(kind: .modified, entry: entry))
        }
    }

    /// The entries of the tree that the index does not have.
    private mutating func remove(
        _ base: TreeEntries, _ position: Int, in folder: [UInt8]
    ) throws(GitError) {
        let path = folder + base.name(position)
        guard !base.isFolder(position) else {
            let below = try TreeEntries(base.id(position), of: repository)
            for each in 0..<below.count { try remove(below, each, in: path) }
            return
        }
        guard let mode = base.mode(position) else { return }
        let name = unsafe (path + [0]).withUnsafeBytes { bytes in
            unsafe bytes.baseAddress.map {
                unsafe FilePath(platformString: $0.assumingMemoryBound(to: CChar.self))
            }
        }
        let entry = Entry(path: name ?? "", mode: mode, blob: base.id(position))
        changes.append(Change(kind: .deleted, entry: entry))
    }
}

/// The entries of one tree.
@safe private final class TreeEntries {
    private let handle: Handle?
    /// What `handle` owns.
    private let tree: OpaquePointer?
    let count: Int

    /// - Parameter tree: nil stands for the empty tree.
    init(_ tree: ObjectID?, of repository: Repository) throws(GitError) {
        guard let tree else {
            handle = nil
            unsafe self.tree = nil
            count = 0
            return
        }
        let loaded = try repository.tree(named: tree)
        count = unsafe git_tree_entrycount(loaded.pointer)
        unsafe self.tree = loaded.pointer
        handle = consume loaded
    }

    /// The name of an entry, with a slash at the end if it is a folder.
    func name(_ position: Int) -> [UInt8] {
        unsafe Array(bytes(position)) + (isFolder(position) ? [UInt8(ascii: "/")] : [])
    }

    /// The order of an entry's name and another one of the same form, without copying it.
    func order(_ position: Int, to other: UnsafeRawBufferPointer) -> Int {
        let own = unsafe bytes(position)
        guard isFolder(position), own.count < other.count else {
            let order = unsafe compare(own, other)
            return order == 0 && isFolder(position) ? 1 : order
        }
        let order = unsafe compare(
            own, UnsafeRawBufferPointer(rebasing: other[..<own.count]))
        if order != 0 { return order }
        let next = unsafe Int(UInt8(ascii: "/")) - Int(other[own.count])
        return next != 0 ? next : own.count + 1 - other.count
    }

    func isFolder(_ position: Int) -> Bool {
        unsafe entry(position).map { unsafe git_tree_entry_filemode($0) } == GIT_FILEMODE_TREE
    }

    /// nil for a folder.
    func mode(_ position: Int) -> EntryMode? {
        unsafe entry(position).flatMap {
            unsafe EntryMode(rawValue: git_tree_entry_filemode($0).rawValue)
        }
    }

    func id(_ position: Int) -> ObjectID {
        unsafe entry(position).flatMap { unsafe git_tree_entry_id($0) }
            .map { unsafe ObjectID($0.pointee) } ?? .none
    }

    private func bytes(_ position: Int) -> UnsafeRawBufferPointer {
        let name = unsafe entry(position).flatMap { unsafe git_tree_entry_name($0) }
        return unsafe UnsafeRawBufferPointer(
            start: name, count: name.map { unsafe strlen($0) } ?? 0)
    }

    private func entry(_ position: Int) -> OpaquePointer? {
        unsafe tree.flatMap { unsafe git_tree_entry_byindex($0, position) }
    }
}
