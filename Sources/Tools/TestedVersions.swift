/// The versions of Python packages that this release was tested with.
///
/// `hooks install`, `hooks init` and `hooks tools pin` take them where a project does not say which
/// version it wants. A tool of the catalogue names its own; the lines of
/// `Tests/Support/requirements.txt` follow from them.
package enum TestedVersions {
    /// By the name of the package.
    package static let all: [String: String] = {
        let own = Catalogue.all.compactMap { tool in tool.tested.map { (tool.package, $0) } }
        return Dictionary(own) { first, _ in first }.merging(helpers) { own, _ in own }
    }()

    /// Packages that tools of the catalogue use, or that install them.
    private static let helpers = [
        "coverage": "7.17.3",
        "uv": "0.13.9",
    ]

    /// What a Python project without a configuration needs: `hooks install` brings these where they
    /// are not found.
    package static let defaults = ["black", "flake8", "isort", "pytest"]

    /// As an installer is asked for it; the bare name where this release was tested with none.
    package static func requirement(for package: String) -> String {
        all[package].map { "\(package)==\($0)" } ?? package
    }
}
