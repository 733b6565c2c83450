import Notation
import Testing

@testable import Conversion

/// What an expression says and what its globs say is the same for every path.
@Suite struct RegexTranslationTests {
    static let expressions: [(expression: String, globs: [String]?)] = [
        (#"\.py$"#, ["*.py"]), (#"^src/"#, ["src/**"]), (#"^setup\.py$"#, ["/setup.py"]),
        (#"\.(py|pyi)$"#, ["*.py", "*.pyi"]), (#"\.pyi?$"#, ["*.pyi", "*.py"]),
        (#"(^|/)setup\.py$"#, ["setup.py"]), (#"^src/.*\.py$"#, ["src/**.py"]),
        (#"^tests/[^/]*\.py$"#, ["tests/*.py"]), ("migrations/", nil), ("vendor", nil),
        (#"^(profiling/|tests/data/)"#, ["profiling/**", "tests/data/**"]), (".*", ["**"]),
        (#"^docs/.+\.rst$"#, nil), ("(?x)^(\n  a/ # one\n  | b/c\\.py$ )", ["a/**", "b/c.py"]),
        ("^$", []), ("^src", nil), (#"(^|/)tests/.+\.py$"#, nil),
    ]

    static let paths = [
        "a.py", "a.pyi", "src/a.py", "src/b/c.py", "srcx.py", "x/src/a.py", "setup.py",
        "x/setup.py", "xsetup.py", "setup.pyx", "tests/a.py", "tests/b/a.py", "tests/data/x",
        "tests/data", "profiling/x/y", "migrations/a", "x/migrations/a", "xmigrations/a", "vendor",
        "a/vendor/b", "avendorb.txt", "docs/a.rst", "docs/.rst", "docs/a/b.rst", "docs/rst",
        "a/x", "b/c.py", "b/cxpy", "x/b/c.py", "src", "src/.py", "app/tests/a.py", "tests/.py",
        "a\u{301}.py", "with space.py",
    ]

    @Test(arguments: expressions)
    func globsFitWhatTheExpressionFits(expression: String, globs: [String]?) throws {
        let patterns = RegexTranslation.patterns(for: expression)
        if let globs { #expect(patterns == globs) }
        let compiled = try patterns.map { try Glob($0) }
        let original = try Glob("regex:" + expression)
        for path in Self.paths where expression != "^$" {
            let fits = compiled.contains { $0.matches(path.utf8) }
            #expect(fits == original.matches(path.utf8), "\(path) with \(patterns)")
        }
    }

    @Test(arguments: [
        "/migrations/", "^.*/x\\.py$", "^docs$", "^docs/$", "a//", "^/docs/", #"^\w+\.py$"#, "a{2}",
        "(?i)x",
        "[ab]c", "a.b$",
    ])
    func whatGlobsCannotSayStaysAnExpression(expression: String) {
        #expect(RegexTranslation.patterns(for: expression) == ["regex:" + expression])
    }

    @Test func bothHoldOnlyWhereEachIsFound() throws {
        let both = try Glob("regex:" + RegexTranslation.both(#"\.py$"#, "^src/"))
        #expect(both.matches("src/a.py".utf8))
        #expect(!both.matches("a.py".utf8))
        #expect(!both.matches("src/a.txt".utf8))
    }
}
