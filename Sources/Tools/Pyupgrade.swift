extension Catalogue {
    /// https://github.com/asottile/pyupgrade: 1 after a change, so it runs again.
    static let pyupgrade = Tool(
        name: "pyupgrade",
        summary:
            "Rewrites Python code for newer versions; `--py310-plus` and the like choose the version.",
        tested: "3.22.0",
        arguments: [],
        types: ["python"],
        fixes: true,
        exits: [0: .fine, 1: .findings],
        version: ["--help"],
        examples: [
            .init("old.py", "x = set([1])\n", .becomes("x = {1}\n")),
            .init("new.py", "x = {1}\n", .passes),
        ])
}
