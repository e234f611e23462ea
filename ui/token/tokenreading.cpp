// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <token/tokenreading.h>

#include <algorithm>

#include <token/jsonview.h>
#include <token/verdicttext.h>

namespace claimcheck::ui {

CellRow claimRow(const inspect::Claim& claim, Instant now)
{
    const QString value = shown(claim.value);
    const QString meaning = shown(explain(claim, now));
    const Role nameRole = claim.duplicate ? Role::Bad : Role::TokenPayload;
    return {Cell{shown(claim.name, 200), nameRole, Cell::Face::Mono},
            Cell{value, Role::Text, Cell::Face::Mono, {}, value},
            Cell{meaning, Role::Muted, Cell::Face::Normal, {}, meaning}};
}

TokenReading readToken(const std::string& token, const inspect::KeyRing& ring, Instant now)
{
    TokenReading reading;
    if (token.empty())
        return reading;
    reading.inspection =
        ring.isEmpty() ? inspect::inspect(token, now) : inspect::inspect(token, ring, {}, now);
    const jose::Jws& parts = reading.inspection.token;
    reading.header = partText(parts.headerJson, parts.header.bytes);
    reading.payload = partText(parts.payloadJson, parts.payload.bytes);
    const std::size_t count = std::min(reading.inspection.claims.size(), mostClaims);
    for (std::size_t index = 0; index < count; ++index)
        reading.claims.push_back(claimRow(reading.inspection.claims[index], now));
    return reading;
}

} // namespace claimcheck::ui
