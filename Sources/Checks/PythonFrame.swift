/// The common code of every Python check around its script, and the protocol.
///
/// It reads files from its standard input, each a line with the number of its bytes and then these;
/// it writes answers, each a line with the position of the file, the number of a line in it, the
/// kind of the answer and the number of its bytes, and then these. Its exit statuses are 0, 70 for
/// an internal error, and 71 if a package is missing. It runs on Python 3.8 and later.
package enum PythonFrame {
    package static let head = """
        import os, sys

        def need(package):
            print('the package %s is missing: `%s -m pip install %s` installs it' % (
                package, sys.executable, package), file=sys.stderr, flush=True)
            os._exit(71)

        """

    package static let tail = """

        def say(file, line, kind, data):
            head = b'%d %d %s %d\\n' % (file, line, kind, len(data))
            sys.stdout.buffer.write(head + data)

        def find(file, line, words):
            text = ' '.join(str(words).split())
            say(file, line, b'finds', text.encode('utf-8', 'backslashreplace'))

        def run(options):
            for words in begin(options) if 'begin' in globals() else ():
                find(-1, 0, words)
            source = sys.stdin.buffer
            for number, size in enumerate(iter(source.readline, b'')):
                content = source.read(int(size))
                try:
                    for what in check(content, options):
                        if isinstance(what, bytes):
                            if what != content:
                                say(number, 0, b'becomes', what)
                        else:
                            find(number, *what)
                except Exception as error:
                    line = getattr(error, 'lineno', None) or 0
                    words = getattr(error, 'msg', None) or str(error) or type(error).__name__
                    find(number, line, words)
            sys.stdout.buffer.flush()

        def main(options):
            try:
                run(options)
            except BaseException as error:
                print('%s: %s' % (type(error).__name__, error), file=sys.stderr, flush=True)
                os._exit(70)
            os._exit(0)

        """

    /// The program's input for files with these contents.
    package static func input(_ contents: some Sequence<[UInt8]>) -> [UInt8] {
        var input: [UInt8] = []
        for content in contents {
            input += Array("\(content.count)\n".utf8)
            input += content
        }
        return input
    }

    /// The program's answers for this number of files; nil if they are invalid.
    ///
    /// The findings that belong to no file are `general`.
    package static func answers(
        _ output: [UInt8], files: Int
    ) -> (verdicts: [Verdict], general: [Finding])? {
        var verdicts = [Verdict](repeating: .passed, count: files)
        var general: [Finding] = []
        var rest = output[...]
        while let end = rest.firstIndex(of: .lineFeed) {
            let words = rest[..<end].split(separator: .space).map {
                String(decoding: $0, as: UTF8.self)
            }
            rest = rest[(end + 1)...]
            guard words.count == 4, let file = Int(words[0]), file < files,
                let line = Int(words[1]), let size = Int(words[3]), (0...rest.count).contains(size)
            else { return nil }
            let data = rest.prefix(size)
            rest = rest.dropFirst(size)
            let message = String(decoding: data, as: UTF8.self)
            let finding = Finding(line: line > 0 ? line : nil, message: message)
            if file < 0 {
                general.append(finding)
            } else if words[2] == "becomes" {
                verdicts[file].fixed = Array(data)
            } else {
                verdicts[file].findings.append(finding)
            }
        }
        return rest.isEmpty ? (verdicts, general) : nil
    }
}
