# shellcheck shell=sh
# Functions that every scenario may call. $LOG is a file outside the repository: what it held after
# a step is shown when that step is not as expected.

# Makes the work folder a guarded repository on the branch `topic`; what is there becomes its first
# commit. Without a hooks.toml the jobs are two: `swap` writes good for bad in *.txt, and `no-ugly`
# fails on ugly in *.txt.
guarded() {
    [ -e .git ] || git init -q -b topic . || return
    [ -e hooks.toml ] || default_jobs >hooks.toml
    git add -A && git commit -q -m base && hooks install >"$LOG" 2>&1
}

default_jobs() {
    cat <<'TOML'
[jobs.swap]
run = "sed -i s/bad/good/ --"
files = ["*.txt"]
fixes = true
reads = "files"

[jobs.no-ugly]
run = '! grep -Hn ugly -- "$@"'
shell = true
files = ["*.txt"]
reads = "files"

[hooks]
pre-commit = ["swap", "no-ugly"]
TOML
}

# `git commit` and `hooks`, with what they say in $LOG.
commit() { git commit -q "$@" >"$LOG" 2>&1; }
quiet() { "$@" >"$LOG" 2>&1; }

# Prints the first piece of $LOG that fits a pattern of `grep -i`; fails when there is none.
said() { grep -io -m1 -e "$1" "$LOG" | head -n 1 | grep .; }

# One number for all that a failed run must leave alone: index, working files, HEAD.
state() {
    {
        git ls-files -s -v
        git rev-parse -q --verify HEAD
        git status --porcelain -z --ignored
        find . -path ./.git -prune -o -type f -exec cksum {} + | sort
    } | cksum
}

# Runs a command and says whether the state is as before; keeps the command's status.
untouched() {
    before=$(state)
    "$@"
    status=$?
    [ "$before" = "$(state)" ] || echo "not as it was: $(git status --porcelain)"
    return "$status"
}

# Prints what is not staged in one file: where, and the lines.
unstaged() { git diff -U0 -- "$@" | sed '1,/^+++/d; s/^\(@@ [^@]* @@\).*/\1/'; }

# Waits until a file is there, ten seconds at most.
await() {
    tries=0
    until [ -e "$1" ]; do
        tries=$((tries + 1))
        [ "$tries" -lt 200 ] || { echo "$1 did not come"; return 1; }
        sleep 0.05
    done
}

# Makes the work folder a guarded repository on the branch `topic`, whose remote `origin` has the
# first commit on `main`. Without a hooks.toml a push runs `swap`, `no-ugly` and `tests`; the tests
# count their runs and pass while state.txt says good.
shared() {
    [ -e hooks.toml ] || push_jobs >hooks.toml
    [ -e tests.py ] || push_tests >tests.py
    [ -e state.txt ] || echo good >state.txt
    git init -q -b main . 2>/dev/null && git add -A && git commit -q -m base || return
    git init -q -b main --bare "$BASE/origin.git" && git remote add origin "$BASE/origin.git"
    git push -q origin main && git fetch -q && git switch -q -c topic && quiet hooks install
}

push_jobs() {
    default_jobs | sed 's/^pre-commit = .*/pre-commit = []\npre-push = ["swap", "no-ugly", "tests"]/'
    cat <<'TOML'

[jobs.tests]
run = "python tests.py"
TOML
}

push_tests() {
    cat <<'PYTHON'
import os
import sys

with open(os.environ["BASE"] + "/runs", "a") as runs:
    runs.write("run\n")
with open("state.txt") as state:
    sys.exit(state.read() != "good\n" and "state.txt:1: not good")
PYTHON
}

# `git push` with what it says in $LOG; how often the tests ran; what a remote holds.
push() { git push -q "$@" >"$LOG" 2>&1; }
runs() { touch "$BASE/runs" && wc -l <"$BASE/runs"; }
held() { git -C "$BASE/${2-origin}.git" log -1 --format=%s "$1" 2>/dev/null || echo "no $1"; }

# Commits a file with one line of content on a branch that starts at main.
branch() {
    git switch -q -c "$1" main && echo "$3" >"$2" && git add -f "$2" && git commit -q -m "$1"
}

# Makes the work folder a repository whose branch main is strictly protected, with a remote that has
# it, and a branch x with two commits more, which main could be moved to.
strictly() {
    [ -e hooks.toml ] || printf '[protect]\nstrict = true\n\n[hooks]\npre-commit = []\n' >hooks.toml
    echo one >a.txt
    git init -q -b main . && git add -A && git commit -q -m base || return
    echo two >>a.txt && git commit -q -a -m second || return
    git init -q -b main --bare "$BASE/origin.git" && git remote add origin "$BASE/origin.git"
    git push -q -u origin main && git switch -q -c x || return
    for each in x1 x2; do echo "$each" >>x.txt && git add x.txt && git commit -q -m "$each"; done
    git switch -q main && quiet hooks install
}

# Runs a command that must be refused, and then the command that the refusal names. Prints that
# command, and what is not as it was before.
vetoed() {
    before=$(standing)
    "$@" >"$LOG" 2>&1 && echo "not refused"
    grep -q 'strictly protected' "$LOG" || echo "refused by something else"
    # shellcheck disable=SC2016 # the backquotes are those of the message
    cure=$(sed -n 's/^hint: `\(.*\)` cleans up.*/\1/p' "$LOG")
    if [ -n "$cure" ]; then
        echo "$cure"
        [ "$before" != "$(standing)" ] || echo "although nothing was left behind"
        eval "$cure" >>"$LOG" 2>&1 || echo "which fails"
    fi
    after=$(standing)
    [ "$before" = "$after" ] || { echo "not as it was: $before"; echo "but: $after"; git status -s; }
}

standing() {
    state
    git for-each-ref refs/heads
    git symbolic-ref -q HEAD
    (cd .git && ls -d ./*_HEAD ./*_MSG ./*_MODE ./rebase-* ./sequencer ./*.lock 2>/dev/null) |
        grep -v -e FETCH -e ORIG -e COMMIT_EDIT
}

# Makes the work folder a repository as `shared` does, with a job in each of three phases. Each
# counts its runs in $BASE/NAME; `unit` passes while state.txt says good, `whole` while no file holds
# the word broken. `unit` is also what a push asks for.
piped() {
    [ -e hooks.toml ] || { pipe_jobs && cat more.toml 2>/dev/null; } >hooks.toml
    [ -e job.py ] || pipe_job >job.py
    [ -e state.txt ] || echo good >state.txt
    rm -f more.toml
    touch tests.py && shared
}

pipe_jobs() {
    cat <<'TOML'
[hooks]
pre-commit = ["swap", "no-ugly"]
pre-push = ["unit"]

[phases]
build = ["parts"]
test = ["unit"]
integrate = ["whole"]

[jobs.parts]
run = "python job.py parts"

[jobs.unit]
run = "python job.py unit"

[jobs.whole]
run = "python job.py whole"

TOML
    default_jobs | sed '/^\[hooks\]/,$d'
}

pipe_job() {
    cat <<'PYTHON'
import glob
import os
import sys

name = sys.argv[1]
with open(os.environ["BASE"] + "/" + name, "a") as runs:
    runs.write("run\n")
if name == "unit":
    with open("state.txt") as state:
        sys.exit(state.read() != "good\n" and "state.txt:1: not good")
if name == "whole":
    bad = [file for file in glob.glob("*.txt") if "broken" in open(file).read()]
    sys.exit(f"{bad[0]}: broken" if bad else 0)
PYTHON
}

# `hooks ship` with what it says in $LOG; how often each job of `piped` ran.
ship() { hooks ship "$@" >"$LOG" 2>&1; }
count() { for each; do touch "$BASE/$each" && echo "$each $(wc -l <"$BASE/$each")"; done; }

# One number for the index's bytes, HEAD, all references and all files.
exactly() {
    {
        cksum <.git/index
        git symbolic-ref -q HEAD
        git for-each-ref
        find . -path ./.git -prune -o -type f -exec cksum {} + | sort
    } | cksum
}

# Runs a command and says whether index, HEAD and files are as before, byte for byte.
unchanged() {
    before=$(exactly)
    "$@"
    status=$?
    [ "$before" = "$(exactly)" ] || echo "not as it was: $(git status --porcelain) $(git log -1 --format=%s)"
    return "$status"
}

# Installs a Python tool as `black` into .venv: it writes good for bad in the files that it is
# given. Its module notes each import in $BASE/imports, and does first what $BASE/first.py says.
python_tool() {
    mkdir -p .venv/bin .venv/lib/python3/site-packages/black-1.dist-info
    echo .venv >>.gitignore
    cat >.venv/bin/black.py <<'PYTHON'
import os
import sys

BASE = os.environ["BASE"]
with open(BASE + "/imports", "a") as imports:
    imports.write("import\n")


def main():
    if os.path.exists(BASE + "/first.py"):
        exec(open(BASE + "/first.py").read())
    for name in [word for word in sys.argv[1:] if word[0] != "-"]:
        text = open(name).read().replace("bad", "good")
        open(name, "w").write(text)
PYTHON
    printf '#!/usr/bin/python3\nimport black\nblack.main()\n' >.venv/bin/black
    chmod +x .venv/bin/black
    printf '[hooks]\npre-commit = ["black"]\n' >hooks.toml
}

# Waits until so many tool servers run. One that finds its modules being written to while it imports
# them gives up; the next run starts it again.
serving() {
    tries=0
    until [ "$(hooks tools servers --json | wc -l)" -eq "$1" ]; do
        tries=$((tries + 1))
        [ "$tries" != 100 ] || [ "$1" = 0 ] || hooks run pre-commit --all --fresh >/dev/null 2>&1
        [ "$tries" -lt 200 ] || { echo "not $1 servers"; hooks tools servers; return 1; }
        sleep 0.05
    done
}

# How often the module of `python_tool` was imported.
imports() { wc -l <"$BASE/imports"; }

# Makes a job of commits and pushes that runs each line of commands.txt by answers.sh.
answering() {
    cat >answers.sh <<'SH'
# Runs each line of commands.txt and writes what it prints, and its status, into the folder $1.
rm -rf "$1" && mkdir -p "$1" && here=$(pwd -P) && n=0
while IFS= read -r line; do
    n=$((n + 1))
    { sh -c "$line" && echo "status 0" || echo "status $?"; } </dev/null 2>&1 |
        sed -e "s|$here|HERE|g" -e 's/ in [0-9.]*s//' >"$1/$n"
done <commands.txt
SH
    cat >hooks.toml <<'TOML'
[jobs.answers]
run = "sh answers.sh \"$BASE/answers\""
shell = true
pass_files = false

[hooks]
pre-commit = ["answers"]
pre-push = ["answers"]
TOML
}

# Compares the answers in $BASE/answers with those in the folder $1: prints the commands that do not
# answer the same, and how many do.
compared() {
    (cd "$1" && sh answers.sh "$BASE/expected") || return
    same=0 && n=0
    while IFS= read -r line; do
        n=$((n + 1))
        if diff "$BASE/expected/$n" "$BASE/answers/$n" >"$LOG"; then
            same=$((same + 1))
        else
            echo "not as in a clone: $line" && cat "$LOG"
        fi
    done <"$1/commands.txt"
    echo "$same the same, $(grep -l 'status [1-9]' "$BASE"/answers/* | wc -l) of them with a finding"
}

# Makes a plain clone in the folder $1 whose index and files are what is staged here.
cloned() {
    git clone -q . "$1" && git diff --cached --binary --full-index >"$BASE/staged.diff" || return
    [ ! -s "$BASE/staged.diff" ] || git -C "$1" apply --index "$BASE/staged.diff"
}
