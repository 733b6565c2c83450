internal import Configuration

extension Catalogue {
    /// https://eslint.org/docs/latest/use/command-line-interface: 1 for findings, 2 for a wrong
    /// configuration or a crash. It is found in `node_modules`.
    static let eslint = Tool(
        name: "eslint",
        summary: "Lints JavaScript and TypeScript.",
        package: "",
        arguments: [],
        types: ["javascript", "jsx", "ts", "tsx"],
        reads: .tree,
        configuration: [
            "eslint.config.js", "eslint.config.mjs", "eslint.config.cjs", "eslint.config.ts",
            ".eslintrc", ".eslintrc.js", ".eslintrc.cjs", ".eslintrc.yaml", ".eslintrc.yml",
            ".eslintrc.json", ".eslintignore", "package.json",
        ].map { .init($0) },
        exits: [0: .fine, 1: .findings],
        tally: .init(each: "warning  File ignored "))
}
