// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What authorises a request, as its file says it, or as `.claimcheck/sessions.yaml` has a token made for it.

#pragma once

#include <run/prepare.h>

namespace claimcheck::run {

/// In place of every field of that name.
void setHeader(http::Request& request, const std::string& name, const std::string& value);

/// Basic, Bearer and API key become fields; Digest, NTLM and AWS Signature the request's authentication. A
/// kind that is not sent (collection::canSendAuthorisation) adds nothing.
Result<void> addCredentials(http::Request& request, const collection::Credentials& credentials,
                            const Values& values);

/// A token made now, signed, and put where its rule says. Unreadable or Usage for a key that cannot be read
/// or does not fit the algorithm, Refused for one that lies outside of the collection's folder, Malformed for
/// claims that are no JSON object.
Result<void> addMinted(http::Request& request, const collection::Collection& collection,
                       const collection::MintedToken& rule, const Values& values);

} // namespace claimcheck::run
