# shellcheck shell=sh
# A commit whose fixer runs in a tool server that was started before.

# What Python keeps for itself is half there when it is killed.
export PYTHONDONTWRITEBYTECODE=1

prepare() {
    unset HOOKS_WARM
    git init -q -b topic "$BASE/repository" && cd "$BASE/repository" || return
    mkdir -p .venv/bin .venv/lib/python3/site-packages/black-1.dist-info
    cat >.venv/bin/black.py <<'PYTHON'
import sys


def main():
    for name in [word for word in sys.argv[1:] if word[0] != "-"]:
        text = open(name).read().replace("bad", "good")
        open(name, "w").write(text)
PYTHON
    printf '#!/usr/bin/python3\nimport black\nblack.main()\n' >.venv/bin/black && chmod +x .venv/bin/black
    printf '[hooks]\npre-commit = ["black"]\ncommit-msg = []\n' >hooks.toml
    echo .venv >.gitignore
    echo base >a.py && git add -A && git commit -q -m base && hooks install 2>/dev/null || return
}

change() { printf '1\n2\nbad 3\n' >a.py && git add a.py && printf 'mine\n1\n2\nbad 3\n' >a.py; }

servers() { hooks tools servers --json | wc -l; }

# Waits for the server, which the first run starts.
ready() {
    unset HOOKS_WARM
    tries=0
    until [ "$(servers)" = 1 ]; do
        [ $((tries % 50)) != 0 ] || hooks run pre-commit --all --fresh >/dev/null 2>&1
        tries=$((tries + 1))
        [ $tries -lt 200 ] || { echo "no server comes"; return; }
        sleep 0.05
    done
}

before() { ready && change; }

# A server that is just being started is not seen, and not stopped.
after() {
    tries=0
    while
        hooks tools stop >/dev/null 2>&1
        living
    do
        tries=$((tries + 1))
        [ $tries -lt 40 ] || { echo "a process lives on"; break; }
        sleep 0.1
    done
}

# Whether a Python of this repository runs.
living() {
    grep -lsz "$BASE/" /proc/[0-9]*/environ |
        while IFS= read -r place; do readlink "${place%environ}exe"; done | grep -q python3
}

act() { git commit -q -m 'Change it'; }

verify() {
    git show :a.py >"$BASE/now"
    case $(git log --format=%s | tr '\n' ' ')$(cat "$BASE/now") in
        "base base" | "base $(printf '1\n2\nbad 3')" | "base $(printf '1\n2\ngood 3')") ;;
        "Change it base $(printf '1\n2\ngood 3')") ;;
        *) echo "the index has $(cat "$BASE/now") in $(git log --format=%s)" ;;
    esac
    [ "$(git log --format=%s)" = base ] || [ "$(git show HEAD:a.py)" = "$(printf '1\n2\ngood 3')" ] ||
        echo "the commit is not fixed"
    case $(cat a.py) in
        base | "$(printf 'mine\n1\n2\nbad 3')" | "$(printf 'mine\n1\n2\ngood 3')") ;;
        *) echo "a.py has $(cat a.py)" ;;
    esac
}

recover() {
    if [ "$(git log --format=%s)" = base ]; then
        [ "$(cat a.py)" != base ] || change
        act >"$BASE/again" 2>&1 || { echo "the next commit fails with $?:"; cat "$BASE/again"; }
    fi
    [ "$(git show HEAD:a.py)" = "$(printf '1\n2\ngood 3')" ] || echo "the commit is not fixed"
    [ "$(git show :a.py)" = "$(printf '1\n2\ngood 3')" ] || echo "the index is not fixed"
    verify
}
