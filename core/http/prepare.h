// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// From a request as a person wrote it to the one that goes on the wire: what a URL's user information means,
// the few fields that we add (User-Agent and Accept, where the user set none), the files of TLS checked.

#pragma once

#include <http/message.h>

namespace claimcheck::http {

/// The defaults, set by us so that both transports send the same.
Result<Request> prepare(Request request);

} // namespace claimcheck::http
