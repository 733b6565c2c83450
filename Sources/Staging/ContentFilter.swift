internal import Files
package import Git
package import GitIndex
internal import Glibc
internal import Reporting
package import SystemPackage

/// Converts content between the object store and files through git's filters, by libgit2 if it can,
/// otherwise by `git`.
package final class ContentFilter {
    let repository: Repository
    private let git: GitProgram
    /// For each folder, whether it sets attributes.
    private var hasAttributes: [FilePath: Bool] = [:]
    private lazy var filtersEverything = hasGeneralFilters()
    /// The last result, which neighbouring files share.
    private var last: (path: FilePath, mayFilter: Bool)?

    package init(repository: Repository, git: GitProgram) {
        self.repository = repository
        self.git = git
    }

    /// A file's content as a checkout would write it.
    package func workingContent(of entry: Entry) throws -> [UInt8] {
        guard try mayFilter(entry.path) else { return try repository.content(of: entry.blob) }
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
        guard try mayFilter(path) else { return try repository.store(content) }
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

    /// Like `store`, but into a separate object store; content that only `git` can convert goes
    /// into the user's store, as for a published fix.
    package func store(
        _ content: [UInt8], at path: FilePath, in objects: ObjectStore
    ) throws -> ObjectID {
        guard try mayFilter(path) else { return try repository.store(content, in: objects) }
        if repository.needsGit(path) { return try store(content, at: path) }
        return try repository.store(try repository.cleaned(content, at: path), in: objects)
    }

    /// Whether any attribute can be set for a path at all. Querying libgit2 for each path costs
    /// more than reading it.
    package func mayFilter(_ path: FilePath) throws -> Bool {
        if filtersEverything { return true }
        if let last, last.path.isBeside(path) { return last.mayFilter }
        let found = try path.foldersAbove.contains(where: isSet)
        last = (path, found)
        return found
    }

    private func isSet(in folder: FilePath) throws -> Bool {
        if let known = hasAttributes[folder] { return known }
        let file = folder.appending(".gitattributes")
        let found =
            try exists(repository.worktree.pushing(file)) || repository.entry(at: file) != nil
        hasAttributes[folder] = found
        return found
    }

    /// The settings for the conversion of all files besides the attributes in the tree: settings,
    /// and files by content. Empty if there are none.
    package func settings() throws -> [UInt8] {
        // That of a file with `text` in an attribute of its own.
        let eol = Array((repository.configuration("core.eol") ?? "").utf8)
        guard filtersEverything else { return eol.isEmpty ? [] : eol + [0] }
        var parts: [UInt8] = []
        for name in ["core.autocrlf", "core.eol", "core.attributesFile"] {
            parts += Array((repository.configuration(name) ?? "").utf8) + [0]
        }
        var places = attributeFiles
        if let own = repository.configuration("core.attributesFile") {
            places.append(FilePath(own))
        }
        for place in places { parts += (try contents(of: place) ?? []) + [0] }
        return parts
    }

    /// Whether line endings or attributes are set for the repository, the user or the system.
    private func hasGeneralFilters() -> Bool {
        let endings = repository.configuration("core.autocrlf") ?? "false"
        if !["false", "no", "off", "0", ""].contains(endings.lowercased()) { return true }
        if repository.configuration("core.attributesFile") != nil { return true }
        return attributeFiles.contains(where: exists)
    }

    private var attributeFiles: [FilePath] {
        var places = [
            repository.commonDirectory.appending("info/attributes"), "/etc/gitattributes",
        ]
        if let home = git.variable("XDG_CONFIG_HOME") {
            places.append(FilePath(home).appending("git/attributes"))
        }
        if let home = git.variable("HOME") {
            places.append(FilePath(home).appending(".config/git/attributes"))
        }
        return places
    }

    private func exists(_ path: FilePath) -> Bool {
        path.withPlatformString { access($0, F_OK) } == 0
    }
}
