/// A check that is a Python program, because it needs Python itself: one process for all
/// files.
///
/// The program is ``PythonFrame`` with ``script`` in it.
package protocol PythonCheck: BuiltIn {
    /// Defines `check(content, options)`, which yields `(line, message)` for each finding,
    /// `line` being 0 for the whole file, and may yield new content, as bytes, which then replaces
    /// the old and is not a finding.
    ///
    /// An exception that it raises is a finding as well. `begin(options)`, where it is defined,
    /// yields findings before any file is checked.
    static var script: String { get }

    /// Whether its result depends on the user's own files or variables, so that it is not
    /// cached.
    var asksTheUser: Bool { get }

    /// Whether the script imports packages that are installed beside Python.
    static var needsPackages: Bool { get }

    /// The `options` of the script, a Python expression.
    var scriptOptions: String { get }
}

extension PythonCheck {
    /// It checks the content with Python.
    package static var looksAt: Material { .python }
    /// The default: it may not change files.
    package static var fixes: Bool { false }
    /// The default: no options.
    package var scriptOptions: String { "{}" }

    /// The default: its verdict does not depend on the user.
    package var asksTheUser: Bool { false }
    /// The default: it needs no installed packages.
    package static var needsPackages: Bool { false }

    /// Python's arguments before the files: it loads nothing from the user's environment, from
    /// its current folder, or, if possible, from installed packages.
    package var leadingArguments: [String] {
        ["-I"] + (Self.needsPackages ? [] : ["-S"]) + ["-W", "ignore", "-c", program]
    }

    /// The whole program.
    package var program: String {
        PythonFrame.head + Self.script + "\n" + PythonFrame.tail + "main(\(scriptOptions))\n"
    }
}
