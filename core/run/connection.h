// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// How a request reaches its server: what its collection says of certificates, proxy and TLS, and what the
// command line says before that.

#pragma once

#include <run/prepare.h>

namespace claimcheck::run {

/// Refused for a file outside of the collection's folder; Usage for a variable without a value.
Result<void> applyConnection(http::Request& request, const collection::Collection& collection,
                             const collection::Item& item, const Values& values);

/// CA file, proxy and "do not verify" of the command line take the place of what the files say; what it does
/// not name, it leaves alone.
void overrideConnection(http::Request& request, const http::Request& commandLine);

} // namespace claimcheck::run
