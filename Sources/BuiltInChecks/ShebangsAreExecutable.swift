internal import Checks

/// Requires the executable bit, as git records it, on every text file with a `#!` line.
struct ShebangsAreExecutable: TextCheck {
    static let name = "shebangs-are-executable"
    static let summary = "Requires the executable bit on text files with a `#!` line."
    static let standsFor: String? = "check-shebang-scripts-are-executable"
    static let fixes = false
    static let examples = [
        Example(
            "a script that is not executable is found", path: "run", text: "#!/bin/sh\necho one\n",
            .finds([
                Finding(
                    line: 1,
                    message:
                        "has a `#!` line, but is not executable; `chmod +x` it and `git add` it")
            ])),
        Example(
            "an executable script passes", path: "run", text: "#!/bin/sh\necho one\n",
            isExecutable: true, .passes),
        Example("a file without such a line passes", path: "notes", text: "one\n", .passes),
    ]

    init(arguments: [String]) throws(CheckArgumentError) {
        _ = try Self.read(arguments)
    }

    func inspectText(_ file: CheckedFile) -> Verdict {
        if file.isExecutable || !file.content.starts(with: Array("#!".utf8)) { return .passed }
        let message = "has a `#!` line, but is not executable; `chmod +x` it and `git add` it"
        return Verdict(findings: [Finding(line: 1, message: message)])
    }
}
