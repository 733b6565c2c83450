/// A check that is a Python program, because only Python itself can tell: one process for all
/// files.
///
/// The program is ``PythonFrame`` with ``script`` in it.
package protocol PythonCheck: BuiltIn {
    /// Defines `check(content, options)`, which yields `(line, message)` for each finding,
    /// `line` being 0 for the whole file, and may yield new content, as bytes, which then replaces
    /// the old and is no finding.
    ///
    /// An exception that it raises is a finding as well. `begin(options)`, where it is defined,
    /// yields what is wrong before any file is looked at.
    static var script: String { get }

    /// Whether what it says depends on the user's own files or variables, so that it is not
    /// remembered.
    var asksTheUser: Bool { get }

    /// Whether the script imports packages that are installed beside Python.
    static var needsPackages: Bool { get }

    /// What the script is given as `options`, a Python expression.
    var scriptOptions: String { get }
}

extension PythonCheck {
    /// What Python makes of it.
    package static var looksAt: Material { .python }
    /// Whether it may change files: false, unless a check says otherwise.
    package static var fixes: Bool { false }
    /// No options, unless a check has some.
    package var scriptOptions: String { "{}" }

    /// Whether its verdict depends on the user: false, unless a check says otherwise.
    package var asksTheUser: Bool { false }
    /// Whether it needs installed packages: false, unless a check says otherwise.
    package static var needsPackages: Bool { false }

    /// What Python is given before the files: it takes nothing in from the user's environment, from
    /// the folder it starts in, or, where it can do without, from installed packages.
    package var leadingArguments: [String] {
        ["-I"] + (Self.needsPackages ? [] : ["-S"]) + ["-W", "ignore", "-c", program]
    }

    /// The whole program.
    package var program: String {
        PythonFrame.head + Self.script + "\n" + PythonFrame.tail + "main(\(scriptOptions))\n"
    }
}
