// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The member "sd_jwt" of the JSON documents. Private to the module.

#pragma once

#include <jose/sdjwt.h>
#include <json/write.h>

namespace claimcheck::inspect {

/// "sd_jwt": {"hash", "disclosures":[{"path", "name", "value", "digest", "offset"}…], "undisclosed",
/// "faults":[…], "key_binding": {"header", "claims"} or null}
void writeSdJwt(json::Writer& writer, const jose::SdJwt& sd);

} // namespace claimcheck::inspect
