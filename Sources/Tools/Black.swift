extension Catalogue {
    /// https://black.readthedocs.io: 0 whether it changed something or not, 123 if it could not
    /// read a file.
    ///
    /// Without `--quiet` it prints how many files it checked, and the notebooks that it skips.
    ///
    /// black applies `exclude` and `extend-exclude` only to files that it finds itself, so they are
    /// repeated as `--force-exclude`.
    static let black = Tool(
        name: "black",
        summary: "Formats Python code.",
        tested: "26.10.1",
        arguments: [],
        alone: ["--workers=1"],
        types: ["python", "pyi"],
        fixes: true,
        configuration: [.init("pyproject.toml", marker: "[tool.black")],
        exits: [0: .fine, 123: .findings],
        tally: .init(
            nothing: "No Python files are present",
            chatter: ["All done!", "Oh no!", "reformatted "]),
        lack: .init(
            words: "Skipping .ipynb files as Jupyter dependencies are not installed",
            purpose: "notebooks", extra: "jupyter"),
        excludes: .init(
            table: ["tool", "black"], keys: ["exclude", "extend-exclude", "force-exclude"],
            option: "--force-exclude"),
        examples: [
            .init("loose.py", "x = 'one'\n", .becomes("x = \"one\"\n")),
            .init("stub.pyi", "def f(x:int)->int : ...\n", .becomes("def f(x: int) -> int: ...\n")),
            .init("right.py", "x = 1\n", .passes),
        ])
}
