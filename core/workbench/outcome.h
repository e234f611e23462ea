// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The pure steps of the flow: what an item becomes on its way out, and what an answer becomes on its way in.

#pragma once

#include <string>
#include <vector>

#include "workbench.h"

namespace claimcheck::workbench {

/// Decoded and, with keys, verified.
inspect::Inspection inspectWith(std::string_view token, const inspect::KeyRing& ring, Instant now,
                                const inspect::Context& context = {});

/// Every token of every answer of the exchange, inspected. `nonces` as in inspect::Context.
std::vector<FoundInspection> inspectTokens(const http::Exchange& exchange, const inspect::KeyRing& ring,
                                           Instant now, inspect::NonceMemory* nonces = nullptr);

/// The session that a login's token makes; its bar begins at `now` where the token does not say when.
auth::Session makeSession(const auth::Login& login, const FoundInspection& token, Instant now);
/// What is odd with that token: others of the answer could be meant, or its times have to be guessed at. What
/// a session of an identity says of its token, with the same sentences.
std::vector<std::string> notesOf(const auth::Login& login, const inspect::FoundToken& token,
                                 const http::Response& response, Instant receivedAt);
SessionState stateOf(const auth::Session& session, const inspect::Inspection& inspection);

/// The scope that {{token}} is found in, with the session's token.
variables::Scope sessionScope(const auth::Session& session);

/// What is around a request in the Workbench.
struct Around
{
    std::vector<variables::Scope> scopes; ///< nearest first
    std::string environment;
    const auth::Session* session = nullptr;
};

/// The request that an item stands for, resolved and authorised: by its file's own credentials, or by the
/// session. The session's token goes to the session's origins only, in a header of ours or through {{token}}.
Result<http::Request> buildAuthorised(const collection::Collection& collection, const collection::Item& item,
                                      const Around& around);

/// What stands for a request that was not even built: nothing of it is resolved.
http::Request asTyped(const collection::Item& item);
/// Cancelled: "WHAT: it was stopped before it began".
Error neverBegun(const char* what);

/// Refuses a request in which the mark of a secret that no draft keeps still stands.
Result<http::Request> refuseLeftOut(http::Request request);

/// The exchange of a login without the password, and without what else lets it in, in its request and in what
/// every hop sent.
http::Exchange withoutPassword(http::Exchange exchange, const auth::Login& login);

} // namespace claimcheck::workbench
