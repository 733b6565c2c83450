internal import CLinux
internal import Glibc
package import SystemPackage

/// An open folder. Everything in it is accessed by descriptor, and no symbolic link is
/// followed, so that a planted link cannot redirect a write out of it.
package struct Folder: ~Copyable {
    /// Where it was when it was opened; for messages only.
    package let path: FilePath
    package let descriptor: CInt

    private init(descriptor: CInt, path: FilePath) {
        self.descriptor = descriptor
        self.path = path
    }

    deinit { close(descriptor) }

    /// Opens a folder by its full path; links on the way to it are followed, as the user wrote it.
    package init(opening path: FilePath) throws(FileError) {
        let flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC
        let opened = try retrying("open", path) {
            path.withPlatformString { Glibc.open($0, flags) }
        }
        self.init(descriptor: opened, path: path)
    }

    /// Opens a folder by its full path, and creates it and its parents if they are missing.
    package init(making path: FilePath, mode: UInt32) throws(FileError) {
        var parent = FilePath(root: path.root, [])
        var refused: FileError?
        for component in path.components {
            parent.append(component)
            let made = parent.withPlatformString { mkdir($0, mode) }
            if made == 0 || errno == EEXIST || errno == EISDIR { continue }
            // It may exist nevertheless, in a folder that is not writable.
            if errno == EROFS || errno == EACCES {
                refused = FileError("make the folder", parent)
            } else {
                throw refused ?? FileError("make the folder", parent)
            }
        }
        try self.init(opening: path)
    }

    /// Opens a folder below this one, component by component.
    ///
    /// - Parameter create: makes the folders that are missing, readable by the user alone or as
    ///   `mode` says.
    /// - Throws: `FileError` with `ENOTDIR` or `ELOOP` when a component is a file or a symbolic
    ///   link, with `EACCES` when it is `..`.
    package func folder(
        _ relative: FilePath, create: Bool = false, mode: UInt32 = 0o777
    ) throws(FileError) -> Folder {
        let flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC
        var current = Folder(
            descriptor: try retrying("open", path) { fcntl(descriptor, F_DUPFD_CLOEXEC, 0) },
            path: path)
        for component in relative.components {
            let name = FilePath(root: nil, [component])
            let next = current.path.appending(component)
            // `..` would lead out of the folder.
            if component.kind == .parentDirectory {
                throw FileError("open", next, code: .permissionDenied)
            }
            if create {
                let made = name.withPlatformString { mkdirat(current.descriptor, $0, mode) }
                if made != 0, errno != EEXIST { throw FileError("make the folder", next) }
            }
            let opened = try retrying("open", next) {
                name.withPlatformString { openat(current.descriptor, $0, flags) }
            }
            current = Folder(descriptor: opened, path: next)
        }
        return current
    }

    /// The status of a name in this folder, of the link itself if it is one; nil when there is
    /// none.
    package func status(_ name: FilePath) throws(FileError) -> FileStatus? {
        var raw = stat()
        let code = name.withPlatformString { fstatat(descriptor, $0, &raw, AT_SYMLINK_NOFOLLOW) }
        if code == 0 { return FileStatus(raw) }
        if errno == ENOENT || errno == ENOTDIR { return nil }
        throw FileError("read the status of", path.pushing(name))
    }

    /// The names in this folder, sorted by their bytes.
    package func names() throws(FileError) -> [FilePath] {
        let copy = try retrying("list", path) {
            openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        }
        guard let stream = fdopendir(copy) else {
            close(copy)
            throw FileError("list", path)
        }
        defer { closedir(stream) }
        // With the NUL at their end, so that one name ends before another that begins with it.
        var names: [[UInt8]] = []
        errno = 0
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { start in
                let start = UnsafeRawPointer(start)
                let length = strlen(start.assumingMemoryBound(to: CChar.self))
                return Array(UnsafeRawBufferPointer(start: start, count: length + 1))
            }
            let dot = UInt8(ascii: ".")
            if name != [dot, 0] && name != [dot, dot, 0] { names.append(name) }
            errno = 0
        }
        guard errno == 0 else { throw FileError("list", path) }
        return names.sorted { memcmp($0, $1, min($0.count, $1.count)) < 0 }
            .map { FilePath(bytes: $0) }
    }

    /// Creates one folder; it is no error if it exists already.
    package func makeFolder(_ name: FilePath, mode: UInt32 = 0o777) throws(FileError) {
        let made = name.withPlatformString { mkdirat(descriptor, $0, mode) }
        if made != 0, errno != EEXIST { throw FileError("make the folder", path.pushing(name)) }
    }

    /// Creates one folder; false if the name is taken.
    package func makeNewFolder(_ name: FilePath, mode: UInt32) throws(FileError) -> Bool {
        let made = name.withPlatformString { mkdirat(descriptor, $0, mode) }
        if made != 0, errno != EEXIST { throw FileError("make the folder", path.pushing(name)) }
        return made == 0
    }

    /// Makes a symbolic link in this folder.
    package func link(_ name: FilePath, to target: FilePath) throws(FileError) {
        _ = try retrying("make the link", path.pushing(name)) {
            target.withPlatformString { target in
                name.withPlatformString { symlinkat(target, descriptor, $0) }
            }
        }
    }

    /// Gives a file of this folder another name, in this or another folder, replacing what was
    /// there.
    package func rename(
        _ name: FilePath, into other: borrowing Folder, as newName: FilePath
    ) throws(FileError) {
        let to = other.descriptor
        _ = try retrying("rename", path.pushing(name)) {
            name.withPlatformString { from in
                newName.withPlatformString { renameat(descriptor, from, to, $0) }
            }
        }
    }

    /// Exchanges the files of two names in one step (`renameat2` with `RENAME_EXCHANGE`).
    ///
    /// - Throws: `FileError` with `EINVAL` on a file system that cannot, `EXDEV` across two of
    ///   them.
    package func exchange(
        _ name: FilePath, with other: borrowing Folder, _ otherName: FilePath
    ) throws(FileError) {
        let to = other.descriptor
        _ = try retrying("replace", path.pushing(name)) {
            name.withPlatformString { from in
                otherName.withPlatformString { linux_exchange(descriptor, from, to, $0) }
            }
        }
    }

    /// Gives a file a second name; throws `EEXIST` when the name is taken, so that it can serve as
    /// a lock.
    package func hardLink(
        _ name: FilePath, into other: borrowing Folder, as newName: FilePath
    ) throws(FileError) {
        let to = other.descriptor
        _ = try retrying("link", other.path.pushing(newName)) {
            name.withPlatformString { from in
                newName.withPlatformString { linkat(descriptor, from, to, $0, 0) }
            }
        }
    }

    /// Sets the permissions of a file of this folder; links are followed.
    package func setPermissions(of name: FilePath, to permissions: UInt32) throws(FileError) {
        _ = try retrying("change", path.pushing(name)) {
            name.withPlatformString { fchmodat(descriptor, $0, permissions, 0) }
        }
    }

    /// Sets the time of a file's last change, as far as programs can set one; links are not
    /// followed.
    package func setModified(_ name: FilePath, to time: FileStatus.Instant) throws(FileError) {
        let stamp = timespec(tv_sec: Int(time.seconds), tv_nsec: Int(time.nanoseconds))
        let times = [stamp, stamp]
        _ = try retrying("change", path.pushing(name)) {
            name.withPlatformString { utimensat(descriptor, $0, times, AT_SYMLINK_NOFOLLOW) }
        }
    }

    /// Removes a file; it is no error if there is none.
    package func remove(_ name: FilePath) throws(FileError) {
        let removed = name.withPlatformString { unlinkat(descriptor, $0, 0) }
        if removed != 0, errno != ENOENT { throw FileError("remove", path.pushing(name)) }
    }

    /// Removes a name and, when it is a folder, everything in it. Links are removed, never
    /// followed.
    package func removeTree(_ name: FilePath) throws(FileError) {
        _ = try removeTree(name, before: nil)
    }

    /// Removes as much of a tree as it can until a deadline; nil: all of it, however long it takes.
    ///
    /// - Returns: whether nothing of it is left.
    package func removeTree(
        _ name: FilePath, before deadline: ContinuousClock.Instant?
    ) throws(FileError) -> Bool {
        guard let status = try status(name) else { return true }
        guard status.kind == .folder else {
            try remove(name)
            return true
        }
        // Go's module cache, for example, makes its folders read-only.
        if status.permissions & 0o700 != 0o700 { try setPermissions(of: name, to: 0o700) }
        do {
            let inner = try folder(name)
            for each in try inner.names() {
                if let deadline, ContinuousClock.now > deadline { return false }
                guard try inner.removeTree(each, before: deadline) else { return false }
            }
        }
        let removed = name.withPlatformString { unlinkat(descriptor, $0, AT_REMOVEDIR) }
        if removed != 0, errno != ENOENT { throw FileError("remove", path.pushing(name)) }
        return true
    }
}
