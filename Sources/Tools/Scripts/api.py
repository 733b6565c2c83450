"""Compares the public functions and classes with those that the branch started from, by griffe.

`Removes: pkg.mod.name` or `Changes: pkg.mod.name` in a message of the branch lets the change of that
name through. Where the job selects files, HOOKS_FILES is a file with their names, each ended by a NUL
byte; what changed in others is not named.
"""
import logging
import os
import pathlib
import re
import sys

import griffe

logging.disable(logging.CRITICAL)
base = os.environ.get("HOOKS_BASE")
if not base:
    print("nothing to compare with")
    sys.exit(0)
allowed = {
    line.split(": ", 1)[1] for line in os.environ.get("HOOKS_ALLOWED", "").split("\n")
    if line.startswith(("Removes: ", "Changes: "))
}
selected = None
if os.environ.get("HOOKS_FILES"):
    with open(os.environ["HOOKS_FILES"], "rb") as file:
        selected = {os.fsdecode(name) for name in file.read().split(b"\0") if name}


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


def words(breakage, module):
    """What changed, with the parameter and the values, from griffe's own line."""
    line = re.sub(r"\x1b\[[0-9;]*m", "", breakage.explain())
    known = re.match(r"^.*?:\d+: ([^:]*): (.*)$", line)
    if not known:
        return breakage.obj.path, breakage.kind.value.lower().rstrip(".")
    title, what = known.groups()
    parameter = re.search(r"\(.*\)$", title)
    what = what[:1].lower() + what[1:]
    return breakage.obj.path + (parameter.group() if parameter else ""), what.rstrip(".")


def read(path):
    with open(path, encoding="utf-8", errors="replace") as file:
        return file.read()


old, new = modules(base), modules(os.getcwd())
if not old and not new:
    print("no package at the top or in src")
    sys.exit(5)
findings = []
cures = set()
for name, path in sorted(old.items()):
    here = os.path.relpath(path, base)
    if selected is not None and here not in selected:
        continue
    if name not in new:
        if not is_allowed(name):
            findings.append(f"{here}:1: {name}: the module was removed")
            cures.add(f"Removes: {name}")
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
        if is_allowed(place):
            continue
        title, what = words(breakage, name)
        findings.append(f"{here}:{breakage.obj.lineno or 1}: {title}: {what}")
        is_gone = breakage.kind is griffe.BreakageKind.OBJECT_REMOVED
        cures.add(f"{'Removes' if is_gone else 'Changes'}: {place}")
for line in sorted(set(findings)):
    print(line)
if findings:
    print("if this is intended, add to the commit message:")
    for cure in sorted(cures)[:20]:
        print(f"    {cure}")
sys.exit(10 if findings else 0)
