"""Compares `hooks init` and a run of hooks with pre-commit on a project's configuration.

    compare.py CONFIGURATION HOOKS TOOLS

The configuration names repositories that cannot be reached from a test. pre-commit is therefore given
the same hooks as system hooks: the same programs, with the files, types and arguments that their
repositories give them. hooks is given the file as it is. Both look at the same repository, full of
small faults; afterwards every byte must be the same, and the same files must be named by what failed.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

import yaml

# What the manifests of the repositories say of the hooks that are used here.
MANIFESTS = {
    "black": {"entry": "black", "types_or": ["python", "pyi"], "require_serial": True},
    "isort": {
        "entry": "isort --filter-files", "types_or": ["cython", "pyi", "python"],
        "require_serial": True,
    },
    "flake8": {"entry": "flake8", "types": ["python"], "require_serial": True},
    "ruff": {"entry": "ruff check --force-exclude", "types_or": ["python", "pyi", "jupyter"]},
    "ruff-check": {"entry": "ruff check --force-exclude", "types_or": ["python", "pyi", "jupyter"]},
    "ruff-format": {"entry": "ruff format --force-exclude", "types_or": ["python", "pyi", "jupyter"]},
    "trailing-whitespace": {"entry": "trailing-whitespace-fixer", "types": ["text"]},
    "end-of-file-fixer": {"entry": "end-of-file-fixer", "types": ["text"]},
    "check-ast": {"entry": "check-ast", "types": ["python"]},
    "check-yaml": {"entry": "check-yaml", "types": ["yaml"]},
    "check-toml": {"entry": "check-toml", "types": ["toml"]},
    "check-json": {"entry": "check-json", "types": ["json"]},
    "check-xml": {"entry": "check-xml", "types": ["xml"]},
    "check-merge-conflict": {"entry": "check-merge-conflict", "types": ["text"]},
    "check-case-conflict": {"entry": "check-case-conflict"},
    "check-added-large-files": {"entry": "check-added-large-files"},
    "check-docstring-first": {"entry": "check-docstring-first", "types": ["python"]},
    "check-builtin-literals": {"entry": "check-builtin-literals", "types": ["python"]},
    "check-executables-have-shebangs": {
        "entry": "check-executables-have-shebangs", "types": ["text", "executable"],
    },
    "debug-statements": {"entry": "debug-statement-hook", "types": ["python"]},
    "detect-private-key": {"entry": "detect-private-key", "types": ["text"]},
    "double-quote-string-fixer": {"entry": "double-quote-string-fixer", "types": ["python"]},
    "fix-byte-order-marker": {"entry": "fix-byte-order-marker", "types": ["text"]},
    "mixed-line-ending": {"entry": "mixed-line-ending", "types": ["text"]},
    "name-tests-test": {
        "entry": "name-tests-test", "types": ["python"], "files": r"(^|/)tests/.+\.py$",
    },
    "requirements-txt-fixer": {
        "entry": "requirements-txt-fixer", "files": r"(requirements|constraints).*\.txt$",
    },
    "file-contents-sorter": {"entry": "file-contents-sorter", "files": "^$"},
}

# Hooks that cannot run without the network, and that `hooks init` says it left out.
ELSEWHERE = set()


def system(config):
    """The configuration with every hook a local one."""
    hooks = []
    for repository in config["repos"]:
        for hook in repository["hooks"]:
            if repository["repo"] == "local":
                hooks.append(hook)
            elif repository["repo"] == "meta" or hook["id"] not in MANIFESTS:
                ELSEWHERE.add(hook["id"])
            else:
                made = {"name": hook["id"], "language": "system", **MANIFESTS[hook["id"]], **hook}
                made.pop("additional_dependencies", None)
                hooks.append(made)
    top = {k: v for k, v in config.items() if k not in ("repos", "ci", "default_language_version")}
    return {**top, "repos": [{"repo": "local", "hooks": hooks}]}


FAULTS = {
    "pyproject.toml": '[project]\nname = "demo"\n',
    "setup.cfg": "[flake8]\nmax-line-length = 88\n",
    "README.md": "# Demo  \n\ntrailing \n\n\n",
    "docs/index.rst": "Demo\n====\n\ntext \n",
    "docs/conf.py": "import sys\nimport os\nproject = 'demo'\n",
    "requirements-dev.txt": "pytest\nblack\n",
    "data/a.json": '{"a": 1}',
    "data/bad.json": '{"a": 1, "a": }\n',
    "data/a.yaml": "a: 1\nb:\n  - 2 \n",
    "data/bad.yml": "a: [1\n",
    "data/bad.toml": "a = = 1\n",
    "CHANGES.txt": "no end",
    "mixed.txt": "a\r\nb\nc\r\n",
    "bom.txt": "\ufeffbom\n",
    "script": "#!/usr/bin/env python3\nimport sys,os\nprint( os,sys )\n",
}

MODULE = """import sys
import os, re
from {name} import thing
def f(a,b = 2):
    return {{ 'a':a,"b" :b }}
x = dict( )\x20\x20
"""


def fill(folder):
    for path, content in FAULTS.items():
        write(folder, path, content)
    os.chmod(os.path.join(folder, "script"), 0o755)
    for top in ("src", "src/demo", "tests", "tests/data", "demo", "examples", "profiling", "stubs",
                "vendor", "example_profile", "testing", "lib", "tests/functional"):
        write(folder, f"{top}/mod.py", MODULE.format(name="demo"))
        write(folder, f"{top}/ok.py", '"""Fine."""\n\nVALUE = 1\n')
        write(folder, f"{top}/broken.py", "def broken(:\n")
        write(folder, f"{top}/stub.pyi", "import os\ndef f( a : int ) -> str : ...\n")
        write(folder, f"{top}/test_it.py", "import pdb\n\npdb.set_trace()\n")


def write(folder, path, content):
    path = os.path.join(folder, path)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.write(content)


def git(folder, *words):
    subprocess.run(("git", *words), cwd=folder, check=True, stdout=subprocess.DEVNULL)


def tree(folder):
    found = {}
    for top, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            path = os.path.relpath(os.path.join(top, name), folder)
            if path not in (".pre-commit-config.yaml", "hooks.toml"):
                with open(os.path.join(folder, path), "rb") as file:
                    found[path] = file.read()
    return found


def named(text, paths):
    """The files of the repository that a text speaks of."""
    return {path for path in paths if re.search(rf"(?<![\w/.-]){re.escape(path)}(?![\w-])", text)}


def with_precommit(folder, tools, environment):
    """Runs until nothing is changed any more; the last run says what failed."""
    for _ in range(6):
        before = tree(folder)
        run = subprocess.run(
            (os.path.join(tools, "pre-commit"), "run", "--all-files", "--color=never"),
            cwd=folder, env=environment, capture_output=True, text=True, check=False)
        if run.returncode not in (0, 1):
            sys.exit(f"pre-commit: {run.stdout}{run.stderr}")
        git(folder, "add", "-A")
        if tree(folder) == before:
            return run.returncode, run.stdout
    sys.exit(f"pre-commit does not come to rest: {run.stdout}")


def with_hooks(folder, program, environment):
    for _ in range(3):
        run = subprocess.run(
            (program, "run", "pre-commit", "--all", "--json"), cwd=folder, env=environment,
            capture_output=True, text=True, check=False)
        if run.returncode not in (0, 1):
            sys.exit(f"hooks: {run.stdout}{run.stderr}")
        ends = [event for event in map(json.loads, run.stdout.splitlines())
                if event["event"] == "finished"]
        if not any(event["fixed_files"] for event in ends):
            break
    return run.returncode, "".join(
        f"{end['name']}: {end['status']} {end['reason'] or ''}\n{end['output']}" for end in ends)


def main():
    config, program, tools = sys.argv[1:]
    with open(config, encoding="utf-8") as file:
        text = file.read()
    base = tempfile.mkdtemp()
    environment = {
        "PATH": f"{tools}:/usr/bin:/bin", "HOME": base, "LC_ALL": "C.UTF-8", "TZ": "UTC",
        "GIT_CONFIG_NOSYSTEM": "1", "XDG_CACHE_HOME": base + "/cache",
        "HOOKS_WARM": "0",
        "GIT_CONFIG_GLOBAL": base + "/gitconfig",
    }
    os.environ.update(environment)
    folders = {}
    for name in ("theirs", "ours"):
        folders[name] = folder = os.path.join(base, name, "demo")
        os.makedirs(folder)
        fill(folder)
        shown = yaml.safe_dump(system(yaml.safe_load(text))) if name == "theirs" else text
        write(folder, ".pre-commit-config.yaml", shown)
        git(folder, "init", "-q", "-b", "topic")
        git(folder, "add", "-A")
    init = subprocess.run(
        (program, "init"), cwd=folders["ours"], env=environment, capture_output=True, text=True,
        check=False)
    if init.returncode:
        sys.exit(init.stderr)
    # The versions that are pinned are not installed here; both use those of the tests.
    path = os.path.join(folders["ours"], "hooks.toml")
    with open(path, encoding="utf-8") as file:
        made = re.sub(r"(?ms)^\[tools\].*?(?=^\[|\Z)", "", file.read())
    write(folders["ours"], "hooks.toml", made)
    git(folders["ours"], "add", "-A")

    faults = [f"{id} was not said to be left out" for id in sorted(ELSEWHERE)
              if f"`{id}`" not in init.stderr]
    their_status, their_words = with_precommit(folders["theirs"], tools, environment)
    our_status, our_words = with_hooks(folders["ours"], program, environment)
    theirs, ours = tree(folders["theirs"]), tree(folders["ours"])
    faults += [f"{path} differs:\n  pre-commit {theirs.get(path)!r}\n  hooks      {ours.get(path)!r}"
               for path in sorted(theirs | ours) if theirs.get(path) != ours.get(path)]
    if their_status != our_status:
        faults.append(f"pre-commit exits with {their_status}, hooks with {our_status}")
    for path in sorted(named(their_words, theirs) ^ named(our_words, ours)):
        who = "pre-commit" if path in named(their_words, theirs) else "hooks"
        faults.append(f"only {who} names {path}")
    if faults:
        print("\n".join(faults))
        print("--- hooks.toml\n" + made + "--- pre-commit\n" + their_words + "--- hooks\n" + our_words)
        sys.exit(1)
    changed = sum(theirs[path] != content.encode() for path, content in FAULTS.items())
    print(f"same bytes in {len(theirs)} files, {changed} of the plain ones changed; "
          f"{len(named(our_words, ours))} files named")
    shutil.rmtree(base)


main()
