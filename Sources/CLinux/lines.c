#include "CLinux.h"
#include <stdint.h>

// Plain loops over blocks, so that the compiler makes them look at many bytes at once.
enum { block = 4096 };

bool lines_may_end_in_space(const void *start, size_t count) {
    const uint8_t *bytes = start;
    if (count == 0) return false;
    uint8_t last = bytes[count - 1];
    if (last == ' ' || (last >= '\t' && last <= '\r' && last != '\n')) return true;
    for (size_t from = 0; from + 1 < count; from += block) {
        size_t end = count - 1 < from + block ? count - 1 : from + block;
        uint8_t found = 0;
        for (size_t at = from; at < end; at++) {
            uint8_t byte = bytes[at];
            uint8_t is_space = (byte == ' ') | ((uint8_t)(byte - '\t') < 5 && byte != '\n');
            found |= is_space & (bytes[at + 1] == '\n');
        }
        if (found) return true;
    }
    return false;
}

bool lines_may_be_markers(const void *start, size_t count) {
    const uint8_t *bytes = start;
    for (size_t from = 0; from + 7 <= count; from += block) {
        size_t end = count - 6 < from + block ? count - 6 : from + block;
        uint8_t found = 0;
        for (size_t at = from; at < end; at++) {
            uint8_t byte = bytes[at];
            found |= ((byte == '<') | (byte == '>')) & (bytes[at + 1] == byte) & (bytes[at + 6] == byte);
        }
        if (found) return true;
    }
    return false;
}
