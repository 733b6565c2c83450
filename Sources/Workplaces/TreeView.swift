package import Checks
internal import Files
internal import Git
internal import GitIndex
internal import Glibc
package import Planning
package import Staging
internal import SystemPackage

/// What a check of the tree sees of a snapshot: the index, or a commit; never other working
/// files.
package struct TreeView {
    package let ground: Ground
    package let snapshot: Snapshot
    private var repository: Repository { ground.repository }

    package init(_ ground: Ground, _ snapshot: Snapshot) {
        self.ground = ground
        self.snapshot = snapshot
    }

    /// The trees that the steps of a plan check, by step.
    package func trees(for plan: Plan) throws -> [Int: CheckedTree] {
        var trees: [Int: CheckedTree] = [:]
        var paths: [[UInt8]]?
        for (number, step) in plan.steps.enumerated() where step.skipped == nil {
            guard let check = (step.job.kind as? TreeCheckKind)?.check else { continue }
            if type(of: check).asksForPaths, paths == nil {
                paths = try ground.paths(with: snapshot.files)
            }
            let former =
                type(of: check).asksForFormer ? try ground.changedPaths(among: snapshot.files) : []
            let entries =
                step.files.map { snapshot.files[$0] } + step.others.map { snapshot.others[$0] }
            let items = try entries.map { try item($0, former: former) }
            trees[number] = CheckedTree(items: items, paths: paths ?? [], isOutside: isOutside)
        }
        return trees
    }

    private func item(
        _ file: SnapshotFile, former: Set<FilePath>
    ) throws -> CheckedTree.Item {
        let entry = file.entry
        var item = CheckedTree.Item(
            path: entry.path.bytes, kind: Self.kind(of: entry.mode), isAdded: file.isAdded)
        if item.kind == .link { item.content = try? repository.content(of: entry.blob) }
        guard item.kind == .file, !file.isAdded, former.contains(entry.path),
            let before = try self.former(of: entry)
        else { return item }
        item.former = try? repository.content(of: before)
        if entry.blob != .none { item.content = try? repository.content(of: entry.blob) }
        return item
    }

    /// The link that was at the path before.
    private func former(of entry: Entry) throws -> ObjectID? {
        guard let before = try ground.former(at: entry.path), before.mode == .symbolicLink else {
            return nil
        }
        return before.blob
    }

    private static func kind(of mode: EntryMode) -> CheckedTree.Kind {
        switch mode {
        case .regular, .executable: .file
        case .symbolicLink: .link
        case .submodule: .submodule
        }
    }

    /// Whether there is something at a path that leads out of the tree, as the working tree lies
    /// here.
    private var isOutside: @Sendable ([UInt8]) -> Bool {
        let worktree = repository.worktree
        return { bytes in
            let path = FilePath(bytes: bytes)
            let full = path.isAbsolute ? path : worktree.pushing(path)
            return full.withPlatformString { access($0, F_OK) } == 0
        }
    }
}
