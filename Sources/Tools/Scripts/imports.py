"""Imports every module of the project, each in a fresh interpreter, for ten seconds at most.

A fresh interpreter that imports `a.b` imports `a` first. So a process that has imported `a` alone is
forked for `a.b`; and a module that `a` has imported by itself needs none, for it is there in every
interpreter before anything else could be. That is the same as an interpreter for each, and a
hundred times faster. Scripts are left out, for to import one is to run it: files outside of packages
and of the source root, tests, `__main__`, and files at the top that do their work when they are read.

Where the job selects files, HOOKS_FILES is a file with their names, each ended by a NUL byte; a module that
is not among them is imported only when another one does that.
"""
import ast
import os
import signal
import sys
import traceback

root = os.getcwd()
source = os.path.join(root, "src")
roots = [source] if os.path.isdir(source) else [root]
sys.path[:0] = roots + [
    p for p in os.environ.get("PYTHONPATH", "").split(":") if p and p not in roots
]
sys.dont_write_bytecode = False
limit = 10
skipped = {"tests", "test", "node_modules", "docs", "examples", "scripts", "benchmarks"}


def is_test(name):
    return name.startswith("test_") or name.endswith("_test") or name in ("conftest", "setup")


def modules(top):
    for folder, names, found in os.walk(top):
        inside = os.path.relpath(folder, top)
        prefix = [] if inside == "." else inside.split(os.sep)
        is_package = "__init__.py" in found
        names[:] = sorted(
            n for n in names
            if n.isidentifier() and n not in skipped
            and not os.path.islink(os.path.join(folder, n))
            and os.path.exists(os.path.join(folder, n, "__init__.py"))
        )
        for name in sorted(found):
            stem, kind = os.path.splitext(name)
            if kind != ".py" or not stem.isidentifier() or is_test(stem):
                continue
            if stem == "__init__":
                if prefix:
                    yield ".".join(prefix), os.path.join(folder, name)
            elif stem != "__main__" and (is_package or not prefix):
                yield ".".join(prefix + [stem]), os.path.join(folder, name)


def chosen():
    """The selected files; None for all of them."""
    listed = os.environ.get("HOOKS_FILES")
    if not listed:
        return None
    with open(listed, "rb") as file:
        return {os.path.join(root, os.fsdecode(name)) for name in file.read().split(b"\0") if name}


def dotted(node):
    """`a.b.c` for such an expression; what is no name is left out."""
    if isinstance(node, ast.Name):
        return node.id
    return dotted(node.value) + "." + node.attr if isinstance(node, ast.Attribute) else ""


def is_script(path):
    """Whether a file at the top does its work when it is read, or has nothing to import.

    It defines no function and no class; or what it runs, outside of `if __name__ == ...`, is one of
    its own functions, ends the program, reads its arguments, or talks to its user.
    """
    with open(path, "rb") as file:
        text = file.read()
    try:
        body = ast.parse(text).body
    except (SyntaxError, ValueError):
        return False
    own = {n.name for n in body if isinstance(n, (ast.FunctionDef, ast.AsyncFunctionDef))}
    if not own and not any(isinstance(n, ast.ClassDef) for n in body):
        return True
    acts = own | {"print", "input", "exit", "quit", "sys.exit", "os._exit", "asyncio.run"}
    for node in body:
        if isinstance(node, ast.Raise):
            return True
        if isinstance(node, (ast.Expr, ast.Assign, ast.AnnAssign)) and node.value is not None:
            value = node.value
            names = {dotted(n) for n in ast.walk(value) if isinstance(n, ast.Attribute)}
            if "sys.argv" in names or any(n.endswith(".parse_args") for n in names):
                return True
            if isinstance(node, ast.Expr) and isinstance(value, ast.Call):
                if dotted(value.func) in acts:
                    return True
    return False


def fails(name):
    """Imports a module here; a line about why that fails, or None."""
    signal.alarm(limit)
    try:
        __import__(name)
    except BaseException as error:
        if isinstance(error, SystemExit) and not error.code:
            return None
        lines = traceback.format_exception_only(type(error), error)
        frames = [f for f in traceback.extract_tb(error.__traceback__) if f.filename.startswith(root)]
        if isinstance(error, SyntaxError) and (error.filename or "").startswith(root):
            place = f"{os.path.relpath(error.filename, root)}:{error.lineno or 1}: "
            return f"{place}importing {name}: {lines[-1].strip()}"
        place = f"{os.path.relpath(frames[-1].filename, root)}:{frames[-1].lineno}: " if frames else ""
        return f"{place}importing {name}: {lines[-1].strip()}"
    finally:
        signal.alarm(0)
    return None


def children(name):
    return [n for n in found if n.rpartition(".")[0] == name]


def visit(name, report):
    """In a process that has imported the packages above `name`, as every interpreter does first."""
    reason = None if name in sys.modules else fails(name)
    if reason:
        os.write(report, (reason + "\n").encode())
        return
    below(children(name), report, 1)


def below(names, report, workers):
    """Each name in a state where nothing beside it was imported that would not be in any case: one
    that a package has imported by itself is as in a fresh interpreter; others get a process."""
    running = {}
    for name in names:
        if name in sys.modules:
            visit(name, report)
            continue
        while len(running) >= workers:
            reap(running, report)
        child = os.fork()
        if child == 0:
            try:
                visit(name, report)
            finally:
                os._exit(0)
        running[child] = name
    while running:
        reap(running, report)


def reap(running, report):
    child, status = os.wait()
    name = running.pop(child, None)
    if name and os.WIFSIGNALED(status):
        number = os.WTERMSIG(status)
        late = number == signal.SIGALRM
        reason = f"takes longer than {limit} s" if late else f"killed by signal {number}"
        os.write(report, f"importing {name}: {reason}\n".encode())


found = []
scripts = 0
selected = chosen()
for top in roots:
    for name, path in modules(top):
        if selected is not None and path not in selected:
            continue
        if "." in name or path.endswith("__init__.py") or not is_script(path):
            found.append(name)
        else:
            scripts += 1
ours, theirs = os.pipe()
runner = os.fork()
if runner == 0:
    os.close(ours)
    below([n for n in found if "." not in n], theirs, max(1, min(4, os.cpu_count() or 1)))
    os._exit(0)
os.close(theirs)
with os.fdopen(ours) as reports:
    bad = sorted(set(reports.read().splitlines()))
_, status = os.waitpid(runner, 0)
for line in bad:
    print(line)
def counted(number, noun):
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


print(
    counted(len(found), "module") + (f", {len(bad)} failed" if bad else "")
    + (f", {counted(scripts, 'script')} left out" if scripts else ""))
sys.exit(3 if status else 10 if bad else 5 if not found else 0)
