// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The rules that make findings. One rule is one function (in the file of its family) and one line in the
// table of rules.cpp; its id is the same in the window, in JSON and in the manual. Private to the module.

#pragma once

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
};

/// Where a rule says what it found; id, reference and advice come from its line in the table.
class Report
{
public:
    Report(const Rule& rule, std::vector<Finding>& findings)
        : m_rule(rule), m_findings(findings), m_before(findings.size())
    {}

    void add(std::string title, std::string where, std::string seen = {}) const
    {
        add(m_rule.severity, std::move(title), std::move(where), std::move(seen));
    }
    /// For the rules whose severity depends on what was seen.
    void add(Severity severity, std::string title, std::string where, std::string seen = {}) const;
    /// A token that breaks one rule ten thousand times is told of it often enough.
    bool isFull() const { return m_findings.size() - m_before >= mostPerRule; }

private:
    static constexpr std::size_t mostPerRule = 20;

    const Rule& m_rule;
    std::vector<Finding>& m_findings;
    std::size_t m_before;
};

/// All findings, by severity, then id.
std::vector<Finding> findingsOf(const Subject& subject);

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
// rulesjson.cpp
void utf8(const Subject&, Report&);
void byteOrderMark(const Subject&, Report&);
void invalidJson(const Subject&, Report&);
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
void keySetSameKid(const Subject&, Report&);
void keySetMixed(const Subject&, Report&);
// rulesheader.cpp
void jwk(const Subject&, Report&);
void jwkPrivate(const Subject&, Report&);
void jku(const Subject&, Report&);
void x5u(const Subject&, Report&);
void x5c(const Subject&, Report&);
void kidPath(const Subject&, Report&);
void kidSql(const Subject&, Report&);
void kidType(const Subject&, Report&);
void critUnknown(const Subject&, Report&);
void critForm(const Subject&, Report&);
void b64False(const Subject&, Report&);
// rulessignature.cpp
void signatureLength(const Subject&, Report&);
void signatureDer(const Subject&, Report&);
void signaturePsychic(const Subject&, Report&);
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
void jtiMissing(const Subject&, Report&);
// rulescontent.cpp
void sensitive(const Subject&, Report&);
void privilege(const Subject&, Report&);
void nestedToken(const Subject&, Report&);

} // namespace rules

} // namespace claimcheck::inspect
