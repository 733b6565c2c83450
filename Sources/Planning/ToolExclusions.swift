internal import Configuration
internal import Files
internal import Notation
package import Staging
internal import SystemPackage
internal import Tools

/// Leaves out of a plan what the configuration of a tool excludes, as the tool means it where it
/// looks for files itself.
package struct ToolExclusions {
    private let ground: Ground

    package init(_ ground: Ground) { self.ground = ground }

    /// Why a job is given no file at all.
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
            let globs = patterns.compactMap { Self.glob($0, rule.way) }
            let kept = planned.files.filter { position in
                var path = plan.snapshot.files[position].path
                _ = path.removePrefix(planned.job.folder)
                return !Self.excludes(globs, path)
            }
            plan.steps[step].excluded = planned.files.count - kept.count
            plan.steps[step].files = kept
            if kept.isEmpty { plan.steps[step].skipped = Self.reason }
        }
        return plan
    }

    /// A pattern, and whether it has a `/` and so stands for a path.
    private typealias Pattern = (glob: Glob, way: Tool.Exclusions.Way, isPath: Bool)

    /// What the project excludes; nil when it says nothing and the tool neither.
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

    /// - Returns: nil for what is no pattern; the tool itself will complain.
    private static func glob(_ pattern: String, _ way: Tool.Exclusions.Way) -> Pattern? {
        switch way {
        case .expressions:
            return (try? Glob("regex:" + pattern)).map { ($0, way, true) }
        case .names:
            var bare = Substring(pattern)
            while bare.hasPrefix("./") { bare = bare.dropFirst(2) }
            while bare.hasSuffix("/") { bare = bare.dropLast() }
            guard !bare.isEmpty else { return nil }
            let expression = "regex:\\A" + translated(bare) + "\\z"
            return (try? Glob(expression)).map { ($0, way, pattern.contains("/")) }
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

    /// Whether a file, or a folder that it is in, is excluded.
    private static func excludes(_ patterns: [Pattern], _ path: FilePath) -> Bool {
        var path = path
        var isFile = true
        while !path.isEmpty {
            let name = path.lastComponent.map { Array($0.string.utf8) } ?? []
            let bytes = path.bytes
            let fits = patterns.contains { pattern in
                switch pattern.way {
                case .expressions:
                    pattern.glob.matches(isFile ? bytes : bytes + [UInt8(ascii: "/")])
                case .names:
                    pattern.glob.matches(bytes)
                        || !pattern.isPath && pattern.glob.matches(name)
                }
            }
            if fits { return true }
            path.removeLastComponent()
            isFile = false
        }
        return false
    }
}
