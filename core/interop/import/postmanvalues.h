// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// How Postman's files write small things: texts that may be numbers or null, lists that may be objects,
// descriptions in two forms. Private to the import.

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <interop/import.h>
#include <json/document.h>

namespace claimcheck::interop {

/// What the readers of one file share.
struct PostmanReading
{
    std::string_view source;
    const ImportLimits& limits;
    std::vector<Omission> leftOut;
    std::vector<MintedAt> minted = {};

    void leaveOut(const std::string& where, std::string what, std::string why)
    {
        if (leftOut.size() < limits.notes)
            leftOut.push_back({where, std::move(what), std::move(why)});
    }
    /// Malformed at the place of a value.
    tl::unexpected<Error> wrong(const json::Value& value, std::string why) const;
};

constexpr const char* noPlace = "an OpenCollection has no place for it";
/// What follows where an authorisation could not be carried over.
constexpr const char* sentWithout = "sent without authorisation until another is chosen";

/// A string as it is, null as nothing, anything else as its JSON text.
std::string textOf(const json::Value& value);
std::string textAt(const json::Value& object, std::string_view name);
bool flagAt(const json::Value& object, std::string_view name);
/// A string, or {content, type}.
std::string descriptionOf(const json::Value& object);
/// An array's items; one object alone; nothing for anything else.
std::vector<json::Value> listAt(const json::Value& object, std::string_view name);
/// ASCII only, as methods are.
std::string toUpperAscii(std::string_view text);
/// A text, or an array of lines.
std::string linesOf(const json::Value& value);

/// Headers as objects, as lines in an array, or as one text.
std::vector<collection::Field> headersOf(const json::Value& around, std::string_view name);
/// Variables with a value of any type; of several enabled ones of a name the last counts.
std::vector<variables::Variable> variablesOf(const std::vector<json::Value>& list, const std::string& where,
                                             PostmanReading& reading);

/// Everything of a collection but its name, variables and environments.
Result<void> readPostmanTree(const json::Value& value, collection::Folder& root, PostmanReading& reading);

/// The URL into the entry, its parameters into the details.
void readPostmanUrl(const json::Value& url, collection::Item& item);
/// The same without an item, for saved examples.
std::string postmanUrl(const json::Value& url);
void readPostmanBody(const json::Value& request, const std::string& where, collection::Item& item,
                     PostmanReading& reading);
/// `auth` of a request, folder or collection.
struct PostmanAuth
{
    collection::AuthMode mode = collection::AuthMode::Inherit;
    bool isNone = false;   ///< says "noauth", or what cannot be carried over
    std::string lost = {}; ///< the kind that cannot
    std::string kept;
    collection::Credentials credentials;
    std::optional<collection::MintedToken> minted = {}; ///< instead of all others
};
/// The kind "jwt", by its fields; nothing, and said, where no token could be made by them.
std::optional<collection::MintedToken>
readPostmanJwt(const std::vector<std::pair<std::string, json::Value>>& fields, const std::string& where,
               PostmanReading& reading);
PostmanAuth readPostmanAuth(const json::Value& around, const std::string& where, PostmanReading& reading);
void readPostmanExamples(const json::Value& item, const std::string& where, collection::Item& out,
                         PostmanReading& reading);

/// The kind of body that the header Content-Type says; Text where it says nothing.
collection::BodyKind kindByHeader(const std::vector<collection::Field>& headers);
/// `options.raw.language` of a body.
std::string languageOf(const json::Value& body);

/// What could be made of the `event`s.
struct PostmanEvents
{
    std::vector<collection::Assertion> assertions;
    std::vector<collection::Capture> captures;
    std::vector<collection::Script> scripts; ///< what could not, as comments
};
PostmanEvents readPostmanEvents(const json::Value& around, const std::string& where, PostmanReading& reading);

} // namespace claimcheck::interop
