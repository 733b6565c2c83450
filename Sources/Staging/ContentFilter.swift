internal import Files
package import Git
internal import Reporting
package import SystemPackage

/// Content between the object store and files, through git's filters, by libgit2 where it can and by `git` where not.
package struct ContentFilter {
    private let repository: Repository
    private let git: GitProgram

    package init(repository: Repository, git: GitProgram) {
        self.repository = repository
        self.git = git
    }

    /// A file's content as a checkout would write it.
    package func workingContent(of entry: Entry) throws -> [UInt8] {
        guard repository.needsGit(entry.path) else {
            return try repository.workingContent(of: entry.blob, at: entry.path)
        }
        let path = Array("--path=".utf8) + entry.path.bytes
        return try git.run(
            [Array("cat-file".utf8), Array("--filters".utf8), path, Array(entry.blob.hex.utf8)],
            "check out \(safeName(entry.path))")
    }

    /// Writes working content into the object store as `git add` would.
    package func store(_ content: [UInt8], at path: FilePath) throws -> ObjectID {
        guard repository.needsGit(path) else {
            return try repository.store(try repository.cleaned(content, at: path))
        }
        let words = ["hash-object", "-w", "--stdin"].map { Array($0.utf8) }
        let attempt = "add \(safeName(path))"
        let output = try git.run(
            words + [Array("--path=".utf8) + path.bytes], input: content, attempt)
        let name = output.prefix { $0 != UInt8(ascii: "\n") }
        guard let blob = ObjectID(hex: String(decoding: name, as: UTF8.self)) else {
            throw GitFailure(attempt: attempt, complaint: output)
        }
        return blob
    }
}
