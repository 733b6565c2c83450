#!/bin/sh
# Everything that must hold before a change is merged: style, boundaries, builds, all tests.
#
# HOOKS_TEST_LONG=1 tries every point of every fault and many times more generated cases; that takes hours.
# HOOKS_TEST_COUNTS=FILE writes down how many cases there were, for Tests/bin/trust-counts.
set -eu
cd "$(dirname "$0")"

# Says what it does, stays silent about how, and shows everything when it fails.
step() {
    echo "== $1"
    shift
    if ! "$@" >"$log" 2>&1; then
        cat "$log" >&2
        echo "error: \`$*\` failed" >&2
        exit 1
    fi
}

# One environment of Python tools for the tests, made anew when their versions change.
python_tools() {
    sum=$(cksum <Tests/Support/requirements.txt)
    [ "$(cat .build-tools/sum 2>/dev/null)" != "$sum" ] || return 0
    rm -rf .build-tools
    python3 -m venv .build-tools &&
        .build-tools/bin/python -m pip install --quiet --disable-pip-version-check \
            -r Tests/Support/requirements.txt &&
        grep -E '^(black|isort|flake8|pytest)==' Tests/Support/requirements.txt |
        .build-tools/bin/python -m pip download --quiet --disable-pip-version-check \
            --only-binary :all: -d .build-tools/wheels -r /dev/stdin &&
        echo "$sum" >.build-tools/sum
}

no_foundation() {
    ! grep -rnE '\bimport +([a-z]+ +)?Foundation([. ]|$)' Sources --include='*.swift'
}

# What it asks of its commits holds for every file that it tracks.
own_hooks() {
    "$binary" run pre-commit --all --check --fresh
}

scripts() {
    find install.sh test.sh .ci scripts hooks .githooks Benchmarks Tests -type f 2>/dev/null |
        while IFS= read -r file; do
            case $(head -n 1 "$file" | tr -d '\0') in
                '#!'*sh) printf '%s\n' "$file" ;;
                *) case $file in *.sh) printf '%s\n' "$file" ;; esac ;;
            esac
        done
}

clean_scripts() {
    # None of the names has a blank in it.
    # shellcheck disable=SC2046
    shellcheck $(scripts)
}

log=$(mktemp)
trap 'rm -f "$log"' EXIT
command -v swift >/dev/null || { echo "error: swift is not on PATH" >&2; exit 4; }
.ci/need git-lfs libgit2-dev libyaml-dev shellcheck python3-venv rustfmt golang-go nodejs eslint

step "Python tools" python_tools
step "scripts" clean_scripts
step "format" swift format lint --strict -r Package.swift Sources Tests
step "no Foundation in Sources" no_foundation
step "build and imports" swift build --build-tests --explicit-target-dependency-import-check error
step "release build" swift build -c release --product hooks

binary=$(swift build -c release --show-bin-path)/hooks
step "own hooks" own_hooks
rm -f "$log"
echo "== tests"
HOOKS_TEST_TOOLS=$PWD/.build-tools/bin HOOKS_TEST_BINARY=$binary exec swift test --skip-build
