// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The login of alice at the IdentityShop, as somebody types it to try it.

#pragma once

#include <collection/identity.h>

namespace claimcheck::test {

inline collection::Identity alice(const std::string& password = "{{password}}")
{
    collection::Identity identity;
    identity.name = "alice";
    identity.credentials.emplace();
    identity.credentials->url = "{{host}}/login";
    identity.credentials->user = "alice";
    identity.credentials->password = password;
    return identity;
}

} // namespace claimcheck::test
