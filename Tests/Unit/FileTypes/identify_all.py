"""Prints the tags that identify gives: first all of them, then those of each path it is given."""

import os
import sys

from identify import identify

print(" ".join(sorted(identify.ALL_TAGS)), flush=True)
for path in sys.stdin.buffer.read().split(b"\0"):
    tags = identify.tags_from_path(os.fsdecode(path))
    sys.stdout.buffer.write(" ".join(sorted(tags)).encode() + b"\n")
