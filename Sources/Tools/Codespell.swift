extension Catalogue {
    /// https://github.com/codespell-project/codespell: 65 for findings (EX_DATAERR). With
    /// `--write-changes` in `args` it fixes them, which needs `fixes = true`.
    static let codespell = Tool(
        name: "codespell",
        summary: "Finds common misspellings.",
        tested: "2.4.3",
        arguments: [],
        types: ["text"],
        configuration: [
            .init(".codespellrc"), .init("setup.cfg", marker: "[codespell]"),
            .init("pyproject.toml", marker: "[tool.codespell"),
        ],
        exits: [0: .fine, 65: .findings],
        exclusions: .init(
            way: .names, keys: ["skip"], options: ["--skip"],
            sections: [
                ("setup.cfg", "codespell"), (".codespellrc", "codespell"),
                ("pyproject.toml", "tool.codespell"),
            ]),
        examples: [
            .init("wrong.txt", "recieve\n", .finds("recieve ==> receive")),
            .init("right.txt", "receive\n", .passes),
        ])
}
