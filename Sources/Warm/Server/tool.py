"""The process that runs the tool, and the beginning of everything."""


class Run:
    """What the tool's process does before and after the script."""

    def __init__(self, server, request, descriptors, gate):
        self.server = server
        self.code = server.code
        script = os.fsdecode(SCRIPT)
        os.setpgid(0, 0)
        # The name that `ps` shows is that of the script when the kernel starts it.
        LIBC.prctl(15, os.path.basename(SCRIPT)[:15], *[ctypes.c_ulong(0)] * 3)  # PR_SET_NAME
        signal.pthread_sigmask(signal.SIG_SETMASK, [])
        null = os.open(os.devnull, os.O_RDONLY)
        for descriptor, stream in ((0, null), (1, descriptors[0]), (2, descriptors[1])):
            os.dup2(stream, descriptor)
        teller = server.teller.fileno()
        for name in os.listdir("/proc/self/fd"):
            if int(name) > 2 and int(name) not in (teller, gate):
                close(int(name))
        os.umask(request.umask)
        self.take_variables(request.variables)
        sys.argv = [script] + [os.fsdecode(word) for word in request.arguments]
        if hasattr(sys, "orig_argv"):
            sys.orig_argv = sys.orig_argv[: sys.orig_argv.index("-c")] + sys.argv
        importlib.invalidate_caches()
        self.namespace = self.main_module(script)
        # The script may begin once the client knows that it will.
        if os.write(gate, b"R") != 1 or os.read(gate, 1) != b"G":
            os._exit(1)
        os.close(gate)

    def take_variables(self, variables):
        """Those of the request, and what the interpreter and the modules set at their start."""
        for name in self.server.unset_variables:
            variables.pop(name, None)
        variables.update(self.server.set_variables)
        current = os.environb
        for name in [name for name in current if name not in variables]:
            del current[name]
        for name, value in variables.items():
            if current.get(name) != value:
                current[name] = value
        time.tzset()

    def main_module(self, script):
        """The module `__main__` as the interpreter makes it for a script."""
        module = types.ModuleType("__main__")
        module.__file__ = script
        module.__builtins__ = sys.modules["builtins"]
        module.__loader__ = importlib.machinery.SourceFileLoader("__main__", script)
        module.__dict__.setdefault("__annotations__", {})
        module.__cached__ = None
        sys.modules["__main__"] = module
        return module.__dict__

    def failed(self, error):
        """The exit status of a script that an exception ended, once that is shown."""
        for stream in (sys.stderr, sys.stdout):
            try:
                stream.flush()
            except BaseException:
                pass
        if isinstance(error, SystemExit):
            return self.exited(error.code)
        # The first frame is ours.
        trace = error.__traceback__.tb_next
        error.__traceback__ = trace
        sys.last_type, sys.last_value, sys.last_traceback = type(error), error, trace
        try:
            sys.excepthook(type(error), error, trace)
        except BaseException:
            sys.__excepthook__(type(error), error, trace)
        return 128 + signal.SIGINT if isinstance(error, KeyboardInterrupt) else 1

    def exited(self, code):
        if code is None:
            return 0
        if isinstance(code, int):
            return code & 0xFF if -(1 << 63) <= code < 1 << 63 else 0xFF
        print(code, file=sys.stderr)
        return 1

    def end(self, status, error):
        """What an interpreter does at its end, but for taking itself apart."""
        try:
            if "threading" in sys.modules:
                sys.modules["threading"]._shutdown()
        except BaseException as failure:
            sys.excepthook(type(failure), failure, failure.__traceback__)
        try:
            sys.modules["atexit"]._run_exitfuncs()
        except BaseException as failure:
            sys.excepthook(type(failure), failure, failure.__traceback__)
        for stream in (sys.stdout, sys.stderr, sys.__stdout__, sys.__stderr__):
            try:
                if stream is not None and not stream.closed:
                    stream.flush()
            except BaseException:
                status = 120
        self.flush_files()
        self.tell_news()
        if isinstance(error, KeyboardInterrupt):
            signal.signal(signal.SIGINT, signal.SIG_DFL)
            os.kill(os.getpid(), signal.SIGINT)
        os._exit(status)

    @staticmethod
    def flush_files():
        """Files that were never closed would be, by an interpreter that takes itself apart."""
        kinds = (io.TextIOWrapper, io.BufferedWriter, io.BufferedRandom)
        files = [each for each in gc.get_objects() if isinstance(each, kinds)]
        for file in sorted(files, key=lambda file: not isinstance(file, io.TextIOWrapper)):
            try:
                file.flush()
            except BaseException:
                pass

    def tell_news(self):
        """Modules and patterns that the server does not know yet."""
        server = self.server
        news = [("module", name, 0) for name in sys.modules if name not in server.modules]
        patterns = (each for each in compiled_patterns() if each not in server.patterns)
        news += [("pattern",) + each for each in patterns]
        try:
            if news:
                server.teller.send(repr(news).encode("utf-8", "replace"))
        except OSError:
            pass


# Here and not in a function, so that the tool has the whole stack to itself.
server = Server()
run = None
try:
    server.take_place()
    prctl(36, 1)  # PR_SET_CHILD_SUBREAPER: what a killed leader leaves comes here
    import atexit  # noqa: E402,F401

    as_fresh()
    LIBRARY = library_folders()
    server.sweep()
    server.prepare()
    server.listen()
    run = server.serve()
except Ended:
    server.leave()
except BaseException:
    if run is None:
        server.leave()
if run is None:
    os._exit(0)
failure = None
try:
    exec(run.code, run.namespace)
    status = 0
except BaseException as error:
    failure = error
    status = run.failed(error)
run.end(status, failure)
