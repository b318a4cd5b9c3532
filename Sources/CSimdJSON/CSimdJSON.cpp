#include "CSimdJSON.h"
#include "Document.h"

#include <cstring>

namespace {

// Memory of one released document for each thread, so that a steady stream of files allocates nothing.
struct Spare {
    tidings::Document *document = nullptr;
    ~Spare() { delete document; }
};

thread_local Spare spare;

// A document that has grown beyond this is not kept.
constexpr size_t kept_bytes_max = 4 << 20;

}  // namespace

extern "C" const tidings_json_document *tidings_json_parse(
    const uint8_t *bytes, size_t length, uint32_t max_depth, uint32_t max_values) {
    tidings::Document *document = spare.document;
    spare.document = nullptr;
    try {
        if (document == nullptr) document = new tidings::Document();
        document->parse(bytes, length, max_depth, max_values);
    } catch (...) {
        if (document == nullptr) return nullptr;
        document->fail(tidings_json_no_memory, 0);
    }
    return document;
}

extern "C" void tidings_json_release(const tidings_json_document *document) {
    if (document == nullptr) return;
    auto *own = static_cast<tidings::Document *>(const_cast<tidings_json_document *>(document));
    if (spare.document == nullptr && own->capacity() <= kept_bytes_max) {
        spare.document = own;
    } else {
        delete own;
    }
}
