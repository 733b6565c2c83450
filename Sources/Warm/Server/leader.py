"""The process that serves one request."""


class Request:
    """The request of a client: a NUL after every field, and a count before every list."""

    def __init__(self, body):
        fields = iter(body.split(b"\0"))

        def several():
            return [next(fields) for _ in range(int(next(fields)))]

        self.verb = next(fields)
        self.key = b"\0".join(several())
        self.folder = next(fields)
        self.umask = int(next(fields))
        self.timeout = int(next(fields)) / 1000
        self.protected = several()
        self.writable = several()
        self.arguments = several()
        self.variables = variables_of(several())


class Leader:
    """The process that serves one request."""

    def __init__(self, server, connection):
        self.server = server
        self.connection = connection
        # Only runs of the tool count as use of a server.
        self.has_served = False

    def lead(self):
        """Serves the request to its end. Comes back in the tool alone."""
        server = self.server
        server.put_signals_back()
        os.setsid()
        prctl(36, 1)  # PR_SET_CHILD_SUBREAPER
        for descriptor in (server.waker, server.wakeup, server.lock, server.folder):
            os.close(descriptor)
        server.listener.close()
        server.news.close()
        code = 3
        try:
            run = self.obey(*self.receive())
            if run:
                return run
            code = 0 if self.has_served else 3
        except Cannot as reason:
            tell(self.connection, "N %s\n" % reason)
        except BaseException as error:
            tell(self.connection, "N %s\n" % type(error).__name__)
        os._exit(code)

    def receive(self):
        """The length of a request, the request, and the descriptors that come with it."""
        self.connection.settimeout(5)
        space = socket.CMSG_SPACE(2 * struct.calcsize("i"))
        data, extra, _, _ = self.connection.recvmsg(1 << 16, space)
        descriptors = []
        for level, kind, content in extra:
            if level == socket.SOL_SOCKET and kind == socket.SCM_RIGHTS:
                count = len(content) // struct.calcsize("i")
                descriptors += struct.unpack("%di" % count, content[: count * 4])
        while len(data) < 4 or len(data) < 4 + struct.unpack("<I", data[:4])[0]:
            more = self.connection.recv(1 << 20)
            if not more:
                raise Cannot("cut short")
            data += more
        return Request(data[4:]), descriptors

    def obey(self, request, descriptors):
        server = self.server
        if request.verb == b"stop":
            os.kill(os.getppid(), signal.SIGTERM)
            tell(self.connection, "D\n")
            return None
        if request.verb == b"show":
            tell(self.connection, "".join("%s %s\n" % line for line in self.status()))
            return None
        if not server.is_fit:
            raise Cannot("its modules cannot be imported beforehand")
        if request.key != KEY:
            raise Cannot("another environment")
        if len(descriptors) != 2:
            raise Cannot("no streams")
        self.compare_variables(request.variables)
        return self.run(request, descriptors)

    def status(self):
        """What `hooks tools` shows of the server, as lines of a letter and a value."""
        server = self.server
        yield "P", os.getppid()
        yield "F", os.fsdecode(SCRIPT)
        yield "A", int(time.time() - server.started)
        yield "I", int(time.monotonic() - server.used)
        yield "U", int(server.is_fit)
        folders = tuple(folder for folder in LIBRARY if "-packages" in folder)
        tops = {name.partition(".")[0] for name in server.modules}
        for name in sorted(tops & set(sys.modules)):
            if str(file_of(sys.modules[name])).startswith(folders):
                yield "M", name

    def compare_variables(self, variables):
        """The variables that modules read during their import must be unchanged."""
        given = self.server.given
        if Observed.all_seen:
            if variables != given:
                raise Cannot("other variables")
        for name in Observed.seen:
            if variables.get(name) != given.get(name):
                raise Cannot("another value of %s" % os.fsdecode(name))

    def run(self, request, descriptors):
        os.chdir(request.folder)
        protect(request.protected, request.writable)
        self.reader, wakeup = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        earlier = signal.signal(signal.SIGCHLD, lambda number, frame: None)
        signal.set_wakeup_fd(wakeup, warn_on_full_buffer=False)
        gate, tools_gate = socket.socketpair()
        leader = os.getpid()
        tool = os.fork()
        if tool == 0:
            try:
                signal.set_wakeup_fd(-1)
                signal.signal(signal.SIGCHLD, earlier)
                prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG
                if os.getppid() != leader:
                    os._exit(1)
                self.connection.detach()
                return Run(self.server, request, descriptors, tools_gate.detach())
            except BaseException:
                # The client is told that the script did not run, and never that it passed.
                os._exit(1)
        tools_gate.close()
        for descriptor in descriptors:
            os.close(descriptor)
        try:
            if gate.recv(1) != b"R":
                raise Cannot("its process cannot be prepared")
            # The client starts no fresh process after it has let the tool begin.
            tell(self.connection, "R %d\n" % leader)
            self.connection.settimeout(60)
            if self.connection.recv(1) != b"G":
                return None
            self.has_served = True
            gate.sendall(b"G")
            gate.close()
            tell(self.connection, self.watch(tool, request.timeout))
        except BaseException:
            end_everything()
            raise
        return None

    # MARK: As the guard does

    def watch(self, tool, timeout):
        deadline = time.monotonic() + timeout if timeout else None
        poll = select.poll()
        poll.register(self.connection.fileno(), select.POLLIN)
        poll.register(self.reader, select.POLLIN)
        while True:
            status = reap(tool)
            if status is not None:
                left = "".join("L %s\n" % name[:64] for name in end_leftovers()[:20])
                if os.WIFSIGNALED(status):
                    return "S %d\n" % os.WTERMSIG(status) + left
                return "E %d\n" % os.WEXITSTATUS(status) + left
            left = None if deadline is None else deadline - time.monotonic()
            if left is not None and left <= 0:
                end_everything()
                return "T\n"
            # A signal is noticed even if its message was lost.
            ready = dict(poll.poll(500 if left is None else min(500, int(left * 1000) + 1)))
            if self.reader in ready:
                os.read(self.reader, 4096)
            if self.connection.fileno() in ready:
                end_everything()
                return ""
