// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Text that looks like a live secret: tokens, private keys, passwords by the name that they go under.
// Templates such as
// {{token}} are none. Used to refuse saving them, and to cut them out of drafts.

#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include <base/secretname.h>

namespace claimcheck::store {

struct SecretRange
{
    std::size_t offset;
    std::size_t length;
    std::string kind; ///< "a JSON Web Token", "a private key" …
    bool operator==(const SecretRange&) const = default;
};

/// Tokens and private keys that are known by their form, in order, without overlaps.
std::vector<SecretRange> findSecrets(std::string_view text);

/// Values that their name makes secrets, as redact() cuts them out: in JSON, forms, queries and XML, and
/// passwords before the @ of a URL. In order.
std::vector<SecretRange> findNamedSecrets(std::string_view text);

using claimcheck::isSecretName;
/// A header whose value authorises: Authorization, Cookie, and every secret name.
bool isSecretHeader(std::string_view name);
/// A field of an authorisation of that type, by its name in collection::Credentials, whose value is one
/// person's own.
bool isSecretField(std::string_view type, std::string_view name);
/// Nothing, only templates, or an authorisation scheme with only templates behind it.
bool isHarmlessValue(std::string_view value);

/// Takes the secrets that are known in this session out of a text: run::Redactor's clean().
using Clean = std::function<std::string(std::string)>;

/// What stands in the place of a secret.
constexpr std::string_view redactedMark = "[left out]";
/// The mark stands in the text, as it is or as a URL or a form spells it: what it stands for is missing.
bool holdsRedactedMark(std::string_view text);

/// Cuts out findSecrets, and the values of secret names in JSON, in forms and queries, in XML, and before the
/// @ of a URL. True when something was cut out.
bool redact(std::string& text);
/// Cuts out findSecrets alone.
bool redactTokens(std::string& text);
/// The rest of what redact() cuts out: what its name makes a secret.
bool redactNamed(std::string& text);

} // namespace claimcheck::store
