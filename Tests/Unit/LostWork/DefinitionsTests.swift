import SystemPackage
import Testing

@testable import LostWork

struct DefinitionsTests {
    private func names(_ text: String, _ path: FilePath) -> [String] {
        Definitions.names(in: Array(text.utf8), of: path)
            .map { "\($0.line) \($0.full)\($0.isTest ? " test" : "")" }
    }

    @Test func publicNamesOfPythonAreThoseAtTheTopAndInPublicClasses() {
        let text = """
            import os

            def one(a):
                def inner(): ...
            async  def two(): ...
            class Three(object):
                def four(self): ...
                def _five(self): ...
            class _Six:
                def seven(self): ...
            def _eight(): ...
            """
        #expect(
            names(text, "src/pkg/mod.py") == [
                "3 pkg.mod.one", "5 pkg.mod.two", "6 pkg.mod.Three", "7 pkg.mod.Three.four",
            ])
    }

    @Test func longStringsAreNoCode() {
        let text =
            "\"\"\"\ndef one(): ...\n\"\"\"\nx = '''a\ndef two(): ...\n'''; y = 1\ndef three(): ..."
        #expect(names(text, "mod.py") == ["7 mod.three"])
    }

    @Test func longStringOnOneLineEndsThere() {
        #expect(names("\"\"\"a\"\"\"\ndef one(): ...", "mod.py") == ["2 mod.one"])
    }

    @Test func filesOfTestsHaveTestsAlone() {
        let text =
            "def helper(): ...\ndef test_one(): ...\nclass TestTwo:\n    def test_three(self): ..."
        #expect(
            names(text, "tests/test_a.py") == [
                "2 tests.test_a.test_one test", "3 tests.test_a.TestTwo test",
                "4 tests.test_a.TestTwo.test_three test",
            ])
    }

    @Test func packageIsNamedByItsFolder() {
        #expect(names("def one(): ...", "pkg/__init__.py") == ["1 pkg.one"])
    }

    @Test func javaScriptHasFunctionsClassesExportsAndTests() {
        let text = """
            export default async function one() {}
            class Two {}
            export const three = 1;
            const four = 2;
            function _five() {}
            """
        #expect(names(text, "lib/show.js") == ["1 show.one", "2 show.Two", "3 show.three"])
        #expect(
            names("  test('adds', () => {});\nit(\"takes\", f);", "a.test.js") == [
                "1 adds test", "2 takes test",
            ])
    }

    @Test func otherFilesAndBytesThatAreNoTextHaveNoNames() {
        #expect(names("def one(): ...", "a.txt") == [])
        #expect(Definitions.names(in: [0xFF, 0x00, 0x0A, 0x64], of: "a.py") == [])
    }
}

struct PatchTests {
    private let text = """
        diff --git a/x.txt b/x.txt
        index 1..2 100644
        --- a/x.txt
        +++ b/x.txt
        @@ -1,3 +1,2 @@ where
        -one
        ---- dashes
        -three
        +four
        ++++ b/plus
        @@ -9 +8,0 @@
        -gone
        diff --git a/y.txt b/y.txt
        --- a/y.txt
        +++ b/y.txt
        @@ -0,0 +1 @@
        +new

        """

    @Test func hunksAreReadByFile() throws {
        let files = Patch.hunks(in: Array(text.utf8)[...])
        #expect(files.map(\.0.string) == ["x.txt", "y.txt"])
        let first = try #require(files.first?.1)
        #expect(
            first == [
                Hunk(
                    line: 1, removed: ["one", "--- dashes", "three"], added: ["four", "+++ b/plus"]),
                Hunk(line: 8, removed: ["gone"], added: []),
            ])
    }
}

struct RevertTests {
    private func lines(_ numbers: ClosedRange<Int>, _ text: String) -> [String] {
        numbers.map { "line \($0) \(text)" }
    }

    private let replaced = Hunk(
        line: 11, removed: (11...20).map { "line \($0) old" },
        added: (11...20).map { "line \($0) new" })

    private func line(_ mine: [Hunk], isNew: Bool = false) -> Int? {
        Revert(mine, of: [replaced], isNew: isNew).line
    }

    @Test func threeLinesOfTenComeBackAndTwoDoNot() {
        for last in 13...20 {
            let mine = Hunk(
                line: 11, removed: lines(11...last, "new"), added: lines(11...last, "old"))
            #expect(line([mine]) == 11)
        }
        let two = Hunk(line: 11, removed: lines(11...12, "new"), added: lines(11...12, "old"))
        #expect(line([two]) == nil)
    }

    @Test func linesApartCountTogether() {
        let mine = [11, 14, 17].map {
            Hunk(line: $0, removed: lines($0...$0, "new"), added: lines($0...$0, "old"))
        }
        #expect(line(mine) == 11)
    }

    @Test func linesThatTakeNothingAwayComeFromElsewhere() {
        #expect(line([Hunk(line: 40, removed: [], added: lines(11...20, "old"))]) == nil)
        #expect(line([replaced]) == nil)
    }

    @Test func linesWithNextToNothingInThemDoNotCount() {
        let theirs = Hunk(line: 1, removed: ["{", "}", "x", ""], added: ["new"])
        let mine = Hunk(line: 1, removed: ["new"], added: ["{", "}", "x", ""])
        #expect(Revert([mine], of: [theirs], isNew: false).line == nil)
    }

    @Test func deletedLinesComeBackUnlessTheyWereMoved() {
        let theirs = Hunk(line: 5, removed: lines(5...12, "old"), added: [])
        let revert = Revert(
            [Hunk(line: 5, removed: [], added: lines(6...9, "old"))], of: [theirs], isNew: false)
        #expect(revert.line == 5)
        let elsewhere = lines(1...20, "old").joined(separator: "\n")
        #expect(revert.isStillThere(Array(elsewhere.utf8)))
        #expect(!revert.isStillThere(Array("line 1 old\n".utf8)))
    }

    @Test func halfOfANewFileHasToComeBack() {
        let theirs = Hunk(line: 1, removed: lines(1...20, "old"), added: [])
        let mine = Hunk(line: 1, removed: [], added: lines(1...4, "old") + lines(1...20, "own"))
        #expect(Revert([mine], of: [theirs], isNew: true).line == nil)
        let most = Hunk(line: 1, removed: [], added: lines(1...12, "old") + lines(1...5, "own"))
        #expect(Revert([most], of: [theirs], isNew: true).line == 1)
    }
}

struct RenameTests {
    private func names(_ text: String) -> [Definitions.Name] {
        Definitions.names(in: Array(text.utf8), of: "pkg/shop.py")
    }

    @Test func sameLinesByAnotherNameAreTheSame() throws {
        let old = names("def tax(\n    x,\n):\n    y = x * 2\n    return tax(y)\n")[0]
        let new = names("def duty(\n    x,\n):\n    y = x * 2\n    return duty(y)\n")[0]
        #expect(old.likeness(new) == 1)
        #expect(old.likeness(names("def cost(z):\n    return -z\n")[0]) < Definitions.Name.sameFrom)
    }

    @Test func usesAreToldFromOtherThingsOfThatName() {
        let name = names("def tax(x): ...\n")[0]
        for line in ["tax(1)", "x == tax", "from shop import tax", "    tax,"] {
            #expect(name.use(in: line) == .bare)
        }
        #expect(name.use(in: "shop.tax(1)") == .qualified)
        for line in ["x.tax(1)", "def tax(a):", "f(tax=1)", "taxes", "# tax"] {
            #expect(name.use(in: line) == nil)
        }
        let method = names("class A:\n    def m(self): ...\n")[1]
        #expect(method.use(in: "self.m()") == .qualified)
        #expect(method.use(in: "m()") == nil)
    }
}

struct AllowancesTests {
    @Test func namesAllowWhatTheyHoldAndCommitsNeedSevenDigits() {
        let allowed = Allowances("Removes: pkg.mod\nRemoves: docs\nReverts: ABCDEF1\nReverts: 123")
        #expect(allowed.removes("pkg.mod") && allowed.removes("pkg.mod.func"))
        #expect(!allowed.removes("pkg.model") && !allowed.removes("pkg"))
        #expect(allowed.removes("docs/a.md"))
        #expect(allowed.reverts("abcdef1234") && !allowed.reverts("1234567890"))
    }
}
