# shellcheck shell=sh
# `hooks tools sync` after the pins have changed, while another repository uses the former environment.

pins() { printf '[tools]\n%s\n[hooks]\npre-commit = ["%s"]\ncommit-msg = []\n' "$1" "$2"; }
sync() { PATH="$TOOLS:$PATH" hooks tools sync --wheels "$WHEELS"; }

prepare() {
    for name in former repository; do
        git init -q -b topic "$BASE/$name" && cd "$BASE/$name" || return
        pins 'isort = "9.0.2"' isort >hooks.toml && git add -A && git commit -q -m base || return
        hooks install --wheels "$WHEELS" 2>/dev/null || return
        sync 2>/dev/null || return
    done
    pins 'flake8 = "7.5.0"' flake8 >hooks.toml && git commit -q -n -a -m pins
}

act() { sync; }

# Another repository's tool is there whatever happens.
verify() {
    (
        cd "$BASE/former" && git reset -q --hard && printf 'import sys\nimport os\n\nprint(sys, os)\n' >order.py
        if ! { git add -A && git commit -q -m order; } >"$BASE/again" 2>&1; then
            echo "the other repository cannot commit:"
            cat "$BASE/again"
        fi
        [ "$(git show HEAD:order.py | head -n 1)" = 'import os' ] || echo "the other repository's tool did nothing"
    )
    made=$HOME/.local/share/hooks/environments
    for link in "$made"/by-pins/*; do
        [ -x "$link/bin/python" ] || echo "half an environment is known: $link"
    done
}

recover() {
    act >"$BASE/again" 2>&1 || { echo "the next sync fails with $?:"; cat "$BASE/again"; }
    [ "$(find "$made/made" -mindepth 1 -maxdepth 1 | wc -l)" = 2 ] || echo "not two environments: $(ls "$made/made")"
    printf 'import os\n' >unused.py && git add unused.py
    git commit -q -m unused >"$BASE/again" 2>&1 && echo "flake8 did not run"
    grep -q F401 "$BASE/again" || { echo "flake8 could not run:"; cat "$BASE/again"; }
    printf 'import os\n\nprint(os)\n' >unused.py && git add unused.py
    git commit -q -m used >"$BASE/again" 2>&1 || { echo "the commit fails:"; cat "$BASE/again"; }
}
