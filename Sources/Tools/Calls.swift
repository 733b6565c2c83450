internal import Configuration

extension Catalogue {
    /// Both exit with 1 for findings and with 2 if they fail.
    static let calls = Tool(
        name: "calls",
        summary: "Finds calls that no longer match their definitions, with ty or mypy.",
        program: "ty",
        package: "ty",
        tested: "0.0.105",
        arguments: [],
        types: [],
        reads: .tree,
        exits: [0: .fine, 5: .nothing, 10: .findings],
        isWholeTree: true,
        form: .python(scriptText(PackageResources.calls_py)),
        compares: true, instead: "mypy")
}
