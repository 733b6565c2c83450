internal import Configuration

extension Catalogue {
    /// Part of hooks: `Sources/Pipeline/Loss`.
    static let loss = Tool(
        name: "loss",
        summary:
            "Finds content, tests and public names that a branch reverts or removes unannounced.",
        program: "hooks",
        package: "",
        arguments: [],
        types: [],
        reads: .tree,
        exits: [0: .fine, 10: .findings],
        isWholeTree: true,
        form: .ourselves,
        compares: true, needs: .history)
}
