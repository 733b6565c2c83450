"""Runs commands and measures them as whole processes."""

import ctypes
import os
import shutil
import signal
import statistics
import time
from dataclasses import dataclass


@dataclass
class Sample:
    """One run: seconds of wall time, and of processor time with all that was waited for."""

    wall: float
    cpu: float
    status: int
    output: bytes


def program(argv, environment):
    """The file that the environment's own PATH means."""
    return shutil.which(argv[0], path=environment["PATH"]) or argv[0]


def run(argv, folder, environment):
    """Runs a command to its end; its two streams are read together."""
    reader, writer = os.pipe()
    actions = [
        (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
        (os.POSIX_SPAWN_DUP2, writer, 1),
        (os.POSIX_SPAWN_DUP2, writer, 2),
        (os.POSIX_SPAWN_CLOSE, reader),
    ]
    before = os.getcwd()
    os.chdir(folder)
    start = time.perf_counter()
    try:
        path = program(argv, environment)
        process = os.posix_spawn(path, argv, environment, file_actions=actions)
    finally:
        os.chdir(before)
        os.close(writer)
    with os.fdopen(reader, "rb") as stream:
        output = stream.read()
    _, status, usage = os.wait4(process, 0)
    wall = time.perf_counter() - start
    code = os.waitstatus_to_exitcode(status)
    return Sample(wall, usage.ru_utime + usage.ru_stime, code, output)


def median(numbers):
    return statistics.median(numbers)


# Peak memory is read at the exit of each process, under ptrace, in runs that are not timed: what
# wait4 reports includes the memory of the process that forked.

_libc = ctypes.CDLL(None, use_errno=True)
_libc.ptrace.argtypes = [ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p]
_CONT, _SEIZE = 7, 0x4206
_EVENT_EXIT, _EVENT_STOP = 6, 128
_FOLLOW_ALL_AND_STOP_AT_EXIT = 0x2 | 0x4 | 0x8 | 0x40


def peaks(argv, folder, environment):
    """Runs a command; gives for each program that ran in it the largest peak of memory, in KiB,
    and the number of processes."""
    go_reader, go_writer = os.pipe()
    process = os.fork()
    if process == 0:
        os.read(go_reader, 1)
        os.chdir(folder)
        null = os.open(os.devnull, os.O_RDWR)
        for stream in range(3):
            os.dup2(null, stream)
        os.execve(program(argv, environment), argv, environment)
    os.close(go_reader)
    if _libc.ptrace(_SEIZE, process, None, _FOLLOW_ALL_AND_STOP_AT_EXIT) != 0:
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
        return {}, 0
    os.write(go_writer, b".")
    os.close(go_writer)
    found, processes = {}, set()
    while True:
        try:
            stopped, status = os.waitpid(-1, 0x40000000)
        except ChildProcessError:
            return found, len(processes)
        if os.WIFSTOPPED(status):
            _continue(stopped, status, found, processes)


def _continue(stopped, status, found, processes):
    event = status >> 16
    if event == _EVENT_EXIT:
        _note_peak(stopped, found, processes)
    delivered = 0 if event or os.WSTOPSIG(status) == signal.SIGTRAP else os.WSTOPSIG(status)
    _libc.ptrace(_CONT, stopped, None, delivered)


def _note_peak(process, found, processes):
    try:
        name = os.path.basename(os.readlink(f"/proc/{process}/exe"))
        with open(f"/proc/{process}/status", encoding="utf-8") as lines:
            fields = dict(line.split(":", 1) for line in lines)
        peak = int(fields["VmHWM"].split()[0])
    except (OSError, KeyError):
        return
    processes.add(int(fields["Tgid"]))
    found[name] = max(found.get(name, 0), peak)
