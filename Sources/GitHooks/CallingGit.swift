internal import Files
internal import Glibc
internal import SystemPackage

/// The command line of the `git commit` or `git merge` that runs this hook, as the kernel has it.
package struct CallingGit: Equatable {
    /// The value of `--cleanup`; nil if it was not given.
    package private(set) var cleanup: String?
    /// nil without `--verbose` and `--no-verbose`.
    package private(set) var isVerbose: Bool?

    /// Searches the parent processes; nil if none of the nearest is such a git.
    static func find() -> CallingGit? {
        var process = getppid()
        for _ in 0..<8 where process > 1 {
            let words = Self.words(of: process)
            let name = words.first.map { $0.split(separator: "/").last ?? "" } ?? ""
            if name == "git" { return CallingGit(words: words) }
            guard let parent = Self.parent(of: process) else { return nil }
            process = parent
        }
        return nil
    }

    private static func words(of process: pid_t) -> [String] {
        let content = (try? contents(of: FilePath("/proc/\(process)/cmdline"))) ?? nil
        return (content ?? []).split(separator: 0, omittingEmptySubsequences: false).dropLast()
            .map { String(decoding: $0, as: UTF8.self) }
    }

    /// The fourth field of `stat`; the second is a name in parentheses, which may contain anything.
    private static func parent(of process: pid_t) -> pid_t? {
        let content = (try? contents(of: FilePath("/proc/\(process)/stat"))) ?? nil
        guard let content, let end = content.lastIndex(of: UInt8(ascii: ")")) else { return nil }
        let fields = content[end...].split(separator: UInt8(ascii: " "))
        return fields.count > 2 ? pid_t(String(decoding: fields[2], as: UTF8.self)) : nil
    }

    /// nil for commands other than `commit` and `merge`.
    package init?(words: [String]) {
        let options = ["-c", "-C", "--git-dir", "--work-tree", "--namespace", "--config-env"]
        var rest = words.dropFirst()
        while let word = rest.first, word.hasPrefix("-") {
            rest = rest.dropFirst(options.contains(word) ? 2 : 1)
        }
        guard let command = rest.popFirst(), ["commit", "merge"].contains(command) else {
            return nil
        }
        while let word = rest.popFirst(), word != "--" {
            if word.hasPrefix("--") {
                read(long: word.dropFirst(2), &rest)
            } else if word.hasPrefix("-"), word.count > 1 {
                read(short: word.dropFirst(), &rest)
            }
        }
    }

    /// Options of the two commands that take a value, which may be the next word.
    private static let valued = [
        "author", "cleanup", "date", "file", "fixup", "into-name", "message", "pathspec-from-file",
        "reedit-message", "reuse-message", "squash", "strategy", "strategy-option", "template",
        "trailer",
    ]

    /// Git accepts a unique prefix of an option's name.
    private mutating func read(long option: Substring, _ rest: inout ArraySlice<String>) {
        let parts = option.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let name = parts.first ?? ""
        if name.count > 3, "verbose".hasPrefix(name) || "no-verbose".hasPrefix(name) {
            isVerbose = !name.hasPrefix("no")
        } else if name == "no-cleanup" {
            cleanup = nil
        } else if name.count > 1, Self.valued.contains(where: { $0.hasPrefix(name) }) {
            let value = parts.count > 1 ? String(parts[1]) : rest.popFirst()
            if "cleanup".hasPrefix(name) { cleanup = value }
        }
    }

    /// One letter for each; one that takes a value takes the rest of the word, or the next.
    private mutating func read(short letters: Substring, _ rest: inout ArraySlice<String>) {
        for (position, letter) in letters.enumerated() {
            if letter == "v" { isVerbose = true }
            if "Su".contains(letter) { return }
            if "mFcCtX".contains(letter) {
                if position == letters.count - 1 { _ = rest.popFirst() }
                return
            }
        }
    }
}
