// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The checks of an encrypted token: every one is listed, opened or not, and the right one fails.

#include <support/data.h>
#include <support/result.h>

#include <QtTest/qtest.h>

#include "lintcaseslayers.h"

using namespace claimcheck;
using namespace claimcheck::test;
using inspect::CheckResult;
using inspect::Verdict;

class TestDecryption : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void listsEveryCheck();
    void blamesTheRightOne_data();
    void blamesTheRightOne();
    void weighsTheKey();
    void tellsWeakPasswords();
};

static const jose::Key wrapping =
    jose::secretKey(Secret("\x8f\x1c\xe5\xa7\x7d\x12\x02\xf7\x99\x98\x97\x96\x95"
                           "\x94\x93\x92"));

static std::string namesOf(const inspect::Inspection& inspection)
{
    std::string names;
    for (const inspect::Check& check : inspection.checks)
        names += (names.empty() ? "" : ", ") + check.name;
    return names;
}

static const inspect::Check* checkOf(const inspect::Inspection& inspection, std::string_view name)
{
    const auto found = std::find_if(inspection.checks.begin(), inspection.checks.end(),
                                    [&](const inspect::Check& check) { return check.name == name; });
    return found == inspection.checks.end() ? nullptr : &*found;
}

void TestDecryption::listsEveryCheck()
{
    const std::string token = sealed(wrapping, goodClaims, "", "A128KW");
    const inspect::Inspection opened = verify(token, ringOf(wrapping));
    QCOMPARE(opened.verdict, Verdict::Decrypted);
    const std::string names =
        "format, key, key strength, algorithm, crit, decryption, signature, exp, nbf, iat, "
        "iss, aud, typ, required";
    QCOMPARE(namesOf(opened), names);
    // Closed, the same are listed, and say why they were not made.
    const inspect::Inspection closed = verify(token, ringOf("another of 16 b."));
    QCOMPARE(closed.verdict, Verdict::CannotDecrypt);
    QCOMPARE(namesOf(closed), names);
    QCOMPARE(checkOf(closed, "exp")->result, CheckResult::Skipped);
    QCOMPARE(namesOf(verify(token, inspect::KeyRing{})), names);
}

void TestDecryption::blamesTheRightOne_data()
{
    QTest::addColumn<QString>("header");
    QTest::addColumn<QString>("check");
    QTest::newRow("crit") << QStringLiteral(R"({"alg":"A128KW","enc":"A128GCM","crit":["x"],"x":1})")
                          << QStringLiteral("crit");
    QTest::newRow("alg") << QStringLiteral(R"({"alg":"A128","enc":"A128GCM"})")
                         << QStringLiteral("algorithm");
    QTest::newRow("enc") << QStringLiteral(R"({"alg":"A128KW","enc":"A128"})") << QStringLiteral("algorithm");
    QTest::newRow("another key's") << QStringLiteral(R"({"alg":"A256KW","enc":"A128GCM"})")
                                   << QStringLiteral("algorithm");
}

void TestDecryption::blamesTheRightOne()
{
    QFETCH(QString, header);
    QFETCH(QString, check);
    const inspect::Inspection inspection = verify(jwe(header.toStdString(), 24), ringOf(wrapping));
    QCOMPARE(inspection.verdict, Verdict::RejectedByPolicy);
    for (const char* name : {"key", "algorithm", "crit"}) {
        const bool isFailed = checkOf(inspection, name)->result == CheckResult::Failed;
        QCOMPARE(isFailed, check == QLatin1String(name));
    }
    QCOMPARE(checkOf(inspection, "decryption")->result, CheckResult::Skipped);
}

void TestDecryption::weighsTheKey()
{
    const auto keys = json::parse(data("jwt-cpp/keys.json"));
    QVERIFY_RESULT(keys);
    const jose::Key weak =
        jose::readKeys(keys->root().find("rsa512_priv_key")->string()).value().front(); // it has 1024 bits
    const auto made =
        jose::encrypt(*jose::findKeyManagement("RSA-OAEP"), *jose::findContentEncryption("A128GCM"),
                      std::span(&weak, 1), goodClaims, {.allowWeakKeys = true});
    QVERIFY_RESULT(made);
    inspect::KeyRing ring = ringOf(weak);
    const inspect::Inspection refused = verify(made->reveal(), ring);
    QCOMPARE(refused.verdict, Verdict::RejectedByPolicy);
    QCOMPARE(checkOf(refused, "key")->result, CheckResult::Failed);
    QCOMPARE(checkOf(refused, "key strength")->result, CheckResult::Failed);
    ring.options.allowWeakKeys = true;
    const inspect::Inspection allowed = verify(made->reveal(), ring);
    QCOMPARE(checkOf(allowed, "key strength")->result, CheckResult::Warning);
    QCOMPARE(checkOf(allowed, "decryption")->result, CheckResult::Passed);
    // Anybody can have made it all the same.
    QCOMPARE(allowed.verdict, Verdict::RejectedByPolicy);
    QCOMPARE(checkOf(allowed, "signature")->result, CheckResult::Failed);
}

void TestDecryption::tellsWeakPasswords()
{
    const jose::Key password = jose::secretKey(Secret("secret"));
    const auto made =
        jose::encrypt(*jose::findKeyManagement("PBES2-HS256+A128KW"), *jose::findContentEncryption("A128GCM"),
                      std::span(&password, 1), goodClaims, {.iterations = 1000});
    QVERIFY_RESULT(made);
    const inspect::Inspection inspection = verify(made->reveal(), ringOf(password));
    QCOMPARE(inspection.verdict, Verdict::Decrypted);
    QCOMPARE(checkOf(inspection, "key strength")->result, CheckResult::Warning);
    QVERIFY(checkOf(inspection, "key strength")->why.find("published") != std::string::npos);
}

QTEST_GUILESS_MAIN(TestDecryption)
#include "tst_decryption.moc"
