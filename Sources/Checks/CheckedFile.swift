/// A file as a check sees it.
package struct CheckedFile: Sendable {
    /// The path from the root of the working tree, in git's own bytes.
    package var path: [UInt8]
    /// The content as a checkout writes it; empty for checks that only look at the size.
    package var content: [UInt8] {
        didSet { isBinary = content.isBinary }
    }
    /// How many bytes the commit will hold, so that a Git LFS pointer counts as the pointer it is.
    package var size: Int
    /// Whether git takes the content for binary.
    package private(set) var isBinary: Bool
    /// Whether git records the file as executable.
    package var isExecutable: Bool
    /// Whether this commit brings the path into the repository.
    package var isAdded: Bool

    /// A file whose size is that of its content unless it is said otherwise.
    ///
    /// - Parameter isBinary: nil when the content has yet to be looked at.
    package init(
        path: [UInt8], content: [UInt8], size: Int? = nil, isBinary: Bool? = nil,
        isExecutable: Bool = false, isAdded: Bool = false
    ) {
        self.path = path
        self.content = content
        self.size = size ?? content.count
        self.isBinary = isBinary ?? content.isBinary
        self.isExecutable = isExecutable
        self.isAdded = isAdded
    }
}

/// What a check has to say about one file.
package struct Verdict: Equatable, Sendable {
    /// What is wrong with the content that was given; empty when the file passes.
    package var findings: [Finding]
    /// The content that mends every finding; nil when the check changes nothing.
    package var fixed: [UInt8]?
    /// Whether the check could not read the content, and has nothing to say of it.
    package var isUnseen = false

    /// A verdict with these findings and, from a fixer, the mended content.
    package init(findings: [Finding], fixed: [UInt8]? = nil) {
        self.findings = findings
        self.fixed = fixed
    }

    /// Nothing to say.
    package static let passed = Verdict(findings: [])
    /// Nothing to say of what it could not read.
    package static let unseen = {
        var verdict = Verdict.passed
        verdict.isUnseen = true
        return verdict
    }()
}

/// One thing that is wrong.
package struct Finding: Equatable, Sendable {
    /// The line that it starts on, counted from 1; nil when it belongs to no single line.
    package var line: Int?
    /// What is wrong: one line without a final full stop, safe to print.
    package var message: String

    /// A finding on a line, or on the whole when the line is nil.
    package init(line: Int? = nil, message: String) {
        self.line = line
        self.message = message
    }
}
