// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Is a file a request that this version can edit? What is not stays visible, with the reason, as it is.

#include <array>

#include <base/text.h>
#include <store/detailsread.h>
#include <store/entryfile.h>
#include <store/shape.h>

namespace claimcheck::store {
namespace {

enum class Shape
{
    Mapping,
    List,
    Text
};

struct Expected
{
    const char* parent; ///< a key of the root; empty: the root
    const char* key;
    Shape shape;
};

/// What would be left out without a word otherwise: a request must not pass because its assertions are no
/// list.
constexpr std::array<Expected, 15> expectations{{{"", "info", Shape::Mapping},
                                                 {"", "http", Shape::Mapping},
                                                 {"", "runtime", Shape::Mapping},
                                                 {"", "docs", Shape::Text},
                                                 {"info", "name", Shape::Text},
                                                 {"info", "seq", Shape::Text},
                                                 {"http", "method", Shape::Text},
                                                 {"http", "url", Shape::Text},
                                                 {"http", "headers", Shape::List},
                                                 {"http", "params", Shape::List},
                                                 {"", "settings", Shape::Mapping},
                                                 {"runtime", "assertions", Shape::List},
                                                 {"runtime", "actions", Shape::List},
                                                 {"runtime", "scripts", Shape::List},
                                                 {"runtime", "variables", Shape::List}}};

bool fits(const YamlValue& value, Shape shape)
{
    if (value.isNull())
        return true;
    if (shape == Shape::Mapping)
        return value.isMapping();
    return shape == Shape::List ? value.isSequence() : value.isScalar();
}

std::string_view nameOf(Shape shape)
{
    return shape == Shape::Mapping ? "a mapping of keys to values"
           : shape == Shape::List  ? "a list"
                                   : "a text";
}

tl::unexpected<Error> unusable(ErrorKind kind, const YamlValue& value, std::string why)
{
    return failure(kind, "cannot use " + visible(value.tree().fileName) + " as a request", std::move(why),
                   "the file is kept as it is; change it in a text editor", value.position());
}

Result<void> checkKind(const YamlTree& tree)
{
    const YamlValue root = tree.root();
    const std::optional<YamlValue> info = root.find("info");
    const std::string kind = info ? textAt(*info, "type") : std::string();
    if (kind == "http" || (kind.empty() && root.find("http")))
        return {};
    if (kind.empty())
        return unusable(ErrorKind::Malformed, root, "it is no OpenCollection request: info.type is missing");
    return unusable(ErrorKind::Refused, *info,
                    "it is of the kind " + visible(kind) + ", which this version cannot edit or send");
}

/// Lists whose items would be left out one by one, and values that would be taken for none.
std::optional<ShapeFault> faultIn(const YamlValue& root)
{
    const std::optional<YamlValue> info = root.find("info");
    if (auto fault = info ? faultOfTexts(*info, "tags", "info.tags") : std::nullopt)
        return fault;
    if (const std::optional<YamlValue> http = root.find("http")) {
        for (const char* key : {"headers", "params"})
            if (auto fault = faultOfRows(*http, key, std::string("http.") + key, "name"))
                return fault;
        if (auto fault = faultOfAuth(*http, "http.auth"))
            return fault;
    }
    if (const std::optional<YamlValue> runtime = root.find("runtime")) {
        if (auto fault = faultOfRows(*runtime, "variables", "runtime.variables", "name"))
            return fault;
        for (const char* key : {"assertions", "scripts"})
            if (auto fault = faultOfRows(*runtime, key, std::string("runtime.") + key, {}))
                return fault;
    }
    return faultOfSettings(root, "settings", "settings");
}

/// The data of forms and files is a list, that of any other body that we edit a text.
Result<void> checkBody(const YamlValue& root)
{
    const std::optional<YamlValue> body = selectedBody(root);
    const std::optional<YamlValue> data = body && body->isMapping() ? body->find("data") : std::nullopt;
    if (!data)
        return {};
    const std::string kind = textAt(*body, "type");
    const bool isForm =
        kind == bodyWord(collection::BodyKind::Form) || kind == "multipart-form" || kind == "file";
    const bool isText = kind == "json" || kind == "text" || kind == "xml";
    if ((isForm && !fits(*data, Shape::List)) || (isText && !fits(*data, Shape::Text)))
        return unusable(ErrorKind::Malformed, *data,
                        "http.body.data is no " + std::string(isForm ? "list" : "text"));
    const auto fault =
        isForm ? faultOfRows(*body, "data", "http.body.data", kind == "file" ? "filePath" : "name")
               : std::nullopt;
    return fault ? Result<void>(unusable(ErrorKind::Malformed, fault->at, fault->why)) : Result<void>();
}

} // namespace

Result<void> checkShape(const YamlTree& tree)
{
    const YamlValue root = tree.root();
    if (!root.isMapping())
        return unusable(ErrorKind::Malformed, root, "it is no mapping of keys to values");
    if (auto kind = checkKind(tree); !kind)
        return kind;
    for (const Expected& expected : expectations) {
        const std::string_view parent = expected.parent;
        const std::optional<YamlValue> around = parent.empty() ? root : root.find(parent);
        const std::optional<YamlValue> value = around ? around->find(expected.key) : std::nullopt;
        const bool isText =
            expected.shape == Shape::Text && value && textPlace(*around, expected.key).has_value();
        if (value && !fits(*value, expected.shape) && !isText)
            return unusable(ErrorKind::Malformed, *value,
                            (parent.empty() ? "" : std::string(parent) + ".") + expected.key + " is not " +
                                std::string(nameOf(expected.shape)));
    }
    if (auto fault = faultIn(root))
        return unusable(ErrorKind::Malformed, fault->at, std::move(fault->why));
    return checkBody(root);
}

} // namespace claimcheck::store
