#ifndef TIDINGS_CSIMDJSON_H
#define TIDINGS_CSIMDJSON_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// What a node is. Keys are strings: in an object each member is a key followed by its value.
typedef enum __attribute__((enum_extensibility(closed))) tidings_json_kind : uint8_t {
    tidings_json_null,
    tidings_json_false,
    tidings_json_true,
    tidings_json_integer,
    tidings_json_double,
    tidings_json_string,
    tidings_json_array,
    tidings_json_object,
} tidings_json_kind;

/// Why a document could not be read.
typedef enum __attribute__((enum_extensibility(closed))) tidings_json_fault : uint8_t {
    tidings_json_ok,
    /// Nothing but white space.
    tidings_json_empty,
    /// Bytes that are not UTF-8.
    tidings_json_invalid_utf8,
    /// The input ends inside a string, an object or an array; the offset is where that begins.
    tidings_json_truncated,
    /// A control character that is not escaped, inside a string.
    tidings_json_control_character,
    /// Something else was expected here.
    tidings_json_syntax,
    /// An escape sequence that JSON does not have.
    tidings_json_invalid_escape,
    /// Half of a surrogate pair.
    tidings_json_lone_surrogate,
    /// A number that JSON does not allow, or that no double holds.
    tidings_json_invalid_number,
    /// More text after the end of the document.
    tidings_json_trailing,
    /// Nested deeper than the limit.
    tidings_json_too_deep,
    /// More values than the limit.
    tidings_json_too_many,
    /// Longer than 2^31 bytes.
    tidings_json_too_long,
    /// No memory.
    tidings_json_no_memory,
} tidings_json_fault;

/// The bytes of a string: in `strings` where it had escapes, else in `input`.
typedef struct tidings_json_text {
    uint32_t start;
    uint32_t length;
} tidings_json_text;

/// One entry of the tape. Containers are followed by what is in them; `next` skips all of it.
typedef struct tidings_json_node {
    /// The first byte in the input.
    uint32_t offset;
    /// The length in the input, quotes and brackets included.
    uint32_t length;
    /// The entry after this one and everything in it.
    uint32_t next;
    tidings_json_kind kind;
    /// Whether `value.text` lies in `strings`.
    uint8_t is_unescaped;
    uint16_t reserved;
    union {
        int64_t integer;
        double number;
        tidings_json_text text;
        /// Members of an object or elements of an array.
        uint32_t count;
    } value;
} tidings_json_node;

/// A parsed document. It is owned by the caller until it is released.
typedef struct tidings_json_document {
    /// A copy of the input, of the same offsets. A byte order mark is blanked.
    const uint8_t *input;
    size_t length;
    /// Texts without their escapes.
    const uint8_t *strings;
    /// The tape; the root is the first entry. Empty where there is a fault.
    const tidings_json_node *nodes;
    uint32_t node_count;
    tidings_json_fault fault;
    /// Where the fault is, in bytes.
    size_t fault_offset;
} tidings_json_document;

/// Parses JSON (RFC 8259) into a tape. `max_depth` counts nested containers, `max_values` values without keys.
/// Duplicate keys all stand on the tape, in order. Returns NULL only where there is no memory at all.
/// A document released on a thread gives its memory to the next one parsed on that thread.
const tidings_json_document *tidings_json_parse(
    const uint8_t *bytes, size_t length, uint32_t max_depth, uint32_t max_values);

/// Ends the use of a document. NULL is allowed. May be called on any thread.
void tidings_json_release(const tidings_json_document *document);

#ifdef __cplusplus
}
#endif

#endif
