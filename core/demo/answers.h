// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the demo API's routes answer, one function each.

#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <base/time.h>
#include <listen/message.h>

#include "demokeys.h"

namespace claimcheck::demo {

/// {"message": …}, as every refusal of the guide's API.
listen::ListenerResponse messageAnswer(int status, std::string_view message);

/// POST /login: {"token": …} for the demo user, signed the way of `flavour`.
listen::ListenerResponse loginAnswer(const listen::ListenerRequest& request, const Flavour& flavour,
                                     Seconds lifetime, DemoKeys& keys, Instant now);

/// GET /protected: the message and the claims; 403 without a token, 401 with a bad one.
listen::ListenerResponse protectedAnswer(const listen::ListenerRequest& request, const Flavour& flavour,
                                         DemoKeys& keys, Instant now);

listen::ListenerResponse jwksAnswer(DemoKeys& keys);

/// The careless twin: /careless/login, /careless/protected and /careless/decoded, with the mistakes of the
/// field to learn on; none of them reads a file or asks a URL. Nothing for other paths.
std::optional<listen::ListenerResponse> carelessAnswer(const listen::ListenerRequest& request, DemoKeys& keys,
                                                       Instant now);

/// GET /: what there is to try, with the secret, the user and ready curl lines.
listen::ListenerResponse frontPage(const listen::ListenerRequest& request);

} // namespace claimcheck::demo
