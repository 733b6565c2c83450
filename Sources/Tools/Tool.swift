package import Configuration
internal import Notation

/// An external tool as data: how it is called, what it looks at, and what its exit codes mean.
package struct Tool: Sendable {
    /// Its name in `hooks.toml`.
    package var name: String
    package var summary: String
    /// The program's name, looked for in the project's environment first.
    package var program: String
    /// The Python package that provides it; empty for a program that has none, and is not pinned.
    package var package: String
    /// The version of that package that this release was tested with; nil for one of its own tests
    /// alone.
    package var tested: String?
    /// What stands before the files.
    package var arguments: [String]
    /// What keeps it to one process; for when others of it run beside.
    package var alone: [String]
    /// The file types that it is given.
    package var types: [String]
    /// Types of which a file that it is given has none.
    package var excludedTypes: [String]
    /// Globs of the files that it is given; none: all of its types.
    package var files: [String]
    /// Whether it changes files.
    package var fixes: Bool
    /// What makes its program print its version.
    package var version: [String]
    /// What it does, shown on small files: its tests, and its part of the docs.
    package var examples: [Example]
    /// What it reads besides the files that it is given.
    package var reads: Reads
    /// Files at the top or beside the code that configure it.
    package var configuration: [SettingsFile]
    /// Names of files that its plugins read; they say nothing of whether it is configured itself.
    package var pluginConfiguration: [String]
    /// What an exit code means; a code that is not listed means that the tool is broken.
    package var exits: [Int32: Exit]
    /// What helps where it could not read everything.
    package var unreadHint: String?
    /// Words in its output that mean a finding in the user's files, where its exit code does not
    /// tell: asked only of a code that is not that of findings.
    package var findings: [String]
    /// How it tells how many of its files it looked at; nil when it does not.
    package var tally: Tally?
    /// The part that it can be without, and then passes over files.
    package var lack: Lack?
    /// Whether it says nothing of a file whose first lines are in no encoding that Python knows.
    package var skipsUnreadable: Bool
    /// Variables that its words depend on.
    package var environment: [String: String]
    /// Arguments that keep it in peace with black where the project says nothing; for the default
    /// configuration alone.
    package var besideBlack: [String]
    /// What a project writes below `[tool.NAME]` of `pyproject.toml` so that it lays out code as black
    /// does.
    package var blackSetting: String?
    /// Keys of its table in `pyproject.toml` whose patterns it ignores for files named on the
    /// command line.
    package var excludes: Excludes?
    /// Files that it leaves out where it looks for them itself, and not where they are named.
    package var exclusions: Exclusions?
    /// Whether it looks at the whole tree, in a real checkout, and is given no file names.
    package var isWholeTree: Bool
    /// The option that makes it write a junit report into a file; nil when it cannot.
    package var junitOption: String?
    /// What stands in the place of `arguments` for quick feedback, where it has such a way: it may
    /// leave out what it takes to be unaffected, so nothing is ever decided by it.
    package var quickArguments: [String]?

    /// What its command line is made of.
    package var form: Form
    /// Whether it compares the tree with the one that the branch started from.
    package var compares: Bool
    /// What it can do where there is no such tree.
    package var needs: Needs
    /// A program that does as well where `program` is not there, with its package.
    package var instead: String?
    /// What it depends on, as patterns of paths; empty: the whole tree.
    package var inputs: [String]
    /// Whether it writes into the working tree: environments, which git ignores.
    package var writesWorktree: Bool
    /// The types of file that make it worth running where the project says nothing.
    package var looksFor: [String]

    /// What a tool that compares cannot do without.
    package enum Needs: Sendable {
        case nothing
        /// The tree that the branch started from.
        case base
        /// The history behind it as well.
        case history
    }

    /// How a tool is started.
    package enum Form: Sendable {
        /// The program itself.
        case program
        /// A script of ours, by the Python that the program runs on, or else the one beside it; the
        /// program is its first argument.
        case python(String)
        /// The program itself, which is written in Python, within a script of ours: its first
        /// argument is the program, and there is nothing about it that the program would not have.
        case within(String)
        /// A script of ours, by the program itself, which is node.
        case node(String)
        /// This very program: `hooks work NAME`.
        case ourselves
    }

    /// Whether it is a script of ours, which tells in its last line what it looked at.
    package var isOurs: Bool {
        switch form {
        case .program, .within: false
        case .python, .node, .ourselves: true
        }
    }

    /// One file, and what comes of it.
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
        /// What the tool says then.
        package var words: String
        /// What it is for.
        package var purpose: String
        /// The extra of its package that brings it.
        package var extra: String
    }

    package enum Exit: Sendable {
        case fine
        /// It found something that a person must mend.
        case findings
        /// It found nothing to work on.
        case nothing
        /// It could not read some of what it was to look at, and says which.
        case unread
    }

    /// A file in which a tool may be configured, and the text that shows that it is; nil when the
    /// file alone does.
    package struct SettingsFile: Sendable {
        package var name: String
        package var marker: String?

        package init(_ name: String, marker: String? = nil) {
            self.name = name
            self.marker = marker
        }
    }

    /// Exclusions of a project that have to be repeated on the command line to hold for named
    /// files.
    package struct Excludes: Sendable {
        /// The table of `pyproject.toml`, as `["tool", "black"]`.
        package var table: [String]
        /// The keys that hold regular expressions.
        package var keys: [String]
        /// The option that takes the expression.
        package var option: String
    }

    /// Where a project says which folders and files a tool is not for.
    package struct Exclusions: Sendable {
        /// What its patterns are compared with.
        package enum Way: Sendable {
            /// Patterns of Python's `fnmatch`, for the name and the path of a file and of each folder
            /// above it.
            case names
            /// Regular expressions that occur in the path of a file, or in that of a folder with `/`
            /// at its end.
            case expressions
        }

        package var way: Way
        /// The keys that hold patterns; the first one takes the place of `defaults`.
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
