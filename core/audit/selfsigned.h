// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A certificate that nobody vouches for but itself (RFC 5280): what an attacker puts into x5c and behind x5u.
// Private to the module.

#pragma once

#include <string>

#include <base/time.h>
#include <jose/key.h>

namespace claimcheck::audit {

/// DER, valid for one day around `now`; empty when OpenSSL cannot make it.
std::string selfSigned(const jose::Key& key, Instant now);
std::string certificatePem(const std::string& der);
/// Plain base64 with padding, as `x5c` has it (RFC 7515 §4.1.6).
std::string plainBase64(std::string_view bytes);

} // namespace claimcheck::audit
