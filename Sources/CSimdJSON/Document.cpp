#include "Document.h"

#include <charconv>
#include <cstring>

namespace tidings {

using simdjson::SIMDJSON_PADDING;

Document::Document() : tidings_json_document{} {
    auto error = simdjson::get_active_implementation()->create_dom_parser_implementation(4096, 1, indexer);
    if (error) throw std::bad_alloc();
}

void Document::fail(tidings_json_fault why, size_t where) {
    fault = why;
    fault_offset = where;
    tape.clear();
    nodes = nullptr;
    node_count = 0;
}

void Document::parse(const uint8_t *bytes, size_t bytes_length, uint32_t max_depth, uint32_t max_values) {
    fault = tidings_json_ok;
    fault_offset = 0;
    texts_used = 0;
    tape.clear();
    open.clear();
    length = bytes_length;
    if (bytes_length > INT32_MAX) return fail(tidings_json_too_long, 0);
    load(bytes, bytes_length);
    if (!find_structure()) return;
    walk(max_depth, max_values);
    if (fault != tidings_json_ok) return;
    nodes = tape.data();
    node_count = static_cast<uint32_t>(tape.size());
}

// Copies the input: simdjson may read past its end, and the tape outlives the caller's bytes.
void Document::load(const uint8_t *bytes, size_t bytes_length) {
    if (buffer_capacity < bytes_length || buffer == nullptr) {
        size_t wanted = bytes_length < 4096 ? 4096 : bytes_length + bytes_length / 2;
        buffer_capacity = 0;
        buffer.reset(new uint8_t[wanted + SIMDJSON_PADDING]);
        texts.reset(new uint8_t[wanted + SIMDJSON_PADDING]);
        if (indexer->capacity() < wanted && indexer->set_capacity(wanted)) throw std::bad_alloc();
        buffer_capacity = wanted;
    }
    if (bytes_length > 0) memcpy(buffer.get(), bytes, bytes_length);
    memset(buffer.get() + bytes_length, ' ', SIMDJSON_PADDING);
    if (bytes_length >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0) memset(buffer.get(), ' ', 3);
    input = buffer.get();
    strings = texts.get();
}

// simdjson's first stage alone: it finds where every value and every bracket begins, and proves the text to be UTF-8.
// Its own second stage forgets the offsets, which is why `walk` takes that place.
bool Document::find_structure() {
    if (length == 0) return fail(tidings_json_empty, 0), false;
    auto error = indexer->stage1(input, length, simdjson::stage1_mode::regular);
    if (!error) return true;
    bool is_cut = false;
    size_t bad = first_invalid_utf8(input, length, is_cut);
    if (bad < length) return fail(is_cut ? tidings_json_truncated : tidings_json_invalid_utf8, bad), false;
    if (error == simdjson::EMPTY) return fail(tidings_json_empty, 0), false;
    bool inside = false;
    size_t began = 0;
    for (size_t i = 0; i < length; i++) {
        if (!inside) {
            if (input[i] == '"') inside = true, began = i;
        } else if (input[i] == '\\') {
            i++;
        } else if (input[i] == '"') {
            inside = false;
        } else if (input[i] < 0x20 && error == simdjson::UNESCAPED_CHARS) {
            return fail(tidings_json_control_character, i), false;
        }
    }
    if (inside) return fail(tidings_json_truncated, began), false;
    return fail(tidings_json_syntax, 0), false;
}

tidings_json_node &Document::append(size_t at, size_t node_length, tidings_json_kind kind) {
    auto index = static_cast<uint32_t>(tape.size());
    tape.push_back({static_cast<uint32_t>(at), static_cast<uint32_t>(node_length), index + 1, kind, 0, 0, {0}});
    return tape.back();
}

void Document::close(size_t at) {
    auto &node = tape[open.back().node];
    node.length = static_cast<uint32_t>(at + 1 - node.offset);
    node.next = static_cast<uint32_t>(tape.size());
    open.pop_back();
}

void Document::walk(uint32_t max_depth, uint32_t max_values) {
    enum { value, value_or_close, key, key_or_close, colon, comma_or_close, end } expected = value;
    const uint32_t *marks = indexer->structural_indexes.get();
    const uint32_t count = indexer->n_structural_indexes;
    uint32_t values = 0;
    for (uint32_t i = 0; i < count; i++) {
        const size_t at = marks[i];
        const size_t limit = i + 1 < count ? marks[i + 1] : length;
        const uint8_t c = input[at];
        switch (expected) {
        case value_or_close:
            if (c == ']') {
                close(at);
                expected = open.empty() ? end : comma_or_close;
                break;
            }
            [[fallthrough]];
        case value: {
            if (++values > max_values) return fail(tidings_json_too_many, at);
            if (!open.empty()) {
                auto &parent = tape[open.back().node];
                if (!open.back().is_object) parent.value.count++;
            }
            if (c == '{' || c == '[') {
                if (open.size() >= max_depth) return fail(tidings_json_too_deep, at);
                open.push_back({static_cast<uint32_t>(tape.size()), c == '{'});
                append(at, 0, c == '{' ? tidings_json_object : tidings_json_array);
                expected = c == '{' ? key_or_close : value_or_close;
            } else {
                if (!read_scalar(at, limit)) return;
                expected = open.empty() ? end : comma_or_close;
            }
            break;
        }
        case key_or_close:
            if (c == '}') {
                close(at);
                expected = open.empty() ? end : comma_or_close;
                break;
            }
            [[fallthrough]];
        case key:
            if (c != '"') return fail(tidings_json_syntax, at);
            tape[open.back().node].value.count++;
            if (!read_string(at, limit)) return;
            expected = colon;
            break;
        case colon:
            if (c != ':') return fail(tidings_json_syntax, at);
            expected = value;
            break;
        case comma_or_close:
            if (c == ',') {
                expected = open.back().is_object ? key : value;
            } else if (c == (open.back().is_object ? '}' : ']')) {
                close(at);
                expected = open.empty() ? end : comma_or_close;
            } else {
                return fail(tidings_json_syntax, at);
            }
            break;
        case end: return fail(tidings_json_trailing, at);
        }
    }
    if (expected != end) fail(tidings_json_truncated, open.empty() ? 0 : tape[open.back().node].offset);
}

bool Document::read_scalar(size_t at, size_t limit) {
    switch (input[at]) {
    case '"': return read_string(at, limit);
    case 't': return read_literal(at, "true", 4, tidings_json_true);
    case 'f': return read_literal(at, "false", 5, tidings_json_false);
    case 'n': return read_literal(at, "null", 4, tidings_json_null);
    case '-':
    case '0' ... '9': return read_number(at);
    default: return fail(tidings_json_syntax, at), false;
    }
}

// Between a string's closing quote and the next mark stands white space only, so the quote is found from behind.
bool Document::read_string(size_t at, size_t limit) {
    size_t last = limit - 1;
    while (last > at && input[last] != '"') {
        uint8_t c = input[last];
        if (c != ' ' && c != '\n' && c != '\r' && c != '\t') return fail(tidings_json_syntax, last), false;
        last--;
    }
    if (last == at) return fail(tidings_json_syntax, at), false;
    const size_t inside = last - at - 1;
    auto &node = append(at, inside + 2, tidings_json_string);
    node.value.text = {static_cast<uint32_t>(at + 1), static_cast<uint32_t>(inside)};
    if (memchr(input + at + 1, '\\', inside) == nullptr) return true;
    uint8_t *start = texts.get() + texts_used;
    size_t bad = 0;
    tidings_json_fault why = tidings_json_ok;
    uint8_t *stop = unescape(input + at + 1, inside, start, why, bad);
    if (stop == nullptr) return fail(why, at + 1 + bad), false;
    node.is_unescaped = 1;
    node.value.text = {static_cast<uint32_t>(texts_used), static_cast<uint32_t>(stop - start)};
    texts_used += stop - start;
    return true;
}

static bool ends_value(uint8_t c) {
    return c == ' ' || c == ',' || c == '}' || c == ']' || c == '\n' || c == '\r' || c == '\t' || c == ':';
}

bool Document::read_literal(size_t at, const char *word, size_t word_length, tidings_json_kind kind) {
    if (memcmp(input + at, word, word_length) != 0 || !ends_value(input[at + word_length])) {
        size_t last = at;
        while (last < length && !ends_value(input[last])) last++;
        bool is_cut = last == length && last - at < word_length && memcmp(input + at, word, last - at) == 0;
        return fail(is_cut ? tidings_json_truncated : tidings_json_syntax, at), false;
    }
    append(at, word_length, kind);
    return true;
}

static bool is_digit(uint8_t c) { return c >= '0' && c <= '9'; }

bool Document::read_number(size_t at) {
    const uint8_t *p = input + at;
    bool is_whole = true;
    if (*p == '-') p++;
    if (*p == '0') {
        p++;
    } else {
        if (!is_digit(*p)) return fail(tidings_json_invalid_number, at), false;
        while (is_digit(*p)) p++;
    }
    if (*p == '.') {
        is_whole = false;
        if (!is_digit(*++p)) return fail(tidings_json_invalid_number, at), false;
        while (is_digit(*p)) p++;
    }
    if (*p == 'e' || *p == 'E') {
        is_whole = false;
        p++;
        if (*p == '+' || *p == '-') p++;
        if (!is_digit(*p)) return fail(tidings_json_invalid_number, at), false;
        while (is_digit(*p)) p++;
    }
    if (!ends_value(*p)) return fail(tidings_json_invalid_number, at), false;
    const char *first = reinterpret_cast<const char *>(input) + at;
    const char *last = reinterpret_cast<const char *>(p);
    if (is_whole) {
        int64_t whole = 0;
        if (std::from_chars(first, last, whole).ec == std::errc()) {
            append(at, last - first, tidings_json_integer).value.integer = whole;
            return true;
        }
    }
    double number = 0;
    auto result = std::from_chars(first, last, number);
    if (result.ec == std::errc::result_out_of_range) {
        // Too small is nearly nothing, too large is a fault: only an exponent below zero can be too small.
        const char *exponent = first;
        while (exponent < last && *exponent != 'e' && *exponent != 'E') exponent++;
        bool is_tiny = exponent + 1 < last && exponent[1] == '-';
        if (!is_tiny) return fail(tidings_json_invalid_number, at), false;
        number = 0;
    }
    append(at, last - first, tidings_json_double).value.number = number;
    return true;
}

}  // namespace tidings
