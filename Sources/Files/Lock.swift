internal import Glibc
package import SystemPackage

/// A lock on a file that the kernel releases when its holder ends for any reason (`flock`).
package final class Lock: Sendable {
    private let descriptor: CInt

    deinit { close(descriptor) }

    /// Takes the lock without waiting; nil if another process holds it.
    ///
    /// - Throws: also if the file system does not support locks.
    package init?(_ name: FilePath, in folder: borrowing Folder) throws(FileError) {
        let parent = folder.descriptor
        let flags = O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC
        let file = try retrying("open", folder.path.pushing(name)) {
            name.withPlatformString { openat(parent, $0, flags, 0o600) }
        }
        do throws(FileError) {
            try retrying("lock", folder.path.pushing(name)) { flock(file, LOCK_EX | LOCK_NB) }
        } catch {
            close(file)
            if error.code == .wouldBlock { return nil }
            throw error
        }
        descriptor = file
    }

    /// Takes the lock as soon as no other process holds it; nil if that takes longer than a fifth
    /// of a second, or if locks are not supported.
    package static func briefly(_ name: FilePath, in folder: borrowing Folder) -> Lock? {
        for _ in 0..<20 {
            if let lock = try? Lock(name, in: folder) { return lock }
            usleep(10_000)
        }
        return nil
    }
}
