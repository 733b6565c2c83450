internal import Configuration

extension Catalogue {
    /// https://pylint.readthedocs.io: the exit status is a set of bits, 1 to 16 for kinds of
    /// messages, and 32 for wrong options. It follows imports, so it gets the whole tree.
    static let pylint = Tool(
        name: "pylint",
        summary: "Lints Python code.",
        tested: "4.1.4",
        arguments: ["--reports=n", "--score=n"],
        types: ["python"],
        reads: .tree,
        configuration: [
            .init("pylintrc"), .init(".pylintrc"), .init("pylintrc.toml"), .init(".pylintrc.toml"),
            .init("pyproject.toml", marker: "[tool.pylint"), .init("setup.cfg", marker: "[pylint"),
            .init("tox.ini", marker: "[pylint"),
        ],
        exits: Dictionary(
            uniqueKeysWithValues: (0..<32).map { (Int32($0), $0 == 0 ? .fine : .findings) }),
        examples: [
            .init(
                "wrong.py", "\"\"\"Wrong.\"\"\"\n\nprint(nothing)\n", .finds("undefined-variable")),
            .init("right.py", "\"\"\"Right.\"\"\"\n", .passes),
        ])
}
