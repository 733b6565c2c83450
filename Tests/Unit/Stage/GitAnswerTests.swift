import Files
import Foundation
import Git
import SystemPackage
import TestSupport
import Testing

@testable import Stage

/// What git says in a stage, against what it says in the user's clone.
@Suite(.inTurn, .serialized)
struct GitAnswerTests {
    private static let history = """
        git config user.name Somebody; git config remote.origin.url https://example.org/x.git
        git config remote.origin.fetch '+refs/heads/*:refs/remotes/origin/*'
        echo '# read' >README.md; mkdir -p src tests; echo 'import os' >src/a.py
        echo 'def test_a(): pass' >tests/test_a.py; ln -s README.md link; echo '*.pyc' >.gitignore
        echo '*.md text' >.gitattributes; git add .; git commit -qm one; git tag v1
        git tag -m annotated a1; echo 2 >>README.md; git commit -qam two; git branch other
        git pack-refs --all; git tag -m loose a2; git branch loose
        git update-ref refs/remotes/origin/topic HEAD~1
        git symbolic-ref refs/remotes/origin/HEAD refs/remotes/origin/topic
        git config branch.topic.remote origin; git config branch.topic.merge refs/heads/topic
        echo 3 >>README.md; git commit -qam three; git notes add -m note
        echo 4 >>README.md; echo new >new.txt; git add .; git write-tree
        """

    private static let commands = """
        git diff --cached
        git diff
        git status --short
        git status
        git ls-files
        git ls-files -s
        git ls-files -o --exclude-standard
        git ls-files -m
        git ls-files -t
        git grep -n "def test_" -- '*.py'
        git grep --cached -c import
        git log --oneline -5
        git log -3 --format='%H %d %an %s'
        git describe --tags --dirty
        git describe --tags --always --dirty
        git rev-parse --show-toplevel
        git rev-parse --git-dir
        git rev-parse --git-common-dir
        git rev-parse --absolute-git-dir
        git rev-parse HEAD
        git rev-parse --abbrev-ref HEAD
        git rev-parse --is-inside-work-tree --is-shallow-repository
        git rev-parse --abbrev-ref @{upstream}
        git rev-parse HEAD@{0}
        git symbolic-ref HEAD
        git check-ignore -v x.pyc
        git check-attr -a README.md
        git blame -s README.md
        git hash-object README.md
        git config --get user.name
        git config --get remote.origin.url
        git config --get-all remote.origin.fetch
        git submodule status
        git worktree list --porcelain
        git branch -a
        git tag -n1
        git for-each-ref
        git show-ref -d
        git merge-base HEAD HEAD~2
        git rev-list --count HEAD
        git diff --stat HEAD~2
        git diff-index --cached --name-status HEAD
        git diff-files --name-only
        git diff --name-only --diff-filter=A --staged
        git ls-tree -r HEAD
        git cat-file -p HEAD
        git stash list
        git var GIT_AUTHOR_IDENT | sed 's/>.*//'
        git rev-parse --git-path hooks
        git notes list
        git fsck --connectivity-only
        git write-tree
        git archive HEAD | tar t | wc -l
        """

    /// The answers to all commands, with the place of the files taken out.
    private func answers(_ bench: StageBench, in folder: FilePath) throws -> [String] {
        try Self.commands.split(separator: "\n").map { command in
            let ended = try bench.scratch.run(
                ["sh", "-c", "exec 2>&1; cd '\(folder.string)'; \(command)"])
            let text = ended.text.replacingOccurrences(of: folder.string, with: "TOP")
            return "$ \(command)\n\(text)? \(ended.status)"
        }
    }

    private func compare(_ bench: StageBench) throws {
        let stage = try bench.lay()
        let wanted = try answers(bench, in: bench.worktree)
        let got = try answers(bench, in: stage.root)
        for (wanted, got) in zip(wanted, got) { #expect(got == wanted) }
    }

    @Test func isWhatItIsInTheClone() throws { try compare(StageBench(Self.history)) }

    @Test func isSoBeforeTheFirstCommit() throws {
        let bench = try StageBench("echo 1 >README.md; git add .")
        let stage = try bench.lay()
        #expect(
            try bench.run("git status; git branch", in: stage)
                == bench.work("git status; git branch"))
    }

    @Test func isSoInAShallowClone() throws {
        let bench = try StageBench(Self.history)
        try bench.scratch.shell(
            "git -C work commit -qm four; git clone -q --depth 2 file://$PWD/work shallow; rm -rf work; mv shallow work"
        )
        let stage = try bench.lay()
        let ask = "git log --oneline; git rev-parse --is-shallow-repository; git status"
        #expect(try bench.run(ask, in: stage) == bench.work(ask))
    }

    @Test func isSoInALinkedWorktree() throws {
        let bench = try StageBench(Self.history)
        try bench.scratch.shell(
            "git -C work worktree add -q ../linked -b linked; mv work main; git -C main worktree repair ../linked >/dev/null; ln -s linked work; echo 9 >>linked/README.md; git -C linked add ."
        )
        let stage = try bench.lay()
        let ask = "git status; git log --oneline; git branch; git rev-parse --git-dir | wc -l"
        #expect(
            try bench.run(ask, in: stage).replacingOccurrences(of: "+ topic", with: "  topic")
                == bench.work(ask).replacingOccurrences(of: "+ topic", with: "  topic"))
    }

    @Test func isSoDuringAMergeAndARebase() throws {
        for begin in ["git merge -q --no-ff --no-commit side", "git rebase -q side || true"] {
            let bench = try StageBench(
                "echo 1 >a; git add .; git commit -qm 1; git switch -qc side; echo 2 >a; git commit -qam 2; git switch -q topic; echo 3 >b; git add .; git commit -qm 3; echo 3 >a; git commit -qam 4; \(begin.hasPrefix("git merge") ? "git reset -q --hard HEAD~1" : "true"); \(begin); git add ."
            )
            let stage = try bench.lay()
            #expect(try bench.run("git status", in: stage) == bench.work("git status"))
        }
    }

    @Test func settingsOfAConditionalIncludeAreThere() throws {
        let bench = try StageBench(
            """
            git config user.name own
            printf '[user]\\n name = conditional\\n email = c@example.org\\n[url "x"]\\n insteadOf = y\\n' >../conditional
            printf '[includeIf "gitdir:%s/"]\\n path = %s/../conditional\\n' "$PWD" "$PWD" >../global
            """)
        setenv("GIT_CONFIG_GLOBAL", bench.scratch.url.path + "/global", 1)
        defer { unsetenv("GIT_CONFIG_GLOBAL") }
        let stage = try bench.lay()
        let ask = "GIT_CONFIG_GLOBAL=$HOME/global git config --get-regexp 'user|url'"
        #expect(try bench.run(ask, in: stage) == bench.work(ask))
    }

    @Test func nothingOfTheUsersIsChangedByWhatJobsDoThere() throws {
        let bench = try StageBench(Self.history)
        func state() throws -> String {
            try bench.work(
                "find .git -type f ! -path '.git/hooks-state*' -exec sha1sum {} + | sort")
        }
        let before = try state()
        let stage = try bench.lay()
        try bench.run(
            """
            git config user.email j@example.org; echo 1 >n; git add n; git commit -qm n; git tag t
            git branch -D other; git stash; git gc -q --prune=now; git reset -q --hard HEAD~1
            git clean -qfdx; git worktree add -q ../x 2>&1; git reflog expire --all --expire=now
            git pack-refs --all; git remote rename origin upstream; git notes remove
            """, in: stage)
        #expect(try state() == before)
    }

    @Test func aSubmoduleIsThereWithItsRecordedCommit() throws {
        let bench = try StageBench()
        try bench.scratch.shell(
            """
            git init -q sub; cd sub; echo 1 >inner; git add .; git commit -qm inner; cd ../work
            git -c protocol.file.allow=always submodule --quiet add ../sub sub
            git -c protocol.file.allow=always submodule --quiet add ../sub other
            git commit -qm base; git submodule --quiet deinit -f other
            echo dirty >sub/inner; echo x >top; git add top
            """)
        let stage = try bench.lay()
        #expect(try bench.run("cat sub/inner; ls -A other", in: stage) == "1\n")
        #expect(
            try bench.run("git submodule status", in: stage)
                == bench.work("git submodule status"))
        #expect(try bench.run("git status --short", in: stage) == "A  top\n")
    }

    @Test func aSparseCheckoutHasWhatIsCheckedOut() throws {
        let bench = try StageBench(
            "mkdir a b; echo 1 >a/x; echo 2 >b/y; echo 3 >z; git add .; git commit -qm 1; git sparse-checkout set a"
        )
        let stage = try bench.lay()
        #expect(try bench.run("ls; git status --short", in: stage) == "a\nz\n")
        // Nothing of a push has to be downloaded here, so the tests see what others will have.
        let pushed = try bench.lay(commit: "HEAD")
        #expect(try bench.run("ls; git status --short", in: pushed) == "a\nb\nz\n")
    }

    @Test func aFileWhoseEditsAreHiddenIsThere() throws {
        let bench = try StageBench(
            "echo 1 >a; echo 2 >b; git add .; git commit -qm 1; git update-index --skip-worktree a; echo mine >a; echo n >n; git add -N n"
        )
        let stage = try bench.lay()
        #expect(try bench.run("cat a; ls; git status --short", in: stage) == "1\na\nb\n")
    }

    @Test func ignoredNamesAreCopiedOrLinkedAndNotShown() throws {
        let bench = try StageBench(
            """
            printf 'gen/\\nbig/\\n*.log\\n.venv/\\n' >.gitignore; echo 1 >a; git add .; git commit -qm 1
            mkdir gen big .venv; echo 1 >gen/x; touch -d 2020-01-01 gen/x; (cd big; seq 300 | xargs touch)
            echo l >'a b[1].log'; echo u >untracked
            """)
        let stage = try bench.lay(sharing: [".venv", "node_modules"])
        #expect(try bench.run("git status --short", in: stage) == "")
        #expect(
            try bench.run("ls -A | tr '\\n' ' '", in: stage)
                == ".git .gitignore .venv a a b[1].log big gen ")
        #expect(
            try bench.run("test -L big; test ! -L gen; stat -c %Y gen/x", in: stage)
                == "1577836800\n")
        try bench.run("echo 2 >gen/x; ls big/300", in: stage)
        #expect(try bench.work("cat gen/x") == "1\n")
        #expect(try stage.harvest().lines == [])
    }

    @Test func whatIsIgnoredComesAndGoesWithTheWorkingTree() throws {
        let bench = try StageBench(
            """
            printf '*.log\ngen/\n' >.gitignore; echo 1 >a; git add .; git commit -qm 1
            mkdir -p gen only/deep; touch x.log gen/y only/deep/z.log only/untracked
            git init -q other; touch other/o.log
            """)
        var stage: Stage? = try bench.lay()
        let find = "find . -name .git -prune -o -type f -print | sort | tr '\\n' ' '"
        if let stage {
            #expect(
                try bench.run(find, in: stage)
                    == "./.gitignore ./a ./gen/y ./only/deep/z.log ./x.log ")
            try bench.run("touch gen/more only/deep/more.log only/new", in: stage)
        }
        try stage?.close()
        stage = nil
        try bench.work("rm x.log only/deep/z.log; touch w.log")
        let after = try bench.lay()
        #expect(try bench.run(find, in: after) == "./.gitignore ./a ./gen/y ./w.log ")
    }
}
