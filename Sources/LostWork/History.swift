internal import Files
internal import Glibc
internal import Planning
internal import Reporting
internal import Spawn
internal import SystemPackage

/// A commit, for use in findings.
struct NamedCommit: Equatable {
    var id: String
    var subject: String
    var title: String { "\(id.prefix(10)) (\(safeLine(subject.utf8)))" }
}

/// One path that a branch changes.
struct FileChange {
    /// `A`, `M`, `D`, or `R` for a renamed file.
    var status: String
    /// The names of the blobs.
    var old: String
    var new: String
    /// The former path, which differs only for a renamed file.
    var before: FilePath
    var path: FilePath
}

/// Lines that one commit replaces in one place of a file.
struct Hunk: Equatable {
    /// Its line in the newer file, from 1.
    var line = 1
    var removed: [String] = []
    var added: [String] = []

}

/// The changes of a branch, and the history of the protected branch up to the start of the branch;
/// see `Comparison`.
///
/// Later commits of the protected branch do not matter: the branch may be behind, but reverts
/// nothing of them. Git itself keeps both in a merge, or shows a conflict.
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
        // Missing objects of a partial clone are not fetched, because a job has no network.
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

    /// For each path, the former blobs of the protected branch, with the newest commit
    /// that replaced each; without the current blob.
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
            // The first file of a commit follows its title after a line break.
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

    /// For each path, the lines that the newest commits of the protected branch replaced, newest
    /// first.
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

    /// The hunks of the branch.
    func ownPatch() throws -> [FilePath: [Hunk]] {
        let output = try git([
            "diff-tree", "-r", "-p", "-U0", "--no-renames", "--no-color", "--no-ext-diff",
            "--no-textconv", "--no-commit-id", base, commit,
        ])
        return Dictionary(Patch.hunks(in: output[...]), uniquingKeysWith: +)
    }

    /// Whether a commit of the branch, except merges, changes the path.
    func isTouched(_ path: FilePath) throws -> Bool {
        try !git(
            ["log", "-n", "1", "--no-merges", "--format=%H", "^" + base, commit], paths: [path]
        )
        .isEmpty
    }

    /// The newest commit of the protected branch that changed the path.
    func lastCommit(touching path: FilePath) throws -> NamedCommit? {
        named(try git(["log", "-n", "1", "--format=%H %s", base], paths: [path]))
    }

    /// The newest commit of the protected branch that added the name to the file.
    func lastCommit(adding name: String, to path: FilePath) throws -> NamedCommit? {
        named(
            try git(
                ["log", "-n", "1", "--format=%H %s", "-S\(name)", base], paths: [path]))
    }

    /// Where the branch still uses a name that is gone, as
    /// `PATH:LINE`; nil if no line of code uses it.
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
                // The name may belong to something else, unless the file imports the module.
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
