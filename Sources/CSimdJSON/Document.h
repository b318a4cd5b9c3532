#ifndef TIDINGS_DOCUMENT_H
#define TIDINGS_DOCUMENT_H

#include "CSimdJSON.h"

#include <simdjson.h>

#include <memory>
#include <vector>

namespace tidings {

// A document and the memory it is parsed in.
class Document : public tidings_json_document {
public:
    Document();
    void parse(const uint8_t *bytes, size_t length, uint32_t max_depth, uint32_t max_values);
    void fail(tidings_json_fault fault, size_t offset);
    size_t capacity() const { return buffer_capacity; }

private:
    struct Open {
        uint32_t node;
        bool is_object;
    };

    void load(const uint8_t *bytes, size_t length);
    bool find_structure();
    void walk(uint32_t max_depth, uint32_t max_values);
    bool read_scalar(size_t at, size_t limit);
    bool read_string(size_t at, size_t limit);
    bool read_number(size_t at);
    bool read_literal(size_t at, const char *word, size_t word_length, tidings_json_kind kind);
    tidings_json_node &append(size_t at, size_t node_length, tidings_json_kind kind);
    void close(size_t at);

    std::unique_ptr<simdjson::internal::dom_parser_implementation> indexer;
    std::unique_ptr<uint8_t[]> buffer;
    size_t buffer_capacity = 0;
    std::unique_ptr<uint8_t[]> texts;
    size_t texts_used = 0;
    std::vector<tidings_json_node> tape;
    std::vector<Open> open;
};

// The first byte that does not belong to a well-formed sequence, or `length`. `is_cut` tells that the input ends
// inside a sequence that is well-formed so far.
size_t first_invalid_utf8(const uint8_t *bytes, size_t length, bool &is_cut);

// Replaces the escapes of a string's inside. Returns the end of what was written, or null with `fault` and
// `fault_offset` (from `source`) set.
uint8_t *unescape(
    const uint8_t *source, size_t length, uint8_t *target, tidings_json_fault &fault, size_t &fault_offset);

}  // namespace tidings

#endif
