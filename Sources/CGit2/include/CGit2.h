/// libgit2, as Debian's `libgit2-dev` installs it.
#ifndef HOOKS_CGIT2_H
#define HOOKS_CGIT2_H

#include <git2.h>
#include <git2/sys/repository.h>

#endif
