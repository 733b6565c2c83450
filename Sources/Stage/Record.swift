internal import Files
internal import Git
internal import GitIndex
internal import Glibc
internal import Staging
internal import SystemPackage

/// The record of a tree of a stage: its files and folders as they were laid. It is stored beside
/// the stage, where no job writes.
struct Record {
    /// A folder at a time when its content was correct.
    struct Mark: Hashable {
        var inode: UInt64
        var changed: FileStatus.Instant

        init(_ status: FileStatus) {
            inode = status.inode
            changed = status.changed
        }

        fileprivate init(inode: UInt64, changed: FileStatus.Instant) {
            self.inode = inode
            self.changed = changed
        }
    }

    /// The entries that were laid, each with the status of its file.
    var index: IndexMap
    var folders: [FilePath: Mark] = [:]
    /// Whether the last run ended with everything as it was laid: then only folders are checked.
    var isSealed = false
    /// The settings for the conversion of all files.
    var settings: [UInt8] = []
    /// What was put beside the files.
    private(set) var beside: [FilePath] = []
    /// When the files were last checked.
    private(set) var moment = FileStatus.Instant(seconds: 0, nanoseconds: 0)

    static let indexName: FilePath = "index"
    private static let foldersName: FilePath = "folders"
    private static let sealName: FilePath = "seal"
    private static let settingsName: FilePath = "settings"
    private static let besideName: FilePath = "beside"

    /// Reads the record; empty for a tree that was never laid, or whose record is damaged.
    init(in folder: borrowing Folder) throws {
        index = try IndexMap(content: [])
        guard let status = try folder.status(Self.indexName), status.kind == .regular,
            let found = try? IndexMap(folder.path.pushing(Self.indexName))
        else { return }
        index = found
        moment = status.changed
        folders = (try? folder.read(Self.foldersName).content).map(Self.decode) ?? [:]
        settings = (try? folder.read(Self.settingsName).content) ?? []
        beside = ((try? folder.read(Self.besideName).content) ?? []).split(separator: 0)
            .map { FilePath(bytes: $0) }
        isSealed = try folder.status(Self.sealName) != nil
    }

    /// From here on the tree changes.
    static func breakSeal(in folder: borrowing Folder) throws { try folder.remove(sealName) }

    /// Records that everything is as it was laid.
    static func seal(_ folders: [FilePath: Mark], in folder: borrowing Folder) throws {
        try folder.replace(foldersName, content: encode(folders), permissions: 0o600)
        // The files were checked now: the time of the index records when.
        try folder.setPermissions(of: indexName, to: 0o600)
        try folder.replace(sealName, content: [], permissions: 0o600)
    }

    /// Records what was laid.
    static func write(
        index: [UInt8], folders: [FilePath: Mark], settings: [UInt8], beside: Set<FilePath>,
        in folder: borrowing Folder
    ) throws {
        let names = beside.flatMap { path -> [UInt8] in path.bytes + [0] }
        try folder.replace(besideName, content: names, permissions: 0o600)
        try folder.replace(settingsName, content: settings, permissions: 0o600)
        try folder.replace(foldersName, content: encode(folders), permissions: 0o600)
        try folder.replace(indexName, content: index, permissions: 0o600)
    }

    /// The system's clock for changes may tick only every few milliseconds: a change
    /// within one tick of the record does not show in the time.
    func isDoubtful(_ stat: StatData) -> Bool {
        let tick: Int64 = 10_000_000
        let apart =
            (moment.seconds - Int64(stat.changed.seconds)) * 1_000_000_000
            + moment.nanoseconds - Int64(stat.changed.nanoseconds)
        return apart < tick
    }

    private static func encode(_ folders: [FilePath: Mark]) -> [UInt8] {
        var bytes: [UInt8] = []
        for (path, mark) in folders {
            bytes += Array(
                "\(mark.inode) \(mark.changed.seconds) \(mark.changed.nanoseconds) ".utf8)
            bytes += path.bytes + [0]
        }
        return bytes
    }

    private static func decode(_ bytes: [UInt8]) -> [FilePath: Mark] {
        var folders: [FilePath: Mark] = [:]
        for line in bytes.split(separator: 0) {
            let words = line.split(
                separator: UInt8(ascii: " "), maxSplits: 3, omittingEmptySubsequences: false)
            guard words.count == 4 else { return [:] }
            let numbers = words.prefix(3).map { Int64(String(decoding: $0, as: UTF8.self)) ?? -1 }
            folders[FilePath(bytes: words[3])] = Mark(
                inode: UInt64(bitPattern: numbers[0]),
                changed: FileStatus.Instant(seconds: numbers[1], nanoseconds: numbers[2]))
        }
        return folders
    }
}

extension FileStatus {
    /// Whether the file is the recorded one, unchanged since.
    func isUntouched(since noted: StatData) -> Bool {
        let now = StatData(self)
        return now.changed == noted.changed && now.inode == noted.inode
            && now.modified == noted.modified && now.size == noted.size
    }
}

extension IndexMap {
    /// The folders that hold files of the working tree, those above first; the top among them.
    var folders: [FilePath] {
        var all: [FilePath] = [""]
        var seen: Set<FilePath> = [""]
        var last: [CChar] = []
        for position in 0..<count where !isSkipped(position) && !isUncommitted(position) {
            let isNew = withName(position) { name, _ in
                let slash = strrchr(name, CInt(UInt8(ascii: "/"))).map { UnsafePointer($0) - name }
                let length = slash ?? 0
                if length == last.count, memcmp(name, last, length) == 0 { return false }
                last = Array(UnsafeBufferPointer(start: name, count: length))
                return true
            }
            guard isNew == true else { continue }
            for folder in filePath(position).foldersAbove.reversed()
            where seen.insert(folder).inserted {
                all.append(folder)
            }
        }
        return all
    }
}
