import ArgumentParser
import Configuration
import Notation
import Pages
import Planning
import Reporting

/// A wrong command line, shown like every other error.
struct WrongUsage: Explained {
    let message: String
    var hints: [String]
    var exitStatus: ExitStatus { .usage }

    /// The first word that should be a command but is not; nil if there is no such word.
    init?(in words: [String]) {
        var command: any ParsableCommand.Type = Hooks.self
        var path = "hooks"
        for word in words {
            let inner = command.configuration.subcommands
            if inner.isEmpty || word.hasPrefix("-") || (path == "hooks" && word == "help") {
                return nil
            }
            let names = inner.compactMap { $0.configuration.commandName }
            guard let found = inner.first(where: { $0.configuration.commandName == word }) else {
                message = "there is no command `\(path) \(safeLine(word.utf8))`"
                hints = Self.hints(for: word, path, names)
                return
            }
            command = found
            path += " \(word)"
        }
        return nil
    }

    private static func hints(for word: String, _ path: String, _ names: [String]) -> [String] {
        if let near = NearestMatch.of(word, among: names) {
            return ["did you mean `\(path) \(near)`?"]
        }
        if path == "hooks", canRun(word) { return ["did you mean `hooks run \(word)`?"] }
        return ["`\(path) --help` shows all commands"]
    }

    /// Whether `hooks run` knows the name in every project.
    private static func canRun(_ word: String) -> Bool {
        let catalogue = JobCatalogue(nil, file: "hooks.toml")
        return ((try? catalogue.listing().names) ?? []).contains(word)
            || catalogue.phaseNames.contains(word)
    }

    /// The parser's message about the options and arguments of a command.
    init(parser text: String, in words: [String]) {
        var text = text.replacing("'", with: "`")
        hints = []
        if let question = text.firstRange(of: ". Did you mean ") {
            hints = ["did you mean " + text[question.upperBound...]]
            text = String(text[..<question.lowerBound])
        }
        while let last = text.last, last == "." || last.isWhitespace { text.removeLast() }
        message = text.prefix(1).lowercased() + text.dropFirst()
        let path = Self.path(of: words)
        if path == "hooks ship", message.contains("unexpected argument") {
            hints.append("put the message in quotes: `hooks ship \"MESSAGE\"`")
        }
        hints.append("`\(path) --help` shows the usage")
    }

    /// The command that is called, such as `hooks tools sync`.
    private static func path(of words: [String]) -> String {
        var command: any ParsableCommand.Type = Hooks.self
        var path = "hooks"
        for word in words {
            let inner = command.configuration.subcommands
            guard let found = inner.first(where: { $0.configuration.commandName == word }) else {
                break
            }
            command = found
            path += " \(word)"
        }
        return path
    }
}
