// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The registered names: IANA "JSON Web Token Claims" and "JSON Web Signature and Encryption Header
// Parameters", with what each means in a few words. Private to the module.

#pragma once

#include <string_view>

namespace claimcheck::inspect {

struct RegisteredName
{
    std::string_view name;
    std::string_view meaning;
    bool isTime = false; ///< a NumericDate (RFC 7519 §2)
};

/// nullptr when the name is not registered.
const RegisteredName* findRegisteredClaim(std::string_view name);
const RegisteredName* findRegisteredHeader(std::string_view name);
/// What private names usually mean where many issuers use them; empty when there is nothing to say.
std::string_view hintFor(std::string_view privateName);

} // namespace claimcheck::inspect
