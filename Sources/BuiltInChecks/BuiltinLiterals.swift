internal import Checks

/// Finds calls such as `dict()` where a literal does the same.
///
/// Calls in the arguments of another call are not checked, as in pre-commit-hooks.
struct BuiltinLiterals: PythonCheck {
    static let name = "builtin-literals"
    static let summary = "Finds calls such as `dict()` where a literal such as `{}` does the same."
    static let standsFor: String? = "check-builtin-literals"
    static let types = ["python"]
    static let options = [
        CheckOption("--ignore", "TYPE[,TYPE]", "Types whose calls are allowed."),
        CheckOption("--allow-dict-kwargs", nil, "`dict(a=1)` is allowed, the default."),
        CheckOption("--no-allow-dict-kwargs", nil, "`dict(a=1)` is not allowed."),
    ]
    static let examples = [
        Example(
            "a call is found", path: "a.py", text: "a = dict()\n",
            .finds([Finding(line: 1, message: "`dict()` is `{}`")])),
        Example(
            "names may be allowed", ["--allow-dict-kwargs"], path: "a.py",
            text: "a = dict(b=1)\n", .passes),
        Example(
            "or not", ["--no-allow-dict-kwargs"], path: "a.py", text: "a = dict(b=1)\n",
            .finds([Finding(line: 1, message: "`dict()` is `{}`")])),
        Example("types may be ignored", ["--ignore=list"], path: "a.py", text: "list()\n", .passes),
        Example("a call with a value passes", path: "a.py", text: "a = int('1')\n", .passes),
    ]
    static let script = """
        import ast

        LITERALS = {
            'complex': '0j', 'dict': '{}', 'float': '0.0', 'int': '0', 'list': '[]', 'str': "''",
            'tuple': '()'}

        def check(content, options):
            queue = [ast.parse(content)]
            found = []
            while queue:
                node = queue.pop()
                if not isinstance(node, ast.Call):
                    queue += ast.iter_child_nodes(node)
                    continue
                name = getattr(node.func, 'id', '')
                if name not in LITERALS or name in options['ignore']:
                    continue
                if name == 'dict' and options['names'] and node.keywords:
                    continue
                if not node.args:
                    found.append((node.lineno, '`%s()` is `%s`' % (name, LITERALS[name])))
            return sorted(found)
        """

    private var ignored: [String] = []
    private var allowsNames = true

    init(arguments: [String]) throws(CheckArgumentError) {
        for (name, value) in try Self.read(arguments) {
            switch name {
            case "--ignore": ignored = value.split(separator: ",").map(String.init)
            case "--no-allow-dict-kwargs": allowsNames = false
            default: allowsNames = true
            }
        }
    }

    var scriptOptions: String {
        let ignored = ignored.map(\.pythonLiteral).joined(separator: ", ")
        return "{'ignore': [\(ignored)], 'names': \(allowsNames ? "True" : "False")}"
    }
}
