// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The forging functions, one for each line of the table, by family. Private to the module.

#pragma once

#include <string_view>
#include <vector>

#include <audit/forgery.h>

namespace claimcheck::audit {

// delivery.cpp: where the token stands
std::vector<Forgery> forgeNoToken(const Material& material);
std::vector<Forgery> forgeEmptyToken(const Material& material);
std::vector<Forgery> forgeGarbage(const Material& material);
std::vector<Forgery> forgeSchemeCase(const Material& material);
std::vector<Forgery> forgeOtherSchemes(const Material& material);
std::vector<Forgery> forgeInQuery(const Material& material);
std::vector<Forgery> forgeInCookie(const Material& material);
std::vector<Forgery> forgeTwoTokens(const Material& material);
std::vector<Forgery> forgeOtherMethod(const Material& material);

// unsigned.cpp: alg none and its spellings
std::vector<Forgery> forgeAlgNone(const Material& material);
std::vector<Forgery> forgeAlgNoneCase(const Material& material);
std::vector<Forgery> forgeAlgMissing(const Material& material);
std::vector<Forgery> forgeStripped(const Material& material);

// signature.cpp: a signature that does not fit
std::vector<Forgery> forgeChangedPayload(const Material& material);
std::vector<Forgery> forgeBrokenSignature(const Material& material);
std::vector<Forgery> forgeOtherSignature(const Material& material);
std::vector<Forgery> forgeChangedHeader(const Material& material);
std::vector<Forgery> forgePrivileges(const Material& material);
std::vector<Forgery> forgeEncodings(const Material& material);
std::vector<Forgery> forgeSegments(const Material& material);

// confusion.cpp: HMAC keys that everybody knows
std::vector<Forgery> forgeKeyConfusion(const Material& material);
std::vector<Forgery> forgeEmptyKey(const Material& material);
std::vector<Forgery> forgeWeakSecret(const Material& material);
std::vector<Forgery> forgeLeftoverSecret(const Material& material);

// headerkeys.cpp: a key that the token brings along
std::vector<Forgery> forgeEmbeddedJwk(const Material& material);
std::vector<Forgery> forgeEmbeddedSecret(const Material& material);
std::vector<Forgery> forgeX5c(const Material& material);
std::vector<Forgery> forgeX5t(const Material& material);

// keyurls.cpp: a key that the token says where to get
std::vector<Forgery> forgeJku(const Material& material);
std::vector<Forgery> forgeJkuBypass(const Material& material);
std::vector<Forgery> forgeJkuRedirect(const Material& material);
std::vector<Forgery> forgeX5u(const Material& material);
std::vector<Forgery> forgeIssuerArrayAtListener(const Material& material);
std::vector<Forgery> forgeIssuerAtListener(const Material& material);

// kid.cpp
std::vector<Forgery> forgeKidPath(const Material& material);
std::vector<Forgery> forgeKidPublicFile(const Material& material);
std::vector<Forgery> forgeKidSql(const Material& material);
std::vector<Forgery> forgeKidType(const Material& material);

// ecdsa.cpp
std::vector<Forgery> forgePsychic(const Material& material);
std::vector<Forgery> forgeEcdsaForms(const Material& material);

// claims.cpp: rightly signed, wrong inside; or made as a forgery that was accepted
std::vector<Forgery> forgeOtherClaims(const Material& material);
std::vector<Forgery> forgeExpired(const Material& material);
std::vector<Forgery> forgeNotYet(const Material& material);
std::vector<Forgery> forgeFutureIssue(const Material& material);
std::vector<Forgery> forgeFarExp(const Material& material);
std::vector<Forgery> forgeTwoExp(const Material& material);
std::vector<Forgery> forgeTwoSubjects(const Material& material);
std::vector<Forgery> forgeMalformedExp(const Material& material);
std::vector<Forgery> forgeMissingExp(const Material& material);
std::vector<Forgery> forgeWrongAudience(const Material& material);
std::vector<Forgery> forgeMissingAudience(const Material& material);
std::vector<Forgery> forgeWrongIssuer(const Material& material);
std::vector<Forgery> forgeMissingIssuer(const Material& material);
std::vector<Forgery> forgeIssuerArray(const Material& material);
std::vector<Forgery> forgeOtherType(const Material& material);
std::vector<Forgery> forgeCrit(const Material& material);
std::vector<Forgery> forgeIdToken(const Material& material);
std::vector<Forgery> forgeOtherUser(const Material& material);

// parser.cpp
std::vector<Forgery> forgeUnencodedPayload(const Material& material);
std::vector<Forgery> forgeDuplicateMember(const Material& material);
std::vector<Forgery> forgeJsonForm(const Material& material);
std::vector<Forgery> forgeHeaderNames(const Material& material);
std::vector<Forgery> forgeOddHeaders(const Material& material);
std::vector<Forgery> forgeLarge(const Material& material);

// claims.cpp: the good token itself, when it should be good no longer
std::vector<Forgery> keepGoodAfterLogout(const Material& material);
std::vector<Forgery> keepGoodPastItsTime(const Material& material);

// encrypted.cpp
std::vector<Forgery> forgeEncrypted(const Material& material);

} // namespace claimcheck::audit
