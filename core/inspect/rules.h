// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The rules that make findings. One rule is one function (in the file of its family) and one line in the
// table of rules.cpp; its id is the same in the window, in JSON and in the manual. Private to the module.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "subject.h"

namespace claimcheck::inspect {

class Report;

struct Rule
{
    std::string_view id;
    Severity severity;
    std::string_view reference;
    std::string_view advice;
    void (*look)(const Subject& subject, Report& report);
    std::uint32_t needs = 0; ///< trait::…, one of them; 0: it always looks
};

/// Where a rule says what it found; id, reference and advice come from its line in the table.
class Report
{
public:
    Report(const Rule& rule, const Subject& subject, std::vector<Finding>& findings)
        : m_rule(rule), m_subject(subject), m_findings(findings), m_before(findings.size())
    {}

    void add(std::string title, std::string where, std::string seen = {}) const
    {
        add(m_rule.severity, std::move(title), std::move(where), std::move(seen));
    }
    /// For the rules whose severity depends on what was seen.
    void add(Severity severity, std::string title, std::string where, std::string seen = {}) const;
    /// For the rules that know the byte: `where` is the part's name.
    void addAt(Severity severity, std::string title, std::string_view part, std::size_t offset,
               std::string seen = {}) const;
    void addAt(std::string title, std::string_view part, std::size_t offset, std::string seen = {}) const
    {
        addAt(m_rule.severity, std::move(title), part, offset, std::move(seen));
    }
    /// A token that breaks one rule ten thousand times is told of it often enough.
    bool isFull() const { return m_findings.size() - m_before >= mostPerRule; }

private:
    static constexpr std::size_t mostPerRule = 20;

    const Rule& m_rule;
    const Subject& m_subject;
    std::vector<Finding>& m_findings;
    std::size_t m_before;
};

/// All findings, by severity, then id.
std::vector<Finding> findingsOf(const Subject& subject);

/// The byte of the token's text that stands for this byte of its decoded header or payload.
std::size_t textOffset(const Subject& subject, std::string_view part, std::size_t decodedOffset);

namespace rules {

// rulesencoding.cpp
void segments(const Subject&, Report&);
void charset(const Subject&, Report&);
void padding(const Subject&, Report&);
void standardBase64(const Subject&, Report&);
void whiteSpace(const Subject&, Report&);
void lengthMod4(const Subject&, Report&);
void trailingBits(const Subject&, Report&);
void emptySegment(const Subject&, Report&);
void headerSize(const Subject&, Report&);
void opaque(const Subject&, Report&);
// rulesserialisation.cpp
void serialisedAsJwt(const Subject&, Report&);
void unprotectedOnly(const Subject&, Report&);
void headerOverlap(const Subject&, Report&);
void nestingDepth(const Subject&, Report&);
void paseto(const Subject&, Report&);
// rulesjson.cpp
void utf8(const Subject&, Report&);
void byteOrderMark(const Subject&, Report&);
void invalidJson(const Subject&, Report&);
void trailingText(const Subject&, Report&);
void notObject(const Subject&, Report&);
void depth(const Subject&, Report&);
void duplicateName(const Subject&, Report&);
void bigNumber(const Subject&, Report&);
// rulesalgorithm.cpp
void algMissing(const Subject&, Report&);
void algType(const Subject&, Report&);
void algNone(const Subject&, Report&);
void algNoneCase(const Subject&, Report&);
void algNoneSigned(const Subject&, Report&);
void algUnknown(const Subject&, Report&);
void algCase(const Subject&, Report&);
void algEdDsa(const Subject&, Report&);
void algKeyType(const Subject&, Report&);
void algKeyAlg(const Subject&, Report&);
// ruleskey.cpp
void hmacShort(const Subject&, Report&);
void hmacWeak(const Subject&, Report&);
void hmacIsPem(const Subject&, Report&);
void rsaShort(const Subject&, Report&);
void rsaRoca(const Subject&, Report&);
void keyUse(const Subject&, Report&);
void keyOps(const Subject&, Report&);
void keyRefused(const Subject&, Report&);
void keySetSameKid(const Subject&, Report&);
void keySetMixed(const Subject&, Report&);
// rulesjwk.cpp
void rsaExponent(const Subject&, Report&);
void ecInvalid(const Subject&, Report&);
void privateInPublic(const Subject&, Report&);
void paddedNumbers(const Subject&, Report&);
// rulescertificate.cpp
void thumbprintMismatch(const Subject&, Report&);
void chainAsBase64Url(const Subject&, Report&);
void certificateExpired(const Subject&, Report&);
void certificateSha1(const Subject&, Report&);
// rulesheader.cpp
void jwk(const Subject&, Report&);
void jku(const Subject&, Report&);
void x5u(const Subject&, Report&);
void x5c(const Subject&, Report&);
void kidPath(const Subject&, Report&);
void kidSql(const Subject&, Report&);
void kidType(const Subject&, Report&);
void critUnknown(const Subject&, Report&);
void critForm(const Subject&, Report&);
void b64False(const Subject&, Report&);
// rulestype.cpp
void typMissing(const Subject&, Report&);
void typAccessToken(const Subject&, Report&);
void typPrefix(const Subject&, Report&);
void contentType(const Subject&, Report&);
void claimsInHeader(const Subject&, Report&);
void nullParameter(const Subject&, Report&);
// rulessignature.cpp
void signatureLength(const Subject&, Report&);
void signatureDer(const Subject&, Report&);
void signaturePsychic(const Subject&, Report&);
void signatureHighS(const Subject&, Report&);
void signatureReusedR(const Subject&, Report&);
void signatureAllSame(const Subject&, Report&);
void unverified(const Subject&, Report&);
// rulestimes.cpp
void expMissing(const Subject&, Report&);
void expired(const Subject&, Report&);
void expiresSoon(const Subject&, Report&);
void lifetime(const Subject&, Report&);
void expBeforeIat(const Subject&, Report&);
void iatFuture(const Subject&, Report&);
void nbfFuture(const Subject&, Report&);
void dateString(const Subject&, Report&);
void dateMilliseconds(const Subject&, Report&);
void dateRange(const Subject&, Report&);
// rulesclaims.cpp
void audMissing(const Subject&, Report&);
void audType(const Subject&, Report&);
void audWildcard(const Subject&, Report&);
void issMissing(const Subject&, Report&);
void issHttp(const Subject&, Report&);
void issArray(const Subject&, Report&);
void issSlash(const Subject&, Report&);
void subMissing(const Subject&, Report&);
void stringOrUri(const Subject&, Report&);
void jtiMissing(const Subject&, Report&);
// rulescontent.cpp
void sensitive(const Subject&, Report&);
void privilege(const Subject&, Report&);
void nestedToken(const Subject&, Report&);
// rulesprivacy.cpp
void personal(const Subject&, Report&);
void internal(const Subject&, Report&);
// rulesusage.cpp
void idTokenAsAccess(const Subject&, Report&);
void confirmationUnused(const Subject&, Report&);
void hashMismatch(const Subject&, Report&);
// rulesjwe.cpp
void jweRsa15(const Subject&, Report&);
void jweOaepSha1(const Subject&, Report&);
void jweCountHigh(const Subject&, Report&);
void jweCountLow(const Subject&, Report&);
void jweSaltShort(const Subject&, Report&);
void jweZip(const Subject&, Report&);
void jweEphemeralKey(const Subject&, Report&);
void jweLengths(const Subject&, Report&);
void jweEncryptedKey(const Subject&, Report&);
void jweContentKey(const Subject&, Report&);
void jweAnybody(const Subject&, Report&);
void jwePassword(const Subject&, Report&);
// rulestransport.cpp
void plainHttp(const Subject&, Report&);
void inUrl(const Subject&, Report&);
void cookieFlags(const Subject&, Report&);
void cached(const Subject&, Report&);
// rulesproof.cpp
void disclosures(const Subject&, Report&);
void keyBinding(const Subject&, Report&);
void dpopForm(const Subject&, Report&);

} // namespace rules

} // namespace claimcheck::inspect
