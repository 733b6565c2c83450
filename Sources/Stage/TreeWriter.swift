internal import Files
internal import Glibc
internal import SystemPackage

/// The folders of a tree in which files are laid, reached without following a link.
struct TreeWriter: ~Copyable {
    let top: Folder
    private var entered: FilePath = ""
    private var current: Folder
    /// The permissions of a new file, by the user's umask.
    private let mask: UInt32

    init(_ root: FilePath) throws {
        let opened = try Folder(opening: root)
        current = try opened.folder("")
        top = opened
        mask = ~Self.folderMode & 0o777
    }

    /// The permissions of a new folder, by the user's umask.
    static var folderMode: UInt32 {
        let mask = umask(0)
        umask(mask)
        return 0o777 & ~mask
    }

    /// Restores the permissions of a folder that a job has changed.
    func open(_ path: FilePath) throws {
        if path.isEmpty { return }
        try top.folder(path.removingLastComponent()).setPermissions(
            of: path.name, to: Self.folderMode)
    }

    /// Opens the folder of a file, and creates it if it is missing. Anything in the way, be it
    /// a link or a file, is removed.
    private mutating func enter(_ folder: FilePath) throws {
        if folder == entered { return }
        var next = try top.folder("")
        for component in folder.components {
            let name = FilePath(root: nil, [component])
            if try next.status(name)?.kind != .folder {
                try next.removeTree(name)
                try next.makeFolder(name)
            }
            next = try next.folder(name)
        }
        current = next
        entered = folder
    }

    /// Writes a file; what was there is replaced.
    mutating func write(
        _ path: FilePath, _ content: [UInt8], isExecutable: Bool, at time: FileStatus.Instant
    ) throws -> FileStatus {
        let name = path.name
        try enter(path.removingLastComponent())
        try clear(name)
        let made = try current.create(
            name, content: content, permissions: (isExecutable ? 0o777 : 0o666) & ~mask)
        // If times cannot be set, caches work as in any other folder.
        guard (try? current.setModified(name, to: time)) != nil else { return made }
        return try current.status(name) ?? made
    }

    /// Creates a link; an existing file is replaced.
    mutating func link(
        _ path: FilePath, to target: [UInt8], at time: FileStatus.Instant?
    ) throws -> FileStatus? {
        let name = path.name
        try enter(path.removingLastComponent())
        try clear(name)
        try current.link(name, to: FilePath(bytes: target))
        if let time { try? current.setModified(name, to: time) }
        return try current.status(name)
    }

    /// Creates a folder, or keeps an existing one.
    mutating func makeFolder(_ path: FilePath) throws -> FileStatus? {
        let name = path.name
        try enter(path.removingLastComponent())
        if try current.status(name)?.kind != .folder {
            try clear(name)
            try current.makeFolder(name)
        }
        return try current.status(name)
    }

    /// Sets the time of a file that stays.
    mutating func touch(_ path: FilePath, at time: FileStatus.Instant) throws -> FileStatus? {
        let name = path.name
        try enter(path.removingLastComponent())
        try? current.setModified(name, to: time)
        return try current.status(name)
    }

    /// Removes a file, or whatever replaced it, if its folder is still a folder.
    mutating func remove(_ path: FilePath) throws {
        guard let folder = try? top.folder(path.removingLastComponent()) else { return }
        try folder.removeTree(path.name)
        try Self.forgetBytecode(of: path.name, in: folder)
    }

    /// Removes anything with this name.
    mutating func removeTree(_ path: FilePath) throws {
        guard let folder = try? top.folder(path.removingLastComponent()) else { return }
        if entered == path || entered.starts(with: path) { try enter("") }
        try folder.removeTree(path.name)
    }

    private func clear(_ name: FilePath) throws {
        try current.removeTree(name)
        try Self.forgetBytecode(of: name, in: current)
    }

    static let bytecode: FilePath = "__pycache__"

    /// Removes the bytecode of a file: Python identifies a file only by its size and second, and
    /// would use old bytecode for new content.
    private static func forgetBytecode(
        of name: FilePath, in folder: borrowing Folder
    ) throws {
        guard name.extension == "py", let stem = name.stem,
            try folder.status(bytecode)?.kind == .folder
        else { return }
        let cache = try folder.folder(bytecode)
        for each in try cache.names() where each.string.hasPrefix(stem + ".") {
            try cache.removeTree(each)
        }
    }
}

extension FileStatus.Instant {
    /// As an index has it; the year 1970 has no files.
    init(_ seconds: Int32, _ nanoseconds: UInt32) {
        // Git cuts what does not fit; read as unsigned it is right until 2106.
        self.init(
            seconds: Int64(UInt32(bitPattern: seconds)), nanoseconds: Int64(nanoseconds))
    }
}
