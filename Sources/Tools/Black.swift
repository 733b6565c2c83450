extension Catalogue {
    /// https://black.readthedocs.io: 0 whether it changed something or not, 123 when it could not
    /// read a file.
    ///
    /// black heeds `exclude` and `extend-exclude` only for files that it finds itself, so they are
    /// repeated as `--force-exclude`.
    static let black = Tool(
        name: "black",
        summary: "Formats Python code.",
        arguments: ["--quiet"],
        alone: ["--workers=1"],
        types: ["python"],
        fixes: true,
        configuration: [.init("pyproject.toml", marker: "[tool.black")],
        exits: [0: .fine, 123: .findings],
        excludes: .init(
            table: ["tool", "black"], keys: ["exclude", "extend-exclude", "force-exclude"],
            option: "--force-exclude"),
        examples: [
            .init("loose.py", "x = 'one'\n", .becomes("x = \"one\"\n")),
            .init("right.py", "x = 1\n", .passes),
        ])
}
