internal import Checks

/// Checks that YAML files can be loaded, with the YAML 1.2 parser of pre-commit-hooks.
struct CheckYAML: PythonCheck {
    static let name = "check-yaml"
    static let summary =
        "Checks that YAML files can be loaded; needs the Python package ruamel.yaml."
    static let standsFor: String? = "check-yaml"
    static let types = ["yaml"]
    static let needsPackages = true
    static let options = [
        CheckOption(
            "--allow-multiple-documents", nil, "Allows several documents in a file."),
        CheckOption("--multi", nil, "Short for `--allow-multiple-documents`."),
        CheckOption(
            "--unsafe", nil,
            "Checks only the syntax: tags that only another program knows, duplicate keys "
                + "and several documents are allowed."),
    ]
    static let examples = [
        Example(
            "a syntax error is found", path: "a.yaml", text: "a: [1\n",
            .finds([Finding(line: 2, message: "expected ',' or ']', but got '<stream end>'")])),
        Example(
            "so is a duplicate key", path: "a.yaml", text: "a: 1\na: 2\n",
            .finds([
                Finding(
                    line: 2,
                    message: "found duplicate key \"a\" with value \"2\" (original value: \"1\")")
            ])),
        Example(
            "and a second document", path: "a.yaml", text: "--- 1\n--- 2\n",
            .finds([Finding(line: 2, message: "but found another document")])),
        Example(
            "unless it is allowed", ["--allow-multiple-documents"], path: "a.yaml",
            text: "--- 1\n--- 2\n", .passes),
        Example("with either option", ["--multi"], path: "a.yaml", text: "--- 1\n--- 2\n", .passes),
        Example(
            "the syntax alone may count", ["--unsafe"], path: "a.yaml", text: "a: !b 1\n", .passes),
        Example("a file that can be loaded passes", path: "a.yaml", text: "a: [1]\n", .passes),
    ]
    static let script = """
        try:
            import ruamel.yaml
        except ImportError:
            need('ruamel.yaml')

        import io

        def check(content, options):
            text = io.TextIOWrapper(io.BytesIO(content), encoding='UTF-8')
            yaml = ruamel.yaml.YAML(typ='safe')
            load = {'one': yaml.load, 'all': yaml.load_all, 'syntax': yaml.parse}[options['way']]
            try:
                found = load(text)
                if options['way'] != 'one':
                    for _ in found:
                        pass
            except ruamel.yaml.YAMLError as error:
                mark = getattr(error, 'problem_mark', None)
                words = getattr(error, 'problem', None) or error
                yield mark.line + 1 if mark else 0, words
        """

    private var way = "one"

    init(arguments: [String]) throws(CheckArgumentError) {
        for (name, _) in try Self.read(arguments) where way != "syntax" {
            way = name == "--unsafe" ? "syntax" : "all"
        }
    }

    var scriptOptions: String { "{'way': '\(way)'}" }
}
