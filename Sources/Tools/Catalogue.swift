/// Every tool that `hooks.toml` can name without saying how it is called.
package enum Catalogue {
    /// In the order in which `hooks list` shows them.
    package static let all: [Tool] = [
        api,
        black,
        calls,
        checkNode,
        compilePython,
        coverage,
        dependencies,
        flake8,
        imports,
        isort,
        loss,
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

    /// The text of a script that is embedded in the program.
    static func scriptText(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

    /// The tool of that name.
    package static func tool(named name: String) -> Tool? {
        all.first { $0.name == name }
    }
}
