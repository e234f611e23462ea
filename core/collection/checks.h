// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What stands beside the request files, in `.claimcheck/checks.yaml` and `.claimcheck/keys.yaml`: checks of a
// request that OpenCollection has no place for, and the keys that its tokens are verified with.

#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include <base/result.h>
#include <collection/details.h>

namespace claimcheck::collection {

/// Which token of an answer is looked into, and what it is held against.
struct TokenCheck
{
    std::string place;    ///< as auth::Login::tokenPath; empty: the first one that is found
    std::string key;      ///< a name in keys.yaml; empty: nothing is verified
    std::string issuer;   ///< that `iss` must be; empty: any
    std::string audience; ///< that `aud` must hold; empty: any
    std::string type;     ///< that `typ` must be; empty: any

    bool operator==(const TokenCheck&) const = default;
};

/// The JSON Schema that the answer's body must be valid under.
struct SchemaCheck
{
    std::string file;    ///< relative to the collection; empty: `text` has it
    std::string text;    ///< the schema as JSON
    Position where = {}; ///< in checks.yaml

    bool operator==(const SchemaCheck&) const = default;
};

/// The checks of one request.
struct RequestChecks
{
    TokenCheck token;
    std::vector<Assertion> assertions; ///< token.*, certificate.*, tls.*, and what runtime.assertions can
    std::optional<SchemaCheck> schema;

    bool operator==(const RequestChecks&) const = default;
};

enum class KeyOrigin
{
    Secret, ///< the name of a variable whose value is an HMAC secret
    File,   ///< a key, certificate or key set in the collection's folder
    JwksUrl,
    Issuer
};

/// A key by reference: no key and no secret stands in the file itself.
struct KeyReference
{
    KeyOrigin origin = KeyOrigin::Secret;
    std::string value;
    std::vector<std::string> algorithms; ///< empty: what the key's type allows
    /// Whose tokens it verifies wherever one turns up, by their `iss`; empty: where a check names the key. An
    /// Issuer is its own.
    std::string issuer = {};

    bool operator==(const KeyReference&) const = default;
};

struct Checks
{
    std::map<std::string, RequestChecks> requests; ///< by the request's relative path
    std::map<std::string, KeyReference> keys;      ///< by name
    /// A file that is broken: then nothing is known, and no request that is run may pass.
    std::optional<Error> problem;
    /// Why there are no keys, whether a check needs one or not.
    std::optional<Error> keysProblem = {};

    bool operator==(const Checks&) const = default;
};

} // namespace claimcheck::collection
