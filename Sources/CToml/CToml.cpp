#include "CToml.h"

#define TOML_EXCEPTIONS 0
// A heading that begins with a character that no key has is refused with an error, but asserted before: without
// assertions, and without telling the compiler that what they assert is so, the error comes.
#undef NDEBUG
#define TOML_ASSERT(expression) static_cast<void>(0)
// With the bound that TomlScanner has for dotted keys, how deep a tree can become that is walked and freed recursively.
#define TOML_MAX_NESTED_VALUES 32
#include <toml++/toml.h>

#include <algorithm>
#include <sstream>
#include <utility>
#include <vector>

namespace {

tidings_toml_place place(const toml::source_region &region) {
    return {static_cast<uint32_t>(region.begin.line), static_cast<uint32_t>(region.begin.column)};
}

struct walker {
    const tidings_toml_visitor &visitor;
    void *context;

    template <typename T> void temporal(const T &value, tidings_toml_place at) const {
        std::ostringstream text;
        text << value;
        const std::string written = text.str();
        visitor.temporal(context, written.data(), written.size(), at);
    }

    void node(const toml::node &node) const {
        const tidings_toml_place at = place(node.source());
        if (const auto *table = node.as_table()) return this->table(*table, at);
        if (const auto *array = node.as_array()) {
            visitor.begin_array(context, at);
            for (const auto &element : *array) this->node(element);
            return visitor.end_array(context);
        }
        if (const auto *text = node.as_string()) return visitor.string(context, (**text).data(), (**text).size(), at);
        if (const auto *number = node.as_integer()) return visitor.integer(context, **number, at);
        if (const auto *number = node.as_floating_point()) return visitor.real(context, **number, at);
        if (const auto *flag = node.as_boolean()) return visitor.boolean(context, **flag, at);
        if (const auto *date = node.as_date()) return temporal(**date, at);
        if (const auto *time = node.as_time()) return temporal(**time, at);
        if (const auto *date_time = node.as_date_time()) return temporal(**date_time, at);
    }

    void table(const toml::table &table, tidings_toml_place at) const {
        visitor.begin_table(context, at);
        // toml++ keeps keys sorted by name; faults are reported in the order of the file.
        std::vector<std::pair<const toml::key *, const toml::node *>> members;
        for (auto &&[key, value] : table) members.emplace_back(&key, &value);
        std::stable_sort(members.begin(), members.end(), [](const auto &a, const auto &b) {
            const auto left = a.first->source().begin, right = b.first->source().begin;
            return left.line != right.line ? left.line < right.line : left.column < right.column;
        });
        for (const auto &[key, value] : members) {
            visitor.key(context, key->str().data(), key->str().size(), place(key->source()));
            node(*value);
        }
        visitor.end_table(context);
    }
};

}  // namespace

bool tidings_toml_parse(
    const char *text, size_t length, const tidings_toml_visitor *visitor, void *context,
    void (*fault)(void *context, const char *message, size_t length, tidings_toml_place place)) {
    const toml::parse_result result = toml::parse(std::string_view(text, length));
    if (!result) {
        const std::string_view message = result.error().description();
        fault(context, message.data(), message.size(), place(result.error().source()));
        return false;
    }
    walker{*visitor, context}.table(result.table(), {1, 1});
    return true;
}
