/// The input of a check of files.
package struct CheckedFile: Sendable {
    /// The path from the root of the working tree, in git's own bytes.
    package var path: [UInt8]
    /// The content as a checkout writes it; empty for checks that only use the size.
    package var content: [UInt8] {
        didSet { isBinary = content.isBinary }
    }
    /// The size in the commit, so that a Git LFS pointer counts with its own size.
    package var size: Int
    /// Whether git treats the content as binary.
    package private(set) var isBinary: Bool
    /// Whether git records the file as executable.
    package var isExecutable: Bool
    /// Whether this commit adds the path to the repository.
    package var isAdded: Bool

    /// A file whose size is that of its content by default.
    ///
    /// - Parameter isBinary: nil if the content must be checked for that.
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

/// The result of a check for one file.
package struct Verdict: Equatable, Sendable {
    /// The findings in the content; empty if the file passes.
    package var findings: [Finding]
    /// The content with every finding fixed; nil if the check changes nothing.
    package var fixed: [UInt8]?
    /// Whether the check could not read the content, and has nothing to say of it.
    package var isUnseen = false

    /// A verdict with these findings and, from a fixer, the fixed content.
    package init(findings: [Finding], fixed: [UInt8]? = nil) {
        self.findings = findings
        self.fixed = fixed
    }

    /// No finding.
    package static let passed = Verdict(findings: [])
    /// Nothing to say of what it could not read.
    package static let unseen = {
        var verdict = Verdict.passed
        verdict.isUnseen = true
        return verdict
    }()
}

/// One finding.
package struct Finding: Equatable, Sendable {
    /// The line that it starts on, counted from 1; nil if it belongs to no single line.
    package var line: Int?
    /// What is wrong: one line without a final full stop, safe to print.
    package var message: String

    /// A finding on a line, or in the whole file if the line is nil.
    package init(line: Int? = nil, message: String) {
        self.line = line
        self.message = message
    }
}
