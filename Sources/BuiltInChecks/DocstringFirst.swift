internal import Checks

/// Finds docstrings of modules that do not come first, where they are no docstrings.
struct DocstringFirst: PythonCheck {
    static let name = "docstring-first"
    static let summary = "Finds docstrings of Python modules that come after code."
    static let standsFor: String? = "check-docstring-first"
    static let types = ["python"]
    static let examples = [
        Example(
            "a docstring after code is found", path: "a.py",
            text: "import os\n\"\"\"What this is.\"\"\"\n",
            .finds([Finding(line: 2, message: "module docstring after the code on line 1")])),
        Example(
            "so is a second one", path: "a.py", text: "'''One.'''\n'''Two.'''\n",
            .finds([Finding(line: 2, message: "second module docstring; the first is on line 1")])),
        Example(
            "a docstring at the start passes", path: "a.py",
            text: "# note\n'''One.'''\nimport os\n",
            .passes),
    ]
    static let script = """
        import io, tokenize

        QUIET = (
            tokenize.COMMENT, tokenize.ENDMARKER, tokenize.NEWLINE, tokenize.NL,
            tokenize.ENCODING)

        def check(content, options):
            code = text = 0
            for token in tokenize.tokenize(io.BytesIO(content).readline):
                line, column = token.start
                if token.type == tokenize.STRING and column == 0:
                    if text:
                        yield line, 'second module docstring; the first is on line %d' % text
                        return
                    if code:
                        yield line, 'module docstring after the code on line %d' % code
                        return
                    text = line
                elif token.type not in QUIET and not code:
                    code = line
        """

    init(arguments: [String]) throws(CheckArgumentError) {
        _ = try Self.read(arguments)
    }
}
