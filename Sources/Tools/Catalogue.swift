/// Every tool that `hooks.toml` can name without a command.
package enum Catalogue {
    /// Each tool by its name, in the order in which `hooks list` shows them. A tool is made when it is
    /// asked for: a hook with nothing to do needs the names alone.
    private static let entries: KeyValuePairs<String, @Sendable () -> Tool> = [
        "api": { api },
        "black": { black },
        "calls": { calls },
        "check-node": { checkNode },
        "compile-python": { compilePython },
        "coverage": { coverage },
        "dependencies": { dependencies },
        "flake8": { flake8 },
        "imports": { imports },
        "isort": { isort },
        "loss": { loss },
        "ruff-check": { ruffCheck },
        "ruff-format": { ruffFormat },
        "autoflake": { autoflake },
        "pyupgrade": { pyupgrade },
        "mypy": { mypy },
        "pylint": { pylint },
        "bandit": { bandit },
        "codespell": { codespell },
        "yamllint": { yamllint },
        "shellcheck": { shellcheck },
        "shfmt": { shfmt },
        "swift-format": { swiftFormat },
        "gofmt": { gofmt },
        "rustfmt": { rustfmt },
        "clang-format": { clangFormat },
        "hadolint": { hadolint },
        "actionlint": { actionlint },
        "prettier": { prettier },
        "eslint": { eslint },
        "tests": { tests },
    ]

    package static let names = entries.map(\.key)

    package static let all = entries.map { $0.value() }

    /// The text of a script that is embedded in the program.
    static func scriptText(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

    /// The tool with this name.
    package static func tool(named name: String) -> Tool? {
        entries.first { $0.key == name }?.value()
    }
}
