internal import Files
internal import Git
internal import GitIndex
internal import Staging
internal import SystemPackage

/// What git-lfs keeps beside the objects of git.
///
/// Its filter downloads what is not here. A stage does not: there the file stays the pointer that it
/// is in a working tree whose content was not fetched.
struct LargeContent {
    /// Folders of objects, each as `lfs/objects`.
    private let stores: [FilePath]

    init(_ repository: Repository) {
        let common = repository.commonDirectory
        var folders = [common.appending("lfs")]
        if let own = repository.configuration("lfs.storage") {
            folders.append(common.pushing(FilePath(own)))
        }
        let borrowed = (try? contents(of: common.appending("objects/info/alternates"))) ?? nil
        for line in (borrowed ?? []).split(separator: 10) {
            let objects = common.appending("objects").pushing(FilePath(bytes: line))
            folders.append(objects.removingLastComponent().appending("lfs"))
        }
        stores = folders.map { $0.appending("objects") }
    }

    /// The object that a pointer stands for, by the name that git-lfs gives it; nil for other content.
    private static func object(of content: [UInt8]) -> String? {
        guard content.count < 1024, content.starts(with: "version https://git-lfs".utf8) else {
            return nil
        }
        let lead = "oid sha256:"
        return String(decoding: content, as: UTF8.self).split(separator: "\n")
            .first { $0.hasPrefix(lead) }.map { String($0.dropFirst(lead.count)) }
    }

    /// Whether the content is a pointer to something that is not here.
    func isMissing(_ content: [UInt8]) -> Bool {
        guard let name = Self.object(of: content), name.utf8.count == 64 else { return false }
        let path = FilePath("\(name.prefix(2))/\(name.dropFirst(2).prefix(2))/\(name)")
        return !stores.contains { store in
            guard let folder = try? Folder(opening: store.pushing(path.removingLastComponent()))
            else { return false }
            return ((try? folder.status(path.name)) ?? nil) != nil
        }
    }
}

extension StageTree.Laid {
    /// A file's content as it is laid.
    ///
    /// - Returns: the content, and whether it only stands for what is not here.
    func workingContent(of entry: Entry) throws -> (content: [UInt8], isPlaceholder: Bool) {
        if try filter.mayFilter(entry.path), view.needsGit(entry.path) {
            let stored = try view.content(of: entry.blob)
            if large.isMissing(stored) { return (stored, true) }
        }
        return (try filter.workingContent(of: entry), false)
    }
}
