// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The two forms of a client certificate's file.

#pragma once

#include <string>

namespace claimcheck::http {

/// PKCS#12 (RFC 7292) is DER: a SEQUENCE; PEM (RFC 7468) is text, which never begins with that byte.
bool isPkcs12(const std::string& file);

} // namespace claimcheck::http
