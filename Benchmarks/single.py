"""Each built-in check alone, beside the one of the same meaning that prek has built in."""

import os

import cases
import managers

# Name in hooks, name in prek, the ending of its files, and what must not pass: a text, or files.
CHECKS = [
    ("trailing-whitespace", "trailing-whitespace", "py", "a = 1 \n"),
    ("end-of-file", "end-of-file-fixer", "py", "a = 1"),
    ("mixed-line-ending", "mixed-line-ending", "py", "a = 1\nb = 2\nc = 3\r\n"),
    ("byte-order-mark", "fix-byte-order-marker", "py", "\ufeffa = 1\n"),
    ("file-contents-sorter", "file-contents-sorter", "txt", "b\na\n"),
    ("merge-conflict", "check-merge-conflict", "py", "<<<<<<< HEAD\n=======\n>>>>>>> topic\n"),
    ("large-files", "check-added-large-files", "py", "a" * 600_000 + "\n"),
    ("private-key", "detect-private-key", "py", "KEY = '-----BEGIN RSA PRIVATE KEY-----'\n"),
    (
        "vcs-permalinks",
        "check-vcs-permalinks",
        "py",
        "# https://github.com/a/b/blob/main/c.py#L1\n",
    ),
    ("case-conflict", "check-case-conflict", "py", {"Wrong.txt": "a\n", "wrong.txt": "a\n"}),
    ("symlinks", "check-symlinks", "py", None),
    ("shebangs-are-executable", "check-shebang-scripts-are-executable", "py", "#!/bin/sh\n"),
    ("check-json", "check-json", "json", "{\n"),
    ("pretty-format-json", "pretty-format-json", "json", '{"b":1,"a":2}\n'),
    ("check-toml", "check-toml", "toml", "a = \n"),
    ("check-yaml", "check-yaml", "yaml", "a: [\n"),
    ("check-xml", "check-xml", "xml", "<a>\n"),
]

# The same for checks of what is about files, and for those of special files.
MORE = [
    ("executables-have-shebangs", "check-executables-have-shebangs", "sh", "true\n"),
    ("requirements-txt", "requirements-txt-fixer", "requirements.txt", "b\na\n"),
    ("illegal-windows-names", "check-illegal-windows-names", "py", {"aux.txt": "a\n"}),
    ("destroyed-symlinks", "destroyed-symlinks", "py", None),
    ("forbid-new-submodules", "forbid-new-submodules", "py", None),
]

SOUND = {
    "json": '{{\n  "list": [\n    1,\n    2\n  ],\n  "marker": "{1}",\n  "number": {0}\n}}\n',
    "sh": "#!/bin/sh\n# {0}\necho {1}\n",
    "requirements.txt": "black=={0}\n# {1}\nflake8=={0}\n",
    "txt": "a {0}\nb {1}\n",
    "yaml": 'number: {0}\nmarker: "{1}"\nlist: [1, 2, 3]\n',
    "toml": 'number = {0}\nmarker = "{1}"\n[table]\nlist = [1, 2, 3]\n',
    "xml": "<root><number>{0}</number><marker>{1}</marker></root>\n",
}


def _text(ending, number, marker):
    if ending == "py":
        return cases.python_source(number, marker, True)
    return SOUND[ending].format(number, marker)


class Scripts(cases.Repository):
    """Its shell scripts can be run."""

    def write(self, path, text):
        super().write(path, text)
        if path.endswith(".sh"):
            os.chmod(os.path.join(self.folder, path), 0o755)


def each_check(place, key, checks, title, count=2000):
    case = cases.Case(
        key,
        f"{title} over {count:,} staged files",
        3,
        "`hooks run NAME --fresh --check` and `prek run NAME`, each check alone in one process of its own, "
        "on files of its kind that are in order. The first row is the baseline.",
    )
    folders = {}
    for manager in (managers.Hooks(), managers.Prek()):
        folders[manager.name] = Scripts(place, f"{key}-{manager.name}", {"a.txt": "a\n"})
        manager.configure(folders[manager.name].folder, "built-in")
    arguments = {"check-merge-conflict": "    args: [--assume-in-merge]\n"}
    arguments["file-contents-sorter"] = "    files: txt$\n"
    lines = "".join(f"  - id: {name}\n{arguments.get(name, '')}" for _, name, _, _ in checks)
    managers.write(
        folders["hooks"].folder,
        "hooks.toml",
        '[jobs.merge-conflict]\nargs = ["--assume-in-merge"]\n'
        '[jobs.file-contents-sorter]\nfiles = ["*.txt"]\n',
    )
    managers.write(
        folders["prek"].folder,
        ".pre-commit-config.yaml",
        f"repos:\n- repo: builtin\n  hooks:\n{lines}",
    )
    for repository in folders.values():
        repository.commit_base()
    for own, theirs, ending, wrong in checks:
        for name, argv in (
            ("hooks", ["hooks", "run", own, "--fresh", "--check"]),
            ("prek", ["prek", "run", theirs]),
        ):
            contestant = cases.Contestant(f"{own}: {name}", folders[name], argv)
            contestant.files = lambda marker, ending=ending: {
                f"src/part_{n % 40}/file_{n}.{ending}": _text(ending, n, marker)
                for n in range(count)
            }
            contestant.looks = wrong is not None
            contestant.broken = (
                wrong if isinstance(wrong, dict) else {f"src/wrong.{ending}": wrong or ""}
            )
            case.contestants.append(contestant)
    return case


CASES = {
    "checks": lambda place: each_check(place, "checks", CHECKS, "Each built-in check"),
    "checks-more": lambda place: each_check(place, "checks-more", MORE, "More built-in checks"),
}
