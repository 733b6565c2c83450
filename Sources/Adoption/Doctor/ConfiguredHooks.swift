internal import Git
internal import Installation
internal import Planning
internal import Reporting
internal import Staging
internal import SystemPackage

/// Hooks in git's configuration: git 2.54 and later run `hook.NAME.command` on
/// the events of `hook.NAME.event`, unless `hook.NAME.enabled` is false.
struct ConfiguredHooks {
    private struct Hook {
        var name: String
        var command: String?
        var events: [String] = []
        var isEnabled = true
        /// The files with its settings; nil for the environment.
        var files: [FilePath?] = []
    }

    private let repository: Repository
    private var hooks: [Hook] = []

    init(_ repository: Repository, _ context: Context) {
        self.repository = repository
        let git = GitProgram(repository, environment: context.environment)
        // Git exits with 1 if there is none.
        let words = ["config", "--show-origin", "-z", "--get-regexp", #"^hook\..*\."#]
        let output = (try? git.run(words, "look for configured hooks")) ?? []
        let fields = output.split(separator: 0, omittingEmptySubsequences: false).map {
            String(decoding: $0, as: UTF8.self)
        }
        for pair in stride(from: 0, to: fields.count - 1, by: 2) {
            read(fields[pair + 1], from: repository.file(ofOrigin: fields[pair]))
        }
    }

    /// `hook.NAME.KEY`, and the value in the next line.
    private mutating func read(_ row: String, from file: FilePath?) {
        let end = row.firstIndex(of: "\n")
        let variable = row[..<(end ?? row.endIndex)].dropFirst("hook.".count)
        guard let dot = variable.lastIndex(of: ".") else { return }
        let name = String(variable[..<dot])
        let value = end.map { String(row[row.index(after: $0)...]) }
        var hook = hooks.first { $0.name == name } ?? Hook(name: name)
        switch variable[variable.index(after: dot)...] {
        case "command": hook.command = value
        // An empty value removes the earlier ones.
        case "event": hook.events = value?.isEmpty != false ? [] : hook.events + [value ?? ""]
        case "enabled": hook.isEnabled = !["false", "no", "off", "0", ""].contains(value ?? "true")
        default: return
        }
        if !hook.files.contains(file) { hook.files.append(file) }
        hooks.removeAll { $0.name == name }
        hooks.append(hook)
    }

    /// The diagnosis whether git runs any, with the commands that remove them.
    var diagnosis: Diagnosis {
        let running = hooks.filter { $0.isEnabled && !$0.events.isEmpty }
        guard !running.isEmpty else { return Diagnosis("hook.* settings", "none") }
        let names = running.map { hook in
            let events = safeLine(hook.events.joined(separator: ", ").utf8)
            let lack = hook.command == nil ? ", which has no command, so git refuses to work" : ""
            return "\(safeLine("hook.\(hook.name)".utf8)) (\(events)\(lack))"
        }
        return Diagnosis(
            "hook.* settings",
            "git (2.54 and later) also runs what is configured: \(names.joined(separator: ", "))",
            cures: running.flatMap(cures))
    }

    /// A hook without a command but with events makes git fail, so the whole section
    /// is removed, from every file that has settings of it.
    private func cures(_ hook: Hook) -> [String] {
        let own = repository.commonDirectory.appending("config").lexicallyNormalized()
        return hook.files.map { file in
            guard let file else { return "`unset GIT_CONFIG_COUNT GIT_CONFIG_PARAMETERS`" }
            let place = file == own ? "" : "--file \(shellWord(file)) "
            return "`git config \(place)--remove-section \(shellWord("hook.\(hook.name)"))`"
        }
    }
}
