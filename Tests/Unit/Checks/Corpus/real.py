"""Runs a program of pre-commit-hooks on one file after the other, in one process.

`real.py MODULE [ARGUMENT...] <names`: the names are separated by NUL. Prints for each `STATUS NAME`.
A crash has the status 1, as it has for a program of its own.
"""

import contextlib
import importlib
import io
import os
import sys
import warnings


def main():
    module, arguments = sys.argv[1], sys.argv[2:]
    program = importlib.import_module("pre_commit_hooks." + module).main
    warnings.simplefilter("ignore")
    for name in sys.stdin.buffer.read().split(b"\0"):
        silent = io.TextIOWrapper(io.BytesIO(), errors="backslashreplace")
        with contextlib.redirect_stdout(silent), contextlib.redirect_stderr(silent):
            try:
                status = program(arguments + [os.fsdecode(name)])
            except (Exception, SystemExit) as error:
                status = error.code if isinstance(error, SystemExit) else 1
        sys.stdout.buffer.write(b"%d %s\n" % (status, name))


if __name__ == "__main__":
    main()
