import Foundation
import TestSupport
import Testing

/// Checks that need to know of git, beside the programs of pre-commit-hooks in one repository.
struct GitKnowledgeTests {
    /// A commit that changes all that these checks look at, staged.
    private static let changes = """
        git init -q -b topic . && mkdir -p lib tests && git init -q ../origin
        (cd ../origin && git commit -q --allow-empty -m one)
        printf 'one\\n' >Notes.txt; printf 'x\\n' >lib/a.py; printf 'a\\n' >tests/old_test.py
        ln -s lib/a.py kept; ln -s lib/a.py destroyed; ln -s lib/a.py replaced; ln -s lib/a.py broken
        head -c 900000 /dev/zero >there.bin
        git add -A && git commit -q -m base

        printf 'two\\n' >notes.txt; mkdir Lib && printf 'y\\n' >Lib/b.py; printf 'c\\n' >c.txt
        printf 'run\\n' >bare; printf '#!/bin/sh\\n' >proper; chmod +x bare proper
        printf '#!/bin/sh\\n' >plain; printf 'no\\n' >quiet; : >empty; chmod +x empty
        printf '# !\\n' >odd; chmod +x odd
        for name in orders test_orders orders_test conftest __init__ tests; do
            printf 'a\\n' >tests/$name.py
        done
        rm destroyed replaced && printf 'lib/a.py\\n' >destroyed && printf 'else\\n' >replaced
        ln -sf nowhere broken; ln -s lib folder; ln -s ../outside out; ln -s /dev/null device
        ln -s ./lib/../lib/a.py round; ln -s kept second
        head -c 512001 /dev/zero >large.bin; head -c 512000 /dev/zero >limit.bin; date >>there.bin
        printf '<<<<<<< HEAD\\na\\n=======\\nb\\n>>>>>>> topic\\n' >conflict.txt
        printf 'Heading\\n======\\n' >heading.txt; printf '>>>>>>> topic\\n' >half.txt
        printf 'a <<<<<<< HEAD\\n' >inner.txt; printf '=======\\r\\n<<<<<<< a\\r\\n' >windows.txt
        git -c protocol.file.allow=always submodule --quiet add ../origin module 2>/dev/null
        git add -A
        """

    @Test(arguments: [
        ("executables-have-shebangs", "check-executables-have-shebangs", [], "bare empty odd"),
        (
            "shebangs-are-executable", "check-shebang-scripts-are-executable", [],
            "plain"
        ),
        ("case-conflict", "check-case-conflict", [], "Lib/b.py notes.txt"),
        ("symlinks", "check-symlinks", [], "broken out"),
        ("destroyed-symlinks", "destroyed-symlinks", [], "destroyed"),
        ("forbid-new-submodules", "forbid-new-submodules", [], "module"),
        ("large-files", "check-added-large-files", [], "large.bin"),
        ("large-files", "check-added-large-files", ["--maxkb=499"], "large.bin limit.bin"),
        (
            "large-files", "check-added-large-files", ["--enforce-all"],
            "large.bin there.bin"
        ),
        ("merge-conflict", "check-merge-conflict", [], ""),
        (
            "merge-conflict", "check-merge-conflict", ["--assume-in-merge"],
            "conflict.txt half.txt windows.txt"
        ),
        (
            "name-tests-test", "name-tests-test", [],
            "tests/orders.py tests/test_orders.py tests/tests.py"
        ),
        (
            "name-tests-test", "name-tests-test", ["--pytest-test-first"],
            "tests/orders.py tests/orders_test.py tests/tests.py"
        ),
        (
            "name-tests-test", "name-tests-test", ["--django"],
            "tests/orders.py tests/orders_test.py"
        ),
    ])
    func staysWithTheRealProgram(
        check: String, program: String, arguments: [String], expected: String
    ) throws {
        let scratch = try Scratch()
        try scratch.write("work/.keep", [])
        try scratch.shell(Self.changes, in: "work")
        let named = Set(
            try scratch.shell("git diff --cached --name-only --no-renames", in: "work")
                .split(separator: "\n").map(String.init))
        let wanted = Set(expected.split(separator: " ").map(String.init))

        let words = arguments.map { "\"\($0)\"" }.joined(separator: ", ")
        let settings = "[jobs.\(check)]\nargs = [\(words)]\n[hooks]\npre-commit = [\"\(check)\"]\n"
        try scratch.write("work/hooks.toml", Array(settings.utf8))
        let ours = try scratch.shell(
            "'\(try Tested.binary().path)' run \(check) || test $? = 1", in: "work")
        #expect(Self.paths(named, in: ours) == wanted, "ours: \(ours)")

        // pre-commit gives each of them the files of its types.
        let files = try scratch.shell(
            "git ls-files -s | sed -n 's/^100[0-9 a-f]*\t//p'", in: "work")
        var given = named
        switch check {
        case "executables-have-shebangs": given = ["bare", "proper", "empty", "odd"]
        case "name-tests-test": given = named.filter { $0.hasPrefix("tests/") }
        case "symlinks", "destroyed-symlinks", "forbid-new-submodules", "case-conflict": break
        default: given = named.intersection(files.split(separator: "\n").map(String.init))
        }
        let list = given.sorted().map { "'\($0)'" }.joined(separator: " ")
        let theirs = try scratch.shell(
            "'\(try Tested.tools().path)/\(program)' \(arguments.joined(separator: " ")) \(list) || test $? = 1",
            in: "work")
        var real = Self.paths(named, in: theirs)
        // It names the folder alone, where that is what conflicts.
        if theirs.contains("found: Lib\n") { real.insert("Lib/b.py") }
        #expect(real == wanted, "theirs: \(theirs)")
    }

    /// The paths that stand in an output as words of their own.
    private static func paths(_ named: Set<String>, in output: String) -> Set<String> {
        let words = output.split(whereSeparator: { " \n:".contains($0) }).map(String.init)
        return named.subtracting([".gitmodules"]).intersection(words)
    }
}
