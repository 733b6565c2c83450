internal import Configuration

extension Catalogue {
    /// `compileall` of the project's Python; see the script.
    static let compilePython = Tool(
        name: "compile-python",
        summary: "Compiles every Python file of the tree; fails if it finds none.",
        program: "python3",
        package: "",
        arguments: [],
        types: [],
        reads: .tree,
        exits: [0: .fine, 5: .nothing, 10: .findings],
        isWholeTree: true,
        form: .python(scriptText(PackageResources.compile_python_py)),
        looksFor: ["python"])
}
