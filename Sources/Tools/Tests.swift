extension Catalogue {
    /// https://docs.pytest.org: 1 for failed tests, 2 when collecting them failed, 5 when there
    /// were none.
    static let tests = Tool(
        name: "tests",
        summary: "Runs the fast tests with pytest, on exactly the tree that is asked about.",
        program: "pytest",
        package: "pytest",
        arguments: ["-q", "-m", "not slow", "-p", "no:cacheprovider"],
        types: [],
        reads: .tree,
        exits: [0: .fine, 1: .findings, 2: .findings, 5: .nothing],
        isWholeTree: true,
        junitOption: "--junitxml",
        // pytest-testmon turns itself off beside `-m`.
        quickArguments: ["-q", "--testmon"],
        companion: ("pytest_xdist", ["-n", "auto"]))
}
