# shellcheck shell=sh
# `git commit PATH`: git commits an index of its own and has written the user's to index.lock. What is
# killed is hooks, not git, so the lock goes when git does.

# shellcheck source=Tests/Trust/Faults/commit.sh
. "$FAULTS/commit.sh"

act() { git commit -q -m 'Change it' -- replaced.txt; }

verify_commit() {
    git show HEAD:replaced.txt >"$BASE/now" 2>&1
    among "the commit has replaced.txt" "$BASE/now" staged-after/replaced.txt
    git show :replaced.txt >"$BASE/now"
    among "the index has replaced.txt" "$BASE/now" staged-after/replaced.txt
    name=replaced
    told || among "replaced.txt, committed," replaced.txt work-after/replaced.txt
    # The others are staged as before, and no more than that.
    for name in merged deleted overlapping fine; do
        git show ":$name.txt" >"$BASE/now"
        among "the index has $name.txt, not committed," "$BASE/now" staged/$name.txt
        [ $name = deleted ] || among "$name.txt, not committed," $name.txt work/$name.txt
    done
}

# What a killed run leaves in the git directory goes when the next fix is published. Here the killed
# one may have put the fix into the working file, which this commit then takes as it is.
litter_goes() {
    git commit -q -m more -- merged.txt >>"$BASE/again" 2>&1
}
