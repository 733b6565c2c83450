internal import Files
internal import Git
package import Planning
internal import Reporting
internal import SystemPackage

/// The two scripts of the workflow, two lines each. Each changes to its own folder first, so
/// that it can be called from anywhere.
package struct WorkflowScripts {
    private struct Script {
        let name: String
        let words: String

        var text: String {
            "#!/bin/sh\nCDPATH='' cd -- \"$(dirname -- \"$0\")\" && exec \(words) \"$@\"\n"
        }

        /// The text that earlier releases wrote.
        var formerText: String { "#!/bin/sh\nexec \(words) \"$@\"\n" }
    }

    private static let all = [
        Script(name: "dev-workflow.sh", words: "hooks ship"),
        Script(name: "test.sh", words: "hooks run test"),
    ]
    private let repository: Repository

    package init(_ context: Context) throws {
        repository = try Repository(at: context.folder)
    }

    /// Writes the missing scripts; an edited script is not changed.
    ///
    /// - Returns: one line for each script.
    package func write() throws -> [String] {
        let top = try Folder(opening: repository.worktree)
        return try Self.all.map { script in
            let file = FilePath(script.name)
            let isThere = try top.status(file) != nil
            let old = isThere ? try? top.read(file).content : nil
            if old == Array(script.text.utf8) { return "\(script.name) is up to date" }
            if isThere, old != Array(script.formerText.utf8) {
                return "\(script.name) exists, and is not changed"
            }
            try top.replace(file, content: Array(script.text.utf8), permissions: 0o755)
            return "\(script.name) written"
        }
    }
}
