extension Catalogue {
    /// https://github.com/mvdan/sh: with `-w` 0 whether it changed something or not, 1 for a file
    /// that it cannot parse.
    static let shfmt = Tool(
        name: "shfmt",
        summary: "Formats shell scripts.",
        package: "shfmt-py",
        tested: "4.2.0",
        arguments: ["-w"],
        types: ["shell"],
        excludedTypes: ["csh", "tcsh", "zsh"],
        fixes: true,
        configuration: [.init(".editorconfig")],
        exits: [0: .fine, 1: .findings],
        examples: [
            .init(
                "loose.sh", "#!/bin/sh\nif a;then\nb\nfi\n",
                .becomes("#!/bin/sh\nif a; then\n\tb\nfi\n")),
            .init("broken.sh", "#!/bin/sh\nif\n", .finds("broken.sh:2")),
        ])
}
