// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The host of an address in a token, for the rules about where it points. Private to the module.

#pragma once

#include <string>
#include <string_view>

namespace claimcheck::inspect {

/// The host of "scheme://user@host:port/…", in small letters, an IPv6 address with its brackets. Empty for
/// what is no such address. Forgiving: the rest of it may be anything.
std::string hostOf(std::string_view url);

/// Plain http to another machine, where anybody on the way can read and answer. What is in one's own machine
/// goes nowhere: its addresses, localhost, and names below it (RFC 6761 §6.3).
bool isPlainHttpToElsewhere(std::string_view url);

} // namespace claimcheck::inspect
