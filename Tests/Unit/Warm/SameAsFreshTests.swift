import Foundation
import Spawn
import TestSupport
import Testing

/// Programs whose end, and all that they print, must be the same from a server as from a process of
/// their own.
private let programs = [
    "print('out'); import sys; print('err', file=sys.stderr); print('last')",
    "import sys; sys.exit(3)",
    "import sys; sys.exit(256 + 7)",
    "import sys; sys.exit(-1)",
    "import sys; sys.exit(1 << 40)",
    "import sys; print('before'); sys.exit('words')",
    "import sys; sys.exit(None)",
    "raise SystemExit(True)",
    "def f():\n    g()\n\n\ndef g():\n    raise ValueError('x')\n\n\nf()",
    "try:\n    1 / 0\nexcept ZeroDivisionError as error:\n    raise KeyError('k') from error",
    "import sys\nsys.excepthook = lambda *_: print('hook')\nraise ValueError",
    "raise KeyboardInterrupt",
    "import os, sys; sys.stdout.write('lost'); os._exit(7)",
    "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)",
    "import os, signal; os.kill(os.getpid(), signal.SIGTERM)",
    "file = open('left', 'w'); file.write('not closed'); import sys; sys.modules['x'] = file",
    "import atexit; atexit.register(print, 'at exit'); print('main')",
    "import atexit\n\n\n@atexit.register\ndef end():\n    raise ValueError('x')",
    "import threading, time\nthreading.Thread(target=lambda: (time.sleep(.1), print('t'))).start()",
    "import sys; sys.stdout.close()",
    "import sys; print(repr(sys.stdin.read()))",
    "import warnings; warnings.warn('one'); warnings.warn('two', DeprecationWarning)",
    "import re; re.compile('[[a]')",
    "import sys; sys.stdout.buffer.write(b'\\xff' * 200000)",
    "import multiprocessing\nif __name__ == '__main__':\n"
        + "    with multiprocessing.get_context('fork').Pool(2) as pool:\n"
        + "        print(pool.map(abs, [-1, -2, 3]))",
    "import concurrent.futures as f\nif __name__ == '__main__':\n"
        + "    with f.ProcessPoolExecutor(2) as e:\n        print(list(e.map(abs, [-1, 2])))",
    "import subprocess, sys\nprint(subprocess.run(['sh', '-c', 'ulimit -a; umask; pwd; cat'],"
        + " stdout=subprocess.PIPE).stdout.decode())",
    "import nothing_of_this_name",
    "import sys; print(sys.argv[1:]); print([a.encode('utf-8', 'surrogateescape') for a in sys.argv])",
]

/// Everything that an interpreter knows of itself and a tool may ask for.
private let facts = """
    import locale, os, signal, sys, threading, time, warnings, tempfile, logging, random
    import resource
    for name in sorted(globals()):
        if name not in ("__builtins__", "__loader__"):
            print(name, globals()[name] if name.startswith("__") else "")
    print(sys.modules["__main__"].__dict__ is globals(), type(__loader__).__name__, __loader__.path)
    print(sys.argv, sys.path, sys.flags, sys.executable, sys.prefix, sys.warnoptions)
    print(getattr(sys, "orig_argv", None), sys.getrecursionlimit(), sys.getswitchinterval())
    print(sys.dont_write_bytecode, sys.pycache_prefix, sys.platlibdir)
    print(sorted(os.environ.items()), sorted(os.environb.items()))
    print(os.popen("env | grep -v ^_= | sort").read())
    print(os.getcwd(), oct(os.umask(0)), os.nice(0), os.getuid(), os.getgroups())
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        print(stream, stream.encoding, stream.errors, stream.line_buffering, stream.isatty(),
              stream.write_through, stream.buffer, stream.newlines, stream.name, stream.mode)
        print(stream is getattr(sys, "__%s__" % stream.name[1:-1]), stream.fileno())
    print(sys.stdout.seekable(), sys.stdin.seekable())
    for number in sorted(signal.valid_signals()):
        print(number, signal.getsignal(number))
    print(signal.pthread_sigmask(signal.SIG_BLOCK, []), signal.set_wakeup_fd(-1))
    print(threading.active_count(), threading.current_thread(), threading.main_thread())
    print(locale.getpreferredencoding(False), locale.setlocale(locale.LC_ALL), time.tzname)
    print(time.strftime("%H %Z", time.localtime(0)), tempfile.gettempdir(), warnings.filters)
    print(open("/proc/self/comm").read(), os.getpgid(0) == os.getpid())
    print([resource.getrlimit(limit) for limit in range(16)], logging.root.handlers)
    """

@Suite(.serialized)
struct SameAsFreshTests {
    @Test(arguments: programs)
    func endAndOutputAreTheSame(program: String) async throws {
        let tool = try WarmTool(program + "\n")
        let words = ["one", "t\u{f6} o"]
        let fresh = try tool.fresh(words).withoutAddresses
        let left = tool.text("work/left")
        try tool.scratch?.shell("rm -f work/left")
        #expect(try await tool.warm(words).withoutAddresses == fresh)
        #expect(tool.text("work/left") == left)
        // And once more, after the server learned what the tool needs.
        try await Task.sleep(for: .milliseconds(700))
        #expect(try await tool.warm(words).withoutAddresses == fresh)
    }

    @Test(arguments: [
        [:], ["LC_ALL": "C"], ["LC_ALL": "", "LANG": "C"], ["LC_ALL": "POSIX"],
        ["PYTHONIOENCODING": "latin-1:replace"], ["PYTHONUNBUFFERED": "1"],
        ["PYTHONUTF8": "0", "LC_ALL": "C"], ["TZ": "Asia/Tokyo"],
        ["PYTHONDONTWRITEBYTECODE": "1", "PYTHONOPTIMIZE": "1"], ["PYTHONSAFEPATH": "1"],
        ["PYTHONPATH": "/usr/share:/nowhere"], ["NAME": "a b\u{fc}"], ["LANG": "de_DE.UTF-8"],
    ])
    func interpreterIsTheSame(variables: [String: String]) async throws {
        let tool = try WarmTool(facts + "\n")
        for (name, value) in variables { tool.variables[name] = value }
        let fresh = try tool.fresh(["-x", "y"]).withoutAddresses
        // A program is the leader of its process group under a guard, and here as well.
        let expected = fresh.replacing("tool\n False", with: "tool\n True")
        #expect(try await tool.warm(["-x", "y"]).withoutAddresses == expected)
    }

    @Test func interpreterWithAnOptionIsTheSame() async throws {
        let tool = try WarmTool()
        try tool.write("bin/tool", "#!/usr/bin/python3 -sP\n\(facts)\n")
        let expected = try tool.fresh().withoutAddresses
            .replacing("tool\n False", with: "tool\n True")
        #expect(try await tool.warm().withoutAddresses == expected)
    }

    @Test func scriptForShellAndPythonIsTheSame() async throws {
        let tool = try WarmTool()
        try tool.write(
            "bin/tool",
            "#!/bin/sh\n'''exec' \"/usr/bin/python3\" \"$0\" \"$@\"\n' '''\n"
                + "import sys\nprint(sys.argv, sys.path)\n")
        let expected = try tool.fresh(["x"])
        #expect(try await tool.warm(["x"]) == expected)
    }
}

extension WarmTool.Outcome {
    /// The text without what no two processes have in common.
    fileprivate var withoutAddresses: String {
        description.replacing(/0x[0-9a-f]+/, with: "0x").replacing(
            /started [0-9]+/, with: "started")
    }
}
