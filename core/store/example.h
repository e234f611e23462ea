// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// An answer as an example that is kept with its request. Tokens and secrets are cut out of it first: the file
// is shared.

#pragma once

#include <base/secret.h>
#include <collection/content.h>
#include <http/message.h>

namespace claimcheck::store {

/// The request as it was typed, variables unfilled, with the answer to it. A body that is no text, or longer
/// than a MiB, is left out and the description says so. `secrets` are cut out wherever they stand.
collection::Example exampleOf(const std::string& name, const collection::Content& request,
                              const http::Response& response, const std::vector<Secret>& secrets = {});

/// True when something was cut out: see redactedMark.
bool redactExample(collection::Example& example);

} // namespace claimcheck::store
