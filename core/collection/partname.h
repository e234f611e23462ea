// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Names in multipart/form-data (RFC 7578 §2), for everything that writes such bodies.

#pragma once

#include <string>
#include <string_view>

namespace claimcheck::collection {

/// A name inside the quotes of a part's head as browsers write it (HTML, multipart/form-data encoding
/// algorithm): what would end the quoted text is percent-encoded.
std::string partName(std::string_view name);

} // namespace claimcheck::collection
