internal import Configuration

extension Catalogue {
    /// Ours: `Sources/Pipeline/Loss`.
    static let loss = Tool(
        name: "loss",
        summary: "Finds what a branch takes back from the protected one without saying so.",
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
