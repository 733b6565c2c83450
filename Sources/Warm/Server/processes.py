"""Processes: their data in the system, how they end, and what they may write to."""


def prctl(option, value):
    LIBC.prctl(option, ctypes.c_ulong(value), *[ctypes.c_ulong(0)] * 3)


def peer_of(connection):
    """The user on the other end of a socket."""
    raw = connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
    return struct.unpack("3i", raw)[1]


def tell(connection, words):
    try:
        connection.sendall(words.encode())
    except OSError:
        pass


def close(descriptor):
    try:
        os.close(descriptor)
    except OSError:
        pass


def kill(process, number):
    try:
        os.kill(process, number)
    except OSError:
        pass


def descendants(own):
    """The processes below one, each with the child of it that it comes from."""
    parents = {}
    for name in os.listdir("/proc"):
        if not name.isdigit():
            continue
        try:
            with open("/proc/%s/stat" % name, "rb") as file:
                fields = file.read().rpartition(b")")[2].split()
        except OSError:
            continue
        parents[int(name)] = int(fields[1])
    found = []
    for process in sorted(parents):
        top = process
        while parents.get(top, 0) not in (0, own):
            top = parents[top]
        if parents.get(top) == own:
            found.append((process, top))
    return found


def name_of(process):
    try:
        with open("/proc/%d/comm" % process, "rb") as file:
            name = file.read()
    except OSError:
        return "a process"
    return bytes(byte for byte in name if byte >= 0x20).decode("utf-8", "replace")


def reap(tool=None):
    """Collects every child that ended; the status of the tool if it is among them."""
    found = None
    while True:
        try:
            process, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return found
        if not process:
            return found
        if process == tool:
            found = status


def wait_for_children(seconds):
    """Waits for all children to end; true when some are left."""
    deadline = time.monotonic() + seconds
    pause = 0.0005
    while True:
        try:
            process, _ = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return False
        if process:
            continue
        if time.monotonic() >= deadline:
            return True
        time.sleep(pause)
        pause = min(2 * pause, 0.05)


def end_leftovers():
    """After the tool's own end: lets its helpers finish, then kills the rest and names them."""
    if not wait_for_children(GRACE):
        return []
    names = [name_of(process) for process, _ in descendants(os.getpid())]
    kill_all()
    return names or ["a process"]


def end_everything():
    """Sends TERM to all processes, and then KILL."""
    for process, _ in descendants(os.getpid()):
        kill(process, signal.SIGTERM)
    if wait_for_children(GRACE):
        kill_all()


def kill_all():
    """A process may fork while it is being killed, so this repeats until there are none."""
    for _ in range(200):
        for process, _ in descendants(os.getpid()):
            kill(process, signal.SIGKILL)
        if not wait_for_children(0.01):
            return


def protect(protected, writable):
    """A view of the file system in which folders are read-only; as `linux_protect` does.

    If it is not possible here, it is not possible for `hooks guard` either: the key ensures that both have
    the same rights.
    """
    protected = [
        path
        for path in sorted(set(protected))
        if not any(path != other and (path + b"/").startswith(other + b"/") for other in protected)
    ]
    if not protected:
        return
    user, group = os.geteuid(), os.getegid()
    is_in_user_namespace = False
    if LIBC.unshare(0x00020000) != 0:  # CLONE_NEWNS
        if LIBC.unshare(0x10000000 | 0x00020000) != 0:  # CLONE_NEWUSER
            return
        is_in_user_namespace = True
        try:
            write("/proc/self/setgroups", "deny")
            write("/proc/self/uid_map", "%d %d 1" % (user, user))
            write("/proc/self/gid_map", "%d %d 1" % (group, group))
        except OSError:
            return drop_rights()
    mount_read_only(protected, writable)
    if is_in_user_namespace:
        drop_rights()


def write(path, text):
    with open(path, "w") as file:
        file.write(text)


def mount_read_only(protected, writable):
    bind = 4096 | 16384  # MS_BIND, MS_REC
    if LIBC.mount(b"none", b"/", None, ctypes.c_ulong(16384 | 1 << 19), None) != 0:  # MS_SLAVE
        return
    for path in protected + writable:
        if LIBC.mount(path, path, None, ctypes.c_ulong(bind), None) != 0:
            return
    read_only = struct.pack("4Q", 1, 0, 0, 0)  # MOUNT_ATTR_RDONLY
    for path in protected:
        here, none, size = (ctypes.c_long(number) for number in (-100, 0, len(read_only)))
        LIBC.syscall(ctypes.c_long(442), here, path, none, read_only, size)  # mount_setattr


def drop_rights():
    """In a user namespace of its own a process may do anything until it starts a program; the
    tool is started without that."""
    version = 0x20080522
    LIBC.capset(struct.pack("Ii", version, 0), struct.pack("6I", 0, 0, 0, 0, 0, 0))
