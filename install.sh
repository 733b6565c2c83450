#!/bin/sh
# Builds hooks, installs it for this user, and guards a clone with it.
set -eu

usage() {
    cat <<'TEXT'
Usage: ./install.sh [--no-hooks] [FOLDER]

Builds `hooks`, puts it into $PREFIX/bin (~/.local/bin by default), puts its git hooks into the
repository at FOLDER (this clone by default), and runs their checks there once.

  --no-hooks   only build and install the program
TEXT
}

fail() {
    echo "error: $1" >&2
    [ -z "${2-}" ] || echo "hint: $2" >&2
    exit "${3:-4}"
}

guard=yes
folder=
for argument in "$@"; do
    case $argument in
        --no-hooks) guard=no ;;
        -h | --help) usage && exit 0 ;;
        -*) fail "there is no option \`$argument\`" "see \`./install.sh --help\`" 2 ;;
        *)
            [ -z "$folder" ] || fail "more than one folder was given" "see \`./install.sh --help\`" 2
            folder=$argument
            ;;
    esac
done

source=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
folder=${folder:-$source}
[ -d "$folder" ] || fail "there is no folder \`$folder\`" "" 2
folder=$(CDPATH='' cd -- "$folder" && pwd -P)
[ -n "${PREFIX:-${HOME:-}}" ] || fail "neither PREFIX nor HOME is set" "" 2
target=${PREFIX:-$HOME/.local}/bin

command -v swift >/dev/null || fail "swift is not on PATH" "install Swift 6.3 and run this again"
"$source/.ci/need" libgit2-dev libyaml-dev

cd "$source"
echo "Building hooks (minutes the first time, seconds later)"
mkdir -p .build
if ! swift build -c release --product hooks >.build/install.log 2>&1; then
    tail -n 40 .build/install.log >&2
    fail "\`swift build -c release --product hooks\` failed" "all of it is in $source/.build/install.log"
fi

mkdir -p "$target" || fail "cannot make the folder $target" "choose another with PREFIX"
target=$(CDPATH='' cd -- "$target" && pwd -P)
copy=$(mktemp "$target/.hooks.XXXXXX") || fail "cannot write into $target" "choose another with PREFIX"
trap 'rm -f "$copy"' EXIT
cp "$(swift build -c release --show-bin-path)/hooks" "$copy"
if command -v strip >/dev/null; then strip "$copy"; fi
if cmp -s "$copy" "$target/hooks"; then
    echo "Already installed: $target/hooks"
else
    chmod 755 "$copy"
    mv -f "$copy" "$target/hooks"
    echo "Installed $target/hooks"
fi
case :$PATH: in
    *:"$target":*) ;;
    *) echo "Not on PATH: add \`export PATH=\"$target:\$PATH\"\` to your shell's profile" ;;
esac

[ "$guard" = yes ] || exit 0
cd "$folder"
"$target/hooks" install
echo "Checking every file of $folder"
status=0
"$target/hooks" run pre-commit --all --check || status=$?
case $status in
    0) ;;
    1) echo "Installed; the findings above were there before and block nothing until you commit them" ;;
    *) exit "$status" ;;
esac
