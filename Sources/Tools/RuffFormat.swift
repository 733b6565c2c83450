extension Catalogue {
    /// https://docs.astral.sh/ruff/formatter: 0 whether it changed something or not, 2 when it
    /// fails or cannot parse a file, which it says only without `--quiet`.
    static let ruffFormat = Tool(
        name: "ruff-format",
        summary: "Formats Python code as black does.",
        program: "ruff",
        package: "ruff",
        arguments: ["format", "--force-exclude"],
        types: ["python"],
        fixes: true,
        configuration: ruffConfiguration,
        exits: [0: .fine],
        findings: ["Failed to parse"],
        examples: [
            .init("loose.py", "x = 'one'\n", .becomes("x = \"one\"\n")),
            .init("right.py", "x = 1\n", .passes),
        ])
}
