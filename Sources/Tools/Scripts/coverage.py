"""Runs the tests under coverage.py; diff-cover says which changed lines no test reaches.

Options: `--changed=80` percent of the changed lines that must be covered, `--floor=0` percent of
all lines, `--drop=2` by how many percent it may fall below the branch's start, which is measured
once and remembered. Any other option goes to pytest. What is measured is what the project's own settings
for coverage.py say, where they say it; their `fail_under` is the floor of a project that names no other.

PLUGIN is the text of `tests.py`, put before this one. Where the job selects files, HOOKS_FILES is a file with
their names, each ended by a NUL byte; changed lines of others do not count.
"""
import glob
import hashlib
import json
import os
import subprocess
import sys
import tempfile

limits = {"changed": 80.0, "floor": None, "drop": None}
rest = []
for word in sys.argv[2:]:
    name, _, value = word[2:].partition("=")
    if word.startswith("--") and name in limits and value:
        limits[name] = float(value)
    else:
        rest.append(word)
selected = None
if os.environ.get("HOOKS_FILES"):
    with open(os.environ["HOOKS_FILES"], "rb") as file:
        selected = {os.fsdecode(name) for name in file.read().split(b"\0") if name}
base = os.environ.get("HOOKS_BASE")
place = tempfile.mkdtemp(prefix="coverage-")
clean = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")}
with open(os.path.join(place, "hooks_fast_tests.py"), "w") as file:
    file.write(PLUGIN)


def broken(text):
    print(text)
    sys.exit(3)


def settings(folder):
    """What the project says of coverage.py: whether it names what is measured, and its floor."""
    look = (
        "import coverage, json; get = coverage.Coverage().get_option; print(json.dumps(["
        "bool(get('run:source') or get('run:source_pkgs') or get('run:include')),"
        "get('report:fail_under') or 0]))"
    )
    found = subprocess.run(
        [sys.executable, "-c", look], cwd=folder, env=dict(clean, PYTHONPATH=path(folder)),
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if found.returncode:
        broken(found.stderr.strip())
    return json.loads(found.stdout)


def measure(folder, name, names_source):
    """Runs the tests of a tree; gives the exit status of pytest and the report's totals."""
    data = os.path.join(place, name)
    here = dict(clean, COVERAGE_FILE=data, PYTHONPATH=path(folder) + ":" + place)
    source = "src" if os.path.isdir(os.path.join(folder, "src")) else "."
    tests = subprocess.run(
        [sys.executable, "-m", "coverage", "run"] + ([] if names_source else [f"--source={source}"])
        + ["-m", "pytest", "-p", "hooks_fast_tests"] + rest,
        cwd=folder, env=here, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    # `parallel` and `concurrency` write a file for each process.
    if not os.path.exists(data) and glob.glob(glob.escape(data) + ".*"):
        made = subprocess.run(
            [sys.executable, "-m", "coverage", "combine", "-q"], cwd=folder, env=here,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if made.returncode:
            broken(made.stdout.strip() or f"coverage combine exited with {made.returncode}")
    if not os.path.exists(data):
        # Failing tests leave a measurement all the same.
        broken(tests.stdout.strip() or f"coverage run exited with {tests.returncode}")
    if tests.returncode:
        return tests, None
    for kind in ("json", "xml"):
        made = subprocess.run(
            [sys.executable, "-m", "coverage", kind, "-q", "--fail-under=0", "-o", f"{data}.{kind}"],
            cwd=folder, env=here, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if made.returncode:
            broken(made.stdout.strip() or f"coverage {kind} exited with {made.returncode}")
    with open(f"{data}.json") as file:
        return tests, json.load(file)["totals"]["percent_covered"]


def path(folder):
    own = os.environ.get("PYTHONPATH", "")
    source = os.path.join(folder, "src")
    first = source if os.path.isdir(source) else folder
    return ":".join([first] + [p for p in own.split(":")[1:] if p])


def uncovered():
    """Runs diff-cover on the changes of the branch; it asks git where the top is."""
    here = dict(
        clean, GIT_DIR=os.environ["HOOKS_REPOSITORY"], GIT_WORK_TREE=os.getcwd(),
        GIT_OPTIONAL_LOCKS="0")
    changes = os.path.join(place, "changes.diff")
    with open(changes, "wb") as file:
        diff = ["git", "diff", "--no-color", "--no-ext-diff", "-U0", os.environ["HOOKS_BASE_COMMIT"],
                os.environ["HOOKS_COMMIT"], "--", "*.py"]
        if subprocess.run(diff, env=here, stdout=file).returncode:
            broken("git cannot compare the branch with its start")
    report = os.path.join(place, "report.json")
    result = subprocess.run(
        [sys.executable, "-m", "diff_cover.diff_cover_tool", os.path.join(place, "own.xml"),
         "--diff-file", changes, "--format", f"json:{report}", "--quiet"],
        env=here, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if not os.path.exists(report):
        broken(result.stdout.strip() or f"diff-cover exited with {result.returncode}")
    with open(report) as file:
        return json.load(file)


names_source, fail_under = settings(os.getcwd())
if limits["floor"] is None:
    limits["floor"] = float(fail_under)
tests, total = measure(os.getcwd(), "own", names_source)
if total is None:
    print(tests.stdout.strip())
    sys.exit({1: 10, 2: 10, 5: 5}.get(tests.returncode, 3))
findings = []
if base:
    changed = {
        name: stats for name, stats in uncovered()["src_stats"].items()
        if selected is None or name in selected
    }
    missed = sum(len(stats["violation_lines"]) for stats in changed.values())
    lines = missed + sum(len(stats["covered_lines"]) for stats in changed.values())
    percent = (lines - missed) * 100 // lines if lines else 100
    if percent < limits["changed"]:
        for name, stats in sorted(changed.items()):
            for line in stats["violation_lines"]:
                print(f"{name}:{line}: no test reaches this changed line")
        findings.append(
            f"{percent} % of {lines} changed lines are covered; "
            f"{limits['changed']:g} % are asked for")
if total < limits["floor"]:
    findings.append(f"{total:.1f} % of all lines are covered; {limits['floor']:g} % are asked for")
if base and limits["drop"] is not None:
    known = os.path.join(os.environ["HOOKS_KEPT"], "coverage-" + hashlib.sha256(
        (os.environ["HOOKS_BASE_COMMIT"] + repr(rest) + PLUGIN).encode()).hexdigest()[:24])
    if os.path.exists(known):
        with open(known) as file:
            before = float(file.read())
    else:
        before = measure(base, "base", settings(base)[0])[1]
        if before is not None:
            with open(known + ".new", "w") as file:
                file.write(repr(before))
            os.replace(known + ".new", known)
    if before is not None and before - total > limits["drop"]:
        findings.append(f"coverage falls from {before:.1f} % to {total:.1f} %")
for text in findings:
    print(text)
print(f"{total:.1f} % covered" + ("" if base else "; nothing to compare with"))
sys.exit(10 if findings else 0)
