extension Catalogue {
    /// https://pkg.go.dev/cmd/gofmt: with `-w` 0 whether it changed something or not, 2 for a file
    /// that it cannot parse. It comes with Go.
    static let gofmt = Tool(
        name: "gofmt",
        summary: "Formats Go code.",
        package: "",
        arguments: ["-w"],
        types: ["go"],
        fixes: true,
        exits: [0: .fine, 2: .findings],
        version: ["-h"],
        examples: [
            .init("loose.go", "package a\nvar  x=1\n", .becomes("package a\n\nvar x = 1\n")),
            .init("broken.go", "package\n", .finds("broken.go:")),
        ])
}
