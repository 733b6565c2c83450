internal import Glibc
package import SystemPackage

extension Folder {
    /// A regular file's bytes, and the status of exactly the file that was read.
    ///
    /// - Throws: `FileError` with `ELOOP` for a symbolic link, `EISDIR` for a folder, `ENXIO` for
    ///   anything else that is not a regular file.
    package func read(_ name: FilePath) throws(FileError) -> (content: [UInt8], status: FileStatus)
    {
        guard let read = try read(name, atMost: .max) else {
            throw FileError("read", path.pushing(name), code: .fileTooLarge)
        }
        return read
    }

    /// Reads a regular file; nil when it is larger than `limit` bytes.
    package func read(
        _ name: FilePath, atMost limit: Int
    ) throws(FileError) -> (content: [UInt8], status: FileStatus)? {
        let flags = O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK
        let file = try retrying("read", path.pushing(name)) {
            name.withPlatformString { openat(descriptor, $0, flags) }
        }
        return try read(name, atMost: limit, from: file)
    }

    /// Reads an open file, and closes it; nil when it is larger than `limit` bytes.
    func read(
        _ name: FilePath, atMost limit: Int, from file: CInt
    ) throws(FileError) -> (content: [UInt8], status: FileStatus)? {
        defer { close(file) }
        var raw = stat()
        guard fstat(file, &raw) == 0 else {
            throw FileError("read the status of", path.pushing(name))
        }
        let status = FileStatus(raw)
        guard status.kind == .regular else {
            throw FileError(
                "read", path.pushing(name),
                code: status.kind == .folder ? .isDirectory : .noSuchAddressOrDevice)
        }
        if status.size > limit { return nil }
        var content = [UInt8](unsafeUninitializedCapacity: Int(status.size) + 1) { buffer, count in
            count = max(0, Glibc.read(file, buffer.baseAddress, buffer.count))
        }
        // The file is complete if as much was read as its size, with room for more.
        if content.count != Int(status.size) { try readRest(file, into: &content, name) }
        return (content, status)
    }

    /// Reads the rest after the first call.
    private func readRest(
        _ file: CInt, into content: inout [UInt8], _ name: FilePath
    ) throws(FileError) {
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = try retrying("read", path.pushing(name)) {
                chunk.withUnsafeMutableBytes { Glibc.read(file, $0.baseAddress, $0.count) }
            }
            if count == 0 { return }
            content.append(contentsOf: chunk[..<count])
        }
    }

    /// Creates a new file; never writes through a link or over an existing file. Half a file
    /// is removed.
    ///
    /// - Parameters:
    ///   - permissions: set exactly, whatever the umask.
    ///   - other: a file whose owner and group it gets, as far as the user may.
    ///   - isDurable: waits until the content would survive a loss of power (`fsync`).
    @discardableResult
    package func create(
        _ name: FilePath, content: [UInt8], permissions: UInt32, ownedLike other: FileStatus? = nil,
        isDurable: Bool = false
    ) throws(FileError) -> FileStatus {
        let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
        let file = try retrying("write", path.pushing(name)) {
            name.withPlatformString { openat(descriptor, $0, flags, 0o600) }
        }
        defer { close(file) }
        do {
            return try fill(file, name, content, permissions, ownedLike: other, isDurable)
        } catch {
            try? remove(name)
            throw error
        }
    }

    private func fill(
        _ file: CInt, _ name: FilePath, _ content: [UInt8], _ permissions: UInt32,
        ownedLike other: FileStatus?, _ isDurable: Bool
    ) throws(FileError) -> FileStatus {
        try writeAll(content, to: file, name)
        // A new owner removes set-user-id and similar bits, so the permissions are set after it.
        if let other { _ = fchown(file, other.owner, other.group) }
        guard fchmod(file, permissions) == 0 else { throw FileError("write", path.pushing(name)) }
        if isDurable {
            try retrying("write", path.pushing(name)) { fsync(file) }
        }
        var raw = stat()
        guard fstat(file, &raw) == 0 else {
            throw FileError("read the status of", path.pushing(name))
        }
        return FileStatus(raw)
    }

    private func writeAll(_ content: [UInt8], to file: CInt, _ name: FilePath) throws(FileError) {
        var written = 0
        while written < content.count {
            written += try retrying("write", path.pushing(name)) {
                content.withUnsafeBytes { bytes in
                    Glibc.write(file, bytes.baseAddress.map { $0 + written }, bytes.count - written)
                }
            }
        }
    }

    /// Replaces a file by one with new content, in one step: a reader sees the old or the new,
    /// never a part.
    ///
    /// - Parameter permissions: of the new file.
    package func replace(
        _ name: FilePath, content: [UInt8], permissions: UInt32
    ) throws(FileError) {
        let temporary = FilePath("\(name.string).\(getpid()).tmp")
        try sweep { $0.hasPrefix("\(name.string).") && $0.hasSuffix(".tmp") }
        try remove(temporary)
        try create(temporary, content: content, permissions: permissions)
        do {
            try rename(temporary, into: self, as: name)
        } catch {
            try? remove(temporary)
            throw error
        }
    }
}

extension Folder {
    /// Removes temporary files of killed runs: regular files that are unchanged for ten
    /// minutes; a run needs them only for a moment.
    package func sweep(_ isTemporary: (String) -> Bool) throws(FileError) {
        let longAgo = Int64(time(nil)) - 600
        for name in try names() where isTemporary(name.string) {
            guard let status = try status(name), status.kind == .regular,
                status.modified.seconds < longAgo
            else { continue }
            try? remove(name)
        }
    }
}

/// Reads a file by its full path; nil if there is none. Links are followed.
///
/// - Parameter limit: how many bytes are enough; a few more may come.
package func contents(
    of path: FilePath, upTo limit: Int = .max
) throws(FileError) -> [UInt8]? {
    let file = path.withPlatformString { open($0, O_RDONLY | O_CLOEXEC | O_NONBLOCK) }
    if file < 0, errno == ENOENT || errno == ENOTDIR { return nil }
    guard file >= 0 else { throw FileError("read", path) }
    defer { close(file) }
    // Opening a FIFO would block, or it would seem to be empty.
    var raw = stat()
    guard fstat(file, &raw) == 0 else { throw FileError("read the status of", path) }
    if raw.st_mode & S_IFMT == S_IFIFO {
        throw FileError("read", path, code: .noSuchAddressOrDevice)
    }
    var content: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: min(limit, 1 << 16))
    while true {
        let count = try retrying("read", path) {
            chunk.withUnsafeMutableBytes { read(file, $0.baseAddress, $0.count) }
        }
        if count == 0 || content.count >= limit { return content }
        content.append(contentsOf: chunk[..<count])
    }
}

extension Folder {
    /// The target of a symbolic link in this folder.
    package func target(of name: FilePath) throws(FileError) -> FilePath {
        var buffer = [CChar](repeating: 0, count: 4096)
        let count = try retrying("read the link", path.pushing(name)) {
            name.withPlatformString { readlinkat(descriptor, $0, &buffer, buffer.count) }
        }
        return FilePath(bytes: buffer[..<count].map(UInt8.init(bitPattern:)))
    }
}

extension Folder {
    /// Appends to a file; creates it, for the user only, if it is missing.
    package func append(_ name: FilePath, _ content: [UInt8]) throws(FileError) {
        let flags = O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW | O_CLOEXEC
        let file = try retrying("write", path.pushing(name)) {
            name.withPlatformString { openat(descriptor, $0, flags, 0o600) }
        }
        defer { close(file) }
        try writeAll(content, to: file, name)
    }
}
