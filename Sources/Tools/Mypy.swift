internal import Configuration

extension Catalogue {
    /// https://mypy.readthedocs.io: 1 for errors, 2 when a syntax error or a wrong option ends it
    /// early. It follows imports, so it gets the whole tree.
    static let mypy = Tool(
        name: "mypy",
        summary: "Checks the types of Python code.",
        tested: "2.4.1",
        arguments: ["--no-error-summary"],
        types: ["python"],
        reads: .tree,
        configuration: [
            .init("mypy.ini"), .init(".mypy.ini"), .init("pyproject.toml", marker: "[tool.mypy"),
            .init("setup.cfg", marker: "[mypy"),
        ],
        exits: [0: .fine, 1: .findings, 2: .findings],
        exclusions: .init(
            way: .expressions, keys: ["exclude"], options: ["--exclude"],
            sections: [
                ("mypy.ini", "mypy"), (".mypy.ini", "mypy"), ("pyproject.toml", "tool.mypy"),
                ("setup.cfg", "mypy"),
            ]),
        examples: [
            .init("wrong.py", "x: int = \"one\"\n", .finds("Incompatible types in assignment")),
            .init("right.py", "x: int = 1\n", .passes),
        ])
}
