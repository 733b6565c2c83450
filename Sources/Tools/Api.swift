internal import Configuration

extension Catalogue {
    /// https://mkdocstrings.github.io/griffe; used as a library, because its command exits with 1
    /// for a finding and for a crash.
    static let api = Tool(
        name: "api",
        summary: "Finds public functions that were removed or changed, with griffe.",
        program: "griffe",
        package: "griffe",
        tested: "2.4.1",
        arguments: [],
        types: [],
        reads: .tree,
        exits: [0: .fine, 5: .nothing, 10: .findings],
        isWholeTree: true,
        form: .python(scriptText(PackageResources.api_py)),
        compares: true, needs: .base)
}
