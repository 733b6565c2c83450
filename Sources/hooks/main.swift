import Configuration
import Git
import Installation
import Spawn

print(libgit2Start(), script().count)
