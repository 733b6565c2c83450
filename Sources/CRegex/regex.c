#define PCRE2_CODE_UNIT_WIDTH 8
#include "CRegex.h"

#include <pcre2.h>
#include <stdint.h>

void *hooks_regex_compile(const char *pattern, size_t length, char *problem, size_t problem_size) {
    int code = 0;
    PCRE2_SIZE offset = 0;
    uint32_t options = PCRE2_UTF | PCRE2_MATCH_INVALID_UTF | PCRE2_NEVER_BACKSLASH_C;
    pcre2_code *regex = pcre2_compile((PCRE2_SPTR)pattern, length, options, &code, &offset, NULL);
    if (!regex) pcre2_get_error_message(code, (PCRE2_UCHAR *)problem, problem_size);
    return regex;
}

bool hooks_regex_occurs(const void *regex, const unsigned char *subject, size_t length) {
    pcre2_match_data *data = pcre2_match_data_create_from_pattern(regex, NULL);
    if (!data) return false;
    // PCRE2's own limits bound what a pattern can cost.
    int found = pcre2_match(regex, subject, length, 0, 0, data, NULL);
    pcre2_match_data_free(data);
    return found >= 0;
}
