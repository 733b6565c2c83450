/// What kinds of file a path is, from its name and, where that says nothing, from its first line.
package enum FileTypes {
    /// Every type that a selection may name.
    package static let all: [String] = Set(byExtension.values.joined())
        .union(byInterpreter.values.joined()).union(["text", "file", "executable"]).sorted()

    private static let byExtension: [String: [String]] = [
        "bash": ["shell", "bash"], "bat": ["batch"], "c": ["c"], "cc": ["c++"], "cfg": ["ini"],
        "cpp": ["c++"],
        "css": ["css"], "csv": ["csv"], "cxx": ["c++"], "go": ["go"], "h": ["c", "c++", "header"],
        "hpp": ["c++", "header"], "html": ["html"], "ini": ["ini"], "ipynb": ["jupyter", "json"],
        "java": ["java"], "js": ["javascript"], "json": ["json"], "jsx": ["jsx"], "kt": ["kotlin"],
        "lua": ["lua"], "md": ["markdown"], "mjs": ["javascript"], "cjs": ["javascript"],
        "php": ["php"], "pl": ["perl"], "proto": ["proto"], "py": ["python"],
        "pyi": ["python", "pyi"],
        "pyx": ["cython"], "rb": ["ruby"], "rs": ["rust"], "rst": ["rst"], "scss": ["scss"],
        "sh": ["shell", "sh"],
        "sql": ["sql"], "swift": ["swift"], "tf": ["terraform"], "toml": ["toml"], "ts": ["ts"],
        "tsx": ["tsx"], "txt": ["plain-text"], "vue": ["vue"], "xml": ["xml"], "yaml": ["yaml"],
        "yml": ["yaml"], "zsh": ["shell", "zsh"],
    ]

    private static let byInterpreter: [String: [String]] = [
        "bash": ["shell", "bash"], "dash": ["shell", "sh"], "node": ["javascript"],
        "perl": ["perl"],
        "php": ["php"], "python": ["python"], "pypy": ["python"], "ruby": ["ruby"],
        "sh": ["shell", "sh"],
        "zsh": ["shell", "zsh"],
    ]

    /// The types that a file's name tells.
    package static func ofName(_ path: [UInt8]) -> [String] {
        let name = path.split(separator: UInt8(ascii: "/")).last ?? []
        guard let dot = name.lastIndex(of: UInt8(ascii: ".")), dot > name.startIndex else {
            return []
        }
        return byExtension[String(decoding: name[(dot + 1)...], as: UTF8.self).lowercased()] ?? []
    }

    /// The types that a `#!` line tells: `python3.11 -u` is python, and so is `/usr/bin/env
    /// python`.
    package static func ofFirstLine(_ content: some Collection<UInt8>) -> [String] {
        guard content.starts(with: Array("#!".utf8)) else { return [] }
        let line = String(
            decoding: content.prefix(200).prefix { $0 != UInt8(ascii: "\n") }.dropFirst(2),
            as: UTF8.self)
        var words = line.split(whereSeparator: \.isWhitespace)[...]
        var program = words.popFirst().map(baseName) ?? ""
        if program == "env" {
            while let word = words.first, word.hasPrefix("-") || word.contains("=") {
                words = words.dropFirst()
            }
            program = words.first.map(baseName) ?? ""
        }
        let plain = program.prefix { !$0.isNumber && $0 != "." }
        return byInterpreter[String(plain)] ?? []
    }

    private static func baseName(_ word: Substring) -> String {
        word.split(separator: "/").last.map(String.init) ?? ""
    }
}
