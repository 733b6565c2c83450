internal import Reporting

/// One check of `hooks doctor`, with its answer.
package struct Diagnosis: Answer, Equatable {
    /// The question in a word or two.
    package var name: String
    package var isFine: Bool
    /// The answer in one line.
    package var answer: String
    /// The commands that solve the problem.
    package var cures: [String]

    init(_ name: String, _ answer: String, cures: [String]? = nil) {
        self.name = name
        self.answer = answer
        isFine = cures == nil
        self.cures = cures ?? []
    }

    init(_ name: String, _ error: any Explained) {
        self.init(name, error.message, cures: error.hints)
    }

    package var text: String {
        "\(isFine ? "ok" : "problem")  \(name): \(answer)\n"
            + cures.map { "    hint: \(Self.quoted($0))\n" }.joined()
    }

    /// A cure that is only a command is put in backticks, like all commands.
    private static func quoted(_ cure: String) -> String {
        let isCommand = ["git ", "hooks ", "unset "].contains(where: cure.hasPrefix)
        return isCommand && !cure.contains("`") ? "`\(cure)`" : cure
    }

    package var json: String {
        JSON.object([
            ("check", .string(name)), ("ok", .boolean(isFine)), ("text", .string(answer)),
            ("hints", .array(cures.map { .string($0) })),
        ]).text + "\n"
    }
}
