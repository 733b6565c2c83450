import TestSupport

/// A repository and what becomes of its tree in several steps, which nobody thought of; the same ones for the same
/// seed. After each step the stage is compared with a clone.
///
/// It is lines of shell, on the words of `Tests/Trust/Random/tree.sh`, so that one which fails can be played again.
struct RandomTree {
    private var random: SeededGenerator
    private(set) var lines: [String] = []
    /// How many comparisons there are.
    let cases: Int
    /// The names of this tree, as words of shell; some of them are folders to others.
    private var names: [String] = []
    private let isSparse: Bool
    private let hasModules: Bool

    private static let folders = [
        "", "", "", "pkg/", "pkg/", "pkg/sub/", "d ir/", "ünï/", "-d/", "tests/",
    ]
    private static let files = [
        "a.py", "b.py", "c.txt", "d.txt", "tool", "test_x.py", "conftest.py", "x.c", "data.bin",
        "e f.txt", "ö.txt", "it's.py", "-dash.txt", "st*r[1].txt", "#hash.txt", "back\\slash",
        "trailing ", "$(printf 'b\\377.txt')", "$(printf 'b\\377.py')",
        "$(printf 'new\\nline.txt')",
        "$(printf 'tab\\t.txt')", "x.log.txt", "pkg", "tests", "Makefile", "\"q\".txt",
    ]
    private static let contents = [
        "import os\\n", "import os\\nimport sys\\n\\n\\nprint( os )\\n", "x = 1\\n", "def f(:\\n",
        "def test_a():\\n    assert True\\n", "def test_b():\\n    undefined_name\\n", "", "no end",
        "a\\r\\nb\\r\\n", "mixed\\r\\nends\\n", "bin\\000ary\\377\\n", "b\\344d utf8\\n", "ünï\\n",
        "trailing \\n\\tx\\n", "$Id$\\n", "x\\n%0300d\\n", "import pkg.a\\n",
    ]
    private static let attributes = [
        "* text=auto\\n", "*.txt text eol=crlf\\n", "*.txt -text\\n",
        "*.py text eol=lf\\n*.bin binary\\n",
        "*.txt filter=turn\\n", "*.txt ident\\n", "*.py eol=crlf\\n", "a.py -text\\n", "",
        "*.c text working-tree-encoding=UTF-16LE\\n",
    ]
    private static let settings = [
        "[flake8]\\nselect = E,F\\n", "[flake8]\\nexclude = pkg\\n",
        "[tool:pytest]\\ntestpaths = tests\\n",
    ]
    private static let ignored = [
        "x.log", "pkg/y z.log", "build/lib/m.py", ".env", "ünï/b.log", "build/x",
    ]
    private static let damage = [
        "echo wild >>a.py; rm -rf pkg", "rm -rf .git", "rm -rf ./* .git",
        "mkdir -p new/er; echo import os >new/er/x.py",
        "chmod -R a-w .; chmod 600 ./*", "mv pkg gone; ln -s gone pkg",
        "git commit -qam wild; git clean -qfdx",
        "echo 1 >.git/index; git init -q pkg", "find . -name '*.py' -exec touch {} +",
        "for f in *; do cp -p \"$f\" .x; rm -rf \"$f\"; mv .x \"$f\"; done",
    ]
    private static let meddling = [
        "echo meddled >>a.py", "rm -f a.py",
        "echo import os >here.py; mkdir -p pkg; echo import os >pkg/here.py",
        "rm -rf .git", "rm -rf pkg; echo file >pkg", "chmod 755 ./*", "rm -rf ./*",
        "for f in *; do printf x | dd of=\"$f\" conv=notrunc; touch -d 2020-01-01 \"$f\"; done",
        "rm -rf ../../beside", "echo damaged >../../beside/index",
    ]

    init(seed: Int, steps: Int) {
        random = SeededGenerator(seed: UInt64(seed) &* 6364136223846793005)
        cases = steps
        isSparse = Int.random(in: 0..<9, using: &random) == 0
        hasModules = Int.random(in: 0..<4, using: &random) == 0
        for _ in 0..<14 { names.append(quoted(pick(Self.folders) + pick(Self.files))) }
        begin()
        for step in 1...steps {
            for _ in 0..<(1 + below(5)) { change() }
            disturb()
            // In a sparse checkout a commit may have files of which the index knows nothing.
            let kinds =
                ["commit", "commit", "commit", "commit"]
                + (isSparse ? [] : ["push", "phase", "work"])
            lines.append("compare \(step) \(pick(kinds))")
        }
    }

    private mutating func begin() {
        lines.append("begin \(below(5) == 0 ? "linked" : "main")")
        lines.append(
            "git config --global core.autocrlf \(pick(["false", "false", "false", "true", "input"]))"
        )
        for name in names where below(3) > 0 { lines.append(written(name)) }
        if below(2) == 0 { lines.append("put .gitattributes '\(pick(Self.attributes))'") }
        if hasModules { lines.append("module mod HEAD~1") }
        lines.append("try git add -A; try git commit -qnm base; try git branch other")
    }

    // MARK: One step

    /// Something that may happen to a tree.
    private mutating func change() {
        let name = pick(names)
        switch below(34) {
        case 0...3: lines.append("\(written(name)); try git add -- \(name)")
        case 4...6: lines.append(written(name))
        case 7: lines.append("rm -rf \(path(name))")
        case 8: lines.append("try git rm -qrf -- \(name)")
        case 9: lines.append("try git rm -qr --cached -- \(name)")
        case 10: lines.append("try git mv -f -- \(name) \(pick(names))")
        case 11:
            lines.append(
                "try chmod \(pick(["+x", "-x", "600"])) \(path(name)); try git add -- \(name)")
        case 12: lines.append("try chmod +x \(path(name))")
        case 13:
            let target = pick(["a.py", "nowhere", "pkg", ".", "../outside", "/etc/passwd"])
            lines.append(
                "link \(name) \(target)" + (below(2) == 0 ? "; try git add -- \(name)" : ""))
        case 14: lines.append("\(written(name)); try git add -N -- \(name)")
        case 15: lines.append("only_staged \(name) '\(pick(Self.contents))'")
        case 16:
            lines.append("try git update-index --assume-unchanged -- \(name); \(written(name))")
        case 17:
            lines.append("try git update-index --no-assume-unchanged --no-skip-worktree -- \(name)")
        case 18 where !isSparse: lines.append("try git update-index --skip-worktree -- \(name)")
        case 19: lines.append(written(quoted(pick(Self.ignored))))
        case 20, 21:
            let file = quoted(pick(["", "", "pkg/"]) + ".gitattributes")
            let staged = below(3) > 0 ? "; try git add -- \(file)" : ""
            lines.append("put \(file) '\(pick(Self.attributes))'" + staged)
        case 22: lines.append("put setup.cfg '\(pick(Self.settings))'; try git add setup.cfg")
        case 23, 24: lines.append("try git commit -qn\(pick(["", "a"]))m change --allow-empty")
        case 25: lines.append("try git commit -qn --amend -m amended; try git tag v\(below(9))")
        case 26: lines.append("try git reset -q\(pick(["", " --hard", " --soft HEAD~1"]))")
        case 27: lines.append("try git stash -q\(pick(["", "; try git stash pop -q", " -u"]))")
        case 28:
            lines.append(
                "try git checkout -qf \(pick(["other", "topic", "HEAD~1", "-b made\(below(9))"]))")
        case 29: lines.append("try git merge -q -n \(pick(["", "--no-commit"])) other")
        case 30: lines.append("try git add -A")
        case 31: lines.append("try touch -d '20\(10 + below(10))-01-01' \(path(name))")
        case 32:
            lines.append(
                pick([
                    "try git gc -q --prune=now", "try git pack-refs --all", "try git repack -adq",
                ]))
        default: seldom()
        }
    }

    /// What is about the whole repository.
    private mutating func seldom() {
        if isSparse {
            lines.append(
                pick([
                    "try git sparse-checkout set pkg", "try git sparse-checkout set tests 'd ir'",
                    "try git sparse-checkout disable",
                ]))
        } else if hasModules {
            lines.append(
                pick([
                    "module \(pick(["mod", "pkg/mod"])) \(pick(["HEAD", "HEAD~1"]))",
                    "try git submodule --quiet deinit -f mod", "try git rm -qrf mod",
                    "try git -C mod checkout -q HEAD~1", "echo dirty >mod/more.py",
                ]))
        } else {
            lines.append(
                pick([
                    "mkdir -p .venv/lib; echo import os >.venv/lib/m.py", "rm -rf .venv build",
                    "git config --global core.autocrlf \(pick(["true", "false"]))",
                ]))
        }
    }

    /// What a run before did to the stage, or somebody else.
    private mutating func disturb() {
        switch below(12) {
        case 0: lines.append("wild '\(pick(Self.damage).replacing("'", with: "'\\''"))'")
        case 1: lines.append("meddle '\(pick(Self.meddling))'")
        default: break
        }
    }

    private mutating func written(_ name: String) -> String {
        "put \(name) '\(pick(Self.contents))'"
    }

    private func path(_ name: String) -> String { "./\(name)" }

    /// One word of shell.
    private func quoted(_ name: String) -> String {
        if name.contains("$(") { return "\"\(name)\"" }
        return "'" + name.replacing("'", with: "'\\''") + "'"
    }

    private mutating func pick(_ choices: [String]) -> String { choices[below(choices.count)] }

    private mutating func below(_ limit: Int) -> Int { Int.random(in: 0..<limit, using: &random) }

    var script: String { lines.joined(separator: "\n") + "\n" }
}
