import Foundation
import TestSupport
import Testing

/// A repository with many triples as files, which are committed at once.
struct Committing {
    struct File {
        var path: String
        var triple: Triple
        /// What git records of the mode.
        var isExecutable: Bool
        /// Whether the working file differs in that.
        var isChangedMode: Bool

        /// A file that the commit does not change is none of its business.
        var isStaged: Bool { triple.base != triple.staged }
        var committed: [UInt8] { isStaged ? Fixing.fixed(triple.staged) : triple.staged }
        var isWorkingExecutable: Bool { isExecutable != isChangedMode }
    }

    let scratch: Scratch
    let files: [File]

    init(seed: Int, count: Int) throws {
        scratch = try Scratch()
        var generator = TripleGenerator(seed: UInt64(seed) &+ 1000)
        files = (0..<count).map { number in
            let folder = ["", "sub/", "sub/a folder/", "-x/"][number % 4]
            return File(
                path: "\(folder)\(number).txt", triple: generator.triple(),
                isExecutable: number % 9 == 0, isChangedMode: number % 31 == 0)
        }
        try prepare()
    }

    static var environment: [String: String] {
        get throws {
            let folder = try Tested.binary().deletingLastPathComponent().path
            return ["PATH": "\(folder):/usr/bin:/bin"]
        }
    }

    @discardableResult
    func shell(_ script: String) throws -> String {
        try scratch.shell(script, in: "work", environment: try Self.environment)
    }

    private func prepare() throws {
        try scratch.write(
            "work/hooks.toml",
            Array(
                """
                [jobs.fixer]
                run = '''\(Fixing.sed)'''
                files = ["*.txt"]
                fixes = true
                reads = "files"
                [hooks]
                pre-commit = ["fixer"]
                """.utf8))
        try scratch.write("work/.gitignore", Array("*.log\n".utf8))
        try scratch.shell("git init -q -b topic work")
        try lay { ($0.triple.base, $0.isExecutable) }
        try shell("git add -A && git commit -q -m base")
        try lay { ($0.triple.staged, $0.isExecutable) }
        try shell("git add -A && hooks install")
        try lay { ($0.triple.working, $0.isWorkingExecutable) }
        try scratch.write("work/untracked.txt", Array("bad\ndrop".utf8))
        try scratch.write("work/sub/ignored.log", Array("bad\ntwin\n".utf8))
    }

    private func lay(_ version: (File) -> (content: [UInt8]?, isExecutable: Bool)) throws {
        for file in files {
            let (content, isExecutable) = version(file)
            let path = "work/" + file.path
            guard let content else {
                try? FileManager.default.removeItem(at: scratch.url.appending(path: path))
                continue
            }
            try scratch.write(path, content)
            let mode = isExecutable ? 0o755 : 0o644
            try FileManager.default.setAttributes(
                [.posixPermissions: mode], ofItemAtPath: scratch.url.appending(path: path).path)
        }
    }

    // MARK: What is there afterwards

    func working(_ file: File) -> [UInt8]? { scratch.read("work/" + file.path) }

    /// The whole working tree in one text: names, modes, content.
    func workingTree() throws -> String {
        try shell(
            """
            find . -path ./.git -prune -o -type f -printf '%m %p\\n' | sort
            find . -path ./.git -prune -o -type f -print0 | sort -z | xargs -0 cksum
            """)
    }

    /// The commit's files as git writes them into another folder.
    func exportCommit() throws {
        try shell("mkdir ../commit && git archive HEAD | tar -x -C ../commit")
    }

    func committed(_ file: File) -> [UInt8]? { scratch.read("commit/" + file.path) }

    func committedModes() throws -> [String: String] {
        let rows = try shell("git ls-tree -r -z HEAD").split(separator: "\0")
        return Dictionary(
            uniqueKeysWithValues: rows.compactMap { row in
                let fields = row.split(separator: "\t", maxSplits: 1)
                return fields.count == 2 ? (String(fields[1]), String(fields[0].prefix(6))) : nil
            })
    }

    /// What `git status` must say: nothing is staged, and these files differ.
    func expectedStatus() -> Set<String> {
        var rows: Set<String> = ["?? untracked.txt"]
        for file in files {
            let now = working(file)
            if now == nil {
                rows.insert(" D \(file.path)")
            } else if now != file.committed || file.isChangedMode {
                rows.insert(" M \(file.path)")
            }
        }
        return rows
    }

    func status() throws -> Set<String> {
        Set(try shell("git status --porcelain -z").split(separator: "\0").map(String.init))
    }
}

/// What one commit does with a hundred generated files.
@Test(arguments: Tested.isLong ? 1...25 : 1...3)
func commitFixesWhatIsStagedAndKeepsTheRest(seed: Int) throws {
    let repository = try Committing(seed: seed, count: 120)
    let before = try repository.workingTree()
    let said = try repository.shell("git commit -q -m change")
    try expectCommit(of: repository, said)
    try expectWorkingFiles(of: repository)
    #expect(repository.scratch.read("work/untracked.txt") == Array("bad\ndrop".utf8))
    #expect(repository.scratch.read("work/sub/ignored.log") == Array("bad\ntwin\n".utf8))
    #expect(try repository.status() == repository.expectedStatus())
    #expect(try repository.shell("git fsck --strict --no-dangling --no-progress") == "")
    try expectNothingLeftToFix(in: repository)
    try expectUndo(in: repository, before)
}

private func expectCommit(of repository: Committing, _ said: String) throws {
    try repository.exportCommit()
    let modes = try repository.committedModes()
    for file in repository.files {
        let committed = repository.committed(file)
        #expect(
            committed == file.committed,
            "\(file.path)\n\(file.triple.described([("committed", committed)]))\n\(said)")
        #expect(modes[file.path] == (file.isExecutable ? "100755" : "100644"), "\(file.path)")
    }
    #expect(modes.count == repository.files.count + 2)
}

private func expectWorkingFiles(of repository: Committing) throws {
    let merges = try MergeOracle.answers(
        to: repository.files.map { file in
            .init(
                base: file.triple.staged, ours: file.triple.working ?? [], theirs: file.committed)
        })
    // What the generator is there for: a good number of each.
    let differing = zip(repository.files, merges).filter { file, _ in
        file.triple.working != file.triple.staged && file.committed != file.triple.staged
    }
    #expect(differing.count { $1 == nil } > 4)
    #expect(differing.count { $1 != nil && $1 != $0.triple.working && $1 != $0.committed } > 4)
    for (file, merged) in zip(repository.files, merges) {
        let triple = file.triple
        let now = repository.working(file)
        let expected = triple.working.map { merged ?? $0 }
        func told() -> String {
            triple.described([
                ("fix", file.committed), ("expected", expected), ("but is", now),
            ])
        }
        #expect(now == expected, "\(file.path)\n\(told())")
        #expect(
            keepsUnstagedLines(triple, file.committed, now), "\(file.path) lost a line\n\(told())")
        if triple.working == triple.staged { #expect(now == file.committed, "\(file.path)") }
        guard now != nil else { continue }
        let path = repository.scratch.url.appending(path: "work/\(file.path)").path
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]
        #expect(mode as? Int == (file.isWorkingExecutable ? 0o755 : 0o644), "\(file.path)")
    }
}

/// The same index once more, now with the fixes in it.
private func expectNothingLeftToFix(in repository: Committing) throws {
    let commit = try repository.shell("git rev-parse HEAD")
    try repository.shell("git reset -q --soft HEAD~1")
    let before = try repository.workingTree() + repository.shell("git ls-files -s")
    let said = try repository.shell("hooks run pre-commit")
    #expect(said.contains("no problems found"), "\(said)")
    #expect(try before == repository.workingTree() + repository.shell("git ls-files -s"))
    try repository.shell("git reset -q --soft \(commit)")
}

/// One undo is the state before, two are the state after.
private func expectUndo(in repository: Committing, _ before: String) throws {
    let after = try repository.workingTree()
    #expect(after != before)
    try repository.shell("hooks undo")
    #expect(try repository.workingTree() == before)
    try repository.shell("hooks undo")
    #expect(try repository.workingTree() == after)
}
