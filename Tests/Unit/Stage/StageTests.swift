import Files
import Foundation
import Git
import GitIndex
import SystemPackage
import TestSupport
import Testing

@testable import Stage

/// What lies in a stage, against what git checks out.
@Suite(.inTurn, .serialized)
struct StageTests {
    @Test func holdsWhatIsStagedAndNothingElse() throws {
        let bench = try StageBench(
            """
            mkdir -p a/b; echo 1 >top; echo 2 >a/file; echo 3 >a/b/deep; chmod +x a/file
            ln -s a/file link; echo run >tool; chmod 755 tool; git add .; git commit -qm base
            echo staged >a/file; git add a/file; echo unstaged >a/file; echo new >untracked
            """)
        let stage = try bench.lay()
        #expect(try bench.listing(stage.root) == bench.wanted())
        #expect(try bench.run("git status --short", in: stage) == "M  a/file\n")
    }

    @Test func isSwitchedFromWhatItWas() throws {
        let bench = try StageBench("echo 1 >same; echo 2 >other; git add .; git commit -qm base")
        func inode(_ name: String) throws -> String {
            let stage = try bench.lay()
            defer { try? stage.close() }
            return try bench.run("stat -c %i:%z \(name)", in: stage)
        }
        let before = (try inode("same"), try inode("other"))
        try bench.work("echo 3 >other; git add .")
        #expect(try inode("same") == before.0)
        #expect(try inode("other") != before.1)
    }

    @Test(arguments: [
        // A file, a folder and a link take each other's places.
        ("echo 1 >a", "rm a; mkdir a; echo 2 >a/b"),
        ("mkdir a; echo 2 >a/b", "rm -r a; echo 1 >a"),
        ("mkdir a b; echo 2 >a/b; echo 3 >b/c", "rm -r a; ln -s b a"),
        ("mkdir b; echo 3 >b/c; ln -s b a", "rm a; mkdir a; echo 2 >a/b"),
        ("echo 1 >a", "chmod +x a"),
        ("echo 1 >a; ln -s a l", "rm l; echo 1 >l"),
        ("mkdir -p a/b/c; echo 1 >a/b/c/d; echo 1 >x", "rm -r a"),
        ("echo 1 >a-b; mkdir a; echo 1 >a/b; echo 1 >a.b", "git rm -qr a; echo 2 >a0"),
        ("printf 'a\\r\\n' >a; printf 'b\\n' >b", "echo '* text eol=crlf' >.gitattributes"),
        ("echo '*.x ident' >.gitattributes; echo '$Id$' >f.x", "git rm -q .gitattributes"),
    ])
    func goesFromOneToTheOther(_ first: String, _ second: String) throws {
        let bench = try StageBench(first + "; git add .; git commit -qm base")
        var stage: Stage? = try bench.lay()
        try stage?.close()
        stage = nil
        try bench.work(second + "; git add -A")
        let after = try bench.lay()
        #expect(try bench.listing(after.root) == bench.wanted())
        #expect(
            try bench.run("git status --short", in: after)
                == bench.work("git status --short"))
    }

    @Test(arguments: [
        "echo junk >top; echo more >a/new; rm -r a/b",
        "rm -rf a; ln -s /etc a",
        "mv a c; ln -s c a",
        "rm -rf .git; echo x >top",
        "rm -rf .git; echo 'gitdir: /nowhere' >.git",
        "git add -A; git commit -qm x; git tag t; git rm -qr a; git commit -qm y; git stash",
        "chmod 000 a; chmod 000 top",
        "mkdir -p n/m; chmod 500 n; echo x >a/b/x; git clean -qfdx",
        "printf 0 >q; touch -r top q; cat q >top; touch -r q top",
        "rm -rf ../*",
        "ln -sf /etc/passwd top; mkdir link2; rm a/file; mkdir a/file; echo x >a/file/y",
    ])
    func isWholeAgainWhateverAJobDid(_ script: String) throws {
        let bench = try StageBench(
            "mkdir -p a/b; echo 1 >top; echo 2 >a/file; echo 3 >a/b/deep; git add .; git commit -qm 1"
        )
        var stage: Stage? = try bench.lay()
        if let stage {
            _ = try bench.attempt(script, in: stage)
            _ = try? stage.harvest()
            try? stage.close()
        }
        stage = nil
        let after = try bench.lay()
        #expect(try bench.listing(after.root) == bench.wanted())
        #expect(try bench.run("git status --short; git tag", in: after) == "")
        #expect(try bench.work("git status --short; git tag; git log --oneline | wc -l") == "1\n")
    }

    @Test func oneThatWasKilledWhileItWasLaidIsNotTrusted() throws {
        let bench = try StageBench("echo 1 >a; echo 2 >b; git add .; git commit -qm base")
        var stage: Stage? = try bench.lay()
        try stage?.close()
        let root = try #require(stage?.root)
        stage = nil
        // As if a switch had ended in the middle: the seal is gone, a file is written.
        let beside = root.removingLastComponent().removingLastComponent().appending("beside")
        try Record.breakSeal(in: Folder(opening: beside))
        try bench.scratch.shell("echo half >'\(root.string)/a'; echo x >'\(root.string)/stray'")
        let after = try bench.lay()
        #expect(try bench.listing(after.root) == bench.wanted())
    }

    @Test func twoRunsHaveOneEach() throws {
        let bench = try StageBench("echo 1 >a; git add .; git commit -qm base")
        let one = try bench.lay()
        let other = try bench.lay()
        #expect(one.root != other.root)
        #expect(try bench.run("cat a", in: other) == "1\n")
    }

    @Test func aCommitIsLaidWithTheTimesThatItsFilesHave() throws {
        let bench = try StageBench(
            "echo 1 >a; touch -d '2020-01-01 00:00:01.5 UTC' a; git add .; git commit -qm 1; git rm -q --cached a; echo 2 >b; git add b; git commit -qm 2; git add a"
        )
        let stage = try bench.lay(commit: "HEAD~1")
        #expect(try bench.run("ls; stat -c %.Y a", in: stage) == "a\n1577836801.500000000\n")
        #expect(try bench.run("git status --short; git log --format=%s", in: stage) == "1\n")
    }

    @Test func headIsTheBranchThatIsPushed() throws {
        let bench = try StageBench("git commit -q --allow-empty -m 1; git branch other")
        let stage = try bench.lay(commit: "HEAD", branch: "other")
        #expect(try bench.run("git symbolic-ref HEAD", in: stage) == "refs/heads/other\n")
        let detached = try bench.lay(commit: "HEAD")
        #expect(try bench.run("git rev-parse --abbrev-ref HEAD", in: detached) == "HEAD\n")
    }
}

/// What jobs did to the files.
@Suite(.inTurn, .serialized)
struct HarvestTests {
    private static let base =
        "mkdir d; echo A >schema; echo B >docs; echo C >same; echo D >d/f; echo '*.log' >.gitignore; git add .; git commit -qm 1"

    @Test(arguments: [
        ("cat same >x; cat x >same; rm x; touch docs", []),
        (
            "printf 'X\\n' >x; touch -r schema x; cat x >schema; touch -r x schema; rm x",
            ["schema: X"]
        ),
        ("chmod +x schema", ["schema*: A"]),
        (
            "rm schema; mkdir schema; echo >schema/x; ln -sf /etc/passwd docs; rm same",
            ["docs -> /etc/passwd", "same removed", "schema replaced"]
        ),
        ("echo 1 >docs; git add docs; git commit -qm x", ["docs: 1"]),
        (
            "echo n >new; mkdir e; echo n >e/f; echo n >d/x.log; mkdir -p __pycache__; echo >__pycache__/x",
            ["new e/f", "new new"]
        ),
        ("mv d e; ln -s e d", ["d/f removed", "new e/f"]),
        ("rm -rf .git; echo 2 >docs", ["docs: 2"]),
        ("rm -rf .git; git init -q; git config a.b c; echo 2 >docs", ["docs: 2"]),
    ])
    func findsWhatChanged(_ script: String, _ expected: [String]) throws {
        let bench = try StageBench(Self.base)
        let stage = try bench.lay()
        try bench.run(script, in: stage)
        #expect(try stage.harvest().lines.sorted() == expected.sorted())
    }

    @Test func whatIsConvertedIsComparedAsItIsInTheWorkingTree() throws {
        let bench = try StageBench(
            "echo '*.txt text eol=crlf' >.gitattributes; printf 'a\\n' >a.txt; git add .; git commit -qm 1"
        )
        let stage = try bench.lay()
        #expect(try bench.run("od -An -c a.txt", in: stage).contains("\\r"))
        try bench.run("cp a.txt b; cat b >a.txt; rm b", in: stage)
        #expect(try stage.harvest().lines == [])
        try bench.run("printf 'a\\n' >a.txt", in: stage)
        #expect(try stage.harvest().lines == ["a.txt: a"])
    }

    @Test func aFixIsSeenByGitAndFoundAgain() throws {
        let bench = try StageBench(Self.base)
        let stage = try bench.lay()
        try stage.put([
            StagedFile(path: "docs", content: Array("fixed\n".utf8), isExecutable: false),
            StagedFile(path: "d/g", content: Array("new\n".utf8), isExecutable: true),
        ])
        #expect(try bench.run("git status --short", in: stage) == "A  d/g\nM  docs\n")
        #expect(try bench.run("git show :docs; cat docs", in: stage) == "fixed\nfixed\n")
        #expect(try stage.harvest().lines == [])
        try bench.run("echo again >docs", in: stage)
        #expect(try stage.harvest().lines == ["docs: again"])
        #expect(try bench.work("git status --short; git cat-file -e :docs") == "")
    }

    @Test func whatPythonCompiledOfAnotherContentIsGone() throws {
        let bench = try StageBench(
            "echo 'x = 1' >m.py; touch -d '2020-01-01 00:00:00.1' m.py; git add .; git commit -qm 1"
        )
        var stage: Stage? = try bench.lay()
        if let stage { try bench.run("python3 -c 'import m'; ls __pycache__", in: stage) }
        try stage?.close()
        stage = nil
        try bench.work(
            "echo 'x = 2' >m.py; touch -d '2020-01-01 00:00:00.9' m.py; git rm -q --cached m.py; git add ."
        )
        let after = try bench.lay()
        #expect(try bench.run("python3 -c 'import m; print(m.x)'", in: after) == "2\n")
    }

    @Test func aFolderWithNothingButBytecodeGoesAway() throws {
        let bench = try StageBench(
            "mkdir p; echo 'x = 1' >p/part.py; echo 'import p.part' >app.py; git add .; git commit -qm 1"
        )
        var stage: Stage? = try bench.lay()
        if let stage { try bench.run("python3 -c 'import app'", in: stage) }
        try stage?.close()
        stage = nil
        try bench.work("git rm -qr p")
        let after = try bench.lay()
        #expect(try bench.attempt("python3 -c 'import app'", in: after).status == 1)
        #expect(try bench.run("ls", in: after).contains("p\n") == false)
    }
}
