"""Calls against definitions, by ty or else mypy: only what the branch's start does not have counts."""
import hashlib
import json
import os
import re
import subprocess
import sys

# Where the job selects files, HOOKS_FILES is a file with their names, each ended by a NUL byte.
selected = None
if os.environ.get("HOOKS_FILES"):
    with open(os.environ["HOOKS_FILES"], "rb") as file:
        selected = {os.fsdecode(name) for name in file.read().split(b"\0") if name}
base = os.environ.get("HOOKS_BASE")
tool = sys.argv[1]
if os.path.basename(tool) == "ty":
    command = [tool, "check", "--output-format", "concise", "--no-progress", "--color", "never"]
else:
    command = [
        tool, "--check-untyped-defs", "--no-error-summary", "--hide-error-context",
        "--no-color-output", "--ignore-missing-imports", "--no-incremental",
        "--explicit-package-bases", ".",
    ]
fine, findings = (0,), (1,)
counted = re.compile(r"^(?P<path>[^:\n]+):(?P<line>\d+)(?::\d+)?: (?P<text>.*)$")
# Messages about a caller that does not match its definition; all others are about types.
kinds = re.compile(
    r"\[(unresolved|missing|possibly|unknown|too-many|invalid-argument|call|no-matching)[a-z-]*\]"
    r"|\[(parameter-already-assigned|not-callable)\]"
    r"|\[(attr-defined|name-defined|call-arg|arg-type|import-not-found|call-overload|operator|misc)\]"
)


def files(folder):
    for top, names, found in os.walk(folder):
        names[:] = [
            n for n in names
            if n not in (".venv", "node_modules") and not os.path.islink(os.path.join(top, n))
        ]
        if any(n.endswith(".py") for n in found):
            return True
    return False


def check(folder):
    environment = dict(os.environ)
    source = os.path.join(folder, "src")
    first = source if os.path.isdir(source) else folder
    environment["MYPYPATH"] = first
    others = os.environ.get("PYTHONPATH", "").split(":")[1:]
    environment["PYTHONPATH"] = ":".join([first] + [p for p in others if p])
    result = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
    if result.returncode not in fine + findings:
        print((result.stdout + result.stderr).strip()[-4000:])
        print(f"{os.path.basename(tool)} exited with {result.returncode}")
        sys.exit(3)
    lines = []
    for line in result.stdout.splitlines():
        match = counted.match(line)
        if match and kinds.search(match["text"]) and ": note:" not in line:
            lines.append((match["path"], match["line"], match["text"].strip()))
    return lines


def checked_base():
    """The findings at the start of the branch; cached, because they are needed in every run."""
    status = os.stat(tool)
    parts = [os.environ["HOOKS_BASE_COMMIT"], tool, status.st_size, status.st_mtime_ns, sys.path]
    name = "calls-" + hashlib.sha256(repr(parts).encode()).hexdigest()[:24]
    kept = os.path.join(os.environ["HOOKS_KEPT"], name)
    try:
        with open(kept) as file:
            return [tuple(line) for line in json.load(file)]
    except (OSError, ValueError):
        pass
    lines = check(base)
    with open(f"{kept}.{os.getpid()}", "w") as file:
        json.dump(lines, file)
    os.replace(f"{kept}.{os.getpid()}", kept)
    return lines


if not files("."):
    print("no Python file")
    sys.exit(5)
found = [line for line in check(os.getcwd()) if selected is None or line[0] in selected]
if found and base:
    # The same text in the same file counts as the same finding, on any line.
    known = [(path, text) for path, _, text in checked_base()]
    fresh = []
    for path, line, text in found:
        if (path, text) in known:
            known.remove((path, text))
        else:
            fresh.append((path, line, text))
    found = fresh
for path, line, text in found:
    print(f"{path}:{line}: {text}")
sys.exit(10 if found else 0)
