"""Each built-in check alone, beside the one of the same meaning that prek has built in."""

import cases
import managers

# Name in hooks, name in prek, the ending of its files, and a text that must not pass.
CHECKS = [
    ("trailing-whitespace", "trailing-whitespace", "py", "a = 1 \n"),
    ("end-of-file", "end-of-file-fixer", "py", "a = 1"),
    ("mixed-line-ending", "mixed-line-ending", "py", "a = 1\nb = 2\nc = 3\r\n"),
    ("byte-order-mark", "fix-byte-order-marker", "py", "\ufeffa = 1\n"),
    ("private-key", "detect-private-key", "py", "KEY = '-----BEGIN RSA PRIVATE KEY-----'\n"),
    ("large-files", "check-added-large-files", "py", "a" * 600_000 + "\n"),
    ("check-json", "check-json", "json", "{\n"),
    ("check-toml", "check-toml", "toml", "a = \n"),
    ("check-xml", "check-xml", "xml", "<a>\n"),
]

SOUND = {
    "json": '{{"number": {0}, "marker": "{1}", "list": [1, 2, 3]}}\n',
    "toml": 'number = {0}\nmarker = "{1}"\n[table]\nlist = [1, 2, 3]\n',
    "xml": "<root><number>{0}</number><marker>{1}</marker></root>\n",
}


def _text(ending, number, marker):
    if ending == "py":
        return cases.python_source(number, marker, True)
    return SOUND[ending].format(number, marker)


def each_check(place, count=2000):
    case = cases.Case(
        "checks",
        f"Each built-in check over {count:,} staged files",
        5,
        "`hooks run NAME --fresh` and `prek run NAME`, each check alone in one process of its own, "
        "on files of its kind that are in order. The first row is what the others are compared with.",
    )
    folders = {}
    for manager in (managers.Hooks(), managers.Prek()):
        folders[manager.name] = cases.Repository(place, f"checks-{manager.name}", {"a.txt": "a\n"})
        manager.configure(folders[manager.name].folder, "built-in")
    lines = "".join(f"  - id: {name}\n" for _, name, _, _ in CHECKS)
    managers.write(
        folders["prek"].folder,
        ".pre-commit-config.yaml",
        f"repos:\n- repo: builtin\n  hooks:\n{lines}",
    )
    for repository in folders.values():
        repository.commit_base()
    for own, theirs, ending, wrong in CHECKS:
        for name, argv in (
            ("hooks", ["hooks", "run", own, "--fresh"]),
            ("prek", ["prek", "run", theirs]),
        ):
            contestant = cases.Contestant(f"{own}: {name}", folders[name], argv)
            contestant.files = lambda marker, ending=ending: {
                f"src/part_{n % 40}/file_{n}.{ending}": _text(ending, n, marker)
                for n in range(count)
            }
            contestant.broken = {f"src/wrong.{ending}": wrong}
            case.contestants.append(contestant)
    return case


CASES = {"checks": each_check}
