internal import Configuration

extension Catalogue {
    /// https://docs.pytest.org: 1 for failed tests, 2 if collecting them failed, 5 if there
    /// were none. Its arguments besides the project's own options are in the script.
    static let tests = Tool(
        name: "tests",
        summary:
            "Runs the tests that are not marked slow with pytest, on exactly the tree under test.",
        program: "pytest",
        package: "pytest",
        tested: "9.2.0",
        arguments: [],
        types: [],
        reads: .tree,
        exits: [0: .fine, 1: .findings, 2: .findings, 5: .nothing],
        isWholeTree: true,
        junitOption: "--junitxml",
        // pytest-testmon turns itself off if there is `-m`.
        quickArguments: ["-q", "--testmon"],
        form: .within(scriptText(PackageResources.tests_py)))
}
