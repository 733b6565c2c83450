package import Reporting

/// One question that `hooks doctor` asks, with its answer.
package struct Diagnosis: Sendable, Equatable {
    /// The question in a word or two.
    package var name: String
    package var isFine: Bool
    /// The answer in one line.
    package var text: String
    /// What to type where the answer is no.
    package var cures: [String]

    init(_ name: String, _ text: String, cures: [String]? = nil) {
        self.name = name
        self.text = text
        isFine = cures == nil
        self.cures = cures ?? []
    }

    init(_ name: String, _ error: any Explained) {
        self.init(name, error.message, cures: error.hints)
    }

    /// For a program.
    package var json: JSON {
        .object([
            ("check", .string(name)), ("ok", .boolean(isFine)), ("text", .string(text)),
            ("hints", .array(cures.map { .string($0) })),
        ])
    }
}
