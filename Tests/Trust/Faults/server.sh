# shellcheck shell=sh
# A tool server, from its start on, and what it does for a commit.

# shellcheck source=/dev/null
. "$FAULTS/warm.sh"

before() { :; }

act() {
    ready
    change
    git commit -q -m 'Change it'
    code=$?
    after
    return $code
}
