"""Runs pytest as the project runs it, and leaves out the tests that are marked slow.

It does what the program `pytest` does, with the project's own options. It is a plugin as well, which adds
what these leave room for:

- `not slow` is joined to the project's own `-m`, unless that speaks of slow tests itself, or there
  can be no such mark: marks are strict and none is registered.
- `--lf`, `--ff`, `--nf` and `--sw` have no effect: what a former run left in a cache must not decide which
  tests run, nor in which order.
- One line a file, where the project does not say how much is to be shown.
- A report in the form of junit into the file that the last argument names.

The job `coverage` loads it as a plugin alone. There pytest-cov, which measures too, and the processes of
pytest-xdist, which nobody would measure, are kept out.
"""
import os
import re
import shutil
import sys

is_program = __name__ == "__main__"
report = None
if is_program:
    # As it is for the script that pip installs.
    if sys.path and sys.path[0] == "":
        sys.path[0] = os.path.dirname(os.path.realpath(sys.argv[1]))
    sys.argv[:] = sys.argv[1:]
    for word in [w for w in sys.argv if w.startswith("--junitxml=")][-1:]:
        report = word.partition("=")[2]
        sys.argv.remove(word)
    sys.modules["__main__"].__file__ = sys.argv[0]

import pytest

for_workers = {}


def is_strict(config):
    """Whether a mark has to be registered."""
    for name in ("strict_markers", "strict"):
        if getattr(config.option, name, False):
            return True
        try:
            if config.getini(name):
                return True
        except (KeyError, ValueError):
            continue
    return False


@pytest.hookimpl(hookwrapper=True, tryfirst=True)
def pytest_load_initial_conftests(early_config):
    if not is_program and getattr(early_config.known_args_namespace, "cov_source", None):
        early_config.known_args_namespace.cov_source = []
    yield


@pytest.hookimpl(hookwrapper=True, tryfirst=True)
def pytest_cmdline_main(config):
    option = config.option
    for name in ("lf", "failedfirst", "newfirst", "stepwise", "stepwise_skip"):
        if getattr(option, name, False):
            setattr(option, name, False)
            for_workers["-o"] = f"cache_dir={os.devnull}/none"
    if getattr(option, "verbose", None) == 0:
        option.verbose = -1
    if report and getattr(option, "xmlpath", 0) is None:
        option.xmlpath = report
    if not is_program and getattr(option, "numprocesses", None):
        option.numprocesses, option.dist, option.tx = 0, "no", []
    yield


@pytest.hookimpl(trylast=True)
def pytest_configure(config):
    own = getattr(config.option, "markexpr", None)
    has_slow = any(re.match(r"slow\b", line.strip()) for line in config.getini("markers"))
    if own is not None and not re.search(r"\bslow\b", own) and (has_slow or not is_strict(config)):
        config.option.markexpr = f"({own}) and not slow" if own.strip() else "not slow"
        for_workers["-m"] = config.option.markexpr
    if for_workers and hasattr(config, "invocation_params"):
        # The processes of pytest-xdist are started with these.
        given = config.invocation_params
        words = [word for pair in for_workers.items() for word in pair]
        config.invocation_params = type(given)(
            args=tuple(given.args) + tuple(words), plugins=given.plugins, dir=given.dir)


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config):
    """The report that the project asked for serves as ours."""
    own = getattr(config.option, "xmlpath", None)
    if report and own and own != report and os.path.exists(own):
        shutil.copyfile(own, report)


if is_program:
    status = int(pytest.main(sys.argv[1:], plugins=[sys.modules["__main__"]]))
    sys.stdout.flush()
    sys.exit(status)
