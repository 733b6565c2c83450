import SystemPackage
import Testing

@testable import Pipeline

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

    @Test func hunkUndoesItsOpposite() {
        let one = Hunk(line: 1, removed: ["a", "b", "c"], added: ["d"])
        let other = Hunk(line: 7, removed: ["d"], added: ["a", "b", "c"])
        #expect(other.undoes(one))
        #expect(Hunk(removed: ["x", "d"], added: ["a", "b", "c", "e"]).undoes(one))
        #expect(!Hunk(removed: ["d"], added: ["a", "b", "x", "c"]).undoes(one))
        #expect(!one.undoes(one))
        #expect(one.isLarge && !other.isLarge)
        #expect(!Hunk(line: 1, removed: ["a", " ", "c"], added: ["d"]).isLarge)
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
