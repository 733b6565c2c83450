import Foundation
import Git
import GitIndex
import SystemPackage
import TestSupport
import Testing

/// An index made of random entries, and the tree of HEAD made of others.
struct RandomIndex {
    private var generator: SeededGenerator
    private var paths: [String] = []
    private static let parts = ["a", "a-b", "a.b", "a0", "ab", "b", "c d", "é", "Z"]
    private static let modes = ["100644", "100644", "100755", "120000", "160000"]
    private static let blobs = ["one", "two", "three"]

    init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

    /// The commands that make it.
    mutating func script() -> String {
        let base = lines(Int.random(in: 0...25, using: &generator))
        let version = Int.random(in: 2...4, using: &generator)
        let staged = lines(Int.random(in: 0...8, using: &generator)) + removals()
        return """
            for text in one two three; do
                eval "$text=$(echo $text | git hash-object -w --stdin)"
            done
            git update-index --replace --index-info <<END
            \(base)END
            git update-index --index-version \(version)
            git commit -q --allow-empty -m base
            git update-index --replace --index-info <<END
            \(staged)END
            \(extras())
            """
    }

    /// Long paths and nested ones, in the form of `git ls-files --stage`.
    private mutating func lines(_ count: Int) -> String {
        (0..<count).map { _ in
            let depth = Int.random(in: 1...4, using: &generator)
            var path = (0..<depth).map { _ in pick(Self.parts) }.joined(separator: "/")
            if Int.random(in: 0..<30, using: &generator) == 0 {
                path += String(repeating: "x", count: 200) + "/" + path
            }
            paths.append(path)
            return "\(pick(Self.modes)) $\(pick(Self.blobs))\t\(path)\n"
        }.joined()
    }

    private mutating func removals() -> String {
        guard !paths.isEmpty else { return "" }
        return (0..<Int.random(in: 0...4, using: &generator)).map { _ in
            "0 0000000000000000000000000000000000000000\t\(pick(paths))\n"
        }.joined()
    }

    /// What git does to an index beside adding and removing.
    private mutating func extras() -> String {
        let all = [
            "git write-tree >.tree",
            "echo new >announced; git add -N announced",
            "printf '100644 %s 1\\tz\\n100644 %s 2\\tz\\n' $one $two | git update-index --index-info",
            "git ls-files -z | head -zn 1 | git update-index -z --skip-worktree --stdin || :",
            "git ls-files -z | head -zn 1 | git update-index -z --force-remove --stdin || :",
            "git update-index --untracked-cache 2>.refused || :",
            // Nothing stands behind the entries of a new index.
            """
            git ls-files -z --stage | { grep -zv announced || :; } >.all; rm -f .git/index
            git update-index -z --index-info <.all
            """,
        ]
        return all.filter { _ in Bool.random(using: &generator) }.joined(separator: "\n")
    }

    private mutating func pick(_ from: [String]) -> String {
        from[Int.random(in: 0..<from.count, using: &generator)]
    }
}

/// What git says is staged, a line for each path: kind, blob, mode, path.
private func changesByGit(_ original: Original) throws -> [String] {
    let raw = try original.shell(
        """
        git diff-index --cached --ita-invisible-in-index --raw -z --no-renames --abbrev=40 HEAD | tr '\\0' '\\n' |
            while read -r head && read -r path; do echo "$head $path"; done
        """)
    return raw.split(separator: "\n").compactMap { line -> String? in
        let words = line.split(separator: " ", maxSplits: 5).map(String.init)
        let kind = words[4] == "T" ? "M" : words[4]
        if kind == "U" { return nil }
        let old = kind == "D"
        let mode = words[old ? 0 : 1].replacing(":", with: "")
        return "\(kind) \(words[old ? 2 : 3]) \(mode) \(words[5])"
    }
}

private func changesByHooks(_ repository: Repository) throws -> [String] {
    try repository.stagedChanges(against: repository.head().commit).map { change in
        let kind =
            switch change.kind {
            case .deleted: "D"
            case .added: "A"
            case .modified: "M"
            }
        let entry = change.entry
        return
            "\(kind) \(entry.blob.hex) \(String(entry.mode.rawValue, radix: 8)) \(entry.path.string)"
    }
}

@Test func stagedChangesOfRandomIndexesAreThoseOfGit() throws {
    for seed in 0..<UInt64(Tested.isLong ? 1000 : 60) {
        var random = RandomIndex(seed: seed)
        let script = random.script()
        let original = try Original(script)
        let found = try changesByHooks(original.open())
        // Git tells of a folder that became a file in another order.
        let expected = try changesByGit(original)
        #expect(
            Set(found).symmetricDifference(expected) == [] && found.count == expected.count,
            "seed \(seed): \(Set(found).symmetricDifference(expected))\n\(script)")
        let listed = try original.shell("git ls-files -z --stage | tr '\\0' '\\n'")
            .split(separator: "\n")
            .filter { $0.hasPrefix("100") && $0.contains(" 0\t") && !$0.hasSuffix("announced") }
        let tracked = try original.open().trackedFiles().map {
            "\(String($0.mode.rawValue, radix: 8)) \($0.blob.hex) 0\t\($0.path.string)"
        }
        #expect(tracked == listed.map(String.init), "seed \(seed):\n\(script)")
    }
}

@Test func replacingAnEntryOfARandomIndexChangesNothingElse() throws {
    for seed in 0..<UInt64(Tested.isLong ? 1000 : 40) {
        var random = RandomIndex(seed: seed + 10_000)
        let script = random.script()
        let original = try Original(script)
        let repository = try original.open()
        guard let file = try repository.trackedFiles().randomElement() else { continue }
        let new = try repository.store(Array("fixed \(seed)\n".utf8))
        let wrong = Entry(path: file.path, mode: file.mode, blob: new)
        let before = try original.shell("git ls-files -z -v --stage | tr '\\0' '\\n'")
        let rewrite = try IndexRewrite(
            [
                BlobReplacement(entry: wrong, blob: new, stat: nil),
                BlobReplacement(entry: file, blob: new, stat: nil),
            ], ofIndexAt: repository.indexPath, writtenAt: .max)
        #expect(rewrite.replaced == [false, true])
        try original.scratch.write("work/.git/index", rewrite.content)
        let after = try original.shell("git ls-files -z -v --stage | tr '\\0' '\\n'")
        let line = "\(String(file.mode.rawValue, radix: 8)) \(file.blob.hex) 0\t\(file.path.string)"
        let expected = before.split(separator: "\n", omittingEmptySubsequences: false)
            .map(String.init)
            .map { $0.hasSuffix(line) ? $0.replacing(file.blob.hex, with: new.hex) : $0 }
        #expect(after == expected.joined(separator: "\n"), "seed \(seed):\n\(script)")
        // Only `fsck` checks the hash; git would write a wrong kept tree.
        let said = try original.shell(
            """
            git fsck --no-dangling 2>&1 | grep -i index || :
            [ "$(git ls-files --unmerged)" = "" ] || exit 0
            kept=$(git write-tree --missing-ok)
            git ls-files -z --stage | grep -zv 'announced$' >.entries
            export GIT_INDEX_FILE=.git/other
            git update-index -z --index-info <.entries
            [ "$kept" = "$(git write-tree --missing-ok)" ] || echo "another tree"
            """)
        #expect(said.isEmpty, "seed \(seed): \(said)\n\(script)")
    }
}

@Test func newEntriesOfARandomIndexAreWhereGitPutsThem() throws {
    for seed in 0..<UInt64(Tested.isLong ? 1000 : 15) {
        var random = RandomIndex(seed: seed + 20_000)
        let script = random.script()
        let original = try Original(script)
        let repository = try original.open()
        let known = try repository.trackedFiles().map(\.path.string)
        guard !known.isEmpty else { continue }
        let new = try repository.store(Array("made \(seed)\n".utf8))
        let names =
            ["!", "new/with a blank/x", "zzz", String(repeating: "long/", count: 60) + "x"]
            + known.prefix(4).flatMap { [$0 + "~", $0 + "\u{1}", $0 + ".made/x"] }
        let taken = known.prefix(1) + known.prefix(1).map { $0 + "/below" }
        let rewrite = try IndexRewrite(
            (names + taken).map {
                BlobReplacement(
                    entry: Entry(path: FilePath($0), mode: .executable, blob: .none), blob: new,
                    stat: nil)
            }, ofIndexAt: repository.indexPath, writtenAt: .max)
        let isTaken = rewrite.replaced.map { !$0 }
        #expect(isTaken == names.map { _ in false } + taken.map { _ in true })
        let list = names.map { "100755 \(new.hex) 0\t\($0)\n" }.joined()
        try original.scratch.write("work/.list", Array(list.utf8))
        let expected = try original.shell(
            """
            cp .git/index .git/expected; export GIT_INDEX_FILE=.git/expected
            git update-index --add --index-info <.list; git ls-files -z -v --stage | tr '\\0' '\\n'
            """)
        try original.scratch.write("work/.git/index", rewrite.content)
        let found = try original.shell(
            "git ls-files -z -v --stage | tr '\\0' '\\n'; git fsck --no-dangling 2>&1 | grep -i index || :"
        )
        #expect(found == expected, "seed \(seed):\n\(script)")
        let trees = try original.shell(
            """
            [ "$(git ls-files --unmerged)" = "" ] || exit 0
            git write-tree --missing-ok; GIT_INDEX_FILE=.git/expected git write-tree --missing-ok
            """)
        #expect(Set(trees.split(separator: "\n")).count <= 1, "seed \(seed):\n\(script)")
    }
}

@Test func damagedIndexesAreErrorsAndNeverMore() throws {
    let original = try Original(
        """
        mkdir -p a/b; echo one >a/b/c; echo two >d; git add .; git commit -q -m base
        git update-index --index-version 4; echo three >d; git add .
        """)
    var generator = SeededGenerator(seed: 7)
    var refused = 0
    for version in [4, 2] {
        _ = try original.shell("rm .git/index; git reset -q --hard")
        _ = try original.shell("git update-index --index-version \(version)")
        let sound = try #require(original.scratch.read("work/.git/index"))
        for _ in 0..<(Tested.isLong ? 10_000 : 2000) {
            var bytes = sound
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                let position = Int.random(in: 0..<bytes.count, using: &generator)
                bytes[position] = UInt8.random(in: 0...255, using: &generator)
            }
            if Bool.random(using: &generator) {
                bytes.removeLast(Int.random(in: 0..<bytes.count, using: &generator))
            }
            try original.scratch.write("work/.git/index", bytes)
            do {
                let repository = try original.open()
                _ = try repository.stagedChanges(against: repository.head().commit)
                _ = try repository.entry(at: "a/b/c")
            } catch {
                refused += 1
            }
        }
    }
    #expect(refused > 1000)
}

@Test func splitAndSparseIndexesAreRefusedWithTheRemedy() throws {
    let original = try Original("echo a >a; git add a; git update-index --split-index")
    let error = #expect(throws: GitError.self) { try original.open().trackedFiles() }
    #expect(error?.message.contains("git update-index --no-split-index") == true)
}
