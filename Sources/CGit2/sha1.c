/// SHA-1 by the processor's own instructions where it has them, else by the library that libgit2 uses.
#include "include/CGit2.h"

#include <mbedtls/sha1.h>
#include <mbedtls/version.h>
#include <stdlib.h>
#include <string.h>

#if MBEDTLS_VERSION_MAJOR < 3
#define mbedtls_sha1_starts mbedtls_sha1_starts_ret
#define mbedtls_sha1_update mbedtls_sha1_update_ret
#define mbedtls_sha1_finish mbedtls_sha1_finish_ret
#endif

static int by_library(const char *header, size_t length, const unsigned char *bytes, size_t count,
                      unsigned char hash[20]) {
    mbedtls_sha1_context context;
    mbedtls_sha1_init(&context);
    int code = mbedtls_sha1_starts(&context);
    if (code == 0) code = mbedtls_sha1_update(&context, (const unsigned char *)header, length);
    if (code == 0) code = mbedtls_sha1_update(&context, bytes, count);
    if (code == 0) code = mbedtls_sha1_finish(&context, hash);
    mbedtls_sha1_free(&context);
    return code;
}

#if defined(__x86_64__)
#include <cpuid.h>
#include <immintrin.h>

#define NATIVE __attribute__((target("sha,sse4.1")))

struct state {
    __m128i abcd;
    __m128i e;
};

/// Four rounds of kind `kind`, 0 to 3, and the message words for sixteen rounds later.
#define FOUR_ROUNDS(group, kind)                                                                          \
    do {                                                                                                  \
        __m128i now = words[(group) & 3];                                                                 \
        __m128i e = (group) == 0 ? _mm_add_epi32(carried, now) : _mm_sha1nexte_epu32(carried, now);       \
        carried = abcd;                                                                                   \
        abcd = _mm_sha1rnds4_epu32(abcd, e, kind);                                                        \
        __m128i next = _mm_xor_si128(_mm_sha1msg1_epu32(now, words[((group) + 1) & 3]),                   \
                                     words[((group) + 2) & 3]);                                           \
        words[(group) & 3] = _mm_sha1msg2_epu32(next, words[((group) + 3) & 3]);                          \
    } while (0)

#define TWENTY_ROUNDS(kind)                                                                               \
    for (int group = 5 * (kind); group < 5 * (kind) + 5; group++) FOUR_ROUNDS(group, kind)

NATIVE static void compress(struct state *state, const unsigned char *block, size_t blocks) {
    const __m128i big_endian = _mm_set_epi64x(0x0001020304050607, 0x08090a0b0c0d0e0f);
    for (; blocks > 0; blocks--, block += 64) {
        __m128i abcd = state->abcd, carried = state->e, words[4];
        for (int i = 0; i < 4; i++) {
            words[i] = _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)block + i), big_endian);
        }
        TWENTY_ROUNDS(0);
        TWENTY_ROUNDS(1);
        TWENTY_ROUNDS(2);
        TWENTY_ROUNDS(3);
        state->e = _mm_sha1nexte_epu32(carried, state->e);
        state->abcd = _mm_add_epi32(abcd, state->abcd);
    }
}

/// Hashes header and bytes as one row of blocks; the first block and the last one or two are put together here.
NATIVE static void by_processor(const char *header, size_t length, const unsigned char *bytes, size_t count,
                                unsigned char hash[20]) {
    struct state state = {
        .abcd = _mm_set_epi32(0x67452301, (int)0xefcdab89, (int)0x98badcfe, 0x10325476),
        .e = _mm_set_epi32((int)0xc3d2e1f0, 0, 0, 0),
    };
    unsigned char edge[128] = {0};
    size_t total = length + count, filled = length;
    memcpy(edge, header, length);
    if (total >= 64) {
        memcpy(edge + length, bytes, 64 - length);
        compress(&state, edge, 1);
        bytes += 64 - length;
        count -= 64 - length;
        compress(&state, bytes, count / 64);
        bytes += count / 64 * 64;
        count %= 64;
        filled = 0;
        memset(edge, 0, sizeof edge);
    }
    if (count > 0) memcpy(edge + filled, bytes, count);
    filled += count;
    edge[filled] = 0x80;
    size_t blocks = filled + 9 > 64 ? 2 : 1;
    for (int i = 0; i < 8; i++) edge[64 * blocks - 1 - i] = (unsigned char)((uint64_t)total * 8 >> 8 * i);
    compress(&state, edge, blocks);
    uint32_t words[5];
    _mm_storeu_si128((__m128i *)words, _mm_shuffle_epi32(state.abcd, 0x1b));
    words[4] = (uint32_t)_mm_extract_epi32(state.e, 3);
    for (int i = 0; i < 5; i++) {
        for (int j = 0; j < 4; j++) hash[4 * i + j] = (unsigned char)(words[i] >> (24 - 8 * j));
    }
}

/// Whether the processor has the instructions, and the user does not switch them off to compare.
static bool has_instructions(void) {
    const char *without = getenv("HOOKS_WITHOUT");
    if (without && strstr(without, "sha1")) return false;
    unsigned int a, b, c, d;
    if (!__get_cpuid(1, &a, &b, &c, &d) || !(c & bit_SSE4_1) || !(c & bit_SSSE3)) return false;
    return __get_cpuid_count(7, 0, &a, &b, &c, &d) && (b & (1u << 29)) != 0;
}
#endif

int hooks_sha1(const char *header, size_t length, const unsigned char *bytes, size_t count, unsigned char hash[20]) {
#if defined(__x86_64__)
    static _Atomic int known = -1;
    int native = known;
    if (native < 0) known = native = has_instructions();
    if (native && length <= 64) {
        by_processor(header, length, bytes, count, hash);
        return 0;
    }
#endif
    return by_library(header, length, bytes, count, hash);
}
