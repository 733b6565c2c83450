extension Catalogue {
    /// https://yamllint.readthedocs.io: 1 for errors, 2 with `--strict` for warnings.
    static let yamllint = Tool(
        name: "yamllint",
        summary: "Lints YAML files.",
        tested: "1.38.0",
        arguments: [],
        types: ["yaml"],
        configuration: [.init(".yamllint"), .init(".yamllint.yaml"), .init(".yamllint.yml")],
        exits: [0: .fine, 1: .findings, 2: .findings],
        examples: [
            .init("wrong.yaml", "---\na: 1\na: 2\n", .finds("duplication of key")),
            .init("right.yaml", "---\na: 1\n", .passes),
        ])
}
