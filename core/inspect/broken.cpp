// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "broken.h"

namespace claimcheck::inspect {

std::optional<std::size_t> claimsGuessedFrom(const jose::Jws& token)
{
    if (!token.payloadJson)
        return std::nullopt;
    for (const jose::Defect& defect : token.defects)
        if (defect.segment == jose::SegmentName::Payload && !defect.tolerable)
            return defect.offset;
    return std::nullopt;
}

} // namespace claimcheck::inspect
