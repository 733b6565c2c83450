import Testing

@testable import Reporting

@Suite struct ProblemTests {
    private func problems(_ text: String) -> [Problem] { Problem.all(in: Array(text.utf8)) }

    @Test func flake8IsRead() {
        #expect(
            problems("src/a b.py:15:1: F401 'sys' imported but unused\n") == [
                Problem(
                    path: "src/a b.py", line: 15, column: 1, code: "F401",
                    message: "'sys' imported but unused", isError: true)
            ])
    }

    @Test func mypyIsReadWithItsSeverity() {
        #expect(
            problems(
                """
                a.py:3: error: Incompatible types: "int" [x]  [assignment]
                a.py:4:2: note: See here
                Found 1 error in 1 file (checked 1 source file)
                """) == [
                    Problem(
                        path: "a.py", line: 3, column: nil, code: "assignment",
                        message: "Incompatible types: \"int\" [x]", isError: true),
                    Problem(
                        path: "a.py", line: 4, column: 2, code: nil, message: "See here",
                        isError: false),
                ])
    }

    @Test func ruffIsReadFromItsLongForm() {
        #expect(
            problems(
                """
                F401 [*] `os` imported but unused
                 --> a.py:1:8
                  |
                1 | import os
                  |        ^^
                  |
                help: Remove unused import: `os`
                """) == [
                    Problem(
                        path: "a.py", line: 1, column: 8, code: "F401",
                        message: "`os` imported but unused", isError: true)
                ])
    }

    @Test func otherWordsAreNoFindings() {
        #expect(
            problems("All done\nerror: cannot format x.py: nothing\n12:30: lunch\n:3:4: x\n\n")
                .isEmpty)
    }
}

/// The errors of interpreters, whose message stands below the place.
@Suite struct InterpreterProblemTests {
    private func problems(_ text: String) -> [Problem] { Problem.all(in: Array(text.utf8)) }

    @Test func pythonsOwnErrorIsReadAtItsLastPlaceInTheTree() {
        let text = """
            *** Error compiling './inner/bad.py'...
              File "./inner/a.py", line 1, in <module>
                import bad
              File "./inner/bad.py", line 2
                def (:
                    ^
            SyntaxError: invalid syntax
            """
        #expect(
            problems(text) == [
                Problem(
                    path: "inner/bad.py", line: 2, column: nil, code: nil,
                    message: "SyntaxError: invalid syntax", isError: true)
            ])
    }

    @Test func placesOutsideOfTheTreeAreNone() {
        #expect(problems("  File \"/usr/lib/x.py\", line 3\nValueError: no\n") == [])
        #expect(problems("  File \"<string>\", line 3\nValueError: no\n") == [])
    }

    @Test func nodesOwnErrorIsRead() {
        let text =
            "a.js:2\nconst y = ;\n          ^\n\nSyntaxError: Unexpected token ';'\n    at x\n"
        #expect(
            problems(text) == [
                Problem(
                    path: "a.js", line: 2, column: nil, code: nil,
                    message: "SyntaxError: Unexpected token ';'", isError: true)
            ])
    }

    @Test func anErrorWithoutAPlaceIsNone() {
        #expect(problems("SyntaxError: invalid syntax\n") == [])
    }
}
