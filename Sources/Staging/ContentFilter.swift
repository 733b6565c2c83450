internal import Files
package import Git
internal import Glibc
package import Reporting
package import Spawn
package import SystemPackage

/// Content between the object store and files, through git's filters, by libgit2 where it can and by `git` where not.
package struct ContentFilter {
    private let repository: Repository
    /// As git gave it, so that `git` works on the same repository.
    private let environment: ProcessEnvironment
    /// A folder for the files that the `git` program reads and writes.
    private let scratch: FilePath

    package init(repository: Repository, environment: ProcessEnvironment, scratch: FilePath) {
        self.repository = repository
        self.environment = environment
        self.scratch = scratch
    }

    /// A file's content as a checkout would write it.
    package func workingContent(of entry: Entry) throws -> [UInt8] {
        guard repository.needsGit(entry.path) else {
            return try repository.workingContent(of: entry.blob, at: entry.path)
        }
        let file = scratch.appending("smudged")
        let command = #"exec git cat-file --filters --path="$1" "$2" >"$3""#
        try git(
            program: "/bin/sh", ["-c", command, "sh"].map { Array($0.utf8) },
            [entry.path.bytes, Array(entry.blob.hex.utf8), file.bytes],
            "check out \(safeName(entry.path))")
        return try contents(of: file) ?? []
    }

    /// Writes working content into the object store as `git add` would.
    package func store(_ content: [UInt8], at path: FilePath) throws -> ObjectID {
        guard repository.needsGit(path) else {
            return try repository.store(try repository.cleaned(content, at: path))
        }
        let folder = try Folder(opening: scratch)
        try folder.remove("clean")
        try folder.create("clean", content: content, permissions: 0o600)
        let command = #"exec git hash-object -w --path="$1" "$2""#
        let output = try git(
            program: "/bin/sh", ["-c", command, "sh"].map { Array($0.utf8) },
            [path.bytes, scratch.appending("clean").bytes], "add \(safeName(path))")
        let line = output.split(separator: UInt8(ascii: "\n")).last ?? []
        guard let blob = ObjectID(hex: String(decoding: line, as: UTF8.self)) else {
            throw FilterFailure(attempt: "add \(safeName(path))", output: output)
        }
        return blob
    }

    @discardableResult
    private func git(
        program: FilePath, _ words: [[UInt8]], _ arguments: [[UInt8]], _ attempt: String
    ) throws -> [UInt8] {
        let invocation = Invocation(
            program: program, arguments: words + arguments, folder: repository.worktree,
            environment: environment, timeout: .seconds(120))
        let completion = waiting { await run(invocation) }
        guard let completion, completion.isSuccess else {
            throw FilterFailure(attempt: attempt, output: completion?.output ?? [])
        }
        return completion.output
    }
}

/// A filter driver of the repository did not do its work.
package struct FilterFailure: Explained {
    let attempt: String
    let output: [UInt8]

    package var message: String {
        let line = output.split(separator: UInt8(ascii: "\n")).last ?? []
        return "cannot \(attempt) through its filter: \(safeLine(Array(line)))"
    }
    package var hints: [String] {
        ["look at `git check-attr filter -- FILE` and `git config filter.NAME.clean`"]
    }
    package var exitStatus: ExitStatus { .broken }
}
