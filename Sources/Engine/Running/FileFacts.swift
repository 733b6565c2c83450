internal import Files
internal import Git
internal import Staging
internal import SystemPackage

/// The part of facts that is about a file: its path, its mode, how git converts it, and its content.
struct FileFacts {
    /// The name of each file's content by position in the snapshot; of a working file that git
    /// would convert there is none.
    let blobs: [Int: ObjectID]
    private let snapshot: Snapshot
    /// By position; nil where a program of the user's converts the file.
    private let conversions: [[UInt8]?]

    init(_ snapshot: Snapshot, _ repository: Repository, _ filter: ContentFilter) throws {
        self.snapshot = snapshot
        blobs = Self.blobs(of: snapshot, repository.worktree, filter)
        let settings = try filter.settings()
        var known: (folder: FilePath, attributes: [UInt8])?
        conversions = try snapshot.files.map { file in
            let folder = file.path.removingLastComponent()
            if known?.folder != folder {
                known = (folder, try Self.attributes(for: file.path, repository, snapshot.source))
            }
            let conversion = settings + (known?.attributes ?? [])
            return !conversion.isEmpty && repository.needsGit(file.path) ? nil : conversion
        }
    }

    /// The name of a file with some content; nil when not all can be told of it.
    ///
    /// - Parameter tellingNew: whether it matters that HEAD has no such file.
    func name(of position: Int, blob: ObjectID, tellingNew: Bool) -> ObjectID? {
        guard let conversion = conversions[position] else { return nil }
        let file = snapshot.files[position]
        let isNew = tellingNew && file.isAdded ? "new" : ""
        return ObjectID(
            hashOf: file.path.bytes + [0] + blob.bytes + conversion,
            behind: "file \(file.entry.mode.rawValue) \(isNew)\0")
    }

    /// The attributes that the folders above a path set, as the snapshot has them.
    private static func attributes(
        for path: FilePath, _ repository: Repository, _ source: Snapshot.Source
    ) throws -> [UInt8] {
        var parts: [UInt8] = []
        for folder in path.foldersAbove {
            let file = folder.appending(".gitattributes")
            guard let text = try ConfigurationFile.text(at: file, repository, source) else {
                continue
            }
            parts += folder.bytes + [0] + text + [0]
        }
        return parts
    }

    private static func blobs(
        of snapshot: Snapshot, _ worktree: FilePath, _ filter: ContentFilter
    ) -> [Int: ObjectID] {
        var blobs: [Int: ObjectID] = [:]
        guard snapshot.source == .worktree else {
            for (position, file) in snapshot.files.enumerated() {
                blobs[position] = file.entry.blob
            }
            return blobs
        }
        guard var folders = try? OpenedFolder(worktree) else { return [:] }
        for (position, file) in snapshot.files.enumerated() {
            guard (try? filter.mayFilter(file.path)) == false else { continue }
            let content = folders.with(file.path.removingLastComponent()) {
                (try? $0.read(file.path.name))?.content
            }
            if let content { blobs[position] = ObjectID(blob: content) }
        }
        return blobs
    }
}
