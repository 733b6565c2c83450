import BuiltInChecks
import Checks
import Testing

struct ArgumentTests {
    @Test(arguments: [
        ("end-of-file", ["--all"], "unknown argument `--all`; it takes none"),
        ("subject", ["--max=1"], "unknown argument `--max=1`; it knows `--max-length`"),
        ("subject", ["words"], "unknown argument `words`; it knows `--max-length`"),
        ("subject", [""], "unknown argument ``; it knows `--max-length`"),
        ("subject", ["--\u{1B}[31m"], #"unknown argument `--\u{1B}[31m`; it knows `--max-length`"#),
        ("subject", ["--max-length"], "`--max-length` needs a value: `--max-length=N`"),
        (
            "subject", ["--max-length=x"],
            "`--max-length` needs a whole number of 0 or more, not `x`"
        ),
        ("large-files", ["--maxkb=-1"], "`--maxkb` needs a whole number of 0 or more, not `-1`"),
        (
            "large-files", ["--maxkb", "99999999999999999999"],
            "`--maxkb` needs a whole number of 0 or more, not `99999999999999999999`"
        ),
        ("large-files", ["--enforce-all=yes"], "`--enforce-all` takes no value"),
        (
            "mixed-line-ending", ["--fix=LF"],
            "`--fix` is one of auto, lf, crlf, cr and no, not `LF`"
        ),
        (
            "trailing-whitespace", ["--markdown-linebreak-ext="],
            "`--markdown-linebreak-ext` needs file extensions, not ``"
        ),
        (
            "trailing-whitespace", ["--markdown-linebreak-ext", "docs/a.md"],
            "`--markdown-linebreak-ext` needs file extensions, not `docs/a.md`"
        ),
    ])
    func wrongArgumentIsRefusedWithItsName(name: String, arguments: [String], problem: String)
        throws
    {
        let check = try #require(BuiltIns.named(name))
        let error = #expect(throws: CheckArgumentError.self) {
            _ = try check.init(arguments: arguments)
        }
        #expect(error?.check == name)
        #expect(error?.message == "`\(name)`: \(problem)")
    }

    @Test(arguments: [
        ["--max-length=3"], ["--max-length", "3"], ["--max-length=9", "--max-length=3"],
    ])
    func valueMayStandAfterTheNameAndTheLastOneCounts(arguments: [String]) throws {
        let subject = try #require(BuiltIns.named("subject") as? any MessageCheck.Type)
        let check = try subject.init(arguments: arguments)
        #expect(check.inspect(Array("four".utf8)).count == 1)
        #expect(check.inspect(Array("two".utf8)).isEmpty)
    }
}
