extension Catalogue {
    /// https://docs.astral.sh/ruff: with `--fix` 0 if nothing is left to fix, 1 for findings, 2
    /// if it fails itself.
    static let ruffCheck = Tool(
        name: "ruff-check",
        summary: "Lints Python code and applies the safe fixes.",
        program: "ruff",
        package: "ruff",
        tested: "0.17.6",
        arguments: ["check", "--fix", "--force-exclude"],
        types: ["python", "pyi", "jupyter"],
        fixes: true,
        configuration: ruffConfiguration,
        exits: [0: .fine, 1: .findings],
        tally: .init(
            nothing: "warning: No Python files found", chatter: ["All checks passed!", "Found "]),
        examples: [
            .init("unused.py", "import os\n\nx = 1\n", .becomes("\nx = 1\n")),
            .init("right.py", "x = 1\n", .passes),
        ])
}

/// Where ruff searches its configuration.
let ruffConfiguration: [Tool.SettingsFile] = [
    .init("ruff.toml"), .init(".ruff.toml"), .init("pyproject.toml", marker: "[tool.ruff"),
]
