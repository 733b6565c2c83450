/// Regular expressions by PCRE2, which libgit2 needs anyway.
#ifndef HOOKS_CREGEX_H
#define HOOKS_CREGEX_H

#include <stdbool.h>
#include <stddef.h>

/// A compiled pattern of UTF-8 text; NULL with the reason when it is none. It is never freed.
void *hooks_regex_compile(const char *pattern, size_t length, char *problem, size_t problem_size);

/// Whether the pattern occurs in a subject, which may be any bytes.
bool hooks_regex_occurs(const void *regex, const unsigned char *subject, size_t length);

#endif
