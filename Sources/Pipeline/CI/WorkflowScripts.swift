internal import Files
internal import Git
package import Planning
internal import Reporting
internal import SystemPackage

/// The two scripts of two lines by which the workflow is known.
package struct WorkflowScripts {
    private static let all: [(name: String, text: String)] = [
        ("dev-workflow.sh", "#!/bin/sh\nexec hooks ship \"$@\"\n"),
        ("test.sh", "#!/bin/sh\nexec hooks run test \"$@\"\n"),
    ]
    private let repository: Repository

    package init(_ context: Context) throws {
        repository = try Repository(at: context.folder)
    }

    /// Writes those that are not there.
    ///
    /// - Returns: a line about each.
    package func write() throws -> [String] {
        let top = try Folder(opening: repository.worktree)
        return try Self.all.map { name, text in
            let file = FilePath(name)
            guard try top.status(file) == nil else {
                let isOurs = (try? top.read(file).content) == Array(text.utf8)
                return isOurs ? "\(name) is there already" : "\(name) is yours, and stays as it is"
            }
            try top.replace(file, content: Array(text.utf8), permissions: 0o755)
            return "\(name) written"
        }
    }
}
