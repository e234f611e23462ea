// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What is refused hides no other check: whether the signature fits is said all the same (jose-policy rule
// 22).

#include <utility>

#include <QtTest/qtest.h>

#include "tokens.h"

using namespace claimcheck;
using namespace claimcheck::test;
using inspect::Inspection;
using inspect::KeyRing;

class TestRefusals : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void hideNoSignature();
    void sayNothingOfAKeyThatIsNone();
};

/// "rejected by policy, passed": the verdict, and the check of the signature.
static std::string outcome(const std::string& headerText, const KeyRing& ring, const std::string& secret)
{
    const Inspection inspection = verify(token(headerText, goodClaims, secret), ring);
    return std::string(toText(inspection.verdict)) + ", " + resultOf(inspection, "signature");
}

/// The strong secret as a JWK with these members more.
static KeyRing jwkSaying(const std::string& members)
{
    KeyRing ring;
    ring.keys = jose::readKeys(R"({"kty":"oct",)" + members + R"(,"k":")" +
                               jose::encodeBase64Url(strongSecret) + "\"}")
                    .value();
    return ring;
}

void TestRefusals::hideNoSignature()
{
    KeyRing restricted = ringOf();
    restricted.options.allowedAlgorithms = {"HS512"};
    const std::vector<std::pair<std::string, KeyRing>> refusals{
        {R"({"alg":"HS256","crit":["x"],"x":1})", ringOf()},
        {R"({"alg":"HS256","kid":5})", ringOf()},
        {header, jwkSaying(R"("use":"enc")")},
        {header, jwkSaying(R"("key_ops":["encrypt"])")},
        {header, jwkSaying(R"("alg":"HS384")")},
        {header, restricted}};
    for (const auto& [headerText, ring] : refusals) {
        QCOMPARE(outcome(headerText, ring, strongSecret), std::string("rejected by policy, passed"));
        QCOMPARE(outcome(headerText, ring, "another-secret-of-more-than-32-bytes"),
                 std::string("rejected by policy, failed"));
    }
}

void TestRefusals::sayNothingOfAKeyThatIsNone()
{
    const std::string skipped = "rejected by policy, skipped";
    QCOMPARE(outcome(R"({"alg":"RS256"})", ringOf(), strongSecret), skipped);
    QCOMPARE(outcome(R"({"alg":"none"})", ringOf(), strongSecret), skipped);
}

QTEST_GUILESS_MAIN(TestRefusals)
#include "tst_refusals.moc"
