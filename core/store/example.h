// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// An answer as an example that is kept with its request. Tokens and secrets are cut out of it first: the file
// is shared.

#pragma once

#include <collection/content.h>
#include <http/message.h>
#include <store/secretlike.h>

namespace claimcheck::store {

/// The request as it was typed, variables unfilled, with the answer to it. A body that is no text, or longer
/// than a MiB, is left out and the description says so. What `clean` knows is cut out wherever it stands,
/// what looks like a secret in any case.
collection::Example exampleOf(const std::string& name, const collection::Content& request,
                              const http::Response& response, const Clean& clean = {});

/// True when something was cut out: see redactedMark.
bool redactExample(collection::Example& example);

} // namespace claimcheck::store
