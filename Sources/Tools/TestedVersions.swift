/// The versions of Python packages that this release was tested with.
///
/// `hooks install`, `hooks init` and `hooks tools pin` use them if a project does not pin a
/// version. A test compares them with `Tests/Support/requirements.txt`.
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

    /// The tools of a Python project without a configuration: `hooks install` installs these if
    /// they are not found.
    package static let defaults = ["black", "flake8", "isort", "pytest"]

    /// The requirement for an installer; only the name if this release was not tested with a
    /// version.
    package static func requirement(for package: String) -> String {
        all[package].map { "\(package)==\($0)" } ?? package
    }
}
