"""Runs the tests under coverage.py; diff-cover says which changed lines no test reaches.

Options: `--changed=80` percent of the changed lines that must be covered, `--floor=0` percent of
all lines, `--drop=2` by how many percent it may fall below the branch's start, which is measured
once and remembered. Any other option goes to pytest.
"""
import hashlib
import json
import os
import subprocess
import sys
import tempfile

limits = {"changed": 80.0, "floor": 0.0, "drop": None}
rest = []
for word in sys.argv[2:]:
    name, _, value = word[2:].partition("=")
    if word.startswith("--") and name in limits and value:
        limits[name] = float(value)
    else:
        rest.append(word)
base = os.environ.get("HOOKS_BASE")
place = tempfile.mkdtemp(prefix="coverage-")
clean = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")}


def broken(text):
    print(text)
    sys.exit(3)


def measure(folder, name):
    """Runs the tests of a tree; gives the exit status of pytest and the report's totals."""
    data = os.path.join(place, name)
    here = dict(clean, COVERAGE_FILE=data, PYTHONPATH=path(folder))
    source = "src" if os.path.isdir(os.path.join(folder, "src")) else "."
    tests = subprocess.run(
        [sys.executable, "-m", "coverage", "run", f"--source={source}", "-m", "pytest", "-q",
         "-m", "not slow", "-p", "no:cacheprovider"] + rest,
        cwd=folder, env=here, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if not os.path.exists(data):
        # Failing tests leave a measurement all the same.
        broken(tests.stdout.strip() or f"coverage run ended with {tests.returncode}")
    if tests.returncode:
        return tests, None
    for kind in ("json", "xml"):
        made = subprocess.run(
            [sys.executable, "-m", "coverage", kind, "-q", "-o", f"{data}.{kind}"],
            cwd=folder, env=here, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if made.returncode:
            broken(made.stdout.strip() or f"coverage {kind} ended with {made.returncode}")
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
        broken(result.stdout.strip() or f"diff-cover ended with {result.returncode}")
    with open(report) as file:
        return json.load(file)


tests, total = measure(os.getcwd(), "own")
if total is None:
    print(tests.stdout.strip())
    sys.exit({1: 10, 2: 10, 5: 5}.get(tests.returncode, 3))
findings = []
if base:
    report = uncovered()
    lines = report["total_num_lines"]
    if lines and report["total_percent_covered"] < limits["changed"]:
        for name, stats in sorted(report["src_stats"].items()):
            for line in stats["violation_lines"]:
                print(f"{name}:{line}: no test reaches this changed line")
        findings.append(
            f"{report['total_percent_covered']} % of {lines} changed lines are covered; "
            f"{limits['changed']:g} % are asked for")
if total < limits["floor"]:
    findings.append(f"{total:.1f} % of all lines are covered; {limits['floor']:g} % are asked for")
if base and limits["drop"] is not None:
    known = os.path.join(os.environ["HOOKS_KEPT"], "coverage-" + hashlib.sha256(
        (os.environ["HOOKS_BASE_COMMIT"] + repr(rest)).encode()).hexdigest()[:24])
    if os.path.exists(known):
        with open(known) as file:
            before = float(file.read())
    else:
        before = measure(base, "base")[1]
        if before is not None:
            with open(known + ".new", "w") as file:
                file.write(repr(before))
            os.replace(known + ".new", known)
    if before is not None and before - total > limits["drop"]:
        findings.append(f"coverage falls from {before:.1f} % to {total:.1f} %")
for text in findings:
    print(text)
print(f"{total:.1f} % covered")
sys.exit(10 if findings else 0)
