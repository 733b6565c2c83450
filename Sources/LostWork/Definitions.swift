internal import Files
internal import Notation
internal import SystemPackage

/// The names of functions, classes and tests in a source file, found line by line.
///
/// Not a parser: `def` and `class` at the top of a Python file and one level within classes,
/// outside of long strings; `function`, `class` and `export` of JavaScript, and its `test("...")`.
enum Definitions {
    struct Name: Equatable {
        /// With the class, or with the module for names at the top level.
        var full: String
        /// The name alone.
        var last: String
        var line: Int
        var isTest: Bool
        /// The file that it is in.
        var path: FilePath = ""
        /// The lines after the name, without surrounding spaces and without blank lines.
        var body: [String] = []
    }

    /// Whether names of a file are read.
    static func isCode(_ path: FilePath) -> Bool {
        ["py", "js", "mjs", "cjs"].contains(path.extension ?? "")
    }

    /// The public names, and those of tests.
    static func names(in text: [UInt8], of path: FilePath) -> [Name] {
        guard isCode(path) else { return [] }
        let lines = String(decoding: text, as: UTF8.self)
            .split(separator: "\n", omittingEmptySubsequences: false)
        let names = path.extension == "py" ? python(lines, path) : javaScript(lines, path)
        return names.map { name in
            var name = name
            name.path = path
            name.body = body(of: name, lines)
            return name
        }
    }

    /// The body of a name: the rest of its line, and all lines that are indented more.
    private static func body(of name: Name, _ lines: [Substring]) -> [String] {
        func indent(_ line: Substring) -> Int { line.prefix { $0 == " " || $0 == "\t" }.count }
        let first = lines[name.line - 1]
        let rest = first.firstRange(of: name.last).map { first[$0.upperBound...] } ?? ""
        let below = lines[name.line...].prefix { line in
            let start = line.drop { $0 == " " || $0 == "\t" }.first
            return start == nil || indent(line) > indent(first) || start == ")"
        }
        return ([rest] + below).map { $0.trimmingBlanks() }.filter { !$0.isEmpty }
    }

    private static func python(_ lines: [Substring], _ path: FilePath) -> [Name] {
        let stem = path.stem ?? ""
        let isTestFile = stem.hasPrefix("test_") || stem.hasSuffix("_test")
        if stem == "conftest" { return [] }
        let module = module(of: path)
        var names: [Name] = []
        var long: String?
        var owner: String?
        for (number, line) in lines.enumerated() {
            let isInside = long != nil
            scan(line, &long)
            if isInside { continue }
            let indent = line.prefix { $0 == " " || $0 == "\t" }.count
            let words = line.dropFirst(indent).split(
                separator: " ", omittingEmptySubsequences: true)
            if indent == 0, !line.isEmpty, !line.hasPrefix("#"), !line.hasPrefix("@") {
                owner = nil
            }
            guard let name = defined(words), indent == 0 || (owner != nil && indent <= 4) else {
                continue
            }
            let isClass = words.first == "class"
            if indent == 0, isClass { owner = name }
            if name.hasPrefix("_") { continue }
            if indent > 0, owner?.hasPrefix("_") == true { continue }
            let isTest = name.hasPrefix("test") || (isClass && name.hasPrefix("Test"))
            if isTestFile, !isTest { continue }
            let place = indent > 0 ? "\(module).\(owner ?? "")" : module
            names.append(
                Name(
                    full: "\(place).\(name)", last: name, line: number + 1,
                    isTest: isTest && isTestFile))
        }
        return names
    }

    /// The name after `def`, `async def` or `class`.
    private static func defined(_ words: [Substring]) -> String? {
        var words = words[...]
        if words.first == "async" { words = words.dropFirst() }
        guard words.first == "def" || words.first == "class", let word = words.dropFirst().first
        else { return nil }
        let name = word.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
        return name.isEmpty ? nil : String(name)
    }

    /// Follows strings of three quotes from line to line.
    private static func scan(_ line: Substring, _ long: inout String?) {
        var rest = line
        while !rest.isEmpty {
            if let quotes = long {
                guard let end = rest.firstRange(of: quotes) else { return }
                long = nil
                rest = rest[end.upperBound...]
            } else {
                let starts = ["\"\"\"", "'''"].compactMap { quotes in
                    rest.firstRange(of: quotes).map { (quotes, $0) }
                }
                guard let (quotes, start) = starts.min(by: { $0.1.lowerBound < $1.1.lowerBound })
                else { return }
                // Nothing begins inside a comment.
                if rest[..<start.lowerBound].contains("#") { return }
                long = quotes
                rest = rest[start.upperBound...]
            }
        }
    }

    /// `pkg.mod` for `src/pkg/mod.py`.
    private static func module(of path: FilePath) -> String {
        var parts = path.removingLastComponent().components.map(\.string)
        if parts.first == "src" { parts.removeFirst() }
        if let stem = path.stem, stem != "__init__" { parts.append(stem) }
        return parts.joined(separator: ".")
    }

    private static func javaScript(_ lines: [Substring], _ path: FilePath) -> [Name] {
        let stem = path.stem ?? ""
        let isTestFile = stem.hasSuffix(".test") || stem.hasSuffix(".spec")
        var names: [Name] = []
        for (number, line) in lines.enumerated() {
            if isTestFile {
                guard let title = title(of: line.drop { $0 == " " || $0 == "\t" }) else { continue }
                names.append(Name(full: title, last: title, line: number + 1, isTest: true))
            } else if let name = exported(line), !name.hasPrefix("_") {
                names.append(
                    Name(
                        full: "\(stem).\(name)", last: name, line: number + 1, isTest: false))
            }
        }
        return names
    }

    /// The text in `test("...")` or `it("...")`.
    private static func title(of line: Substring) -> String? {
        for word in ["test(", "it("] where line.hasPrefix(word) {
            let rest = line.dropFirst(word.count)
            guard let quote = rest.first, "\"'`".contains(quote) else { return nil }
            return String(rest.dropFirst().prefix { $0 != quote })
        }
        return nil
    }

    /// The name of a function, class or constant that a line at the top exports or defines.
    private static func exported(_ line: Substring) -> String? {
        var words = line.split(separator: " ", omittingEmptySubsequences: true)[...]
        guard line.first != " ", line.first != "\t" else { return nil }
        let isExported = words.first == "export"
        while let word = words.first, ["export", "default", "async"].contains(word) {
            words = words.dropFirst()
        }
        let kinds = isExported ? ["function", "class", "const", "let"] : ["function", "class"]
        guard let kind = words.first, kinds.contains(String(kind)),
            let word = words.dropFirst().first
        else { return nil }
        let name = word.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "$" }
        return name.isEmpty ? nil : String(name)
    }
}

extension Definitions.Name {
    /// From this similarity on, it is the same definition under another name.
    static let sameFrom = 0.6

    /// How similar the bodies are, from 0 to 1.
    ///
    /// - Parameter renamed: other names that have changed, with the new ones.
    func likeness(_ other: Self, renamed: [String: String] = [:]) -> Double {
        guard isTest == other.isTest, !body.isEmpty || !other.body.isEmpty else { return 0 }
        var theirs: [String: Int] = [:]
        for line in other.body { theirs[line, default: 0] += 1 }
        // Recursive calls use the new name.
        let names = renamed.merging([last: other.last]) { _, own in own }
        let common = body.map { Self.replacing(names, in: $0) }.count { line in
            guard let count = theirs[line], count > 0 else { return false }
            theirs[line] = count - 1
            return true
        }
        return Double(2 * common) / Double(body.count + other.body.count)
    }

    /// The line with some words replaced.
    private static func replacing(_ names: [String: String], in line: String) -> String {
        var result = ""
        var rest = line[...]
        while let first = rest.first {
            let isWord = isPartOfWord(first)
            let piece = rest.prefix { isPartOfWord($0) == isWord }
            result += names[String(piece)] ?? String(piece)
            rest = rest[piece.endIndex...]
        }
        return result
    }

    private static func isPartOfWord(_ character: Character) -> Bool {
        character.isLetter || character.isNumber || character == "_"
    }

    /// The last part of the module that it is in.
    var moduleName: String {
        path.stem == "__init__" ? path.removingLastComponent().name.string : path.stem ?? ""
    }

    /// Whether it is in a class.
    private var isMember: Bool {
        full.split(separator: ".").dropLast().last?.first?.isUppercase == true
    }

    enum Use { case bare, qualified }

    /// Whether a line of code uses the name: alone, or after its module or an object. Lines that
    /// define or name something else with it do not count.
    func use(in line: String) -> Use? {
        var rest = line[...]
        while let place = rest.firstRange(of: last) {
            let before = line[..<place.lowerBound]
            let after = line[place.upperBound...]
            rest = after
            func isWord(_ character: Character?) -> Bool {
                character.map(Self.isPartOfWord) == true
            }
            if isWord(before.last) || isWord(after.first) || before.contains("#") { continue }
            if before.last == "." {
                let owner = before.dropLast().reversed().prefix { isWord($0) }
                if isMember || String(owner.reversed()) == moduleName { return .qualified }
                continue
            }
            let word = before.split(separator: " ").last
            if let word, ["def", "class", "function", "const", "let", "var"].contains(word) {
                continue
            }
            let value = after.drop { $0 == " " }
            if value.first == "=", value.dropFirst().first != "=" { continue }
            if !isMember { return .bare }
        }
        return nil
    }
}
