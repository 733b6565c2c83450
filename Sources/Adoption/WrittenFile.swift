internal import Configuration
internal import Files
package import Git
internal import Reporting
internal import Staging
package import SystemPackage

/// A file of the project that is written as a whole; its old content is kept for `hooks undo`.
package struct WrittenFile {
    private let path: FilePath
    private let repository: Repository

    package init(path: FilePath, repository: Repository) {
        self.path = path
        self.repository = repository
    }

    /// Its current content; nil if it does not exist.
    package func content() throws -> [UInt8]? {
        let top = try Folder(opening: repository.worktree)
        guard let folder = try? top.folder(path.removingLastComponent()),
            try folder.status(path.name) != nil
        else { return nil }
        return try folder.read(path.name).content
    }

    /// Writes it.
    ///
    /// - Parameter old: the result of `content`.
    package func write(_ text: String, over old: [UInt8]?) throws {
        guard let old else {
            let top = try Folder(opening: repository.worktree)
            try top.folder(path.removingLastComponent(), create: true)
                .replace(path.name, content: Array(text.utf8), permissions: 0o644)
            return
        }
        switch try UndoLog(repository).replace(path, holding: old, with: Array(text.utf8)) {
        case .replaced, .asItWas: return
        case .unwritable(let error): throw error
        default:
            throw Failure(
                message: "\(safeName(path)) was changed at the same time; nothing was written",
                hints: ["run the same command again"], exitStatus: .conflict)
        }
    }
}
