internal import Tools

extension Job {
    /// Whether its command contains an option to write into its files: such a job is a fixer,
    /// whatever its name is.
    var saysThatItWrites: Bool {
        let words = kind.isProjects ? kind.words : arguments
        let long = ["--fix", "--in-place", "--inplace", "--write", "--write-changes"]
        if words.contains(where: { word in
            long.contains { word == $0 || word.hasPrefix($0 + "=") && !word.hasSuffix("=false") }
        }) {
            return true
        }
        let program =
            tool?.name
            ?? kind.words.first.map { $0.split(separator: "/").last.map(String.init) ?? $0 }
        guard let program, let short = Self.shortOptions[program] else { return false }
        return words.contains { word in
            word == short
                || program == "sed" && (word.hasPrefix("-i") || word == "-Ei" || word == "-ni")
        }
    }

    /// The meaning of one letter differs from program to program: `grep -w` writes nothing.
    private static let shortOptions = [
        "autopep8": "-i", "clang-format": "-i", "codespell": "-w", "gofmt": "-w", "goimports": "-w",
        "perl": "-i", "prettier": "-w", "sed": "-i", "shfmt": "-w", "yapf": "-i", "yq": "-i",
    ]
}
