package import Glibc
package import SystemPackage

/// The result of `lstat` for a file: enough to detect whether it is still the one that was read.
package struct FileStatus: Hashable, Sendable {
    package enum Kind: Sendable {
        case regular
        case folder
        case symbolicLink
        case other
    }

    package var kind: Kind
    package var device: UInt64
    package var inode: UInt64
    package var links: UInt64
    package var size: Int64
    /// Permission bits, with set-user-id and similar bits.
    package var permissions: UInt32
    package var owner: UInt32
    package var group: UInt32
    /// Seconds and nanoseconds of the last change of content.
    package var modified: Instant
    /// Seconds and nanoseconds of the last change of content, name or permissions; no program can
    /// set it back.
    package var changed: Instant

    /// A moment of the system's clock.
    package struct Instant: Hashable, Sendable {
        package var seconds: Int64
        package var nanoseconds: Int64

        package init(seconds: Int64, nanoseconds: Int64) {
            self.seconds = seconds
            self.nanoseconds = nanoseconds
        }
    }

    /// The status of the file itself, also of a link; nil where there is none, or it cannot be read.
    package static func of(_ path: FilePath) -> FileStatus? {
        var raw = stat()
        return path.withPlatformString { lstat($0, &raw) } == 0 ? FileStatus(raw) : nil
    }

    package init(_ raw: stat) {
        switch raw.st_mode & S_IFMT {
        case S_IFREG: kind = .regular
        case S_IFDIR: kind = .folder
        case S_IFLNK: kind = .symbolicLink
        default: kind = .other
        }
        device = UInt64(raw.st_dev)
        inode = UInt64(raw.st_ino)
        links = UInt64(raw.st_nlink)
        size = Int64(raw.st_size)
        permissions = raw.st_mode & 0o7777
        owner = raw.st_uid
        group = raw.st_gid
        modified = Instant(
            seconds: Int64(raw.st_mtim.tv_sec), nanoseconds: Int64(raw.st_mtim.tv_nsec))
        changed = Instant(
            seconds: Int64(raw.st_ctim.tv_sec), nanoseconds: Int64(raw.st_ctim.tv_nsec))
    }

    /// Whether the owner may execute it, which is all that git records of the permissions.
    package var isExecutable: Bool { permissions & 0o100 != 0 }

    /// Whether both are one file, under any name.
    package func isSameFile(as other: FileStatus) -> Bool {
        inode == other.inode && device == other.device
    }

    /// Whether both are the same file with the same content; its name may have changed in between.
    package func hasSameContent(as other: FileStatus) -> Bool {
        isSameFile(as: other) && size == other.size
            && modified == other.modified
    }

    /// Whether both are the same file with nothing written to it in between.
    package func isUntouched(since other: FileStatus) -> Bool {
        hasSameContent(as: other) && changed == other.changed
    }
}
