package import Configuration
internal import Notation

/// An external tool as data: its command, the files that it checks, and the meaning of its exit
/// codes.
package struct Tool: Sendable {
    /// Its name in `hooks.toml`.
    package var name: String
    package var summary: String
    /// The program's name, searched in the project's environment first.
    package var program: String
    /// The Python package that provides it; empty for a program without one, which cannot be
    /// pinned.
    package var package: String
    /// The version of that package that this release was tested with; nil for one of its own tests
    /// alone.
    package var tested: String?
    /// The arguments before the files.
    package var arguments: [String]
    /// The arguments that limit it to one process, if others of it run at the same time.
    package var alone: [String]
    /// The file types that it gets.
    package var types: [String]
    /// Types that its files must not have.
    package var excludedTypes: [String]
    /// Globs of the files that it gets; none: all of its types.
    package var files: [String]
    /// Whether it changes files.
    package var fixes: Bool
    /// The arguments that print its version.
    package var version: [String]
    /// What it does, shown on small files: its tests, and its part of the docs.
    package var examples: [Example]
    /// What it reads besides the files that it gets.
    package var reads: Reads
    /// Files at the top or beside the code that configure it.
    package var configuration: [SettingsFile]
    /// Names of files that its plugins read; they do not show whether the tool itself is
    /// configured.
    package var pluginConfiguration: [String]
    /// The meaning of each exit code; a code that is not listed means that the tool is broken.
    package var exits: [Int32: Exit]
    /// What helps where it could not read everything.
    package var unreadHint: String?
    /// Words in its output that mean a finding in the user's files, if its exit code does not
    /// show it: used only for codes other than that of findings.
    package var findings: [String]
    /// How it reports how many of its files it checked; nil if it does not.
    package var tally: Tally?
    /// The optional part without which it skips files.
    package var lack: Lack?
    /// Whether it silently skips a file whose first lines are in no encoding that Python knows.
    package var skipsUnreadable: Bool
    /// Variables that its output depends on.
    package var environment: [String: String]
    /// Arguments that make it agree with black if the project does not configure it; for the
    /// default configuration only.
    package var besideBlack: [String]
    /// The setting in `[tool.NAME]` of `pyproject.toml` that makes it format as black
    /// does.
    package var blackSetting: String?
    /// Keys of its table in `pyproject.toml` whose patterns it ignores for files named on the
    /// command line.
    package var excludes: Excludes?
    /// Files that it leaves out if it searches for files itself, but not if they are named.
    package var exclusions: Exclusions?
    /// Whether it checks the whole tree, in a real checkout, and gets no file names.
    package var isWholeTree: Bool
    /// The option that makes it write a junit report into a file; nil if it has none.
    package var junitOption: String?
    /// The arguments for quick feedback instead of `arguments`, if it supports that: it may
    /// leave out tests that seem unaffected, so its result is never used for a decision.
    package var quickArguments: [String]?

    /// How it is started.
    package var form: Form
    /// Whether it compares the tree with the one at the start of the branch.
    package var compares: Bool
    /// What it needs from that tree.
    package var needs: Needs
    /// An alternative program if `program` is not installed, with its package.
    package var instead: String?
    /// What it depends on, as patterns of paths; empty: the whole tree.
    package var inputs: [String]
    /// Whether it writes into the working tree: environments, which git ignores.
    package var writesWorktree: Bool
    /// The types of file for which it runs by default.
    package var looksFor: [String]

    /// What a tool that compares needs.
    package enum Needs: Sendable {
        case nothing
        /// The tree at the start of the branch.
        case base
        /// Also the history before it.
        case history
    }

    /// How a tool is started.
    package enum Form: Sendable {
        /// The program itself.
        case program
        /// A script of hooks, run by the program's Python, or else by the one beside it; the
        /// program is its first argument.
        case python(String)
        /// The program itself, which is written in Python, run by a script of hooks: its first
        /// argument is the program, which runs as if it was started directly.
        case within(String)
        /// A script of hooks, run by the program itself, which is node.
        case node(String)
        /// This program: `hooks work NAME`.
        case ourselves
    }

    /// Whether it is a script of hooks, whose last line states what it checked.
    package var isOurs: Bool {
        switch form {
        case .program, .within: false
        case .python, .node, .ourselves: true
        }
    }

    /// One file, and the expected result.
    package struct Example: Sendable {
        package enum Outcome: Sendable, Equatable {
            case passes
            /// It prints these words and the job fails.
            case finds(String)
            /// It writes this.
            case becomes(String)
        }

        package var path: String
        package var text: String
        package var outcome: Outcome

        init(_ path: String, _ text: String, _ outcome: Outcome) {
            self.path = path
            self.text = text
            self.outcome = outcome
        }
    }

    /// A part that may not be installed.
    package struct Lack: Sendable {
        /// The tool's message if it is missing.
        package var words: String
        /// Its purpose.
        package var purpose: String
        /// The extra of its package that contains it.
        package var extra: String
    }

    package enum Exit: Sendable {
        case fine
        /// It found something that a person must fix.
        case findings
        /// It found nothing to check.
        case nothing
        /// It could not read some of what it was to look at, and says which.
        case unread
    }

    /// A file in which a tool may be configured, and the text that shows that it is; nil if the
    /// file itself shows it.
    package struct SettingsFile: Sendable {
        package var name: String
        package var marker: String?

        package init(_ name: String, marker: String? = nil) {
            self.name = name
            self.marker = marker
        }
    }

    /// Exclusions of a project that must be repeated on the command line to apply to named
    /// files.
    package struct Excludes: Sendable {
        /// The table of `pyproject.toml`, as `["tool", "black"]`.
        package var table: [String]
        /// The keys that hold regular expressions.
        package var keys: [String]
        /// The option that takes the expression.
        package var option: String
    }

    /// Where a project excludes folders and files from a tool.
    package struct Exclusions: Sendable {
        /// What its patterns are compared with.
        package enum Way: Sendable {
            /// Patterns of Python's `fnmatch`, for the name and the path of a file and of each
            /// folder above it.
            case names
            /// Regular expressions that match in the path of a file, or in that of a folder with
            /// `/` at its end.
            case expressions
        }

        package var way: Way
        /// The keys with patterns; the first one replaces `defaults`.
        package var keys: [String]
        /// The options that do the same, in the same order.
        package var options: [String]
        /// The sections of the files in `configuration`, by the name of the file; the first file
        /// that has its section counts.
        package var sections: [(file: String, section: String)]
        package var defaults: [String] = []
    }

    init(
        name: String, summary: String, program: String? = nil, package: String? = nil,
        tested: String? = nil,
        arguments: [String], alone: [String] = [], types: [String], excludedTypes: [String] = [],
        files: [String] = [], fixes: Bool = false,
        reads: Reads = .files,
        configuration: [SettingsFile] = [], pluginConfiguration: [String] = [],
        exits: [Int32: Exit], unreadHint: String? = nil, findings: [String] = [],
        tally: Tally? = nil, lack: Lack? = nil, skipsUnreadable: Bool = false,
        environment: [String: String] = [:],
        besideBlack: [String] = [], blackSetting: String? = nil, excludes: Excludes? = nil,
        exclusions: Exclusions? = nil,
        isWholeTree: Bool = false,
        junitOption: String? = nil, quickArguments: [String]? = nil,
        version: [String] = ["--version"], examples: [Example] = [], form: Form = .program,
        compares: Bool = false, needs: Needs = .nothing, looksFor: [String] = [],
        instead: String? = nil,
        inputs: [String] = [], writesWorktree: Bool = false
    ) {
        self.name = name
        self.summary = summary
        self.program = program ?? name
        self.package = package ?? name
        self.tested = tested
        self.arguments = arguments
        self.alone = alone
        self.types = types
        self.files = files
        self.excludedTypes = excludedTypes
        self.version = version
        self.examples = examples
        self.fixes = fixes
        self.reads = reads
        self.configuration = configuration
        self.pluginConfiguration = pluginConfiguration
        self.exits = exits
        self.unreadHint = unreadHint
        self.findings = findings
        self.tally = tally
        self.lack = lack
        self.skipsUnreadable = skipsUnreadable
        self.environment = environment
        self.besideBlack = besideBlack
        self.blackSetting = blackSetting
        self.excludes = excludes
        self.exclusions = exclusions
        self.isWholeTree = isWholeTree
        self.junitOption = junitOption
        self.quickArguments = quickArguments
        self.form = form
        self.compares = compares
        self.needs = needs
        self.looksFor = looksFor
        self.instead = instead
        self.inputs = inputs
        self.writesWorktree = writesWorktree
    }
}

extension Tool {
    /// The names of all files that its findings may depend on.
    package var configurationNames: [String] {
        Set(configuration.map(\.name) + pluginConfiguration).sorted()
    }
}
