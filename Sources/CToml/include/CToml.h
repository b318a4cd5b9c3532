#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Where something stands in the text, both counted from 1.
typedef struct {
    uint32_t line;
    uint32_t column;
} tidings_toml_place;

/// Told about a document in its own order of depth: a key before its value, every begin with its end.
typedef struct {
    void (*key)(void *context, const char *name, size_t length, tidings_toml_place place);
    void (*string)(void *context, const char *text, size_t length, tidings_toml_place place);
    void (*integer)(void *context, int64_t number, tidings_toml_place place);
    void (*real)(void *context, double number, tidings_toml_place place);
    void (*boolean)(void *context, bool flag, tidings_toml_place place);
    /// A date or a time, as text.
    void (*temporal)(void *context, const char *text, size_t length, tidings_toml_place place);
    void (*begin_array)(void *context, tidings_toml_place place);
    void (*end_array)(void *context);
    void (*begin_table)(void *context, tidings_toml_place place);
    void (*end_table)(void *context);
} tidings_toml_visitor;

/// Parses TOML 1.0 and tells the visitor. Returns false for a fault of syntax, and tells `fault` about it once.
bool tidings_toml_parse(
    const char *text, size_t length, const tidings_toml_visitor *visitor, void *context,
    void (*fault)(void *context, const char *message, size_t length, tidings_toml_place place));

#ifdef __cplusplus
}
#endif
