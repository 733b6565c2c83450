internal import Files
package import SystemPackage

/// A script that a Python environment installed to start one of its tools.
package struct ConsoleScript: Sendable {
    /// The script's full path.
    package let path: FilePath
    /// The interpreter's full path.
    let interpreter: FilePath
    /// One option of the interpreter, such as `-sP`; nil without one.
    let option: [UInt8]?

    /// Reads the first lines; nil for a native program, a shell script, or a script that searches
    /// its interpreter on `PATH`.
    package init?(at path: FilePath) {
        guard let text = (try? contents(of: path, upTo: 1024)) ?? nil,
            let words = Self.interpreterWords(text), let program = words.first,
            program.first == UInt8(ascii: "/"), words.count <= 2
        else { return nil }
        interpreter = FilePath(bytes: program)
        guard interpreter.lastComponent?.string.hasPrefix("python") == true else { return nil }
        option = words.count == 2 ? words[1] : nil
        if let option, !Self.isHarmless(option) { return nil }
        self.path = path
    }

    /// The words after `#!`.
    ///
    /// If that line would be too long, or the path has a space, pip writes a script that is for
    /// `sh` and for Python at once: `'''exec' "/path/with blanks/python" "$0" "$@"`.
    private static func interpreterWords(_ text: [UInt8]) -> [[UInt8]]? {
        let lines = text.split(
            separator: UInt8(ascii: "\n"), maxSplits: 2, omittingEmptySubsequences: false)
        guard lines.count == 3, lines[0].starts(with: "#!".utf8) else { return nil }
        let first = lines[0].dropFirst(2).split(separator: UInt8(ascii: " ")).map { Array($0) }
        guard first == [Array("/bin/sh".utf8)] else { return first }
        let opening = Array("'''exec' \"".utf8)
        let closing = Array("\" \"$0\" \"$@\"".utf8)
        let second = Array(lines[1])
        if second.starts(with: opening), second.reversed().starts(with: closing.reversed()) {
            return [Array(second.dropFirst(opening.count).dropLast(closing.count))]
        }
        let plain = Array("'''exec' ".utf8)
        let rest = Array(" \"$0\" \"$@\"".utf8)
        guard second.starts(with: plain), second.reversed().starts(with: rest.reversed()) else {
            return nil
        }
        return [Array(second.dropFirst(plain.count).dropLast(rest.count))]
    }

    /// Options that only decide where modules come from and how they are compiled.
    private static func isHarmless(_ option: [UInt8]) -> Bool {
        option.count > 1 && option[0] == UInt8(ascii: "-")
            && option.dropFirst().allSatisfy { "BEIOPRSsu".utf8.contains($0) }
    }
}
