/// The requested output of a command, as data on standard output.
package protocol Answer: Sendable {
    /// As text for the terminal; each line with its end.
    var text: String { get }
    /// As JSON, one object per line.
    var json: String { get }
}

/// A text that is the same for terminals and programs: a file to be written, a list of names.
package struct Printout: Answer {
    package let text: String

    package init(_ text: String) { self.text = text }

    package var json: String { text }
}
