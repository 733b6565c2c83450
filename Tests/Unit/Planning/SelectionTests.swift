import Configuration
import Git
import Notation
import Planning
import Reporting
import Staging
import SystemPackage
import TestSupport
import Testing
import Values

/// Which files a job is given.
struct SelectionTests {
    private func isGiven(
        _ path: String, _ job: Job, types: Set<String> = ["text", "file"]
    ) -> Bool {
        job.selection.matches(Array(path.utf8), types: types)
    }

    @Test func jobWithoutWordsAboutFilesIsGivenAll() throws {
        let job = try Job("own", "run = 'true'")
        #expect(isGiven("a.txt", job) && isGiven(".hidden/b", job))
    }

    @Test func anyOfTheGlobsIsEnough() throws {
        let job = try Job("own", "run = 'true'", "files = ['*.py', 'docs/**']")
        #expect(isGiven("a.py", job) && isGiven("src/a.py", job) && isGiven("docs/a.md", job))
        #expect(!isGiven("a.pyc", job) && !isGiven("src/docs/a.md", job))
    }

    @Test func excludeWinsOverFiles() throws {
        let job = try Job("own", "run = 'true'", "files = ['*.py']", "exclude = ['gen/*']")
        #expect(isGiven("a.py", job) && !isGiven("gen/a.py", job))
    }

    @Test(arguments: [
        (["python"], true), (["python", "text"], true), (["ruby", "text"], false), ([], false),
    ])
    func anyOfTheTypesIsEnough(types: [String], isSelected: Bool) throws {
        let job = try Job("own", "run = 'true'", "types = ['python', 'cython']")
        #expect(isGiven("a", job, types: Set(types)) == isSelected)
    }

    @Test(arguments: [
        (["python", "executable"], true), (["python"], false), (["executable"], false),
    ])
    func allOfAllTypesAreNeeded(types: [String], isSelected: Bool) throws {
        let job = try Job("own", "run = 'true'", "all_types = ['python', 'executable']")
        #expect(isGiven("a", job, types: Set(types)) == isSelected)
    }

    @Test func oneExcludedTypeIsEnoughToBeLeftOut() throws {
        let job = try Job(
            "own", "run = 'true'", "types = ['text']", "exclude_types = ['svg', 'json']")
        #expect(isGiven("a", job, types: ["text", "xml"]))
        #expect(!isGiven("a", job, types: ["text", "svg"]))
    }

    @Test func typesAreNotAskedForWhereTheNameDecides() throws {
        let byName = try Job("own", "run = 'true'", "files = ['*.py']")
        let byBoth = try Job("own", "run = 'true'", "files = ['*.py']", "types = ['python']")
        var asked = 0
        func types() -> Set<String> {
            asked += 1
            return ["python"]
        }
        #expect(byName.selection.matches(Array("a.py".utf8), types: types()) && asked == 0)
        #expect(!byBoth.selection.matches(Array("a.txt".utf8), types: types()) && asked == 0)
        #expect(byBoth.selection.matches(Array("a.py".utf8), types: types()) && asked == 1)
    }

    @Test func ownGlobsReplaceTheTypesOfATool() throws {
        #expect(try Job("black", "").selection.types?.contains("python") == true)
        let byGlob = try Job("black", "files = ['bin/*']")
        #expect(byGlob.selection.types == nil && isGiven("bin/tool", byGlob, types: ["text"]))
        let byBoth = try Job("black", "files = ['bin/*']", "types = ['text']")
        #expect(byBoth.selection.types == ["text"])
    }
}
