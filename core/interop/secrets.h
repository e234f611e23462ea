// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What is imported may hold live passwords and tokens; no file of ours does (collections rule 6).

#pragma once

#include <interop/imported.h>

namespace claimcheck::interop {

/// Passwords, tokens and keys leave the requests: each becomes a {{variable}}, which is a secret one of every
/// environment (of a new one where there is none) and named in leftOut. In saved examples, scripts and
/// documentation a mark stands in their place. Values of secret variables stay in memory; no file holds them.
void takeSecretsOut(Imported& imported);

} // namespace claimcheck::interop
