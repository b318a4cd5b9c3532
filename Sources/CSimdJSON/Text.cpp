#include "Document.h"

#include <cstring>

namespace tidings {

static size_t sequence_length(const uint8_t *p, size_t rest, bool &is_cut) {
    const uint8_t lead = p[0];
    size_t wanted = 0;
    uint8_t low = 0x80, high = 0xBF;
    if (lead < 0x80) return 1;
    if (lead >= 0xC2 && lead <= 0xDF) wanted = 2;
    if (lead >= 0xE0 && lead <= 0xEF) wanted = 3;
    if (lead >= 0xF0 && lead <= 0xF4) wanted = 4;
    if (wanted == 0) return 0;
    if (lead == 0xE0) low = 0xA0;
    if (lead == 0xED) high = 0x9F;
    if (lead == 0xF0) low = 0x90;
    if (lead == 0xF4) high = 0x8F;
    for (size_t i = 1; i < wanted; i++) {
        if (i == rest) return is_cut = true, 0;
        if (p[i] < low || p[i] > high) return 0;
        low = 0x80;
        high = 0xBF;
    }
    return wanted;
}

size_t first_invalid_utf8(const uint8_t *bytes, size_t length, bool &is_cut) {
    size_t i = 0;
    while (i < length) {
        size_t step = sequence_length(bytes + i, length - i, is_cut);
        if (step == 0) return i;
        i += step;
    }
    return length;
}

// The value of four hexadecimal digits, or -1.
static int32_t hex4(const uint8_t *p) {
    int32_t value = 0;
    for (int i = 0; i < 4; i++) {
        const uint8_t c = p[i];
        int32_t digit = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10
                      : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
        if (digit < 0) return -1;
        value = value << 4 | digit;
    }
    return value;
}

static uint8_t *put_utf8(uint8_t *target, int32_t c) {
    if (c < 0x80) {
        *target++ = c;
    } else if (c < 0x800) {
        *target++ = 0xC0 | c >> 6;
        *target++ = 0x80 | (c & 63);
    } else if (c < 0x10000) {
        *target++ = 0xE0 | c >> 12;
        *target++ = 0x80 | (c >> 6 & 63);
        *target++ = 0x80 | (c & 63);
    } else {
        *target++ = 0xF0 | c >> 18;
        *target++ = 0x80 | (c >> 12 & 63);
        *target++ = 0x80 | (c >> 6 & 63);
        *target++ = 0x80 | (c & 63);
    }
    return target;
}

static uint8_t plain_escape(uint8_t c) {
    switch (c) {
    case '"': case '\\': case '/': return c;
    case 'b': return '\b';
    case 'f': return '\f';
    case 'n': return '\n';
    case 'r': return '\r';
    case 't': return '\t';
    default: return 0;
    }
}

// The input holds at least SIMDJSON_PADDING bytes after the source, so that reading ahead is safe.
uint8_t *unescape(
    const uint8_t *source, size_t length, uint8_t *target, tidings_json_fault &fault, size_t &fault_offset) {
    const uint8_t *p = source;
    const uint8_t *end = source + length;
    while (p < end) {
        const auto *slash = static_cast<const uint8_t *>(memchr(p, '\\', end - p));
        const size_t run = (slash == nullptr ? end : slash) - p;
        memcpy(target, p, run);
        target += run;
        p += run;
        if (slash == nullptr) break;
        if (p[1] != 'u') {
            uint8_t c = plain_escape(p[1]);
            if (c == 0) return fault = tidings_json_invalid_escape, fault_offset = p - source, nullptr;
            *target++ = c;
            p += 2;
            continue;
        }
        int32_t c = hex4(p + 2);
        if (c < 0) return fault = tidings_json_invalid_escape, fault_offset = p - source, nullptr;
        size_t taken = 6;
        if (c >= 0xD800 && c <= 0xDFFF) {
            int32_t low = c < 0xDC00 && p[6] == '\\' && p[7] == 'u' ? hex4(p + 8) : -1;
            if (low < 0xDC00 || low > 0xDFFF) {
                return fault = tidings_json_lone_surrogate, fault_offset = p - source, nullptr;
            }
            c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
            taken = 12;
        }
        target = put_utf8(target, c);
        p += taken;
    }
    return target;
}

}  // namespace tidings
