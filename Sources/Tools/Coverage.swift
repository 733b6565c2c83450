internal import Configuration

extension Catalogue {
    /// coverage.py measures, diff-cover compares; see the script for its options.
    static let coverage = Tool(
        name: "coverage",
        summary: "Runs the tests, and finds changed lines that none of them reaches.",
        program: "diff-cover",
        package: "diff-cover",
        tested: "11.0.1",
        arguments: [],
        types: [],
        reads: .tree,
        exits: [0: .fine, 5: .nothing, 10: .findings],
        isWholeTree: true,
        form: .python(
            "PLUGIN = r'''\(scriptText(PackageResources.tests_py))'''\n"
                + scriptText(PackageResources.coverage_py)),
        compares: true)
}
