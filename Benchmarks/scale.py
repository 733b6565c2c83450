"""Cases about what a hook costs when it has little to do: known content, and large repositories."""

import os

import cases
import managers


def again(place, count):
    """Content that has passed: staged, checked once, and then committed."""
    files = "one file" if count == 1 else f"{count} files"
    case = cases.Case(
        f"again-{count}",
        f"The same content again: {files} of 40 lines that passed isort, black and flake8",
        20 if count < 500 else 8,
        "The hook has run once on what is staged, as before a second attempt to commit. The other "
        "managers run the tools each time, so they are measured with one file alone.",
    )
    paths = [f"src/module_{n}.py" for n in range(count)]
    tracked = {path: cases.python_source(n, "base", True, 40) for n, path in enumerate(paths)}
    tracked["notes.txt"] = "notes\n"
    case.files = lambda marker: {
        path: cases.python_source(n, marker, True, 40) for n, path in enumerate(paths)
    }
    case.broken = {paths[0]: "import os\n"}
    floor = ["git", "diff", "--cached", "--name-only"]
    cases._by_hand(place, case, "git diff --cached --name-only", floor, tracked, looks=False)
    nothing = _only_hooks(place, case, "hooks, nothing to do", tracked)
    nothing.looks = False
    nothing.files = lambda marker: {"notes.txt": f"notes\n{marker}\n"}
    if count == 1:
        cases._managed(place, case, "python", tracked)
    else:
        _only_hooks(place, case, "hooks", tracked)
    for contestant in case.contestants[2:]:
        _run_after_staging(place, contestant)
    return case


def _only_hooks(place, case, name, tracked):
    manager = managers.Hooks()
    repository = cases.Repository(place, f"{case.key}-{name.replace(' ', '-')}", tracked)
    manager.configure(repository.folder, "python")
    repository.commit_base()
    manager.install(place, repository.folder)
    contestant = cases.Contestant(name, repository, manager.hook(repository.folder))
    case.contestants.append(contestant)
    return contestant


def _run_after_staging(place, contestant):
    stage = contestant.repository.stage

    def stage_and_run(files):
        stage(files)
        contestant.run(contestant.repository.folder, place.environment)

    contestant.repository.stage = stage_and_run


def large(place, python, count=100_000):
    what = "one Python file" if python else "one text file"
    case = cases.Case(
        "large-python" if python else "large",
        f"{count:,} tracked files, {what} staged",
        10,
        "The jobs are isort, black and flake8."
        + ("" if python else " None of them checks the file."),
    )
    tracked = {
        f"src/part_{n // 1000}/sub_{n // 100 % 10}/module_{n}.py": f"VALUE = {n}\n"
        for n in range(count)
    }
    tracked["notes.txt"] = "notes\n"
    changed = f"src/part_3/sub_3/module_{count // 3}.py" if python else "notes.txt"
    if python:
        tracked[changed] = cases.python_source(0, "base", True)
        case.files = lambda marker: {changed: cases.python_source(0, marker, True)}
    else:
        case.files = lambda marker: {changed: f"notes\n{marker}\n"}
    case.broken = {"src/part_0/sub_0/module_0.py": "import os\n"}
    floor = ["git", "diff", "--cached", "--name-only"]
    cases._by_hand(place, case, "git diff --cached --name-only", floor, tracked, looks=False)
    cases._managed(place, case, "python", tracked)
    case.measures_memory = True
    return case


def partially_staged(place):
    case = cases.Case(
        "partial",
        "One partially staged file of 200 lines, to be fixed, through isort, black and flake8",
        8,
        "Below the staged lines are unstaged lines; afterwards they must still be there, "
        "and unstaged. A manager that blocks after a fix is run once here: its user would have to "
        "stage the fix by hand.",
    )
    path = "src/module_0.py"
    tracked = {path: cases.python_source(0, "base", True)}
    case.files = lambda marker: {path: cases.python_source(0, marker, False)}
    case.broken = {path: "import os\n"}
    cases._managed(place, case, "python", tracked)
    for contestant in case.contestants:
        contestant.refixes = False
        _edit_after_staging(contestant, path)
    stages = {manager.name for manager in managers.MANAGERS if manager.stages}
    case.expected = cases._fixed_by_hand
    case.verify = lambda contestant, sample, expected: _verify_partial(
        contestant, sample, expected if contestant.name in stages else {}, path
    )
    return case


UNSTAGED = "\n\nUNSTAGED  =  'mine'\n"


def _edit_after_staging(contestant, path):
    stage = contestant.repository.stage

    def stage_and_edit(files):
        stage(files)
        with open(os.path.join(contestant.repository.folder, path), "a", encoding="utf-8") as file:
            file.write(UNSTAGED)

    contestant.repository.stage = stage_and_edit


def _verify_partial(contestant, _, expected, path):
    for name, text in expected.items():
        if contestant.repository.staged(name) != text:
            raise SystemExit(f"error: {contestant.name} did not do its work on {name}")
    with open(os.path.join(contestant.repository.folder, path), encoding="utf-8") as file:
        if not file.read().endswith(UNSTAGED):
            print(f"note: {contestant.name} lost an unstaged line")


CASES = {
    "again-1": lambda place: again(place, 1),
    "again-50": lambda place: again(place, 50),
    "again-500": lambda place: again(place, 500),
    "partial": partially_staged,
    "large": lambda place: large(place, False),
    "large-python": lambda place: large(place, True),
}
