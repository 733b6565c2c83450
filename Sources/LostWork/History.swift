internal import Files
internal import Glibc
internal import Planning
internal import Reporting
internal import Spawn
internal import SystemPackage

/// A commit as findings name it.
struct NamedCommit: Equatable {
    var id: String
    var subject: String
    var title: String { "\(id.prefix(10)) (\(safeLine(subject.utf8)))" }
}

/// One path that a branch changes.
struct FileChange {
    /// `A`, `M`, `D`, or `R` for one that was renamed.
    var status: String
    /// The names of the blobs.
    var old: String
    var new: String
    /// The path before, which differs for a renamed file alone.
    var before: FilePath
    var path: FilePath
}

/// Lines that one commit replaces in one place of a file.
struct Hunk: Equatable {
    /// Where it stands in the newer file, from 1.
    var line = 1
    var removed: [String] = []
    var added: [String] = []

}

/// What git tells of a branch, and of the history of the protected one up to where they part; see
/// `Comparison`.
///
/// What the protected branch did after that, the branch has never seen: it may be behind, but takes nothing of
/// that back. Git itself keeps both in a merge, or shows a conflict.
struct History {
    private let environment: ProcessEnvironment
    private let program: FilePath
    private let base: String
    private let commit: String

    init(
        _ environment: ProcessEnvironment, directory: FilePath, base: String, commit: String
    ) {
        var environment = environment.withoutGit()
        environment["GIT_DIR"] = directory.string
        environment["GIT_OPTIONAL_LOCKS"] = "0"
        environment["GIT_NO_REPLACE_OBJECTS"] = "1"
        // What a partial clone leaves out is not fetched: a job has no network.
        environment["GIT_NO_LAZY_FETCH"] = "1"
        environment["GIT_ALLOW_PROTOCOL"] = "none"
        self.environment = environment
        let path = environment["PATH"] ?? "/usr/bin:/bin"
        let places = path.split(separator: ":").filter { $0.hasPrefix("/") }
            .map { FilePath(String($0)).appending("git") }
        program =
            places.first { $0.withPlatformString { access($0, X_OK) } == 0 } ?? "/usr/bin/git"
        (self.base, self.commit) = (base, commit)
    }

    private func git(
        _ arguments: [String], paths: [FilePath] = [], accepting codes: Set<Int32> = [0]
    ) throws -> [UInt8] {
        let words = arguments.map { Array($0.utf8) }
        let names = paths.isEmpty ? [] : [Array("--".utf8)] + paths.map(\.bytes)
        let result = runDirectly(
            program, [Array("--literal-pathspecs".utf8)] + words + names, environment: environment)
        guard let code = result.code, codes.contains(code) else {
            let reason = safeLine(Array(result.errors.split(separator: 10).last ?? []))
            throw Failure(
                message: "git cannot read the history: \(reason)",
                hints: isPartial
                    ? [
                        "`git fetch --refetch --no-filter` fetches the objects that this clone lacks"
                    ] : [],
                exitStatus: .broken)
        }
        return result.output
    }

    /// Whether the clone leaves out some content.
    private var isPartial: Bool {
        let words = ["config", "--get-regexp", "^remote\\..*\\.promisor$"].map { Array($0.utf8) }
        return runDirectly(program, words, environment: environment).code == 0
    }

    /// The paths that differ between the start of the branch and its tip.
    func changes() throws -> [FileChange] {
        let output = try git(["diff-tree", "-r", "-z", "-M", "--no-commit-id", base, commit])
        var fields = output.split(separator: 0, omittingEmptySubsequences: false)[...]
        var changes: [FileChange] = []
        while let head = fields.popFirst(), head.first == UInt8(ascii: ":") {
            let words = String(decoding: head, as: UTF8.self).split(separator: " ")
            guard words.count == 5, let first = fields.popFirst() else { break }
            let status = String(words[4].prefix(1))
            let isRenamed = status == "R" || status == "C"
            guard let last = isRenamed ? fields.popFirst() : first else { break }
            changes.append(
                FileChange(
                    status: status, old: String(words[2]), new: String(words[3]),
                    before: FilePath(bytes: first), path: FilePath(bytes: last)))
        }
        return changes
    }

    /// For each path the blobs that the protected branch once had there, with the newest commit
    /// that replaced each; what it has now is not among them.
    func replacements(of paths: [FilePath]) throws -> [FilePath: [String: NamedCommit]] {
        guard !paths.isEmpty else { return [:] }
        let output = try git(
            [
                "log", "-n", String(Comparison.depth), "--no-renames", "--raw", "--no-abbrev",
                "-m", "--first-parent", "--format=%x01%H %s", "-z", base,
            ], paths: paths)
        var found: [FilePath: [String: NamedCommit]] = [:]
        var current: [FilePath: String] = [:]
        var commit = NamedCommit(id: "", subject: "")
        var head: [Substring] = []
        for field in output.split(separator: 0) {
            // The first file of a commit follows its title after a line's end.
            let field = field.first == 10 ? field.dropFirst() : field
            if field.first == 1 {
                let words = String(decoding: field.dropFirst(), as: UTF8.self)
                    .split(separator: " ", maxSplits: 1)
                commit = NamedCommit(
                    id: words.first.map(String.init) ?? "",
                    subject: words.count > 1 ? String(words[1]) : "")
            } else if field.first == UInt8(ascii: ":") {
                head = String(decoding: field, as: UTF8.self).split(separator: " ")
            } else if head.count == 5 {
                let path = FilePath(bytes: field)
                let (old, new) = (String(head[2]), String(head[3]))
                if current[path] == nil { current[path] = new }
                let isReplaced = !old.allSatisfy { $0 == "0" } && old != current[path]
                if isReplaced, found[path]?[old] == nil { found[path, default: [:]][old] = commit }
            }
        }
        return found
    }

    /// For each path what the newest commits of the protected branch replaced in it, newest first.
    func patches(of paths: [FilePath]) throws -> [FilePath: [(NamedCommit, [Hunk])]] {
        guard !paths.isEmpty else { return [:] }
        let output = try git(
            [
                "log", "-n", "50", "--no-renames", "-p", "-U0", "--no-color", "--no-ext-diff",
                "--no-textconv", "-m", "--first-parent", "--format=%x01%H %s", base,
            ], paths: paths)
        // No line of a patch begins like that.
        let starts = output.indices.filter {
            output[$0] == 1 && ($0 == 0 || output[$0 - 1] == UInt8(ascii: "\n"))
        }
        var found: [FilePath: [(NamedCommit, [Hunk])]] = [:]
        for (start, end) in zip(starts, starts.dropFirst() + [output.count]) {
            let piece = output[(start + 1)..<end]
            guard let commit = named(Array(piece.prefix { $0 != UInt8(ascii: "\n") })) else {
                continue
            }
            for (path, hunks) in Patch.hunks(in: piece) {
                found[path, default: []].append((commit, hunks))
            }
        }
        return found
    }

    /// What the branch replaces.
    func ownPatch() throws -> [FilePath: [Hunk]] {
        let output = try git([
            "diff-tree", "-r", "-p", "-U0", "--no-renames", "--no-color", "--no-ext-diff",
            "--no-textconv", "--no-commit-id", base, commit,
        ])
        return Dictionary(Patch.hunks(in: output[...]), uniquingKeysWith: +)
    }

    /// Whether a commit of the branch that is no merge touches the path.
    func isTouched(_ path: FilePath) throws -> Bool {
        try !git(
            ["log", "-n", "1", "--no-merges", "--format=%H", "^" + base, commit], paths: [path]
        )
        .isEmpty
    }

    /// The newest commit of the protected branch that touched the path.
    func lastCommit(touching path: FilePath) throws -> NamedCommit? {
        named(try git(["log", "-n", "1", "--format=%H %s", base], paths: [path]))
    }

    /// The newest commit of the protected branch after which the name stood in the file.
    func lastCommit(adding name: String, to path: FilePath) throws -> NamedCommit? {
        named(
            try git(
                ["log", "-n", "1", "--format=%H %s", "-S\(name)", base], paths: [path]))
    }

    /// Where the branch still uses a name by which something went that is not there any more, as
    /// `PATH:LINE`; nil when nowhere, as far as lines of code tell.
    func firstUse(of name: Definitions.Name) throws -> String? {
        let output = try git(
            ["grep", "-I", "-n", "-z", "-w", "-F", "--full-name", "-e", name.last, commit],
            accepting: [0, 1])
        var texts: [FilePath: String] = [:]
        for line in output.split(separator: UInt8(ascii: "\n")) {
            // `COMMIT:PATH<nul>LINE<nul>TEXT`
            let fields = line.split(
                separator: 0, maxSplits: 2, omittingEmptySubsequences: false)
            guard fields.count == 3, fields[0].count > commit.utf8.count + 1 else { continue }
            let path = FilePath(bytes: fields[0].dropFirst(commit.utf8.count + 1))
            guard Definitions.isCode(path) else { continue }
            let text = String(decoding: fields[2], as: UTF8.self)
            guard let use = name.use(in: text) else { continue }
            if use == .bare, path != name.path {
                // Something else may have that name, unless the file knows the module.
                if texts[path] == nil {
                    let content = try git(["cat-file", "blob", "\(commit):\(path.string)"])
                    texts[path] = String(decoding: content, as: UTF8.self)
                }
                guard texts[path]?.contains(name.moduleName) == true else { continue }
            }
            return "\(safeName(path)):\(String(decoding: fields[1], as: UTF8.self))"
        }
        return nil
    }

    /// The content of a blob.
    func content(_ blob: String) throws -> [UInt8] { try git(["cat-file", "blob", blob]) }

    private func named(_ line: [UInt8]) -> NamedCommit? {
        let words = String(decoding: line, as: UTF8.self).split(whereSeparator: \.isNewline).first?
            .split(separator: " ", maxSplits: 1)
        guard let words, let id = words.first else { return nil }
        return NamedCommit(id: String(id), subject: words.count > 1 ? String(words[1]) : "")
    }
}

/// The text of `git diff -U0`.
enum Patch {
    /// The hunks of each file, in order.
    static func hunks(in text: ArraySlice<UInt8>) -> [(FilePath, [Hunk])] {
        var files: [(FilePath, [Hunk])] = []
        for line in text.split(separator: 10, omittingEmptySubsequences: false) {
            if line.starts(with: Array("+++ b/".utf8)), files.last?.1.isEmpty != false {
                files.append((FilePath(bytes: line.dropFirst(6)), []))
            } else if line.starts(with: Array("diff --git ".utf8)) {
                files.append(("", []))
            } else if line.starts(with: Array("@@ ".utf8)), !files.isEmpty {
                let words = String(decoding: line, as: UTF8.self).split(separator: " ")
                let place = words.first { $0.hasPrefix("+") }?.dropFirst().prefix { $0.isNumber }
                files[files.count - 1].1.append(Hunk(line: place.flatMap { Int($0) } ?? 1))
            } else if let last = files.indices.last, let hunk = files[last].1.indices.last {
                let text = String(decoding: line.dropFirst(), as: UTF8.self)
                if line.first == UInt8(ascii: "-") { files[last].1[hunk].removed.append(text) }
                if line.first == UInt8(ascii: "+") { files[last].1[hunk].added.append(text) }
            }
        }
        return files.filter { !$0.1.isEmpty }
    }
}
