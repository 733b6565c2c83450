internal import Checks

/// Finds imports of debuggers and calls of `breakpoint()`.
struct DebugStatements: PythonCheck {
    static let name = "debug-statements"
    static let summary = "Finds imports of Python debuggers and calls of `breakpoint()`."
    static let standsFor: String? = "debug-statements"
    static let types = ["python"]
    static let examples = [
        Example(
            "a debugger is found", path: "a.py", text: "x = 1\nimport pdb\n",
            .finds([Finding(line: 2, message: "pdb imported")])),
        Example(
            "so is a breakpoint", path: "a.py", text: "breakpoint()\n",
            .finds([Finding(line: 1, message: "breakpoint called")])),
        Example("other imports pass", path: "a.py", text: "import os\n", .passes),
    ]
    static let script = """
        import ast

        DEBUGGERS = frozenset(
            'bpdb ipdb pdb pdbr pudb pydevd_pycharm q rdb rpdb wdb'.split())

        def check(content, options):
            found = []
            for node in ast.walk(ast.parse(content)):
                if isinstance(node, ast.Import):
                    names = [alias.name for alias in node.names]
                elif isinstance(node, ast.ImportFrom):
                    names = [node.module]
                elif isinstance(node, ast.Call) and getattr(node.func, 'id', '') == 'breakpoint':
                    found.append((node.lineno, 'breakpoint called'))
                    continue
                else:
                    continue
                found += [
                    (node.lineno, name + ' imported') for name in names if name in DEBUGGERS]
            return sorted(found)
        """

    init(arguments: [String]) throws(CheckArgumentError) {
        _ = try Self.read(arguments)
    }
}
