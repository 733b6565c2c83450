internal import Configuration

extension Catalogue {
    /// `uv sync --frozen`, `pip install -r`, `npm ci`.
    static let dependencies = Tool(
        name: "dependencies",
        summary: "Installs the packages of the lock files into the working tree's environments.",
        program: "python3",
        package: "",
        arguments: [],
        types: [],
        reads: .tree,
        exits: [0: .fine, 5: .nothing, 10: .findings],
        isWholeTree: true,
        form: .python(scriptText(PackageResources.dependencies_py)),
        inputs: [
            "uv.lock", "pyproject.toml", "requirements*.txt", "package-lock.json", "package.json",
        ], writesWorktree: true)
}
