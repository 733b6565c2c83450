internal import Files
package import Git
internal import Glibc
internal import Reporting
package import Spawn
package import SystemPackage

/// A real checkout of exactly the tree of the index, in a private folder, for jobs that need every file to be a file.
///
/// It is switched from its last tree, so that unchanged files keep their times; it has an index of its own and is not
/// registered as a worktree.
package final class Checkout: Sendable {
    package let root: FilePath
    private let lock: Lock

    /// - Throws: when the index has entries in conflict, or git cannot write the files.
    package init(
        of repository: Repository, environment: ProcessEnvironment, caches: FilePath
    ) throws {
        let home = try Overlay.privateFolder(caches.appending("checkouts"))
        let key = Overlay.key(of: repository.worktree)
        guard let (place, lock) = try Self.free(key, in: home) else {
            throw OverlayFailure(
                message: "a hundred runs at once use the checkouts in \(home.path.string)")
        }
        self.lock = lock
        try home.makeFolder(place, mode: 0o700)
        let name = repository.worktree.name
        try home.folder(place).makeFolder(name, mode: 0o700)
        root = home.path.pushing(place).pushing(name)
        var environment = environment
        environment["GIT_DIR"] = repository.gitDirectory.string
        environment["GIT_INDEX_FILE"] = repository.indexPath.string
        let tree = try Self.git(["write-tree"], environment, in: repository.worktree)
        environment["GIT_INDEX_FILE"] = home.path.pushing(place).appending("index").string
        environment["GIT_WORK_TREE"] = root.string
        try Self.git(["read-tree", "--reset", "-u", tree], environment, in: root)
        try Self.git(["clean", "-ffdxq"], environment, in: root)
    }

    private static func free(_ key: String, in home: borrowing Folder) throws -> (FilePath, Lock)? {
        for number in 0..<100 {
            let place = FilePath("\(key)-\(number)")
            if let lock = try Lock(FilePath("\(place.string).lock"), in: home) {
                return (place, lock)
            }
        }
        return nil
    }

    @discardableResult
    private static func git(
        _ words: [String], _ environment: ProcessEnvironment, in folder: FilePath
    ) throws -> String {
        let command = ["-c", #"exec git "$@""#, "sh"] + words
        let invocation = Invocation(
            program: "/bin/sh", arguments: command.map { Array($0.utf8) }, folder: folder,
            environment: environment, timeout: .seconds(600))
        let completion = waiting { await run(invocation) }
        guard let completion, completion.isSuccess else {
            throw FilterFailure(
                attempt: "check out the staged tree", output: completion?.output ?? [])
        }
        return String(decoding: completion.output, as: UTF8.self).split(separator: "\n").last.map(
            String.init) ?? ""
    }
}
