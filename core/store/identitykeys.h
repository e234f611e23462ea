// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The keys that say in sessions.yaml how somebody signs in, in the order of docs/collections.md. By these a
// session is read, written, and looked through for secrets: what is missing here cannot be saved unseen.
// Private to the module.

#pragma once

#include <array>
#include <string_view>
#include <variant>

#include <collection/identity.h>

namespace claimcheck::store {

template <typename Login>
struct LoginKey
{
    std::string_view name;
    std::variant<std::string Login::*, bool Login::*, collection::NamedTexts Login::*> place;
    bool isSecret = false; ///< what stands there is one, unless it is a variable
};

inline constexpr std::array<LoginKey<collection::CredentialLogin>, 10> credentialKeys{{
    {"url", &collection::CredentialLogin::url},
    {"method", &collection::CredentialLogin::method},
    {"user", &collection::CredentialLogin::user},
    {"password", &collection::CredentialLogin::password, true},
    {"userField", &collection::CredentialLogin::userField},
    {"passwordField", &collection::CredentialLogin::passwordField},
    {"form", &collection::CredentialLogin::isForm},
    {"fields", &collection::CredentialLogin::fields},
    {"headers", &collection::CredentialLogin::headers},
    {"tokenAt", &collection::CredentialLogin::tokenAt},
}};

inline constexpr std::array<LoginKey<collection::RequestLogin>, 4> requestKeys{{
    {"file", &collection::RequestLogin::file},
    {"tokenAt", &collection::RequestLogin::tokenAt},
    {"refresh", &collection::RequestLogin::refresh},
    {"refreshTokenAt", &collection::RequestLogin::refreshTokenAt},
}};

inline constexpr std::array<LoginKey<collection::GrantLogin>, 20> grantKeys{{
    {"grant", &collection::GrantLogin::grant},
    {"issuer", &collection::GrantLogin::issuer},
    {"tokenUrl", &collection::GrantLogin::tokenUrl},
    {"authorizationUrl", &collection::GrantLogin::authorizationUrl},
    {"deviceUrl", &collection::GrantLogin::deviceUrl},
    {"introspectionUrl", &collection::GrantLogin::introspectionUrl},
    {"userinfoUrl", &collection::GrantLogin::userinfoUrl},
    {"revocationUrl", &collection::GrantLogin::revocationUrl},
    {"clientId", &collection::GrantLogin::clientId},
    {"clientSecret", &collection::GrantLogin::clientSecret, true},
    {"clientKeyFile", &collection::GrantLogin::clientKeyFile},
    {"clientKeyPassphrase", &collection::GrantLogin::clientKeyPassphrase, true},
    {"clientAuth", &collection::GrantLogin::clientAuthentication},
    {"assertionAudience", &collection::GrantLogin::assertionAudience},
    {"scope", &collection::GrantLogin::scope},
    {"user", &collection::GrantLogin::user},
    {"password", &collection::GrantLogin::password, true},
    {"refreshToken", &collection::GrantLogin::refreshToken, true},
    {"parameters", &collection::GrantLogin::parameters},
    {"dpop", &collection::GrantLogin::usesDpop},
}};

} // namespace claimcheck::store
