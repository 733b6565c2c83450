package import SystemPackage

/// A folder, and the one below it that was asked for last: neighbouring files are asked for one
/// after the other.
package struct OpenedFolder: ~Copyable {
    private let top: Folder
    private var path: FilePath
    private var below: Folder
    private var isThere = true

    /// - Parameter top: what the paths are relative to; links on the way to it are followed.
    package init(_ top: FilePath) throws(FileError) {
        let opened = try Folder(opening: top)
        below = try opened.folder("")
        self.top = opened
        path = ""
    }

    /// Calls `body` with a folder below the top, reached without following a link; nil when there
    /// is none.
    package mutating func with<Result>(
        _ wanted: FilePath, _ body: (borrowing Folder) -> Result?
    ) -> Result? {
        if path != wanted {
            path = wanted
            do {
                below = try top.folder(wanted)
                isThere = true
            } catch {
                isThere = false
            }
        }
        return isThere ? body(below) : nil
    }

    /// The status of a file; nil when it cannot be reached.
    package mutating func status(_ file: FilePath) -> FileStatus? {
        with(file.removingLastComponent()) { (try? $0.status(file.name)) ?? nil }
    }
}
