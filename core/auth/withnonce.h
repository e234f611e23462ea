// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// One question to a server that may want a nonce of its own in the DPoP proof.

#pragma once

#include <functional>
#include <memory>
#include <string>

#include <auth/dpopnonces.h>
#include <base/result.h>
#include <http/client.h>

namespace claimcheck::auth {

/// Sends what `build` makes for a nonce (empty: nobody asked for one yet), and once more with the nonce that
/// the server asks for (RFC 9449 §8, §9). `done` comes once, from the event loop, and not when `context` dies
/// before; with an error where no request can be made. `nonces` takes what the last answer leaves for the
/// next proof; null: it is the only question.
void askWithNonce(http::Client& client, std::function<Result<http::Request>(const std::string& nonce)> build,
                  QObject* context, std::function<void(Result<http::Exchange>)> done,
                  std::shared_ptr<DpopNonces> nonces = nullptr);

} // namespace claimcheck::auth
