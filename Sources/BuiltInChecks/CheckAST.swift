internal import Checks

/// Checks that the project's own Python can parse Python files.
struct CheckAST: PythonCheck {
    static let name = "check-ast"
    static let summary = "Checks that the project's own Python can parse Python files."
    static let standsFor: String? = "check-ast"
    static let types = ["python"]
    static let examples = [
        Example(
            "a syntax error is found", path: "a.py", text: "a = 1\nb = = 2\n",
            .finds([Finding(line: 2, message: "invalid syntax")])),
        Example("a file that can be parsed passes", path: "a.py", text: "a = 1\n", .passes),
    ]
    static let script = """
        import ast

        def check(content, options):
            ast.parse(content)
            return ()
        """

    init(arguments: [String]) throws(CheckArgumentError) {
        _ = try Self.read(arguments)
    }
}
