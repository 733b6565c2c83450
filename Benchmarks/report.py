"""Writes docs/performance.md from the results that are kept beside the peers."""

import measuring

HEAD = """# Performance

Written by `Benchmarks/run`; do not edit it by hand.

Every table is one run. The contestants take turns, round after round, so that a busy machine is
busy for all of them; the numbers are medians, and ratios say more than times. Every single run is
verified: what is staged afterwards must be what the tools, called by hand, make of it (with many
files, some twenty of them are compared), and a planted finding must be found before anything is
timed. *CPU* is the processor time of a process and
of all that it waited for. *Peak* is the largest memory of any single process, and *processes* how many there were, both
read in a run that is not timed. All use the same tools, from one environment.

To repeat it (python3 with venv, git; it downloads the peers once into `.build-bench/`):

    swift build -c release --product hooks
    Benchmarks/run              # everything
    Benchmarks/run nothing      # one table; `Benchmarks/run --help` names them
"""

TAIL = """
## Where the rest goes

`HOOKS_TIMINGS=1 git commit` and `--timings` show it for a run of yours. `HOOKS_WITHOUT=speculation,glance,sha1` switches off
what only makes runs faster, all or some of it. The figures of the three below are medians of pairs on two busy cores.

- **Nothing to do:** starting a static program of 45 MB (page faults, and what the Swift runtime does before
  `main`), then git's configuration files, the index, and one commit
  object. The script of the hook costs one `exec` of `sh`.
- **100,000 files:** the index is mapped and its entries are gone through once without making objects
  of them; folders whose tree the index knows are not looked into. git makes an object of each entry.
- **Built-in checks:** a good third opens and reads the working files on all cores, proves them by their
  SHA-1 and looks at them; the rest is the index, the status of the files, and the names of facts.
- **Warm tools:** the tools' own work. *black alone, imported before* forks in a process that has imported
  everything: on 200 lines it works for as long as a quarter of what the three take side by side, and no
  way to start it makes that less. isort works for some 8 ms then, flake8 for some 40. Beyond that there are two forks
  and the checks before them, 7 to 9 ms for each tool. To go below, black's parser would
  have to be faster, or its result be known, as it is for content that was seen before. The processor time in the servers is not in the CPU column.
- **Fresh tools:** Python starts and imports. Checkers begin beside the fixers, on the files as they are; what they say
  counts when no fixer changes anything.
- **Speculation:** with few files the checkers run beside the fixers, and their verdicts count when no fixer changes a file
  afterwards. Without it one file in order takes 33 % longer with warm tools and 25 % with fresh ones, one to be fixed 19 %
  with warm tools.
- **A glance:** where only built-in checks run, they look at each file while it is read, and a file in order is not kept.
  Without it 2,000 files take 15 % longer.
- **SHA-1 by the processor's instructions:** proves that a working file is what is staged. With the library's SHA-1 the
  checks of 2,000 files take 27 % longer.
- **To be fixed:** a fixer looks again at what a later one changed. That is a third run of a tool
  where by hand there are two; it buys that the fixers agree.

Not reached: one clean file with warm tools takes a third of the three tools side by side, not a quarter (black
alone takes a quarter); 500 known files take 2.7 times of nothing to do, not twice: the path, the types, the
status and the fact of each file, some 14 microseconds a file; nothing to do takes 0.34 of prek with the script and 0.28
without, where a third was wanted; 500 files without warm tools take a third more
than by hand on both cores, because what one fixer changed is looked at again by those before it. JSON, TOML, YAML and
XML are parsed by Python, which takes up to ten times what a native parser does; requirements-txt takes 2.6 times.

What was tried and did not help: to let the next fixer begin on copies of the files while the one before it works
(medians on two busy cores: 20 % faster where tools are fresh and the file is in order, 7 to 40 % slower with warm tools and where anything is
fixed); another process for files that one process would finish in the time
that Python takes to start; to learn from earlier runs how many files are worth another process (4 to 7 % slower with 50
files and warm tools than eight files each, because one quick tool among them kept all on one core); a record for
each built-in check and file (to look again is cheaper than to look it up); one heap for all threads
(`MALLOC_ARENA_MAX=1`), a larger `MALLOC_TOP_PAD_`, and to let the heap of a thread grow by a megabyte at once (no gain for nothing to do and
500 known files; two measurements at 2,000 files contradict each other, and neither was made on an idle machine).
"""


def summary(case, samples, memory):
    """What is kept of a case."""
    rows = []
    for name, runs in samples.items():
        walls = [run.wall for run in runs]
        rows.append(
            {
                "name": name,
                "wall": measuring.median(walls),
                "least": min(walls),
                "most": max(walls),
                "cpu": measuring.median([run.cpu for run in runs]),
                "memory": memory.get(name, (0, 0))[0],
                "processes": memory.get(name, (0, 0))[1],
            }
        )
    rounds = len(next(iter(samples.values())))
    return {"title": case.title, "text": case.text, "rounds": rounds, "rows": rows}


def time(seconds):
    if seconds < 0.1:
        return f"{seconds * 1000:.1f} ms"
    return f"{seconds * 1000:.0f} ms" if seconds < 1 else f"{seconds:.2f} s"


def table(kept):
    """The lines of one table; the first row is what the others are compared with."""
    rows = kept["rows"]
    has_memory = any(row["memory"] for row in rows)
    lines = [f"\n## {kept['title']}\n", kept["text"], f"{kept['rounds']} rounds.\n"]
    titles = ["", "median", "ratio", "fastest to slowest", "CPU"] + [
        "peak",
        "processes",
    ] * has_memory
    lines.append("| " + " | ".join(titles) + " |")
    lines.append("|---" + "|---:" * (len(titles) - 1) + "|")
    for row in rows:
        name = f"`{row['name']}`" if row["name"].startswith("git ") else row["name"]
        line = (
            f"| {name} | {time(row['wall'])} | {row['wall'] / rows[0]['wall']:.2f} "
            f"| {time(row['least'])} to {time(row['most'])} | {time(row['cpu'])} |"
        )
        if has_memory:
            line += f" {row['memory'] / 1024:.1f} MB | {row.get('processes', '')} |"
        lines.append(line)
    return lines


def write(path, results, versions):
    lines = [HEAD, "Measured with " + ", ".join(versions) + "."]
    for kept in results:
        lines += table(kept)
    with open(path, "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n" + TAIL)
