internal import Checks

/// Finds large files before they enter the history.
///
/// A kilobyte is 1024 bytes and a part of one counts as one. The content is never read.
struct LargeFiles: Check {
    static let name = "large-files"
    static let summary = "Finds large files before they are added to the repository."
    static let standsFor: String? = "check-added-large-files"
    static let differences = [
        "It measures what the commit will contain; pre-commit-hooks measures the working file, which may differ.",
        "A Git LFS pointer counts with its own size, wherever it comes from; pre-commit-hooks asks git "
            + "whether its attributes say LFS.",
    ]
    static let fixes = false
    static let looksAt = Material.size
    static let options = [
        CheckOption(
            "--maxkb", "N", "The largest allowed size, in kB of 1024 bytes; 500 by default."),
        CheckOption("--enforce-all", nil, "Checks changed files too, not only added ones."),
    ]
    static let examples = [
        Example(
            "a large new file is found", path: "film.mp4", size: 512_001, isAdded: true,
            .finds([Finding(message: "501 kB, more than 500 kB")])),
        Example(
            "the limit itself is allowed", path: "film.mp4", size: 512_000, isAdded: true, .passes),
        Example(
            "a large file that existed before passes", path: "film.mp4", size: 9_999_999, .passes),
        Example(
            "all files can be checked", ["--enforce-all", "--maxkb=1"], path: "film.mp4",
            size: 1025,
            .finds([Finding(message: "2 kB, more than 1 kB")])),
    ]

    private var limit = 500
    private var isForAll = false

    init(arguments: [String]) throws(CheckArgumentError) {
        for (name, value) in try Self.read(arguments) {
            if name == "--enforce-all" {
                isForAll = true
            } else {
                limit = try Self.wholeNumber(value, of: name)
            }
        }
    }

    func inspect(_ file: CheckedFile) -> Verdict {
        guard file.isAdded || isForAll else { return .passed }
        let size = file.size / 1024 + (file.size % 1024 > 0 ? 1 : 0)
        if size <= limit { return .passed }
        return Verdict(findings: [Finding(message: "\(size) kB, more than \(limit) kB")])
    }
}
