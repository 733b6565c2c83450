extension Catalogue {
    /// https://pycqa.github.io/isort: 0 after a fix, and 0 after a file that it cannot parse, which
    /// it only prints, as a warning of Python. Without `--quiet` it prints how many files it
    /// skipped.
    static let isort = Tool(
        name: "isort",
        summary: "Sorts Python imports.",
        tested: "9.0.2",
        arguments: ["--filter-files"],
        types: ["python", "pyi", "cython"],
        fixes: true,
        configuration: [
            .init(".isort.cfg"), .init("pyproject.toml", marker: "[tool.isort"),
            .init("setup.cfg", marker: "[isort]"), .init("setup.cfg", marker: "[tool:isort]"),
            .init("tox.ini", marker: "[isort]"), .init(".editorconfig"),
        ],
        exits: [0: .fine],
        findings: ["UserWarning: Unable to parse file "],
        tally: .init(passedOver: "Skipped ", chatter: ["Fixing "]),
        skipsUnreadable: true,
        environment: ["PYTHONWARNINGS": "always::UserWarning"],
        besideBlack: ["--profile", "black"],
        blackSetting: "profile = \"black\"",
        examples: [
            .init("loose.py", "import sys\nimport os\n", .becomes("import os\nimport sys\n")),
            .init("right.py", "import os\n", .passes),
        ])
}
