extension Catalogue {
    /// What to write where two fixers are known to undo each other; nil for any others.
    ///
    /// - Parameter jobs: the names of the tools and built-in checks.
    package static func peace(between jobs: [String]) -> String? {
        quarrels.first { $0.jobs.allSatisfy(jobs.contains) }?.hint
    }

    private static let quarrels: [(jobs: [String], hint: String)] = [
        (
            ["double-quote-string", "black"],
            "write `skip-string-normalization = true` below `[tool.black]` of `pyproject.toml`, "
                + "or take one of the two out of `pre-commit`"
        ),
        (
            ["double-quote-string", "ruff-format"],
            "write `quote-style = \"preserve\"` below `[tool.ruff.format]` of `pyproject.toml`, "
                + "or take one of the two out of `pre-commit`"
        ),
        (
            ["ruff-format", "black"],
            "both format the same files: take one of the two out of `pre-commit`"
        ),
        (
            ["ruff-check", "isort"],
            "both sort imports: take `I` out of `select` below `[tool.ruff.lint]`, or isort out of "
                + "`pre-commit`"
        ),
        (
            ["pretty-format-json", "prettier"],
            "both format JSON: name these files in `exclude` of one of the two"
        ),
    ]
}
