internal import Glibc
package import Reporting
package import SystemPackage

/// A failed operation on a file or a folder.
package struct FileError: Explained, Equatable {
    /// What was attempted, such as "read".
    package var attempt: String
    package var path: FilePath
    package var code: Errno
    package var hints: [String] = []

    package init(_ attempt: String, _ path: FilePath, code: Errno = Errno(rawValue: errno)) {
        self.attempt = attempt
        self.path = path
        self.code = code
        switch code {
        case .noSpace: hints = ["free some space on the disk, then try again"]
        case .readOnlyFileSystem, .permissionDenied:
            hints = ["check its owner and its permissions"]
        case _ where isUnsupported && ["lock", "make the link"].contains(attempt):
            hints = [
                "this file system does not support it; set XDG_CACHE_HOME to a folder on another one"
            ]
        default: break
        }
    }

    /// Whether the file system does not support the operation. FAT, exFAT, NFS and FUSE report
    /// it with different error numbers.
    package var isUnsupported: Bool {
        [.notPermitted, .noFunction, .notSupported, .noLocks].contains(code)
    }

    package var message: String { "cannot \(attempt) \(safeName(path)): \(code)" }
    package var exitStatus: ExitStatus { .broken }
}

/// Calls `body` again when a signal interrupted it; throws the error number of any other failure.
@discardableResult
func retrying<Value: SignedInteger>(
    _ attempt: @autoclosure () -> String, _ path: @autoclosure () -> FilePath, _ body: () -> Value
) throws(FileError) -> Value {
    while true {
        let value = body()
        if value >= 0 { return value }
        let code = Errno(rawValue: errno)
        if code != .interrupted { throw FileError(attempt(), path(), code: code) }
    }
}
