/// What a command was asked for, as data on standard output.
package protocol Answer: Sendable {
    /// For a person; each line with its end.
    var text: String { get }
    /// For a program: one object a line.
    var json: String { get }
}

/// A text that is the answer itself, whoever reads it: a file to be written, a list of names.
package struct Printout: Answer {
    package let text: String

    package init(_ text: String) { self.text = text }

    package var json: String { text }
}
