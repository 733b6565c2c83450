package import Files
package import SystemPackage

/// A folder in which jobs find the files of a snapshot: an overlay, a checkout or a stage.
package protocol JobFolder: Sendable {
    /// The folder that represents the top of the working tree.
    var root: FilePath { get }
    /// Where the jobs' temporary files go.
    var temporary: FilePath { get }
}

extension JobFolder {
    /// The folder that `path` is in.
    func folder(of path: FilePath) throws -> Folder {
        try Folder(opening: root).folder(path.removingLastComponent())
    }

    /// The content and status of a file.
    package func read(_ path: FilePath) throws -> (content: [UInt8], status: FileStatus) {
        try folder(of: path).read(path.name)
    }

    /// The status and content of a changed file; nil if its status is still `status`.
    ///
    /// - Throws: if it is no longer a regular file.
    package func changed(
        _ path: FilePath, since status: FileStatus?
    ) throws -> (content: [UInt8], status: FileStatus)? {
        let folder = try folder(of: path)
        if let status, let now = try folder.status(path.name), now.isUntouched(since: status) {
            return nil
        }
        return try folder.read(path.name)
    }

    /// Replaces a file's content; returns its new status.
    package func rewrite(
        _ path: FilePath, _ content: [UInt8], isExecutable: Bool
    ) throws -> FileStatus? {
        let folder = try folder(of: path)
        try folder.remove(path.name)
        return try folder.create(
            path.name, content: content, permissions: isExecutable ? 0o700 : 0o600)
    }
}
