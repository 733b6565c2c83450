internal import Configuration

extension Catalogue {
    /// Node's own parser, which reads a file and does not run it; see the script for why that is not
    /// `node --check`.
    static let checkNode = Tool(
        name: "check-node",
        summary: "Checks the syntax of every JavaScript file of the tree with node.",
        program: "node",
        package: "",
        arguments: [],
        types: [],
        reads: .tree,
        exits: [0: .fine, 5: .nothing, 6: .unread, 10: .findings],
        unreadHint:
            "install `@babel/parser`, `typescript`, `esbuild` or `espree` for the project, or name "
            + "these files in `exclude` of [jobs.check-node]",
        isWholeTree: true,
        form: .node(scriptText(PackageResources.check_node_js)),
        looksFor: ["javascript"])
}
