// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <store/checks.h>

#include <base/text.h>
#include <store/collectionread.h>
#include <store/strictyaml.h>

namespace claimcheck::store {
namespace {

using collection::KeyOrigin;
using collection::KeyReference;
using collection::RequestChecks;

template <typename Value>
using Named = std::map<std::string, Value>;

collection::TokenCheck readToken(StrictYaml& yaml, const YamlValue& value)
{
    collection::TokenCheck token;
    for (const YamlPair& pair : yaml.pairs(value, "token", {"at", "key", "issuer", "audience", "type"})) {
        const std::string key = pair.key.text();
        std::string& field = key == "at"         ? token.place
                             : key == "key"      ? token.key
                             : key == "issuer"   ? token.issuer
                             : key == "audience" ? token.audience
                                                 : token.type;
        field = yaml.text(pair.value, key);
    }
    return token;
}

collection::Assertion readAssertion(StrictYaml& yaml, const YamlValue& value)
{
    collection::Assertion assertion;
    for (const YamlPair& pair :
         yaml.pairs(value, "an assertion", {"expression", "operator", "value", "disabled", "description"})) {
        const std::string key = pair.key.text();
        if (key == "expression")
            assertion.expression = yaml.text(pair.value, key);
        else if (key == "operator")
            assertion.operation = yaml.text(pair.value, key);
        else if (key == "disabled")
            assertion.enabled = !yaml.truth(pair.value, key);
        else if (key == "value" && !pair.value.isScalar() && !pair.value.isNull())
            yaml.reject(pair.value, "value must be a text (a list is written \"a, b\")");
        else if (key == "value")
            assertion.value = pair.value.isNull() ? "null" : pair.value.text();
    }
    if (value.isMapping() && (assertion.expression.empty() || assertion.operation.empty()))
        yaml.reject(value, "an assertion needs expression and operator");
    return assertion;
}

collection::SchemaCheck readSchema(StrictYaml& yaml, const YamlValue& value)
{
    collection::SchemaCheck schema;
    schema.where = value.position();
    const std::vector<YamlPair> pairs = yaml.pairs(value, "schema", {"file", "inline"});
    if (value.isMapping() && pairs.size() != 1)
        yaml.reject(value, "schema needs one of file and inline");
    for (const YamlPair& pair : pairs) {
        if (pair.key.text() == "file") {
            schema.file = yaml.text(pair.value, "file");
            continue;
        }
        schema.where = pair.value.position();
        schema.text = pair.value.isScalar() ? yaml.text(pair.value, "inline") : toJson(pair.value);
    }
    return schema;
}

RequestChecks readRequest(StrictYaml& yaml, const YamlPair& request)
{
    RequestChecks checks;
    const std::string name = "the request " + visible(request.key.text());
    for (const YamlPair& pair : yaml.pairs(request.value, name, {"token", "assertions", "schema"})) {
        if (pair.key.text() == "token")
            checks.token = readToken(yaml, pair.value);
        else if (pair.key.text() == "schema")
            checks.schema = readSchema(yaml, pair.value);
        else
            for (const YamlValue& item : yaml.items(pair.value, "assertions"))
                checks.assertions.push_back(readAssertion(yaml, item));
    }
    if (checks.assertions.empty() && !checks.schema)
        yaml.reject(request.value, name + " has no assertions and no schema");
    return checks;
}

KeyReference readKey(StrictYaml& yaml, const YamlPair& key)
{
    KeyReference reference;
    int origins = 0;
    const std::string name = "the key " + visible(key.key.text());
    for (const YamlPair& pair :
         yaml.pairs(key.value, name, {"secret", "file", "jwksUrl", "issuer", "iss", "algorithms"})) {
        const std::string word = pair.key.text();
        if (word == "algorithms") {
            for (const YamlValue& item : yaml.items(pair.value, word))
                reference.algorithms.push_back(yaml.text(item, "an algorithm"));
            continue;
        }
        if (word == "iss") {
            reference.issuer = yaml.text(pair.value, word);
            continue;
        }
        ++origins;
        reference.origin = word == "secret"    ? KeyOrigin::Secret
                           : word == "file"    ? KeyOrigin::File
                           : word == "jwksUrl" ? KeyOrigin::JwksUrl
                                               : KeyOrigin::Issuer;
        reference.value = yaml.text(pair.value, word);
    }
    if (origins != 1)
        yaml.reject(key.value, name + " needs one of secret, file, jwksUrl and issuer");
    else if (reference.origin == KeyOrigin::Issuer && !reference.issuer.empty())
        yaml.reject(key.value, name + " has iss beside issuer, which says it already");
    return reference;
}

/// The mapping under the one key that the file has at its top; an empty file has none.
template <typename Value>
Result<Named<Value>> parseFile(std::string text, const char* file, const char* top, const StoreLimits& limits,
                               Value (*read)(StrictYaml&, const YamlPair&))
{
    const auto tree = parseYaml(std::move(text), file, limits);
    if (!tree)
        return tl::unexpected(tree.error());
    Named<Value> out;
    const YamlValue root = (*tree)->root();
    StrictYaml yaml("cannot use " + std::string(file));
    const auto parts = root.isNull() ? std::vector<YamlPair>() : yaml.pairs(root, "the file", {top});
    for (const YamlPair& part : parts)
        for (const YamlPair& pair :
             part.value.isNull() ? std::vector<YamlPair>() : yaml.pairs(part.value, top))
            out.emplace(pair.key.text(), read(yaml, pair));
    if (yaml.problem())
        return tl::unexpected(*yaml.problem());
    return out;
}

} // namespace

Result<Named<RequestChecks>> parseChecks(std::string yaml, const StoreLimits& limits)
{
    return parseFile<RequestChecks>(std::move(yaml), checksFile, "requests", limits, readRequest);
}

Result<Named<KeyReference>> parseKeys(std::string yaml, const StoreLimits& limits)
{
    return parseFile<KeyReference>(std::move(yaml), keysFile, "keys", limits, readKey);
}

collection::Checks readChecks(const std::string& directory, const StoreLimits& limits)
{
    collection::Checks checks;
    const auto checksText = readIfThere(directory, checksFile, limits.bytes);
    auto requests = !checksText    ? tl::unexpected(checksText.error())
                    : !*checksText ? Result<Named<RequestChecks>>()
                                   : parseChecks(**checksText, limits);
    const auto keysText = readIfThere(directory, keysFile, limits.bytes);
    auto keys = !keysText    ? tl::unexpected(keysText.error())
                : !*keysText ? Result<Named<KeyReference>>()
                             : parseKeys(**keysText, limits);
    if (!requests)
        checks.problem = requests.error();
    else
        checks.requests = *std::move(requests);
    if (!keys && !checks.requests.empty() && !checks.problem)
        checks.problem = keys.error();
    if (keys)
        checks.keys = *std::move(keys);
    else
        checks.keysProblem = keys.error();
    return checks;
}

} // namespace claimcheck::store
