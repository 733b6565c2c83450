extension Catalogue {
    /// https://bandit.readthedocs.io: 1 for findings, 2 for wrong options.
    static let bandit = Tool(
        name: "bandit",
        summary: "Finds security problems in Python code.",
        tested: "1.9.4",
        arguments: ["--quiet"],
        types: ["python"],
        configuration: [
            .init(".bandit"), .init("pyproject.toml", marker: "[tool.bandit"), .init("bandit.yaml"),
        ],
        exits: [0: .fine, 1: .findings],
        examples: [
            .init("wrong.py", "import telnetlib\nexec(input())\n", .finds("B102")),
            .init("right.py", "x = 1\n", .passes),
        ])
}
