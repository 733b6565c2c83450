internal import Checks

/// Finds submodules that a commit adds, as `git add .` does with a clone in the
/// working tree.
struct ForbidNewSubmodules: TreeCheck {
    static let name = "forbid-new-submodules"
    static let summary = "Finds new submodules."
    static let standsFor: String? = "forbid-new-submodules"
    static let types = ["directory"]
    static let examples: [Example] = [
        .tree(
            "a new submodule is found", path: "vendor/tool", isSubmodule: true, isAdded: true,
            .finds([
                Finding(message: "new submodule; if it was added by mistake: `git rm --cached` it")
            ])),
        .tree(
            "an existing one may change", path: "vendor/tool", isSubmodule: true, .passes),
    ]

    init(arguments: [String]) throws(CheckArgumentError) {
        _ = try Self.read(arguments)
    }

    func inspect(_ tree: CheckedTree) -> [(path: [UInt8], finding: Finding)] {
        tree.items.filter { $0.kind == .submodule && $0.isAdded }.map { item in
            let message = "new submodule; if it was added by mistake: `git rm --cached` it"
            return (item.path, Finding(message: message))
        }
    }
}
