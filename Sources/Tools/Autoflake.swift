extension Catalogue {
    /// https://github.com/PyCQA/autoflake: with `--in-place` 0 whether it changed something or not,
    /// and for a file that it cannot parse.
    static let autoflake = Tool(
        name: "autoflake",
        summary:
            "Removes unused imports of the standard library, and on request more that pyflakes finds.",
        tested: "2.4.0",
        arguments: ["--in-place", "--quiet"],
        types: ["python"],
        fixes: true,
        configuration: [
            .init("pyproject.toml", marker: "[tool.autoflake"),
            .init("setup.cfg", marker: "[autoflake]"),
        ],
        exits: [0: .fine],
        exclusions: .init(
            way: .names, keys: ["exclude"], options: ["--exclude"],
            sections: [("pyproject.toml", "tool.autoflake"), ("setup.cfg", "autoflake")]),
        examples: [
            .init("unused.py", "import os\nx = 1\n", .becomes("x = 1\n")),
            .init("used.py", "import os\nprint(os.sep)\n", .passes),
        ])
}
