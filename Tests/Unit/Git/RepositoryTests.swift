import Foundation
import Git
import GitIndex
import SystemPackage
import TestSupport
import Testing

/// A repository of the `git` program, to be read by this module.
final class Original {
    let scratch: Scratch

    init(_ script: String) throws {
        scratch = try Scratch()
        try scratch.shell("git init -q -b topic work")
        try scratch.shell(script, in: "work")
    }

    func open() throws -> Repository { try Repository(at: FilePath(scratch.url.path + "/work")) }

    func shell(_ script: String) throws -> String {
        String(try scratch.shell(script, in: "work").dropLast())
    }

    func staged() throws -> [String] {
        let repository = try open()
        return try repository.stagedChanges(against: try repository.head().commit).map {
            "\($0.kind) \(String($0.entry.mode.rawValue, radix: 8)) \($0.entry.path.string)"
        }
    }
}

@Test func everythingIsAddedBeforeTheFirstCommit() throws {
    let original = try Original(
        """
        echo a >a; echo b >b; chmod +x b; ln -s a c; mkdir d; echo e >d/e
        git add .; echo later >later
        """)
    let head = try original.open().head()
    #expect(head.branch == "topic")
    #expect(head.commit == nil)
    #expect(
        try original.staged() == [
            "added 100644 a", "added 100755 b", "added 120000 c", "added 100644 d/e",
        ])
}

@Test func stagedChangesAreThoseAgainstHead() throws {
    let original = try Original(
        """
        for name in same edited mode gone kind old; do echo $name >$name; done
        git add .; git commit -q -m base
        echo more >>edited; chmod +x mode; ln -sf same kind; git mv old new
        git rm -q gone; echo n >fresh; git add .
        echo unstaged >>same; echo unstaged >>edited
        """)
    #expect(
        try original.staged() == [
            "modified 100644 edited", "added 100644 fresh", "deleted 100644 gone",
            "modified 120000 kind", "modified 100755 mode", "added 100644 new",
            "deleted 100644 old",
        ])
    let unstaged = try original.open().unstagedChanges().map(\.entry.path)
    #expect(unstaged == ["edited", "same"])
}

@Test func announcedFilesAreNotStaged() throws {
    let original = try Original(
        "echo a >a; git add a; git commit -q -m base; echo b >b; git add -N b; echo x >>a; git add a"
    )
    #expect(try original.staged() == ["modified 100644 a"])
    let repository = try original.open()
    #expect(try repository.trackedFiles().map(\.path) == ["a"])
    #expect(try repository.entry(at: "b") == nil)
}

@Test func detachedHeadHasNoBranch() throws {
    let original = try Original(
        "echo a >a; git add a; git commit -q -m base; git checkout -q --detach; git mv a b")
    let repository = try original.open()
    #expect(try repository.head().branch == nil)
    #expect(try repository.head().commit?.hex == original.shell("git rev-parse HEAD"))
    #expect(try original.staged() == ["deleted 100644 a", "added 100644 b"])
}

@Test func pathsInConflictAreNamedOnce() throws {
    let original = try Original(
        """
        echo base >a; echo base >b; git add .; git commit -q -m base
        git checkout -q -b other; echo theirs >a; echo theirs >b; git commit -qam theirs
        git checkout -q topic; echo ours >a; echo ours >b; git commit -qam ours
        ! git merge -q other >/dev/null 2>&1
        """)
    let repository = try original.open()
    #expect(try repository.unmergedPaths() == ["a", "b"])
    #expect(repository.state() == .merge)
    #expect(try repository.mergeHeads().map(\.hex) == [original.shell("git rev-parse other")])
    #expect(try repository.trackedFiles().isEmpty)
}

// MARK: Content

@Test func namesOfBlobsAreThoseOfGit() throws {
    let original = try Original("printf 'a\\0b' >a; : >empty; git add .")
    let repository = try original.open()
    #expect(try repository.name(of: [97, 0, 98]).hex == original.shell("git hash-object a"))
    let stored = try repository.store([97, 0, 98, 10])
    #expect(try original.shell("git cat-file -s \(stored.hex)") == "4")
    #expect(try repository.content(of: stored) == [97, 0, 98, 10])
    #expect(try repository.size(of: stored) == 4)
    let empty = try #require(try repository.entry(at: "empty"))
    #expect(try repository.content(of: empty.blob) == [])
    #expect(empty.blob.hex == "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391")
    #expect(ObjectID(hex: "e69de29") == nil)
}

@Test func namesOfContentsOfEveryLengthAreThoseOfTheLibrary() throws {
    let repository = try Original(":").open()
    var generator = SeededGenerator(seed: 1)
    for length in Array(0...300) + [4095, 4096, 70_000] {
        let content = (0..<length).map { _ in UInt8.random(in: 0...255, using: &generator) }
        #expect(try ObjectID(blob: content) == repository.name(of: content))
    }
}

@Test func lineEndingsAreConvertedBothWays() throws {
    let original = try Original(
        """
        printf '*.txt text eol=crlf\\n*.raw -text\\n*.auto text=auto\\n' >.gitattributes
        """)
    let repository = try original.open()
    let stored = Array("a\nb\n".utf8)
    let working = Array("a\r\nb\r\n".utf8)
    let blob = try repository.store(stored)
    #expect(try repository.workingContent(of: blob, at: "x.txt") == working)
    #expect(try repository.workingContent(of: blob, at: "x.raw") == stored)
    #expect(try repository.cleaned(working, at: "x.txt") == stored)
    #expect(try repository.cleaned(working, at: "x.raw") == working)
    #expect(try repository.cleaned(working, at: "x.auto") == stored)
    #expect(try repository.cleaned([], at: "x.txt") == [])
}

@Test func identIsExpandedAsACheckoutDoes() throws {
    let original = try Original(
        "echo '*.id ident' >.gitattributes; echo '$Id$' >x.id; git add .; rm x.id; git checkout -q ."
    )
    let repository = try original.open()
    let entry = try #require(try repository.entry(at: "x.id"))
    let expanded = try repository.workingContent(of: entry.blob, at: "x.id")
    #expect(expanded == original.scratch.read("work/x.id"))
    #expect(expanded.count > 40)
    #expect(try repository.cleaned(expanded, at: "x.id") == Array("$Id$\n".utf8))
}

@Test func onlyDriversThatAreSetNeedGit() throws {
    let original = try Original(
        """
        printf '*.a filter=set\\n*.b filter=unset\\n*.c working-tree-encoding=UTF-16\\n' >.gitattributes
        git config filter.set.clean cat
        """)
    let repository = try original.open()
    #expect(repository.needsGit("x.a"))
    #expect(!repository.needsGit("x.b"))
    #expect(repository.needsGit("x.c"))
    #expect(!repository.needsGit("x.d"))
}

// MARK: Merging

@Test func mergeIsNilWhereBothSidesMeet() throws {
    let base = Array("1\n2\n3\n4\n5\n".utf8)
    let top = Array("one\n2\n3\n4\n5\n".utf8)
    let bottom = Array("1\n2\n3\n4\nfive".utf8)
    #expect(try merged(base: base, ours: top, theirs: bottom) == Array("one\n2\n3\n4\nfive".utf8))
    #expect(try merged(base: base, ours: top, theirs: Array("uno\n2\n3\n4\n5\n".utf8)) == nil)
    #expect(try merged(base: base, ours: top, theirs: top) == top)
    #expect(try merged(base: base, ours: [], theirs: base) == [])
    #expect(try merged(base: [], ours: [], theirs: []) == [])
}

@Test func diffHasTheHeaderOfGit() throws {
    let text = String(
        decoding: try unifiedDiff(at: "a.txt", from: Array("1\n".utf8), to: Array("2".utf8)),
        as: UTF8.self)
    #expect(text.hasPrefix("diff --git a/a.txt b/a.txt\n"))
    #expect(text.hasSuffix("@@ -1 +1 @@\n-1\n+2\n\\ No newline at end of file\n"))
    #expect(try unifiedDiff(at: "a.txt", from: [1], to: [1]) == [])
}

@Test func ignoredAndUntrackedFilesAreToldApart() throws {
    let original = try Original("echo '*.log' >.gitignore; echo a >a.log; mkdir b; echo c >b/c")
    let repository = try original.open()
    #expect(try repository.untrackedFiles() == [".gitignore", "b/c"])
    #expect(repository.isIgnored("a.log"))
    #expect(!repository.isIgnored("b/c"))
}

@Test func folderOutsideOfARepositoryIsRefusedWithTheWayOut() throws {
    let scratch = try Scratch()
    let error = #expect(throws: GitError.self) {
        _ = try Repository(at: FilePath(scratch.url.path))
    }
    #expect(error?.isNotFound == true)
    #expect(error?.detail.contains("-C DIR") == true)
}
