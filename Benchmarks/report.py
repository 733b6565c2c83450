"""Writes docs/performance.md from the results that are kept beside the peers."""

import measuring

HEAD = """# Performance

Written by `Benchmarks/run`; do not edit it by hand.

Every table is one run. The candidates run alternately, round after round, so background load affects
all of them equally; the numbers are medians, and ratios are more reliable than times. Every single run is
verified: the staged result must be the same as that of the tools called by hand (with many
files, some twenty of them are compared), and a planted finding must be found before anything is
timed. *CPU* is the processor time of a process and
of all its child processes. *Peak* is the largest memory of any single process, and *processes* the number of processes, both
measured in a separate run. All use the same tools, from one environment.

To repeat it (python3 with venv, git; it downloads the peers once into `.build-bench/`):

    swift build -c release --product hooks
    Benchmarks/run              # everything
    Benchmarks/run nothing      # one table; `Benchmarks/run --help` names them
"""

TAIL = """
## Where the rest goes

`HOOKS_TIMINGS=1 git commit` and `--timings` show it for your own runs. `HOOKS_WITHOUT=speculation,glance,sha1` turns off
these optimizations, one or several. The figures for them below are medians of pairs on two busy cores.

- **Nothing to do:** starting a static program of 45 MB (page faults, and the start of the Swift runtime before
  `main`), then git's configuration files, the index, and one commit
  object. The hook script costs one `exec` of `sh`.
- **100,000 files:** the index is mapped, and its entries are read once without creating objects
  for them; folders whose tree the index stores are skipped. git creates an object for each entry.
- **Built-in checks:** a good third of the time opens and reads the working files on all cores, verifies them by their
  SHA-1 and checks them; the rest is the index, the status of the files, and the cache keys.
- **Warm tools:** the tools' own work. *black alone, imported before* forks in a process that has imported
  everything: on 200 lines it takes a quarter of the time that the three tools take side by side, and no
  way of starting it reduces that. isort then takes about 8 ms, flake8 about 40 ms. In addition there are two forks
  and the checks before them, 7 to 9 ms for each tool. To become faster, black's parser would
  have to be faster, or its result cached, as it is for content that was checked before. The processor time in the servers is not in the CPU column.
- **Fresh tools:** Python starts and imports. Checkers start at the same time as the fixers, on the files as they are; their result
  counts if no fixer changes anything.
- **Speculation:** with few files the checkers run at the same time as the fixers, and their verdicts count if no fixer changes a file
  afterwards. Without it one file in order takes 33 % longer with warm tools and 25 % with fresh ones, one file to be fixed 19 %
  with warm tools.
- **A glance:** if only built-in checks run, they check each file while it is read, and a file in order is not kept in memory.
  Without it 2,000 files take 15 % longer.
- **SHA-1 by the processor's instructions:** verifies that a working file is the same as the staged one. With the library's SHA-1 the
  checks of 2,000 files take 27 % longer.
- **To be fixed:** a fixer checks the changes of a later fixer again. This is a third run of a tool,
  compared with two by hand; in return the fixers agree.

Not reached: one clean file with warm tools takes a third of the time of the three tools side by side, not a quarter (black
alone takes a quarter); 500 cached files take 2.7 times as long as nothing to do, not twice: the path, the types, the
status and the cache key of each file, about 14 microseconds per file; nothing to do takes 0.34 of the time of prek with the script and 0.28
without, and the goal was a third; 500 files without warm tools take a third longer
than by hand on both cores, because earlier fixers check the changes of later ones again. JSON, TOML, YAML and
XML are parsed by Python, which takes up to ten times as long as a native parser; requirements-txt takes 2.6 times as long.

Tried without success: starting the next fixer on copies of the files while the one before it works
(medians on two busy cores: 20 % faster if tools are fresh and the file is in order, 7 to 40 % slower with warm tools and if anything is
fixed); another process for files that one process would finish in the time
that Python takes to start; learning from earlier runs how many files are worth another process (4 to 7 % slower with 50
files and warm tools than eight files per process, because one quick tool among them kept all on one core); a cache record for
each built-in check and file (checking again is cheaper than the lookup); one heap for all threads
(`MALLOC_ARENA_MAX=1`), a larger `MALLOC_TOP_PAD_`, and letting the heap of a thread grow by a megabyte at once (no gain for nothing to do and
500 cached files; two measurements at 2,000 files contradict each other, and neither was made on an idle machine).
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
