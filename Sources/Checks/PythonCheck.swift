/// A check that is a Python program, because only Python itself can tell: one process for all
/// files.
///
/// The program is ``PythonFrame`` with ``script`` in it.
package protocol PythonCheck: BuiltIn {
    /// Defines `check(path, content, options)`, which yields `(line, message)` for each finding,
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
    /// None, unless a check has some.
    package static var fixes: Bool { false }
    /// None, unless a check has some.
    package var scriptOptions: String { "{}" }

    /// It does not, unless a check says otherwise.
    package var asksTheUser: Bool { false }
    /// It does not, unless a check says otherwise.
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

/// What every Python check has around its script.
///
/// Its exit statuses are 0 for files that are in order, 1 for findings, and 70 for a fault of its
/// own, and 71 when a package is missing. It prints `path:line: message` for each finding, and runs
/// on Python 3.8 and later.
enum PythonFrame {
    static let head = """
        import os, sys

        def need(package):
            print('this needs the package %s: `%s -m pip install %s`' % (
                package, sys.executable, package), flush=True)
            os._exit(71)

        """

    static let tail = """

        def run(paths, options):
            status = 0
            out = sys.stdout.buffer
            for words in begin(options) if 'begin' in globals() else ():
                status = 1
                out.write(words.encode('utf-8', 'backslashreplace') + b'\\n')
            if status:
                out.flush()
                return status
            for path in paths:
                with open(path, 'rb') as file:
                    content = file.read()
                found = []
                try:
                    for what in check(path, content, options):
                        if isinstance(what, bytes):
                            if what != content:
                                with open(path, 'wb') as file:
                                    file.write(what)
                        else:
                            found.append(what)
                except (Exception, RecursionError) as error:
                    line = getattr(error, 'lineno', None) or 0
                    words = getattr(error, 'msg', None) or str(error) or type(error).__name__
                    found.append((line, words))
                for line, words in found:
                    status = 1
                    place = ':%d' % line if line else ''
                    text = ' '.join(str(words).split())
                    name = os.fsencode(path)
                    if name.startswith(b'./'):
                        name = name[2:]
                    text = text.encode('utf-8', 'backslashreplace')
                    out.write(name + place.encode() + b': ' + text + b'\\n')
            out.flush()
            return status

        def main(options):
            try:
                status = run(sys.argv[1:], options)
            except BaseException as error:
                print('%s: %s' % (type(error).__name__, error), file=sys.stderr)
                status = 70
            os._exit(status)

        """
}
