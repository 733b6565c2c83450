"""The process that listens."""


class Server:
    """The process that listens."""

    def __init__(self):
        self.started = time.time()
        self.used = time.monotonic()
        self.leaders = set()
        self.served = 0
        self.waiting = set()
        self.tried = set()
        self.code = None
        self.lock = self.socket = None
        self.earlier_signals = {}

    # MARK: Its place

    def take_place(self):
        """Ends when another server of this name runs. A lock file that was removed is no lock."""
        self.folder = os.open(FOLDER, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        status = os.fstat(self.folder)
        if status.st_uid != os.geteuid() or status.st_mode & 0o077:
            raise Ended()
        while True:
            flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
            lock = os.open(NAME + b".lock", flags, 0o600, dir_fd=self.folder)
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                raise Ended()
            if self.is_ours(b".lock", os.fstat(lock)):
                self.lock = lock
                return
            os.close(lock)

    def is_ours(self, suffix, wanted):
        """Whether the name still belongs to our socket."""
        try:
            status = os.stat(NAME + suffix, dir_fd=self.folder, follow_symlinks=False)
        except OSError:
            return False
        return os.path.samestat(status, wanted)

    def sweep(self):
        """Removes leftovers of killed servers, whose locks are free."""
        for name in os.listdir(self.folder):
            stem, dot, suffix = os.fsencode(name).rpartition(b".")
            if suffix != b"lock" or stem == NAME:
                continue
            try:
                lock = os.open(name, os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=self.folder)
            except OSError:
                continue
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                self.remove(stem + b".socket")
                self.remove(name)
            except OSError:
                pass
            os.close(lock)

    def remove(self, name):
        try:
            os.unlink(name, dir_fd=self.folder)
        except FileNotFoundError:
            pass

    def listen(self):
        """The socket appears under its name when everything is imported, and not before."""
        self.listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        place = b"/proc/self/fd/%d/" % self.folder
        self.remove(NAME + b".new")
        self.listener.bind(os.fsdecode(place + NAME + b".new"))
        os.chmod(place + NAME + b".new", 0o600)
        self.listener.listen(64)
        self.socket = os.stat(place + NAME + b".new")
        os.rename(NAME + b".new", NAME + b".socket", src_dir_fd=self.folder, dst_dir_fd=self.folder)

    def leave(self):
        """Removes its names. The lock is removed last: the next holder then finds no leftovers."""
        if self.socket and self.is_ours(b".socket", self.socket):
            self.remove(NAME + b".socket")
        if self.lock is not None:
            self.remove(NAME + b".lock")
            os.close(self.lock)
        self.socket = self.lock = None

    # MARK: Its work

    def prepare(self):
        """Imports what the script imports."""
        with open(SCRIPT, "rb") as file:
            source = file.read()
        # `open_code` and these arguments are what the interpreter itself uses.
        self.code = compile(source, os.fsdecode(SCRIPT), "exec", dont_inherit=True)
        self.given = given_variables()
        self.is_fit = preload(imports_of(source))
        self.settle()
        if any(
            seen and seen[3] > self.started * 1e9
            for path, seen in self.disk.items()
            if not os.path.isdir(path)
        ):
            # A file changed while it was imported: it is unknown which version was loaded.
            raise Ended()
        self.news, self.teller = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.news.setblocking(False)
        self.teller.setblocking(False)

    def settle(self):
        """Records the current state, with which requests are compared."""
        self.disk = look_at_all()
        self.modules = frozenset(sys.modules)
        self.patterns = frozenset(compiled_patterns())
        now = variables_of(name + b"=" + value for name, value in os.environb.items())
        self.set_variables = {
            name: value for name, value in now.items() if self.given.get(name) != value
        }
        self.unset_variables = [name for name in self.given if name not in now]

    def learn(self):
        """Imports what tools imported on their own, and compiles the patterns that they compiled,
        so that the next one need not."""
        heard = self.waiting - self.tried
        self.waiting.clear()
        self.tried.update(heard)
        names = sorted(name for kind, name, _ in heard if kind == "module")
        names = [name for name in names if name not in sys.modules and is_of_library(name)]
        patterns = sorted((each[1:] for each in heard if each[0] == "pattern"), key=repr)
        with self.signals_put_back():
            self.is_fit = preload(names, patterns) and self.is_fit
        self.settle()

    def has_changed(self):
        return any(look(path) != seen for path, seen in self.disk.items())

    def serve(self):
        """Listens until there is a reason to end. Comes back in tools alone, with what to run."""
        reader, self.wakeup = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        self.waker = reader
        self.take_signals()
        poll = select.poll()
        for descriptor in (self.listener.fileno(), self.news.fileno(), reader):
            poll.register(descriptor, select.POLLIN)
        while True:
            # New modules are imported when no request is waiting.
            ready = dict(poll.poll(500 if self.waiting else self.patience()))
            if reader in ready:
                signals = os.read(reader, 4096)
                if signal.SIGTERM in signals:
                    raise Ended()
                self.reap()
            if self.news.fileno() in ready:
                self.hear()
            if self.listener.fileno() in ready:
                run = self.answer()
                if run:
                    return run
            elif self.waiting and not ready:
                self.learn()
            elif not ready:
                self.end_if_useless()

    def patience(self):
        """Milliseconds until the next check."""
        left = float(IDLE) - (time.monotonic() - self.used)
        return int(1000 * max(0.05, min(left, 30)))

    def end_if_useless(self):
        idle = time.monotonic() - self.used
        if not self.leaders and idle >= float(IDLE):
            raise Ended()
        if not self.is_ours(b".socket", self.socket) or self.has_changed():
            raise Ended()

    def hear(self):
        """A tool reports what it had to import itself; the report is only stored here."""
        try:
            told = ast.literal_eval(self.news.recv(1 << 18).decode("utf-8", "replace"))
            self.waiting.update((kind, name, flags) for kind, name, flags in told)
        except (OSError, ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
            pass
        self.waiting -= self.tried

    def reap(self):
        """Collects leaders; the processes of a killed leader are killed too."""
        killed = False
        while True:
            try:
                process, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                break
            if not process:
                break
            killed = killed or (process in self.leaders and os.WIFSIGNALED(status))
            self.leaders.discard(process)
            if status == 0:
                self.used = time.monotonic()
        if killed:
            for process, top in descendants(os.getpid()):
                if top not in self.leaders:
                    kill(process, signal.SIGKILL)

    def answer(self):
        try:
            connection, _ = self.listener.accept()
        except OSError:
            return None
        if peer_of(connection) != os.geteuid():
            connection.close()
            return None
        if self.has_changed():
            # A client that receives this may start another server at once.
            self.leave()
            tell(connection, "O\n")
            connection.close()
            raise Ended()
        try:
            process = os.fork()
        except OSError as error:
            tell(connection, "N %s\n" % error)
            connection.close()
            return None
        if process == 0:
            return Leader(self, connection).lead()
        connection.close()
        self.leaders.add(process)
        return None

    # MARK: Signals

    def take_signals(self):
        for number in (signal.SIGTERM, signal.SIGCHLD):
            self.earlier_signals[number] = signal.signal(number, lambda number, frame: None)
        signal.set_wakeup_fd(self.wakeup, warn_on_full_buffer=False)

    def put_signals_back(self):
        signal.set_wakeup_fd(-1)
        for number, handler in self.earlier_signals.items():
            signal.signal(number, handler)

    def signals_put_back(self):
        """Modules that are imported meet the signals as they were."""
        server = self

        class Scope:
            def __enter__(self):
                signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGTERM])
                server.put_signals_back()

            def __exit__(self, *_):
                server.take_signals()
                signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGTERM])
                # A signal that came meanwhile has woken nobody.
                server.reap()

        return Scope()
