// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A request of the collection as a login, and another one as its renewal.

#pragma once

#include <auth/requestlogin.h>
#include <run/sessionplan.h>

namespace claimcheck::run {

/// What signs in, ready to be sent; and what it takes along, where to.
struct RequestSignIn
{
    auth::RequestLogin login;        ///< without renew
    std::vector<SecretName> secrets; ///< guarded ones
    std::string origin;              ///< http::originOf()
    std::string destination;         ///< destinationOf()
};

/// Usage for a request that is not there; and what is wrong with it (prepare()).
Result<RequestSignIn> requestSignIn(const collection::Identity& identity, const SharedCollection& collection,
                                    const ValuesFor& valuesFor, const SessionBounds& bounds);

/// The renewal of a plan that has all but this: the request `refresh` names, with {{token}} and
/// {{refreshToken}}. Refused for one that takes a guarded secret, or the tokens, to where they may not go.
Result<void> addRenewal(SessionPlan& plan, const collection::Identity& identity,
                        const SharedCollection& collection, const ValuesFor& valuesFor,
                        const SessionBounds& bounds);

} // namespace claimcheck::run
