"""Brings `.venv` and `node_modules` of the working tree in line with the tree's lock files.

The lock files of the tree have to be those of the working tree: environments belong to the one
that is worked in. `uv sync --frozen` for uv.lock, `pip install -r` for requirements.txt, `npm ci`
for package-lock.json.
"""
import os
import shutil
import subprocess
import sys

tree = os.getcwd()
worktree = os.environ["HOOKS_WORKTREE"]
own = os.environ.get("PATH", "")
locks = [
    name for name in ("uv.lock", "requirements.txt", "package-lock.json")
    if os.path.isfile(os.path.join(tree, name))
]
if "uv.lock" in locks and "requirements.txt" in locks:
    locks.remove("requirements.txt")
if not locks:
    print("no uv.lock, requirements.txt or package-lock.json")
    sys.exit(5)


def content(folder, name):
    try:
        with open(os.path.join(folder, name), "rb") as file:
            return file.read()
    except OSError:
        return None


def program(name):
    found = shutil.which(name, path=own)
    if not found:
        print(f"`{name}` is not installed")
        sys.exit(4)
    return found


def run(*command):
    result = subprocess.run(command, cwd=worktree, stdin=subprocess.DEVNULL)
    if result.returncode < 0 or result.returncode > 125:
        sys.exit(3)
    if result.returncode:
        print(f"`{os.path.basename(command[0])}` exited with {result.returncode}")
        sys.exit(10)


beside = {"uv.lock": ["pyproject.toml"], "package-lock.json": ["package.json"]}
for name in locks:
    for each in [name] + beside.get(name, []):
        if content(tree, each) != content(worktree, each):
            print(f"{each} in the working tree differs from that of the tree under test")
            sys.exit(10)
for name in locks:
    if name == "uv.lock":
        run(program("uv"), "sync", "--frozen")
    elif name == "package-lock.json":
        run(program("npm"), "ci", "--no-audit", "--no-fund")
    else:
        venv = os.path.join(worktree, ".venv")
        python = os.path.join(venv, "bin", "python")
        if not os.path.exists(python):
            run(program("python3"), "-m", "venv", venv)
        run(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", name)
print(f"{len(locks)} lock files" if len(locks) > 1 else f"1 lock file: {locks[0]}")
