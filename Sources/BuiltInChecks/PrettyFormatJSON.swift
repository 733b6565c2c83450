internal import Checks

/// Formats JSON files in one style: sorted keys, and two spaces for each level.
struct PrettyFormatJSON: PythonCheck {
    static let name = "pretty-format-json"
    static let summary = "Checks that JSON is formatted in one style; with `--autofix` formats it."
    static let standsFor: String? = "pretty-format-json"
    static let differences = [
        "A file that cannot be written in this style does not change; in pre-commit-hooks half a surrogate "
            + "pair with `--no-ensure-ascii` leaves it empty.",
        "A duplicate key is a finding, and a number that Python cannot represent does not change; in "
            + "pre-commit-hooks the first value and the digits are lost.",
    ]
    static let fixes = true
    static let types = ["json"]
    static let options = [
        CheckOption("--autofix", nil, "Formats the files instead of only reporting them."),
        CheckOption(
            "--indent", "N", "Spaces for each level, or the characters themselves; 2 by default."),
        CheckOption("--no-ensure-ascii", nil, "Keeps characters as they are, not as `\\uXXXX`."),
        CheckOption("--no-sort-keys", nil, "Keeps the order of keys."),
        CheckOption("--top-keys", "KEY[,KEY]", "Keys that come before all others."),
    ]
    static let examples = [
        Example(
            "another style is found", path: "a.json", text: "{\"b\":1,\"a\":2}\n",
            .finds([Finding(message: "not in the required style; `--autofix` formats it")])),
        Example(
            "it can be formatted", ["--autofix"], path: "a.json", text: "{\"b\":1,\"a\":\"ä\"}\n",
            .becomes("{\n  \"a\": \"\\u00e4\",\n  \"b\": 1\n}\n")),
        Example(
            "keys can keep their order, and characters their form",
            ["--autofix", "--no-sort-keys", "--no-ensure-ascii", "--indent=1"], path: "a.json",
            text: "{\"b\":1,\"a\":\"ä\"}\n", .becomes("{\n \"b\": 1,\n \"a\": \"ä\"\n}\n")),
        Example(
            "some keys can come first", ["--autofix", "--top-keys=z,y"], path: "a.json",
            text: "{\"a\":1,\"y\":2,\"z\":3}\n",
            .becomes("{\n  \"z\": 3,\n  \"y\": 2,\n  \"a\": 1\n}\n")),
        Example(
            "nothing is lost", ["--autofix"], path: "a.json", text: "{\"a\":1,\"a\":2}\n",
            .finds([Finding(message: "duplicate key: a")])),
        Example("this style passes", path: "a.json", text: "{\n  \"a\": 1\n}\n", .passes),
    ]
    static let script = """
        import decimal, json, re

        def check(content, options):
            top = options['top']
            text = content.decode('utf-8').replace('\\r\\n', '\\n').replace('\\r', '\\n')

            mark = 'number %s ' % os.urandom(16).hex()

            def number(word):
                short = repr(float(word))
                isSame = decimal.Decimal(word) == decimal.Decimal(short)
                return mark + (short if isSame else word)

            def ordered(pairs):
                if len(dict(pairs)) < len(pairs):
                    keys = [key for key, value in pairs]
                    raise ValueError(
                        'duplicate key: ' + next(key for key in keys if keys.count(key) > 1))
                first = sorted(
                    (pair for pair in pairs if pair[0] in top), key=lambda pair: top.index(pair[0]))
                rest = [pair for pair in pairs if pair[0] not in top]
                return dict(first + (sorted(rest) if options['sort'] else rest))

            indent = options['indent']
            try:
                indent = int(indent)
            except ValueError:
                pass
            pretty = json.dumps(
                json.loads(text, object_pairs_hook=ordered, parse_float=number),
                indent=indent, ensure_ascii=options['ascii']) + '\\n'
            pretty = re.sub('"%s([^"]*)"' % mark, '\\\\1', pretty)
            if pretty != text:
                new = pretty.encode('utf-8')
                if options['fix']:
                    yield new
                else:
                    yield 0, 'not in the required style; `--autofix` formats it'
        """

    let isFixer: Bool
    let scriptOptions: String

    init(arguments: [String]) throws(CheckArgumentError) {
        let given = try Self.read(arguments)
        let says: (String) -> Bool = { name in given.contains { $0.name == name } }
        let value: (String) -> String? = { name in given.last { $0.name == name }?.value }
        isFixer = says("--autofix")
        let top = (value("--top-keys") ?? "").split(separator: ",").map { String($0).pythonLiteral }
        let switches = [
            ("fix", isFixer), ("ascii", !says("--no-ensure-ascii")),
            ("sort", !says("--no-sort-keys")),
        ].map { "'\($0)': \($1 ? "True" : "False")" }
        scriptOptions =
            "{\(switches.joined(separator: ", ")), 'top': [\(top.joined(separator: ", "))], "
            + "'indent': \((value("--indent") ?? "2").pythonLiteral)}"
    }
}
