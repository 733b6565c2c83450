"""The repositories, what happens in them, and who is compared with whom."""

import os
import shutil

import managers
import measuring


def python_source(number, marker, tidy, lines_wanted=200):
    """A module of about so many lines; untidy, isort and black each have something to do."""
    imports = ["import os", "import sys", "from collections import OrderedDict"]
    quote = '"' if tidy else "'"
    if not tidy:
        imports = ["import sys", "import os", "from collections import OrderedDict"]
    lines = [f"# module {number}, {marker}"] + imports + [""]
    lines += [f"PLACES = (os.sep, sys.path, OrderedDict, {quote}x{quote})", ""]
    function = 0
    while len(lines) < lines_wanted - 3:
        lines += [
            "",
            f"def function_{function}(first, second):",
            f"    total = {{{quote}a{quote}: first, {quote}b{quote}: second}}",
            "    if first > second:",
            f"        total[{quote}a{quote}] = first - second",
            "    return total",
            "",
        ]
        function += 1
    while lines[-1] == "":
        lines.pop()
    return "\n".join(lines) + "\n"


class Repository:
    """One repository of one contestant, on a branch of its own."""

    def __init__(self, place, name, tracked):
        self.place = place
        self.folder = os.path.join(place.folder, "repositories", name)
        shutil.rmtree(self.folder, ignore_errors=True)
        os.makedirs(self.folder)
        self.git("init", "-q", "-b", "topic", ".")
        self.git("config", "gc.auto", "0")
        for path, text in tracked.items():
            self.write(path, text)

    def write(self, path, text):
        os.makedirs(os.path.dirname(os.path.join(self.folder, path)), exist_ok=True)
        managers.write(self.folder, path, text)

    def git(self, *words):
        return self.place.check(["git", *words], self.folder)

    def commit_base(self):
        self.git("add", "-A")
        self.git("commit", "-q", "-n", "-m", "base")
        self.git("gc", "-q")

    def stage(self, files):
        """Back to the base, and these files staged."""
        self.git("reset", "-q", "--hard", "topic")
        for path, text in files.items():
            self.write(path, text)
        self.git("add", "-A")

    def staged(self, path):
        return self.git("cat-file", "blob", f":{path}").decode()


class Contestant:
    """A name in the table, and what it does in its repository from staged files to a clear way."""

    def __init__(self, name, repository, argv, refixes=False, looks=True, variables=()):
        self.name = name
        # What its environment has beyond that of the others.
        self.variables = dict(variables)
        # What is staged for it, where that is not what the others get.
        self.files = None
        # What it may not let pass, where that is not the same for all.
        self.broken = None
        # Whether it checks anything; git alone does not.
        self.looks = looks
        self.repository = repository
        self.argv = argv
        # Whether its first run blocks after a fix, so that the user stages and runs it again.
        self.refixes = refixes

    def run(self, folder, environment):
        environment = {**environment, **self.variables}
        first = measuring.run(self.argv, folder, environment)
        if not self.refixes or first.status == 0:
            return first
        added = measuring.run(["git", "add", "-u"], folder, environment)
        second = measuring.run(self.argv, folder, environment)
        samples = (first, added, second)
        return measuring.Sample(
            sum(sample.wall for sample in samples),
            sum(sample.cpu for sample in samples),
            second.status,
            first.output + second.output,
        )


# A tool as its console script starts it, in a process that has imported everything and forks: only
# the time of the fork is printed.
IMPORTED = """
import gc, os, runpy, sys, time
tool, sys.argv = sys.argv[1], sys.argv[1:]
os.environ["BLACK_CACHE_DIR"] = os.path.join(os.getcwd(), ".git", "no-cache")
import black, blib2to3, click, concurrent.futures, asyncio, multiprocessing, unittest.mock
gc.freeze()
start = time.perf_counter()
run = os.fork()
if not run:
    runpy.run_path(tool, run_name="__main__")
status = os.waitstatus_to_exitcode(os.waitpid(run, 0)[1])
print("took", time.perf_counter() - start)
sys.exit(status)
"""


class Imported(Contestant):
    """black alone, when Python has started and black is imported."""

    def run(self, folder, environment):
        sample = super().run(folder, environment)
        if sample.status == 0:
            sample.wall = float(sample.output.split()[-1])
        return sample


class Case:
    """One table: contestants that get the same staged files and must come to the same end."""

    def __init__(self, key, title, rounds, text):
        self.key, self.title, self.rounds, self.text = key, title, rounds, text
        self.contestants = []
        self.measures_memory = False
        self.files = lambda marker: {}
        self.expected = None
        # What no contestant that looks may let pass.
        self.broken = {}
        self.verify = _verify

    def measure(self, place, rounds):
        """All contestants in turn, round after round; every run is verified."""
        for contestant in self.contestants:
            self._verify_it_looks(place, contestant)
        samples = {contestant.name: [] for contestant in self.contestants}
        for number in range(rounds + 1):
            files = self.files(f"round {number}")
            expected = self.expected(place, files) if self.expected else files
            for contestant in self.contestants:
                own = contestant.files(f"round {number}") if contestant.files else files
                contestant.repository.stage(own)
                sample = contestant.run(contestant.repository.folder, place.environment)
                self.verify(contestant, sample, own if contestant.files else expected)
                # The first round warms up.
                if number > 0:
                    samples[contestant.name].append(sample)
        return samples

    def _verify_it_looks(self, place, contestant):
        """What must not pass must not pass, or a fast contestant may be one that does nothing."""
        if not contestant.looks:
            return
        contestant.repository.stage(contestant.broken or self.broken)
        sample = contestant.run(contestant.repository.folder, place.environment)
        if sample.status == 0:
            raise SystemExit(f"error: {contestant.name} let a finding pass")

    def memory(self, place):
        """For each contestant its largest process, in KiB, and how many processes it started."""
        peaks = {}
        for contestant in self.contestants:
            contestant.repository.stage((contestant.files or self.files)("memory"))
            folder = contestant.repository.folder
            found, count = measuring.peaks(contestant.argv, folder, place.environment)
            peaks[contestant.name] = (max(found.values(), default=0), count)
        return peaks


def _verify(contestant, sample, expected):
    if sample.status != 0:
        raise SystemExit(f"error: {contestant.name} failed: {sample.output.decode()}")
    for path, text in list(expected.items())[:: max(1, len(expected) // 20)]:
        if contestant.repository.staged(path) != text:
            raise SystemExit(f"error: {contestant.name} did not do its work on {path}")


def _managed(place, case, jobs, tracked):
    for manager in managers.MANAGERS:
        repository = Repository(place, f"{case.key}-{manager.name}", tracked)
        manager.configure(repository.folder, jobs)
        repository.commit_base()
        manager.install(place, repository.folder)
        case.contestants.append(
            Contestant(
                manager.name, repository, manager.hook(repository.folder), not manager.stages
            )
        )


def _by_hand(place, case, name, argv, tracked, looks=True):
    repository = Repository(place, f"{case.key}-{name.replace(' ', '-')}", tracked)
    repository.commit_base()
    case.contestants.append(Contestant(name, repository, argv, looks=looks))


def nothing_to_do(place):
    case = Case(
        "nothing",
        "A commit with nothing to do",
        40,
        "One staged text file; the jobs are isort, black and flake8, which check only Python. "
        "Each hook is started as git starts it.",
    )
    tracked = {f"src/module_{n}.py": python_source(n, "base", True) for n in range(50)}
    tracked["notes.txt"] = "notes\n"
    case.files = lambda marker: {"notes.txt": f"notes\n{marker}\n"}
    case.broken = {"src/module_0.py": "import os\n"}
    floor = ["git", "diff", "--cached", "--name-only"]
    _by_hand(place, case, "git diff --cached --name-only", floor, tracked, looks=False)
    _managed(place, case, "python", tracked)
    own = case.contestants[1].repository
    case.contestants.insert(
        1, Contestant("hooks, without the script", own, ["hooks", "hook", "pre-commit"])
    )
    case.measures_memory = True
    return case


def whole_commit(place):
    case = Case(
        "commit",
        "The whole `git commit` with nothing to do",
        20,
        "The same repository, from `git commit -m` to its end. hooks also checks the message.",
    )
    tracked = {f"src/module_{n}.py": python_source(n, "base", True) for n in range(50)}
    tracked["notes.txt"] = "notes\n"
    case.files = lambda marker: {"notes.txt": f"notes\n{marker}\n"}
    case.broken = {"src/module_0.py": "import os\n"}
    commit = ["git", "commit", "-q", "-m", "Change the notes"]
    _by_hand(place, case, "no hook", commit, tracked, looks=False)
    _managed(place, case, "python", tracked)
    for contestant in case.contestants:
        contestant.argv, contestant.refixes = commit, False
        contestant.repository.git("tag", "base")
        stage = contestant.repository.stage

        def restage(files, stage=stage, git=contestant.repository.git):
            git("reset", "-q", "--hard", "base")
            stage(files)

        contestant.repository.stage = restage
    return case


SERIAL = 'isort {0} "$@" && black {1} "$@" && flake8 {2} "$@"'
BESIDE = (
    'isort {0} --check "$@" & a=$!; black {1} --check "$@" & b=$!; '
    'flake8 {2} "$@" && wait $a && wait $b'
)


def _script(pattern):
    options = [entry.split(" ", 1)[1] for _, entry, _ in managers.PYTHON_JOBS]
    return pattern.format(*options)


def python_jobs(place, count, rounds, tidy, lines=200):
    state = "in order" if tidy else "to be fixed"
    files = "One changed file" if count == 1 else f"{count} changed files"
    case = Case(
        f"python-{count}-{'clean' if tidy else 'fix'}",
        f"{files} of {lines} lines, {state}, through isort, black and flake8",
        rounds,
        (
            "Every round has new content."
            if tidy
            else "Every round has new content. A manager that blocks after a fix is run, its fixes "
            "are staged, and it is run again, as its user must do."
        ),
    )
    paths = [f"src/module_{n}.py" for n in range(count)]
    tracked = {path: python_source(n, "base", True, lines) for n, path in enumerate(paths)}
    case.files = lambda marker: {
        path: python_source(n, marker, tidy, lines) for n, path in enumerate(paths)
    }
    case.expected = lambda place, files: _fixed_by_hand(place, files)
    case.broken = {paths[0]: "import os\n"}
    names = " ".join(paths)
    serial = _script(SERIAL)
    stage = "" if tidy else " && git add -u"
    argv = ["sh", "-c", serial + stage, "sh"] + paths
    _by_hand(place, case, "by hand, one after the other", argv, tracked)
    if count == 1 and tidy:
        argv = ["sh", "-c", _script(BESIDE), "sh"] + paths
        _by_hand(place, case, "by hand, side by side", argv, tracked)
        _by_hand(place, case, "black alone, imported before", [], tracked, looks=False)
        last = case.contestants.pop()
        black = os.path.join(place.folder, "venv/bin/black")
        python = os.path.join(place.folder, "venv/bin/python")
        argv = [python, "-c", IMPORTED, black, "--quiet"] + paths
        case.contestants.append(Imported(last.name, last.repository, argv, looks=False))
    if count > 1:
        half = (count + 1) // 2
        halves = f"printf '%s\\n' {names} | xargs -P 2 -n {half} sh -c '{serial}' sh"
        argv = ["sh", "-c", halves + stage]
        _by_hand(place, case, "by hand, two halves side by side", argv, tracked)
    _managed(place, case, "python", tracked)
    variants = {"hooks, fresh tools": {"HOOKS_WARM": "0"}}
    if count == 1:
        without = {"HOOKS_WITHOUT": "speculation"}
        variants["hooks, warm tools, without speculation"] = without
        variants["hooks, fresh tools, without speculation"] = {"HOOKS_WARM": "0", **without}
    _add_variants(place, case, "python", tracked, "hooks, warm tools", variants)
    return case


def _add_variants(place, case, jobs, tracked, name, variants):
    """hooks with variables of its own, each in a repository of its own, behind hooks as it is."""
    at, own = next(
        (at, each) for at, each in enumerate(case.contestants) if each.name == managers.Hooks.name
    )
    own.name = name
    manager = managers.Hooks()
    for number, (title, variables) in enumerate(variants.items(), 1):
        repository = Repository(place, f"{case.key}-{manager.name}-{number}", tracked)
        manager.configure(repository.folder, jobs)
        repository.commit_base()
        manager.install(place, repository.folder)
        argv = manager.hook(repository.folder)
        variant = Contestant(title, repository, argv, variables=variables)
        case.contestants.insert(at + number, variant)


def _fixed_by_hand(place, files):
    """What isort and then black make of the files."""
    folder = os.path.join(place.folder, "expected")
    shutil.rmtree(folder, ignore_errors=True)
    for path, text in files.items():
        os.makedirs(os.path.dirname(os.path.join(folder, path)), exist_ok=True)
        managers.write(folder, path, text)
    for _, entry, fixes in managers.PYTHON_JOBS:
        if fixes:
            place.check(entry.split() + list(files), folder)
    result = {}
    for path in files:
        with open(os.path.join(folder, path), encoding="utf-8") as file:
            result[path] = file.read()
    return result


def built_in(place, count=2000, rounds=5):
    case = Case(
        "built-in",
        f"The built-in checks over {count:,} staged files",
        rounds,
        "large-files, merge-conflict, byte-order-mark, mixed-line-ending, trailing-whitespace and "
        "end-of-file, and the built-in checks of prek with the same meaning; lefthook and "
        "pre-commit run the programs of pre-commit-hooks. All files are in order.",
    )
    paths = [f"src/part_{n % 40}/module_{n}.py" for n in range(count)]
    tracked = {path: python_source(n, "base", True) for n, path in enumerate(paths)}
    case.files = lambda marker: {
        path: python_source(n, marker, True) for n, path in enumerate(paths)
    }
    case.broken = {path: "<<<<<<< HEAD\n=======\n>>>>>>> topic\n" for path in paths[-1:]}
    _managed(place, case, "built-in", tracked)
    variants = {
        "hooks, without the glance": {"HOOKS_WITHOUT": "glance"},
        "hooks, with the library's SHA-1": {"HOOKS_WITHOUT": "sha1"},
    }
    _add_variants(place, case, "built-in", tracked, "hooks", variants)
    case.measures_memory = True
    return case


CASES = {
    "nothing": nothing_to_do,
    "commit": whole_commit,
    "python-1-clean": lambda place: python_jobs(place, 1, 10, True),
    "python-1-fix": lambda place: python_jobs(place, 1, 10, False),
    "python-50-fix": lambda place: python_jobs(place, 50, 5, False, 40),
    "python-500-fix": lambda place: python_jobs(place, 500, 3, False, 20),
    "built-in": built_in,
}
