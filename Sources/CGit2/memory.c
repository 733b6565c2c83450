#define _GNU_SOURCE
#include "CGit2.h"

#include <sys/mman.h>
#include <unistd.h>

int hooks_memory_file(const void *bytes, size_t count) {
    int file = memfd_create("configuration", MFD_CLOEXEC);
    if (file < 0) return -1;
    while (count > 0) {
        ssize_t written = write(file, bytes, count);
        if (written <= 0) {
            close(file);
            return -1;
        }
        bytes = (const char *)bytes + written;
        count -= (size_t)written;
    }
    return file;
}
