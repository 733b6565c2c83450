internal import Checks

/// Puts Python strings into single quotes if that needs no escapes.
struct DoubleQuoteString: PythonCheck {
    static let name = "double-quote-string"
    static let summary =
        "Replaces double quotes around Python strings that contain no quote by single quotes."
    static let standsFor: String? = "double-quote-string-fixer"
    static let differences = [
        "Form feeds and other characters that end no line for Python are no problem; pre-commit-hooks "
            + "damages a file that has one."
    ]
    static let fixes = true
    static let types = ["python"]
    static let examples = [
        Example(
            "quotes are changed", path: "a.py", text: "a = \"b\"\n", .becomes("a = 'b'\n")),
        Example(
            "with any prefix", path: "a.py", text: "a = rb\"b\"\n",
            .becomes("a = rb'b'\n")),
        Example(
            "quotes within a string stay", path: "a.py", text: "a = \"it's\"\n", .passes),
        Example("docstrings pass", path: "a.py", text: "\"\"\"One.\"\"\"\n", .passes),
    ]
    static let script = """
        import io, re, tokenize

        OPENS = getattr(tokenize, 'FSTRING_START', -1)
        CLOSES = getattr(tokenize, 'FSTRING_END', -1)
        START = re.compile('([a-zA-Z]*)"')

        def check(content, options):
            text = content.decode('utf-8')
            starts = [0]
            for line in text.split('\\n'):
                starts.append(starts[-1] + len(line) + 1)
            pieces = []
            done = depth = 0
            for token in tokenize.generate_tokens(io.StringIO(text).readline):
                if token.type == OPENS:
                    depth += 1
                elif token.type == CLOSES:
                    depth -= 1
                if depth or token.type != tokenize.STRING:
                    continue
                word = token.string
                opening = START.match(word)
                if '"' * 3 in word or "'" * 3 in word or not opening:
                    continue
                inner = word[opening.end():-1]
                if '"' in inner or "'" in inner:
                    continue
                start = starts[token.start[0] - 1] + token.start[1]
                pieces += [text[done:start], opening.group(1), "'", inner, "'"]
                done = starts[token.end[0] - 1] + token.end[1]
            yield (''.join(pieces) + text[done:]).encode('utf-8')
        """

    init(arguments: [String]) throws(CheckArgumentError) {
        _ = try Self.read(arguments)
    }
}
