internal import Glibc
package import SystemPackage

/// A folder, and the last used folder below it: neighbouring files are accessed one
/// after the other.
package struct OpenedFolder: ~Copyable {
    private let top: Folder
    /// The path of the folder below, without a NUL at its end.
    private var entered: [CChar] = []
    private var below: Folder
    private var isThere = true

    /// - Parameter top: what the paths are relative to; links on the way to it are followed.
    package init(_ top: FilePath) throws(FileError) {
        let opened = try Folder(opening: top)
        below = try opened.folder("")
        self.top = opened
    }

    /// The status of a file; nil if it cannot be reached without following a link.
    package mutating func status(_ file: FilePath) -> FileStatus? {
        var raw = stat()
        let code = reach(file) { fstatat($0, $1, &raw, AT_SYMLINK_NOFOLLOW) }
        return code == 0 ? FileStatus(raw) : nil
    }

    /// The status for a path as a C string, without a leading slash.
    package mutating func status(at path: UnsafePointer<CChar>) -> FileStatus? {
        var raw = stat()
        let code = reach(path) { fstatat($0, $1, &raw, AT_SYMLINK_NOFOLLOW) }
        return code == 0 ? FileStatus(raw) : nil
    }

    /// The content of a regular file; nil when it cannot be read, or is larger than `limit`.
    package mutating func content(of file: FilePath, atMost limit: Int = .max) -> [UInt8]? {
        guard
            let opened = reach(
                file, { openat($0, $1, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK) }),
            opened >= 0
        else { return nil }
        return (try? below.read(file, atMost: limit, from: opened))?.content
    }

    /// Calls `body` with the folder that a file is in and the file's name there; nil when there is
    /// no such folder.
    private mutating func reach(
        _ file: FilePath, _ body: (CInt, UnsafePointer<CChar>) -> CInt
    ) -> CInt? {
        file.withPlatformString { reach($0, body) }
    }

    private mutating func reach(
        _ path: UnsafePointer<CChar>, _ body: (CInt, UnsafePointer<CChar>) -> CInt
    ) -> CInt? {
        let slash = strrchr(path, CInt(UInt8(ascii: "/"))).map { UnsafePointer($0) - path }
        let length = slash ?? 0
        if entered.count != length || memcmp(path, entered, length) != 0 {
            entered = Array(UnsafeBufferPointer(start: path, count: length))
            do {
                let folder = (entered + [0]).withUnsafeBufferPointer { start in
                    start.baseAddress.map { FilePath(platformString: $0) } ?? ""
                }
                below = try top.folder(folder)
                isThere = true
            } catch {
                isThere = false
            }
        }
        return isThere ? body(below.descriptor, path + (slash.map { $0 + 1 } ?? 0)) : nil
    }
}
