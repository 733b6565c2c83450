"""Compiles every Python file of the tree; `compileall` alone passes when it finds none."""
import compileall
import os
import sys

files = 0
good = True
for folder, names, found in os.walk("."):
    names[:] = sorted(
        n for n in names
        if n not in ("node_modules", "__pycache__") and not os.path.islink(os.path.join(folder, n))
    )
    for name in sorted(found):
        path = os.path.join(folder, name)
        if name.endswith(".py") and os.path.isfile(path) and not os.path.islink(path):
            files += 1
            good = compileall.compile_file(path, quiet=1) and good
print(f"{files} files")
sys.exit(5 if files == 0 else 0 if good else 10)
