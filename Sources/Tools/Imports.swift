internal import Configuration

extension Catalogue {
    /// Ten seconds for each module; see the script for what counts as one.
    static let imports = Tool(
        name: "imports",
        summary: "Imports every module of the project in a fresh interpreter.",
        program: "python3",
        package: "",
        arguments: [],
        types: [],
        reads: .tree,
        exits: [0: .fine, 5: .nothing, 10: .findings],
        isWholeTree: true,
        form: .python(scriptText(PackageResources.imports_py)),
        looksFor: ["python"])
}
