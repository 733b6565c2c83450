/// Every tool that `hooks.toml` can name without saying how it is called.
package enum Catalogue {
    /// In the order in which `hooks list` shows them.
    package static let all: [Tool] = [
        black,
        flake8,
        isort,
        ruffCheck,
        ruffFormat,
        autoflake,
        pyupgrade,
        mypy,
        pylint,
        bandit,
        codespell,
        yamllint,
        shellcheck,
        shfmt,
        swiftFormat,
        gofmt,
        rustfmt,
        clangFormat,
        hadolint,
        actionlint,
        prettier,
        eslint,
        tests,
    ]

    /// The tool of that name.
    package static func tool(named name: String) -> Tool? {
        all.first { $0.name == name }
    }
}
