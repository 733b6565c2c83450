extension Catalogue {
    /// https://prettier.io/docs/cli: with `--write` 0 whether it changed something or not, 2 for a
    /// file that it cannot parse. It is found in `node_modules`.
    static let prettier = Tool(
        name: "prettier",
        summary: "Formats JavaScript, TypeScript, CSS, HTML, JSON, Markdown and YAML.",
        package: "",
        arguments: ["--write", "--ignore-unknown", "--log-level=warn"],
        types: [
            "css", "graphql", "html", "javascript", "json", "jsx", "less", "markdown", "scss", "ts",
            "tsx", "vue", "yaml",
        ],
        fixes: true,
        configuration: [
            ".prettierrc", ".prettierrc.json", ".prettierrc.yml", ".prettierrc.yaml",
            ".prettierrc.json5", ".prettierrc.js", ".prettierrc.cjs", ".prettierrc.mjs",
            ".prettierrc.toml", "prettier.config.js", "prettier.config.cjs", "prettier.config.mjs",
            ".prettierignore", ".editorconfig", "package.json",
        ].map { .init($0) },
        exits: [0: .fine, 2: .findings])
}
