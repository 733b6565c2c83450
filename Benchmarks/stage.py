"""Cases about jobs that look around: on the stage of hooks, and in the working tree of others."""

import cases
import managers

COMMANDS = {
    "pytest": ["pytest", "-q", "-p", "no:cacheprovider"],
    "ruff": ["ruff", "check", "--no-cache", "."],
}


def _configure(manager, folder, command):
    """One job of the project's own, without names, on every commit that touches Python."""
    entry = " ".join(command)
    if manager.name == "hooks":
        managers.write(
            folder,
            "hooks.toml",
            f'[jobs.own]\nrun = "{entry}"\npass_files = false\ntypes = ["python"]\n'
            '[hooks]\npre-commit = ["own"]\ncommit-msg = []\n',
        )
    elif manager.name == "lefthook":
        managers.write(
            folder, "lefthook.yml", f'pre-commit:\n  jobs:\n    - run: {entry}\n      glob: "*.py"\n'
        )
    else:
        managers.write(
            folder,
            ".pre-commit-config.yaml",
            "repos:\n- repo: local\n  hooks:\n  - id: own\n    name: own\n"
            f"    entry: {entry}\n    language: system\n    types: [python]\n"
            "    pass_filenames: false\n",
        )


def _tracked(count):
    files = {
        f"src/part_{n // 1000}/sub_{n // 100 % 10}/module_{n}.py": f"VALUE = {n}\n"
        for n in range(count)
    }
    files["tests/test_value.py"] = _test("base", True)
    files["pytest.ini"] = "[pytest]\ntestpaths = tests\n"
    files[".gitignore"] = "__pycache__/\n"
    return files


def _test(marker, passes):
    return f"# {marker}\n\n\ndef test_value():\n    assert {passes}\n"


def own_job(place, program, count, rounds):
    case = cases.Case(
        f"stage-{program}-{count}",
        f"`{' '.join(COMMANDS[program])}` as a job of the project's own, {count:,} tracked files",
        rounds,
        "One changed file, new content every round. hooks runs the job on a clone of exactly what is "
        "staged; the others run it in the working tree, where unstaged and untracked files count.",
    )
    tracked = _tracked(count)
    changed = "tests/test_value.py"
    case.files = lambda marker: {changed: _test(marker, True)}
    finding = "import os\n" if program == "ruff" else ""
    case.broken = {changed: finding + _test("broken", program == "ruff")}
    cases._by_hand(place, case, "by hand", COMMANDS[program], tracked)
    for manager in managers.MANAGERS:
        repository = cases.Repository(place, f"{case.key}-{manager.name}", tracked)
        _configure(manager, repository.folder, COMMANDS[program])
        repository.commit_base()
        manager.install(place, repository.folder)
        case.contestants.append(
            cases.Contestant(manager.name, repository, manager.hook(repository.folder))
        )
    return case


CASES = {
    f"stage-{program}-{count}": lambda place, program=program, count=count, rounds=rounds: own_job(
        place, program, count, rounds
    )
    for program in COMMANDS
    for count, rounds in ((1_000, 12), (100_000, 5))
}
