/// A place where bytes that somebody else wrote come in.
package struct Door: Sendable {
    /// What comes in there.
    package let name: String
    /// Well-formed examples; what is tried is made from them.
    package let seeds: [[UInt8]]
    /// Words that mean something there.
    package let words: [String]
    /// The files that read the bytes, from the top of the project.
    package let sources: [String]
    /// Lets the bytes in. A trap ends the process; any other complaint is what comes back.
    package let enter: @Sendable ([UInt8]) -> String?

    /// Every door; one line each.
    package static let all: [Door] = [
        .configuration, .patterns, .pushedReferences, .message, .output, .names, .junit, .checks,
        .index, .indexRequest, .guardReport, .results, .undoList, .notes, .otherManagers,
        .expressions, .pythonAnswers, .serverAnswers, .problems, .kinds,
    ]

    init(
        _ name: String, seeds: [String] = [], bytes: [[UInt8]] = [], words: [String] = [],
        sources: [String], enter: @escaping @Sendable ([UInt8]) -> String?
    ) {
        self.name = name
        self.seeds = seeds.map { Array($0.utf8) } + bytes
        self.words = words
        self.sources = sources
        self.enter = enter
    }
}
