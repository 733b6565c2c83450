"""Compares the public functions and classes with those that the branch started from, by griffe.

`Removes: pkg.mod.name` in a message of the branch lets the change of that name through.
"""
import logging
import os
import pathlib
import sys

import griffe

logging.disable(logging.CRITICAL)
base = os.environ.get("HOOKS_BASE")
if not base:
    print("nothing to compare with")
    sys.exit(0)
allowed = {
    line.split(": ", 1)[1] for line in os.environ.get("HOOKS_ALLOWED", "").split("\n")
    if line.startswith("Removes: ")
}


def is_allowed(path):
    return any(path == name or path.startswith(name + ".") for name in allowed)


def modules(root):
    """The public modules, by their names."""
    top = os.path.join(root, "src")
    top = top if os.path.isdir(top) else root
    found = {}
    for folder, names, files in os.walk(top):
        inside = os.path.relpath(folder, top)
        parts = [] if inside == "." else inside.split(os.sep)
        names[:] = sorted(
            n for n in names
            if not n.startswith((".", "_")) and n not in ("tests", "test", "node_modules")
            and not os.path.islink(os.path.join(folder, n))
            and os.path.exists(os.path.join(folder, n, "__init__.py"))
        )
        for name in files:
            stem = name[:-3]
            if not name.endswith(".py") or os.path.islink(os.path.join(folder, name)):
                continue
            if stem == "__init__":
                if parts:
                    found[".".join(parts)] = os.path.join(folder, name)
            elif not stem.startswith(("_", "test_")) and stem not in ("setup", "conftest"):
                found[".".join(parts + [stem])] = os.path.join(folder, name)
    return found


def read(path):
    with open(path, encoding="utf-8", errors="replace") as file:
        return file.read()


old, new = modules(base), modules(os.getcwd())
if not old and not new:
    print("no package at the top or in src")
    sys.exit(5)
findings = []
for name, path in sorted(old.items()):
    here = os.path.relpath(path, base)
    if name not in new:
        if not is_allowed(name):
            findings.append(f"{here}:1: {name}: the module was removed")
        continue
    before, after = read(path), read(new[name])
    if before == after:
        continue
    # A module by itself is enough: what it takes from others is theirs.
    sides = []
    for text, file in ((before, path), (after, new[name])):
        try:
            sides.append(griffe.visit(name, filepath=pathlib.Path(file), code=text))
        except SyntaxError as error:
            print(f"{os.path.relpath(file, os.getcwd())}:{error.lineno or 1}: {error.msg}")
            sys.exit(10)
    for breakage in griffe.find_breaking_changes(*sides):
        place = breakage.obj.path
        if not is_allowed(place):
            kind = breakage.kind.value.lower().rstrip(".")
            findings.append(f"{here}:{breakage.obj.lineno or 1}: {place}: {kind}")
for line in sorted(set(findings)):
    print(line)
if findings:
    print("if that is meant, say so in the message: `Removes: NAME`")
sys.exit(10 if findings else 0)
