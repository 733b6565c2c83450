internal import Checks

/// Requires a `#!` line in every executable text file: without one the system does not know what
/// runs it.
struct ExecutablesHaveShebangs: TextCheck {
    static let name = "executables-have-shebangs"
    static let summary = "Requires a `#!` line in executable text files."
    static let standsFor: String? = "check-executables-have-shebangs"
    static let differences = [
        "The mode is the one that git records; pre-commit-hooks uses that of the working file."
    ]
    static let fixes = false
    static let types = ["executable"]
    static let examples = [
        Example(
            "an executable without one is found", path: "run", text: "echo one\n",
            isExecutable: true,
            .finds([
                Finding(
                    line: 1, message: "executable, but has no `#!` line; add one, or `chmod -x` it")
            ])),
        Example(
            "an executable with one passes", path: "run", text: "#!/bin/sh\necho one\n",
            isExecutable: true,
            .passes),
        Example("any other file needs none", path: "notes", text: "echo one\n", .passes),
    ]

    init(arguments: [String]) throws(CheckArgumentError) {
        _ = try Self.read(arguments)
    }

    func inspectText(_ file: CheckedFile) -> Verdict {
        if !file.isExecutable || file.content.starts(with: Array("#!".utf8)) { return .passed }
        let message = "executable, but has no `#!` line; add one, or `chmod -x` it"
        return Verdict(findings: [Finding(line: 1, message: message)])
    }
}
