extension Catalogue {
    /// https://flake8.pycqa.org: 1 for findings, and also 1 if it fails itself.
    ///
    /// `exclude = migrations` covers the content of a folder of that name only if flake8 walks
    /// into folders; a named file is compared alone.
    static let flake8 = Tool(
        name: "flake8",
        summary: "Checks Python style and finds likely errors.",
        tested: "7.5.0",
        arguments: [],
        alone: ["--jobs=1"],
        types: ["python"],
        configuration: [
            .init(".flake8"), .init("setup.cfg", marker: "[flake8]"),
            .init("tox.ini", marker: "[flake8]"),
            .init("pyproject.toml", marker: "[tool.flake8"),
        ],
        pluginConfiguration: [
            ".bandit", ".editorconfig", ".isort.cfg", ".pydocstyle", ".pylintrc",
        ],
        exits: [0: .fine, 1: .findings],
        besideBlack: ["--max-line-length=88", "--extend-ignore=E203,E701"],
        exclusions: .init(
            way: .names, keys: ["exclude", "extend-exclude"],
            options: ["--exclude", "--extend-exclude"],
            sections: [
                ("setup.cfg", "flake8"), ("tox.ini", "flake8"), (".flake8", "flake8"),
                ("pyproject.toml", "tool.flake8"),
            ],
            defaults: [
                ".svn", "CVS", ".bzr", ".hg", ".git", "__pycache__", ".tox", ".nox", ".eggs",
                "*.egg",
            ]),
        examples: [
            .init("wrong.py", "import os\n", .finds("F401")),
            .init("right.py", "x = 1\n", .passes),
        ])
}
