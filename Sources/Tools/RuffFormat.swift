extension Catalogue {
    /// https://docs.astral.sh/ruff/formatter: 0 whether it changed something or not, 2 if it
    /// fails or cannot read or parse a file, which it reports only without `--quiet`.
    static let ruffFormat = Tool(
        name: "ruff-format",
        summary: "Formats Python code as black does.",
        program: "ruff",
        package: "ruff",
        tested: ruffCheck.tested,
        arguments: ["format", "--force-exclude"],
        types: ["python", "pyi", "jupyter"],
        fixes: true,
        configuration: ruffConfiguration,
        exits: [0: .fine],
        findings: ["error: Failed to parse ", "stream did not contain valid UTF-8"],
        tally: .init(nothing: "warning: No Python files found"),
        examples: [
            .init("loose.py", "x = 'one'\n", .becomes("x = \"one\"\n")),
            .init("right.py", "x = 1\n", .passes),
        ])
}
