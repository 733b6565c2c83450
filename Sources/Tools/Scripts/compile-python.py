"""Compiles every Python file of the tree; `compileall` alone passes when it finds none.

Where the job selects files, HOOKS_FILES is a file with their names, each ended by a NUL byte.
"""
import compileall
import os
import sys


def chosen():
    """The selected files; None for all of them."""
    listed = os.environ.get("HOOKS_FILES")
    if not listed:
        return None
    with open(listed, "rb") as file:
        return {os.fsdecode(name) for name in file.read().split(b"\0") if name}


def reason(path):
    """Why a file does not compile, as `PATH:LINE: WHY` and the line; None if it does."""
    try:
        with open(path, "rb") as file:
            compile(file.read(), path, "exec", dont_inherit=True)
    except SyntaxError as error:
        place = f"{path}:{error.lineno or 1}"
        if error.offset and error.offset > 0:
            place += f":{error.offset}"
        line = (error.text or "").strip()
        return f"{place}: {type(error).__name__}: {error.msg}" + (f"\n    {line}" if line else "")
    except (ValueError, RecursionError, MemoryError) as error:
        return f"{path}:1: {type(error).__name__}: {error}"
    return None


selected = chosen()
files = 0
found_errors = False
for folder, names, found in os.walk("."):
    names[:] = sorted(
        n for n in names
        if n not in ("node_modules", "__pycache__") and not os.path.islink(os.path.join(folder, n))
    )
    for name in sorted(found):
        path = os.path.normpath(os.path.join(folder, name))
        if not name.endswith(".py") or not os.path.isfile(path) or os.path.islink(path):
            continue
        if selected is not None and path not in selected:
            continue
        files += 1
        # It compiles only what has changed since it did so last.
        if compileall.compile_file(path, quiet=2):
            continue
        why = reason(path)
        if why is None:
            print(f"{path}: it compiles, but its bytecode cannot be written")
            sys.exit(3)
        found_errors = True
        print(os.fsencode(why).decode(errors="replace"))
print("1 file" if files == 1 else f"{files} files")
sys.exit(5 if files == 0 else 10 if found_errors else 0)
