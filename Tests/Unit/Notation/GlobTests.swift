import TestSupport
import Testing

@testable import Notation

struct GlobTests {
    private func matches(_ pattern: String, _ path: String) throws -> Bool {
        try Glob(pattern).matches(path.utf8)
    }

    @Test(arguments: [
        ("*.py", "a.py", true), ("*.py", "src/deep/a.py", true), ("*.py", "a.pyi", false),
        ("*.py", ".py", true), ("?.py", "ab.py", false), ("?.py", "é.py", true),
        ("??.py", "é.py", false), ("*??.py", "€.py", false), ("Makefile", "a/Makefile", true),
        ("Makefile", "a/Makefile.in", false), ("a*b*c", "axxbyyc", true),
        ("a*b*c", "axxbyy", false),
        ("*", "a/b", true), ("**", "a/b/c", true), ("a?c", "a/c", false), ("a*c", "a/c", false),
    ])
    func patternWithoutSlashIsForTheLastComponent(pattern: String, path: String, expected: Bool)
        throws
    {
        #expect(try matches(pattern, path) == expected)
    }

    @Test(arguments: [
        ("src/*.py", "src/a.py", true), ("src/*.py", "src/b/a.py", false),
        ("src/*.py", "x/src/a.py", false), ("/a.py", "a.py", true), ("/a.py", "src/a.py", false),
        ("src/**/a.py", "src/a.py", true), ("src/**/a.py", "src/x/y/a.py", true),
        ("src/**/a.py", "src/xa.py", false), ("**/a/*.py", "x/y/a/b.py", true),
        ("**/a/*.py", "a/b.py", true), ("**/a/*.py", "a/c/b.py", false),
        ("**/a/**/b", "x/a/a/y/b", true), ("a/**/b/**/c", "a/b/x/b/y/d", false),
        ("src/**.py", "src/a.py", true), ("src/**.py", "src/x/a.py", true),
        ("src/**.py", "lib/a.py", false), ("a**b/c", "a1/2/3b/c", true), ("a**b/c", "ab/c", true),
        ("a**b/c", "a1/2/c", false), ("x/***", "x/y/z", true), ("*/b", "a/b", true),
        ("*/b", "a/x/b", false),
    ])
    func patternWithSlashBeginsAtTheRoot(pattern: String, path: String, expected: Bool) throws {
        #expect(try matches(pattern, path) == expected)
    }

    @Test(arguments: [
        ("vendor/", "vendor/a/b.c", true), ("vendor/**", "vendor/a/b.c", true),
        ("vendor/", "vendor", false), ("vendor/**", "vendor", false),
        ("vendor/", "x/vendor/a", false), ("vendor", "x/vendor/a", true),
        ("vendor", "vendors/a", false),
        ("src/gen", "src/gen/deep/a", true), ("src/gen", "src/genx/a", false),
        ("src/*", "src/a/b", false), ("src/*/", "src/a/b", true), ("/build", "build/x", true),
        ("/build", "a/build/x", false),
    ])
    func patternThatNamesAFolderIsForAllBeneath(pattern: String, path: String, expected: Bool)
        throws
    {
        #expect(try matches(pattern, path) == expected)
    }

    @Test(arguments: [
        ("[a-c].py", "b.py", true), ("[a-c].py", "d.py", false), ("[!a-c].py", "d.py", true),
        ("[^a-c].py", "b.py", false), ("[!a].py", "é.py", true), ("[]x]", "]", true),
        ("[]x]", "x", true),
        ("[a-]", "-", true), ("[\\]]", "]", true), ("a[!b]c", "a/c", false), ("[}{,]", ",", true),
        ("[\\a-\\c]", "b", true),
    ])
    func bracketsHoldOneCharacter(pattern: String, path: String, expected: Bool) throws {
        #expect(try matches(pattern, path) == expected)
    }

    @Test(arguments: [
        ("*.{py,pyi}", "a/b.pyi", true), ("*.{py,pyi}", "b.pyc", false),
        ("{a,b{1,2}}.c", "b2.c", true), ("{a,b{1,2}}.c", "b.c", false), ("a{,b}", "a", true),
        ("{src,lib/x}/*.c", "lib/x/a.c", true), ("{a,b/c}", "x/a", true),
        ("{a,b/c}", "x/b/c", false),
        ("{a}", "a", true), ("a,b", "a,b", true), ("\\{a,b\\}", "{a,b}", true), ("\\*", "*", true),
        ("\\*", "x", false), ("{a\\,b,c}", "a,b", true), ("\\!x", "!x", true),
        ("{vendor,third}/", "third/x", true),
    ])
    func bracesAreAlternatives(pattern: String, path: String, expected: Bool) throws {
        #expect(try matches(pattern, path) == expected)
    }

    @Test(arguments: [
        ("main", "main", true), ("main", "topic/main", false), ("main", "main/x", false),
        ("release/*", "release/1", true), ("release/*", "release/1/2", false),
        ("release/**", "release/1/2", true), ("*", "topic/x", false), ("**", "topic/x", true),
        ("{main,master}", "master", true), ("v*", "v1.2", true), ("release/", "release/1", true),
        ("hot**", "hotfix/1", true),
    ])
    func branchPatternCoversTheWholeName(pattern: String, branch: String, expected: Bool) throws {
        #expect(try Glob(pattern).matches(branch: branch.utf8) == expected)
    }

    @Test func bytesOutsideUTF8AreMatched() throws {
        let path: [UInt8] = [0x61, 0xFF, 0x2E, 0x63]
        #expect(try Glob("*.c").matches(path))
        #expect(try Glob("a?.c").matches(path))
        #expect(try !Glob("a.c").matches(path))
        let continuations = [UInt8](repeating: 0x80, count: 5)
        #expect(try Glob("??").matches(continuations))
    }

    @Test(arguments: [
        ("", "empty"), ("/", "empty"), ("[a", "`[` is not closed"), ("[", "`[` is not closed"),
        ("[]", "`[` is not closed"), ("[a-", "`[` is not closed"), ("{a", "`{` is not closed"),
        ("a}", "no `{`"), ("a\\", "follows the last"), ("a//b", "empty component"),
        ("../a", "`..`"),
        ("./a", "`.`"), ("!a", "negate"), ("[z-a]", "backwards"), ("[a/b]", "inside"),
        ("[é]", "ASCII"),
        ("[[:alpha:]]", "classes"), ("{a,}", "empty"), ("a\u{0}b", "null"),
        ("{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}", "256"),
        (String(repeating: "a**", count: 20), "256"), (String(repeating: "a", count: 2000), "1024"),
    ])
    func badPatternIsRefusedWithAReason(pattern: String, reason: String) {
        let error = #expect(throws: GlobError.self) { try Glob(pattern) }
        #expect(error?.reason.contains(reason) == true, "\(error?.reason ?? "")")
    }

    @Test func manyStarsEndSoon() throws {
        let name = String(repeating: "a", count: 4000)
        #expect(try !matches(String(repeating: "a*", count: 200) + "b", name))
        let folders = Array(repeating: "a", count: 1500).joined(separator: "/")
        #expect(try !matches(String(repeating: "**/a/", count: 150) + "b", folders))
    }

    @Test func manyNestedBracesEndSoon() throws {
        let nested = String(repeating: "{", count: 500) + "a" + String(repeating: "}", count: 500)
        #expect(try matches(nested, "a"))
        #expect(throws: GlobError.self) { try Glob(String(repeating: "{a,b,{", count: 150)) }
        #expect(throws: GlobError.self) { try Glob("{" + String(repeating: ",", count: 600) + "}") }
    }

    @Test func literalIsTheSameAsItsPattern() throws {
        #expect(try Glob(literal: "main") == Glob("main"))
        #expect(Glob(literal: "main").matches(branch: "main".utf8))
        #expect(!Glob(literal: "main").matches(branch: "mai".utf8))
    }

    /// Compares with the plain definition, tried in every way, on short generated patterns and
    /// paths.
    @Test func generatedPatternsAgreeWithTheDefinition() throws {
        var random = Sequence64(state: 7)
        var compared = 0
        for _ in 0..<6000 {
            let pattern = String(
                (0..<random.below(6) + 1).map { _ in random.pick(Array("ab*?/*")) })
            let path = String((0..<random.below(7) + 1).map { _ in random.pick(Array("ab/")) })
            guard !pattern.contains("**"), !path.contains("//"), path.first != "/",
                path.last != "/",
                let glob = try? Glob("/" + pattern + "/x")
            else { continue }
            let wanted = Array(
                (pattern.first == "/" ? String(pattern.dropFirst()) : pattern) + "/x")
            compared += 1
            #expect(
                glob.matches((path + "/x").utf8) == defined(wanted[...], Array(path + "/x")[...]),
                "\(pattern) \(path)")
        }
        #expect(compared > 500)
    }

    private func defined(_ pattern: ArraySlice<Character>, _ text: ArraySlice<Character>) -> Bool {
        guard let first = pattern.first else { return text.isEmpty || text.first == "/" }
        if first == "*" {
            if defined(pattern.dropFirst(), text) { return true }
            guard let next = text.first, next != "/" else { return false }
            return defined(pattern, text.dropFirst())
        }
        guard let next = text.first, first == "?" ? next != "/" : next == first else {
            return false
        }
        return defined(pattern.dropFirst(), text.dropFirst())
    }
}
