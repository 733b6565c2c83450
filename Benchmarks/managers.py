"""What is compared: each manager, how it is set up in a repository, and how its hook is called."""

import os
import shlex
import subprocess
import sys

PYTHON_JOBS = [
    ("isort", "isort --quiet --filter-files --profile black", True),
    ("black", "black --quiet", True),
    ("flake8", "flake8 --max-line-length=88 --extend-ignore=E203,E701", False),
]

# The same work by its name in hooks, in prek, and among the programs of pre-commit-hooks.
BUILT_IN_JOBS = [
    ("large-files", "check-added-large-files", "check-added-large-files", False),
    ("merge-conflict", "check-merge-conflict", "check-merge-conflict", False),
    ("byte-order-mark", "fix-byte-order-marker", "fix-byte-order-marker", True),
    ("mixed-line-ending", "mixed-line-ending", "mixed-line-ending", True),
    ("trailing-whitespace", "trailing-whitespace", "trailing-whitespace-fixer", True),
    ("end-of-file", "end-of-file-fixer", "end-of-file-fixer", True),
]


def write(folder, name, text):
    with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
        file.write(text)


class Manager:
    """One hook manager. `stages` says whether what it fixes is staged when its hook ends."""

    name = ""
    stages = False

    def configure(self, folder, jobs):
        """Writes its configuration for `python` or `built-in` jobs."""

    def install(self, place, folder):
        """Puts its hook into the repository."""

    def hook(self, folder):
        return [os.path.join(folder, ".git/hooks/pre-commit")]


class Hooks(Manager):
    name = "hooks"
    stages = True

    def configure(self, folder, jobs):
        if jobs == "python":
            names = [job[0] for job in PYTHON_JOBS]
            isort, flake8 = (shlex.split(PYTHON_JOBS[at][1])[-2:] for at in (0, 2))
            text = f"[jobs.isort]\nargs = {isort}\n[jobs.flake8]\nargs = {flake8}\n"
        else:
            names = [job[0] for job in BUILT_IN_JOBS]
            text = '[jobs.merge-conflict]\nargs = ["--assume-in-merge"]\n'
        write(folder, "hooks.toml", f"{text}[hooks]\npre-commit = {names}\ncommit-msg = []\n")

    def install(self, place, folder):
        place.check(["hooks", "install"], folder)


class Prek(Manager):
    name = "prek"
    built_in = True

    def configure(self, folder, jobs):
        if jobs == "python":
            text = "- repo: local\n  hooks:\n" + "".join(
                self.local(name, entry, "[python]") for name, entry, _ in PYTHON_JOBS
            )
        elif self.built_in:
            text = "- repo: builtin\n  hooks:\n" + "".join(
                f"  - id: {name}\n{self.arguments(name)}" for _, name, _, _ in BUILT_IN_JOBS
            )
        else:
            text = "- repo: local\n  hooks:\n" + "".join(
                self.local(name, program, "[text]") + self.arguments(name)
                for _, name, program, _ in BUILT_IN_JOBS
            )
        write(folder, ".pre-commit-config.yaml", "repos:\n" + text)

    @staticmethod
    def local(name, entry, types):
        return (
            f"  - id: {name}\n    name: {name}\n    entry: {entry}\n"
            f"    language: system\n    types: {types}\n"
        )

    @staticmethod
    def arguments(name):
        return "    args: [--assume-in-merge]\n" if name == "check-merge-conflict" else ""

    def install(self, place, folder):
        place.check([self.name, "install"], folder)


class PreCommit(Prek):
    name = "pre-commit"
    built_in = False


class Lefthook(Manager):
    name = "lefthook"
    stages = True

    def configure(self, folder, jobs):
        text = "pre-commit:\n  jobs:\n"
        for name, entry, fixes in self.jobs(jobs):
            text += f"    - name: {name}\n      run: {entry} {{staged_files}}\n"
            text += '      glob: "*.py"\n' if jobs == "python" else ""
            text += "      stage_fixed: true\n" if fixes else ""
        write(folder, "lefthook.yml", text)

    @staticmethod
    def jobs(jobs):
        if jobs == "python":
            return PYTHON_JOBS
        assumed = {"check-merge-conflict": " --assume-in-merge"}
        return [
            (name, program + assumed.get(name, ""), fixes)
            for _, name, program, fixes in BUILT_IN_JOBS
        ]

    def install(self, place, folder):
        place.check(["lefthook", "install"], folder)


MANAGERS = [Hooks(), Prek(), Lefthook(), PreCommit()]


class Place:
    """The private folder with the peers, and the environment in which everything runs."""

    def __init__(self, folder, binary, requirements):
        self.folder = folder
        self.binary = binary
        self.requirements = requirements
        venv = os.path.join(folder, "venv", "bin")
        home = os.path.join(folder, "home")
        self.environment = {
            "PATH": os.pathsep.join([os.path.join(folder, "bin"), venv, "/usr/bin", "/bin"]),
            "HOME": home,
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_NOSYSTEM": "1",
            "LC_ALL": "C.UTF-8",
            "TZ": "UTC",
            "GIT_EDITOR": ":",
        }
        for role in ("AUTHOR", "COMMITTER"):
            self.environment[f"GIT_{role}_NAME"] = "Bench"
            self.environment[f"GIT_{role}_EMAIL"] = "bench@example.org"

    def prepare(self):
        """Installs the peers when they are not there yet, and puts the program first on PATH."""
        os.makedirs(os.path.join(self.folder, "bin"), exist_ok=True)
        os.makedirs(self.environment["HOME"], exist_ok=True)
        link = os.path.join(self.folder, "bin", "hooks")
        if os.path.lexists(link):
            os.remove(link)
        os.symlink(self.binary, link)
        venv = os.path.join(self.folder, "venv")
        with open(self.requirements, encoding="utf-8") as file:
            wanted = file.read()
        mark = os.path.join(venv, "requirements.txt")
        if not os.path.exists(mark) or open(mark, encoding="utf-8").read() != wanted:
            print("Installing the peers", file=sys.stderr)
            subprocess.run(["python3", "-m", "venv", venv], check=True)
            subprocess.run(
                [f"{venv}/bin/pip", "install", "--quiet", "--disable-pip-version-check"]
                + ["-r", self.requirements],
                check=True,
            )
            write(venv, "requirements.txt", wanted)
        self._use_lefthook_itself(venv)

    def _use_lefthook_itself(self, venv):
        """Its package starts the program through Python; its hook takes the program if told so."""
        for folder, _, files in os.walk(os.path.join(venv, "lib")):
            if "lefthook" in files and folder.split(os.sep)[-2] == "bin":
                self.environment["LEFTHOOK_BIN"] = os.path.join(folder, "lefthook")

    def check(self, argv, folder):
        """Runs a command that has to succeed; gives what it printed."""
        done = subprocess.run(
            argv, cwd=folder, env=self.environment, capture_output=True, check=False
        )
        if done.returncode != 0:
            raise SystemExit(f"error: {shlex.join(argv)}: {(done.stdout + done.stderr).decode()}")
        return done.stdout
