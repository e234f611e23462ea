// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A token that a server gave and that is none any more: cut off, or with something else written into it. It
// opens nothing, so that whoever signs in is told at once, and where it broke.

#pragma once

#include <optional>
#include <string_view>

#include <base/result.h>
#include <inspect/find.h>
#include <inspect/inspection.h>

namespace claimcheck::auth {

/// It begins as a signed or encrypted token in the compact form does, goes on behind a dot, and is malformed.
/// Unlike opaque tokens with dots in them, and the signed cookies of web frameworks, whose header has no
/// `alg`. `isNamed`: it stands where tokens stand; then a header that cannot be read counts as well.
bool isBrokenToken(std::string_view text, bool isNamed);

/// Malformed: the segment, the byte of the token, what is there, and what to do. Nothing for a token that is
/// whole, and for one that cannot be told from an opaque one.
std::optional<Error> faultOf(const inspect::Inspection& token, std::string_view place);

/// The same for what stands in an answer. Base64 in place of base64url is no fault here: some servers write
/// it, and take it back.
std::optional<Error> faultOf(const inspect::FoundToken& token);

} // namespace claimcheck::auth
