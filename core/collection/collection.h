// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A collection as values: folders, requests, environments, in the terms of OpenCollection 1.0.0. No I/O
// here; core/store reads and writes it.

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <base/result.h>
#include <collection/connection.h>
#include <collection/details.h>
#include <collection/minted.h>
#include <http/message.h>
#include <variables/resolve.h>

namespace claimcheck::collection {

/// A header or parameter as it stands in the editor: it may be switched off.
struct Field
{
    std::string name;
    std::string value;
    bool enabled = true;
    bool operator==(const Field&) const = default;
};

enum class BodyKind
{
    None,
    Json,
    Text,
    Xml,
    Form,
    Sparql
};

/// What the session adds to a request.
enum class AuthMode
{
    Inherit, ///< as the folder or collection says; at the top: None
    None,
    SessionRaw,   ///< Authorization: TOKEN (the guide's habit)
    SessionBearer ///< Authorization: Bearer TOKEN (RFC 6750)
};

/// What stands in a file beyond what an Entry models: saving leaves it untouched. buildRequest refuses to
/// send a request without the body or authorisation that its file asks for, unless the entry says another
/// one.
struct Kept
{
    std::string body; ///< its kind where it is none of BodyKind: "multipart-form"
    std::string auth; ///< its kind where it is none of AuthMode: "oauth2"
    std::vector<std::string>
        others; ///< "scripts", "assertions", "path parameters" …: for a note beside the request
    bool operator==(const Kept&) const = default;
};

/// In Kept::others: switched-on `runtime.actions` beyond the captures, which are not run (as in Bruno).
inline constexpr std::string_view idleActions = "actions that are not run";

struct Entry
{
    std::string name = "New request";
    int sequence = 0; ///< `seq`: order in its folder
    std::string method = "GET";
    std::string url;
    std::vector<Field> headers;
    BodyKind bodyKind = BodyKind::None;
    std::string body;              ///< Json, Text, Xml: sent as typed
    std::vector<Field> formFields; ///< Form: application/x-www-form-urlencoded
    AuthMode auth = AuthMode::Inherit;
    std::vector<variables::Variable> variables;
    std::string docs;
    Kept kept;

    bool operator==(const Entry&) const = default;
};

/// A request in a collection, by its file.
struct Item
{
    std::string path; ///< relative to the collection, '/' between: "auth/log-in.yml"; empty: not saved yet
    Entry entry;
    std::optional<Error> problem; ///< the file does not parse: shown, never rewritten
    std::string fingerprint;      ///< SHA-256 (hex) of the file as it was read; empty: not saved yet
    Details details = {};         ///< what else stands in the file, as it was read

    bool operator==(const Item&) const = default;
};

struct Folder
{
    std::string path; ///< relative; empty for the collection itself
    std::string name;
    int sequence = 0;
    AuthMode auth = AuthMode::Inherit;
    std::string keptAuth;                       ///< as Kept::auth, for what inherits from here
    std::vector<Field> headers;                 ///< for every request below, unless it sets the same one
    std::vector<variables::Variable> variables; ///< likewise
    std::vector<Folder> folders;                ///< in tree order
    std::vector<Item> items;                    ///< in tree order
    Details details = {};                       ///< credentials, scripts and settings of its defaults
    std::string docs = {};
    std::optional<Error> problem = {}; ///< what it says for requests cannot be read: none below it is sent

    bool operator==(const Folder&) const = default;
};

struct Environment
{
    std::string path;
    std::string name;
    std::vector<variables::Variable> variables;
    std::optional<Error> problem; ///< the file does not parse: never rewritten
    std::string fingerprint;      ///< as Item's
    std::string extended = {};    ///< `extends`: the name of the environment that this one adds to
    std::string dotEnvFile = {};  ///< `dotEnvFilePath`, relative to the collection
    std::vector<ClientCertificate> certificates = {};

    bool operator==(const Environment&) const = default;
};

/// What a file of .claimcheck says of a path at which there is nothing: a later request or folder of that
/// path would get it.
struct StrayRule
{
    std::string file;          ///< ".claimcheck/connections.yaml"
    std::string path;          ///< as the file has it, without "./" where that is no matter
    bool isOfRequests = false; ///< such rules are for requests alone: a folder at that path is nothing

    bool operator==(const StrayRule&) const = default;
};

struct Collection
{
    std::string directory; ///< absolute
    std::string name;
    std::vector<variables::Variable> variables;
    std::vector<http::Header> headers;
    Folder root;
    std::vector<Environment> environments;
    std::vector<ClientCertificate> certificates = {};
    std::optional<Proxy> proxy = {};
    std::vector<ConnectionRule> connections = {};
    std::vector<MintedToken> minted = {};
    /// A file of .claimcheck cannot be read. A request that goes out without what it says would mislead.
    std::optional<Error> problem = {};
    /// Nothing is refused for them: they are told wherever the collection's problems are.
    std::vector<StrayRule> strayRules = {};

    bool operator==(const Collection&) const = default;
};

/// Whether its file asks for actions that are not run: what they would set is missing.
bool hasIdleActions(const Entry& entry);

/// One line without its end: which it is, and what to do about it.
std::string warningOf(const StrayRule& rule);

const Item* findItem(const Collection& collection, std::string_view path);
/// The mode that counts for an item after inheritance; None when nobody says anything.
AuthMode effectiveAuth(const Collection& collection, const Item& item);

/// The folders around an item, innermost first, the collection's root last.
std::vector<const Folder*> foldersAround(const Collection& collection, std::string_view path);
/// The scopes of an item, nearest first: request, folders, environment with those that it extends,
/// collection. An unknown environment has none.
std::vector<variables::Scope> scopesOf(const Collection& collection, const Item& item,
                                       std::string_view environment);
/// The entry with what its folders and collection add to it: headers, and the authorisation that counts. This
/// is what buildRequest is to be given.
Entry withInherited(const Collection& collection, const Item& item);

/// application/x-www-form-urlencoded as browsers write it (WHATWG URL §5.2); disabled fields left out.
std::string encodeForm(const std::vector<Field>& fields);
/// One name or value of a form.
std::string formEncoded(std::string_view text);
/// The other way (WHATWG URL §5.1): "+" is a space; a pair without "=" is a name.
std::vector<Field> decodeForm(std::string_view form);

/// The request that an entry stands for, variables resolved; nothing is authorised yet. Scopes nearest first.
Result<http::Request> buildRequest(const Entry& entry, const std::vector<variables::Scope>& scopes,
                                   const variables::Dynamic& dynamic = {});

/// The credentials that count for an item after inheritance; of the type "" when nobody says anything.
Credentials effectiveCredentials(const Collection& collection, const Item& item);
/// The settings that count: the item's own, else the nearest folder's.
Settings effectiveSettings(const Collection& collection, const Item& item);
/// The token to be made for an item: of the rule nearest to it, unless an authorisation stands nearer still.
/// Null: none.
const MintedToken* mintedFor(const Collection& collection, const Item& item);
/// The rules for an item put together: the nearest one that says something counts.
ConnectionRule connectionFor(const Collection& collection, const Item& item);
/// The rule of this very path, of several the first; null: none.
const ConnectionRule* connectionAt(const Collection& collection, std::string_view path);
/// What counts where that rule says nothing.
ConnectionRule connectionAround(const Collection& collection, std::string_view path);
/// The client certificate for a URL: of the environment and what it extends, then of the collection; the
/// first that fits and is switched on. Null: none.
const ClientCertificate* certificateFor(const Collection& collection, std::string_view environment,
                                        std::string_view url);
/// Whether the proxy is not to be used for a URL: "*", a host, a host and port, or ".domain" and what is
/// below it.
bool bypasses(const Proxy& proxy, std::string_view url);
/// An environment and those that it extends, nearest first; each once.
std::vector<const Environment*> withExtended(const Collection& collection, std::string_view name);
/// Why it cannot be used: it, or one that it extends, is not there, or they extend each other in a circle
/// (Usage), or one could not be read (the file's own error). "" is no environment, which is fine.
Result<void> checkEnvironment(const Collection& collection, const std::string& name);

} // namespace claimcheck::collection
