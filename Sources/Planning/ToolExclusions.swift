internal import Configuration
internal import Files
internal import Notation
package import Staging
internal import SystemPackage
internal import Tools

/// Leaves out of a plan the files that the configuration of a tool excludes, as the tool does if it
/// searches for files itself.
package struct ToolExclusions {
    private let ground: Ground

    package init(_ ground: Ground) { self.ground = ground }

    /// Why a job gets no file at all.
    package static let reason = "its own configuration excludes all of its files"

    /// The plan without files that the tools exclude.
    package func leaveOut(of plan: Plan) throws -> Plan {
        var plan = plan
        for step in plan.steps.indices where plan.steps[step].skipped == nil {
            let planned = plan.steps[step]
            guard planned.job.passesFiles, !planned.files.isEmpty,
                let tool = planned.job.tool, let rule = tool.exclusions,
                let patterns = try patterns(of: rule, for: planned.job),
                !patterns.isEmpty
            else { continue }
            var excluded = ExcludedPaths(patterns.compactMap { Self.pattern($0, rule.way) })
            let kept = planned.files.filter { position in
                var path = plan.snapshot.files[position].path
                _ = path.removePrefix(planned.job.folder)
                return !excluded.hold(path.bytes)
            }
            plan.steps[step].excluded = planned.files.count - kept.count
            plan.steps[step].files = kept
            if kept.isEmpty { plan.steps[step].skipped = Self.reason }
        }
        return plan
    }

    /// The exclusions of the project; nil if neither the project nor the tool has any.
    private func patterns(
        of rule: Tool.Exclusions, for job: Job
    ) throws -> [String]? {
        if job.arguments.contains("--isolated") { return nil }
        var lists = try configured(rule, job.folder)
        for (key, option) in zip(rule.keys, rule.options) {
            if let value = Self.value(of: option, in: job.arguments) { lists[key] = [value] }
        }
        let main = lists[rule.keys[0]] ?? rule.defaults
        let all = main + rule.keys.dropFirst().flatMap { lists[$0] ?? [] }
        guard rule.way == .names else { return all.filter { !$0.isEmpty } }
        return all.flatMap { text in
            text.split { $0 == "," || $0.isWhitespace }.map(String.init)
        }
    }

    private func configured(
        _ rule: Tool.Exclusions, _ folder: FilePath
    ) throws -> [String: [String]] {
        for (file, section) in rule.sections {
            let path = folder.appending(file)
            guard let text = try ground.text(at: path) else {
                continue
            }
            if file.hasSuffix(".toml") {
                let table = section.split(separator: ".").map(String.init)
                let found = foreignLists(in: text, table: table, keys: rule.keys)
                if let found, !found.isEmpty { return found }
            } else if let found = foreignValues(in: text, section: section, keys: rule.keys) {
                return found.mapValues { [$0] }
            }
        }
        return [:]
    }

    /// The last value of an option, as `--option=value` or `--option value`.
    private static func value(of option: String, in arguments: [String]) -> String? {
        var found: String?
        for (position, word) in arguments.enumerated() {
            if word.hasPrefix(option + "=") {
                found = String(word.dropFirst(option.count + 1))
            } else if word == option, position + 1 < arguments.count {
                found = arguments[position + 1]
            }
        }
        return found
    }

    /// - Returns: nil for an invalid pattern, which the tool itself reports.
    private static func pattern(
        _ pattern: String, _ way: Tool.Exclusions.Way
    ) -> ExcludedPaths.Pattern? {
        switch way {
        case .expressions:
            return (try? Glob("regex:" + pattern)).map { .expression($0) }
        case .names:
            var bare = Substring(pattern)
            while bare.hasPrefix("./") { bare = bare.dropFirst(2) }
            while bare.hasSuffix("/") { bare = bare.dropLast() }
            guard !bare.isEmpty else { return nil }
            let isPath = pattern.contains("/")
            guard bare.contains(where: { "*?[".contains($0) }) else {
                return .literal(Array(bare.utf8), isPath: isPath)
            }
            let expression = "regex:\\A" + translated(bare) + "\\z"
            return (try? Glob(expression)).map { .glob($0, isPath: isPath) }
        }
    }

    /// A pattern of Python's `fnmatch`, whose `*` crosses `/`, as an expression.
    private static func translated(_ pattern: Substring) -> String {
        var expression = "(?s:"
        var rest = pattern
        while let character = rest.popFirst() {
            switch character {
            case "*": expression += ".*"
            case "?": expression += "."
            case "[":
                guard let end = rest.dropFirst().firstIndex(of: "]") else {
                    expression += "\\["
                    continue
                }
                var set = rest[..<end].replacing("\\", with: "\\\\")
                if set.hasPrefix("!") { set = "^" + set.dropFirst() }
                expression += "[\(set)]"
                rest = rest[rest.index(after: end)...]
            case _ where character.isLetter || character.isNumber || character == "/":
                expression.append(character)
            default: expression += "\\" + String(character)
            }
        }
        return expression + ")"
    }
}

/// Which paths patterns exclude: one that fits, and whatever is below one.
private struct ExcludedPaths {
    enum Pattern {
        /// Occurs in the path of a file, or in that of a folder with `/` at its end.
        case expression(Glob)
        /// Covers a whole path, or without a `/` of its own also a last component.
        case glob(Glob, isPath: Bool)
        /// The same without any wildcard.
        case literal([UInt8], isPath: Bool)
    }

    private let patterns: [Pattern]
    /// The folder of the path before, with `/` at its end; files come folder by folder.
    private var folder: [UInt8] = []
    private var isFolderExcluded = false

    init(_ patterns: [Pattern]) { self.patterns = patterns }

    mutating func hold(_ path: [UInt8]) -> Bool {
        let start = path.lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? 0
        if path[..<start] != folder[...] {
            folder = Array(path[..<start])
            isFolderExcluded = folder.indices.contains { position in
                folder[position] == UInt8(ascii: "/") && fits(folder[..<position], isFile: false)
            }
        }
        return isFolderExcluded || fits(path[...], isFile: true)
    }

    private func fits(_ path: ArraySlice<UInt8>, isFile: Bool) -> Bool {
        let slash = path.lastIndex(of: UInt8(ascii: "/"))
        let name = slash.map { path[($0 + 1)...] } ?? path
        return patterns.contains { pattern in
            switch pattern {
            case .expression(let glob):
                glob.matches(isFile ? Array(path) : path + [UInt8(ascii: "/")])
            case .glob(let glob, let isPath):
                glob.matches(Array(path)) || !isPath && glob.matches(Array(name))
            case .literal(let text, let isPath):
                path == text[...] || !isPath && name == text[...]
            }
        }
    }
}
