extension Catalogue {
    /// https://github.com/swiftlang/swift-format: 0 whether it changed something or not, 1 for a
    /// file that it cannot parse. It comes with the toolchain.
    static let swiftFormat = Tool(
        name: "swift-format",
        summary: "Formats Swift code.",
        package: "",
        arguments: ["format", "--in-place"],
        types: ["swift"],
        fixes: true,
        configuration: [.init(".swift-format")],
        exits: [0: .fine, 1: .findings],
        examples: [
            .init("loose.swift", "let  x=1\n", .becomes("let x = 1\n")),
            .init("right.swift", "let x = 1\n", .passes),
        ])
}
