"""A tool server of hooks: it has imported one Python tool, and forks a process for every request.

Three kinds of processes run this program, whose files are one text when it starts. The *server*
listens, and does nothing that could take long. For each connection it forks a *leader*, which
reads the request, starts the tool, and sees to it that nothing outlives the request, as
`hooks guard` does. The leader forks the *tool*, which leaves everything here behind and runs the
tool's own script as a fresh interpreter would.

`settings` comes from what started this: NUL between folder, name, idle seconds, script, and key.

This file: what an interpreter has at its start, what it imports, and what that depended on.
"""

import ast
import ctypes
import fcntl
import gc
import importlib
import importlib.machinery
import importlib.util
import io
import os
import re
import select
import signal
import site
import socket
import struct
import sys
import sysconfig
import time
import types
import warnings

FOLDER, NAME, IDLE, SCRIPT, KEY = settings.split(b"\0", 4)  # noqa: F821
LIBC = ctypes.CDLL(None, use_errno=True)
GRACE = 0.7
"""How long processes may take to end by themselves, in seconds; as in `Guard.swift`."""


class Ended(Exception):
    """The server has no reason to continue."""


class Cannot(Exception):
    """A request that needs a fresh process, and why."""


def as_fresh():
    """Makes the standard streams, and where modules are found, what a fresh process would have.

    The streams are made over a pipe, as those of a request are; modules may keep them.
    """
    reader, writer = os.pipe()
    null = os.open(os.devnull, os.O_RDWR)
    for descriptor, stream in ((0, null), (1, writer), (2, writer)):
        os.dup2(stream, descriptor)
    for name, descriptor in (("stdin", 0), ("stdout", 1), ("stderr", 2)):
        stream = remade(getattr(sys, name), descriptor, name)
        setattr(sys, name, stream)
        setattr(sys, "__%s__" % name, stream)
    for descriptor in (1, 2):
        os.dup2(null, descriptor)
    for descriptor in (null, reader, writer):
        os.close(descriptor)
    # `-c` puts the current folder where a script has its own.
    if sys.path[:1] == [""]:
        sys.path[0] = os.path.dirname(os.path.realpath(os.fsdecode(SCRIPT)))


def remade(old, descriptor, name):
    """A standard stream as the interpreter makes it, over what the descriptor is now."""
    buffering = 0 if isinstance(old.buffer, io.FileIO) else -1
    mode = "r" if descriptor == 0 else "w"
    buffer = open(descriptor, mode + "b", buffering=buffering, closefd=False)
    getattr(buffer, "raw", buffer).name = "<%s>" % name
    stream = io.TextIOWrapper(
        buffer,
        encoding=old.encoding,
        errors=old.errors,
        newline="\n",
        line_buffering=old.line_buffering,
        write_through=old.write_through,
    )
    stream.mode = mode
    return stream


def variables_of(rows):
    """The first of each name counts."""
    variables = {}
    for row in rows:
        name, separator, value = row.partition(b"=")
        if separator:
            variables.setdefault(name, value)
    return variables


def given_variables():
    """The variables that this process was started with, whatever it did to them since."""
    with open("/proc/self/environ", "rb") as file:
        return variables_of(file.read().split(b"\0"))


class Observed(os._Environ):
    """The environment while modules are imported: notes which variables they look at."""

    seen = set()
    all_seen = False

    def __getitem__(self, name):
        Observed.seen.add(self.encodekey(name))
        return super().__getitem__(name)

    def __iter__(self):
        Observed.all_seen = True
        return super().__iter__()

    def __len__(self):
        Observed.all_seen = True
        return super().__len__()


# MARK: Importing


def imports_of(script):
    """The modules that a script imports at its top."""
    for node in ast.parse(script).body:
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module


def library_folders():
    """Where the interpreter and its environment keep modules; a project's own are elsewhere."""
    folders = {sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")}
    folders.update(site.getsitepackages())
    if site.ENABLE_USER_SITE:
        folders.add(site.getusersitepackages())
    return tuple(os.path.realpath(folder) + os.sep for folder in folders if folder)


def is_of_library(name):
    """Whether a module would be imported from a library folder."""
    try:
        origin = importlib.util.find_spec(name).origin
    except BaseException:
        return False
    if not origin or not os.path.isabs(origin):
        return origin in ("built-in", "frozen")
    return os.path.realpath(origin).startswith(LIBRARY)


def compiled_patterns():
    """What the module `re` keeps of the patterns that it compiled: the pattern and its flags."""
    kept = getattr(sys.modules.get("re"), "_cache", None)
    for key in list(kept or ()):
        if isinstance(key, tuple) and len(key) == 3 and isinstance(key[2], int):
            yield key[1], int(key[2])


def compile_patterns(patterns):
    """Lets `re` keep patterns; one that it warns about is compiled by each tool, with a warning."""
    loud = []
    for pattern, flags in patterns:
        try:
            with warnings.catch_warnings(record=True) as heard:
                warnings.simplefilter("always")
                re.compile(pattern, flags)
            if heard:
                loud.append(pattern)
        except Exception:
            pass
    for kept in (getattr(re, "_cache", {}), getattr(re, "_cache2", {})):
        for key in [key for key in list(kept) if key[1] in loud]:
            del kept[key]


def preload(names, patterns=()):
    """Imports modules; what they print shows that they cannot be imported beforehand."""
    shown = os.memfd_create("output", os.MFD_CLOEXEC)
    null = os.open(os.devnull, os.O_RDWR | os.O_CLOEXEC)
    environments = [os.environ, os.environb]
    for descriptor in (1, 2):
        os.dup2(shown, descriptor)
    for environment in environments:
        environment.__class__ = Observed
    try:
        for name in names:
            try:
                importlib.import_module(name)
            except BaseException:
                pass
        compile_patterns(patterns)
    finally:
        for environment in environments:
            environment.__class__ = os._Environ
        sys.stdout.flush()
        sys.stderr.flush()
        for descriptor in (1, 2):
            os.dup2(null, descriptor)
    is_silent = os.fstat(shown).st_size == 0
    os.close(shown)
    os.close(null)
    gc.collect()
    gc.freeze()
    return is_silent and len(os.listdir("/proc/self/task")) == 1


# MARK: Noticing changes


def file_of(module):
    """The file of a module, without waking one that is loaded lazily."""
    try:
        return object.__getattribute__(module, "__dict__").get("__file__")
    except Exception:
        return None


def look(path):
    """What changes when a file does; the names in a folder are its content."""
    try:
        status = os.stat(path)
    except OSError:
        return None
    return (status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)


def look_at_all():
    """Everything on disk that an import depended on."""
    paths = {sys.executable, os.fsdecode(SCRIPT), os.path.join(sys.prefix, "pyvenv.cfg")}
    files = {file_of(module) for module in list(sys.modules.values())}
    for file in files:
        if isinstance(file, str):
            paths.update((file, os.path.dirname(file)))
    paths.update(entry for entry in sys.path if entry)
    for folder in LIBRARY:
        try:
            paths.update(folder + name for name in os.listdir(folder) if name.endswith(".pth"))
        except OSError:
            pass
    return {path: look(path) for path in paths}
