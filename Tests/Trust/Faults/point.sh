#!/bin/sh
# One fault: point.sh SUBJECT TRACER-OPTION...; before the first one point.sh SUBJECT prepare, and then
# point.sh SUBJECT reference, which shows what an undisturbed run leaves.
#
# Copies what `prepare` made, acts under the tracer, and prints a line for everything that is not as
# promised. The last line is what the tracer reports. $BASE is a folder of its own, $PREPARED the
# one that was prepared, $PROGRAM the program, $TRACER the tracer.
set -u

among() {
    what=$1 found=$2
    shift 2
    for state; do
        if cmp -s "$found" "$BASE/states/$state"; then return; fi
    done
    echo "$what as nobody wrote it: $(head -c 300 "$found")"
}

# What is in the git directory and around it, without names that differ in every run.
litter() {
    (
        cd "$BASE" && find repository -path '*/objects/*' -prune -o -path '*/logs*' -prune -o -print
        # What installers keep there is theirs.
        find "$XDG_CACHE_HOME" -mindepth 2 -maxdepth 3 ! -path "$XDG_CACHE_HOME/uv/*"
    ) 2>/dev/null |
        sed -E -e "s#$BASE/##" -e 's#(undo)(/.*)?$#\1#' -e 's#(checkouts/[^/]*/)r[0-9a-z]+.*#\1r#' \
            -e '/(ORIG_HEAD|COMMIT_EDITMSG|index|FETCH_HEAD)$/d' -e '/hooks-state(\/results.*)?$/d' \
            -e 's#/[a-z0-9]*-0#/KEY-0#' |
        sort -u
}

# What has to run beside the act, and is not tried itself. It may do what the act may do: a tool server
# serves no others.
before() { :; }
after() { :; }

# Hours pass: what a killed run left may be cleared away by then.
time_passes() { find .git/hooks .git/hooks-state "$XDG_CACHE_HOME" -exec touch -h -d '3 hours ago' {} + 2>/dev/null; }

beside() {
    "$TRACER" --untraced yes --calls statfs -- sh -c "before() { :; }; cd '$BASE/repository' && . '$FAULTS/$subject.sh' && $1"
}

subject=$1
shift
# shellcheck source=/dev/null
. "$FAULTS/$subject.sh"
export XDG_CACHE_HOME="$BASE/cache" HOME="$BASE/home" TMPDIR="$BASE/tmp"

if [ "$1" = prepare ]; then
    mkdir -p "$BASE/home" "$BASE/tmp" && prepare >&2 || exit
    exit
fi

if [ "$1" = reference ]; then
    # A run without a fault, to compare with.
    cp -a "$PREPARED" "$BASE" && cd "$BASE/repository" || exit
    beside before
    act >"$BASE/again" 2>&1 || { echo "the undisturbed run fails with $?:"; cat "$BASE/again"; exit; }
    : >"$BASE/said"
    verify
    git status --porcelain >"$PREPARED/status-after"
    recover
    git status --porcelain >"$PREPARED/status-after"
    after
    litter >"$PREPARED/litter-after"
    exit
fi

cp -a "$PREPARED" "$BASE" && cd "$BASE/repository" || exit
beside before
script="cd '$BASE/repository' && . '$FAULTS/$subject.sh' && act"
[ -z "${SIGNAL-}" ] || set -- --signal "$SIGNAL" "$@"
"$TRACER" --program "$PROGRAM" --report "$BASE/report" "$@" -- sh -c "$script" >"$BASE/said" 2>&1
verify
fsck=$(git fsck --strict --no-dangling --no-progress 2>&1) || echo "fsck: $fsck"
[ -z "$fsck" ] || echo "fsck: $fsck"
grep -aE 'Fatal error|Illegal instruction|stack dump|internal error: ' "$BASE/said"
grep -E '^(left|timeout)' "$BASE/report"
time_passes
# What a system lacks for good is done without, or is the reason.
case ${LASTING-} in
    worked) grep -qx 'status 0' "$BASE/report" || { echo "it does not work:"; cat "$BASE/said"; } ;;
    refused)
        grep -qx 'exit main 4' "$BASE/report" || { echo "it is not refused:"; cat "$BASE/said"; }
        grep -q '^error: ' "$BASE/said" || echo "no reason is given"
        ;;
esac
# A signal is told to git as 128 and its number, unless all was done before it came.
if [ -n "${SIGNAL-}" ] && ! grep -q '^hit -' "$BASE/report"; then
    grep -qxE "exit main ($((128 + SIGNAL))|0)|death main $SIGNAL" "$BASE/report" ||
        echo "the program ended otherwise: $(grep -E '^(exit|death) main' "$BASE/report")"
fi
recover
after
find .git -name '*.lock' ! -path '*/hooks-state/*' | sed 's/^/left behind: /'
litter | diff - "$PREPARED/litter-after" | grep '^<' | sed 's/^</left behind:/'
tr '\n' ';' <"$BASE/report"
echo
