// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the banner says: nothing that the token does not bear out.

#include <QtTest/qtest.h>

#include <jose/base64url.h>
#include <token/verdicttext.h>

using namespace claimcheck;
using namespace claimcheck::ui;

class TestVerdictText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void asksForNoKeyWhereNothingIsSigned_data();
    void asksForNoKeyWhereNothingIsSigned();
    void runsNoClockBehindABreak();
    void tellsAnExpiryThatCannotBeReadFromNone_data();
    void tellsAnExpiryThatCannotBeReadFromNone();
};

static const Instant now = fromUnixSeconds(1'800'000'000);

void TestVerdictText::asksForNoKeyWhereNothingIsSigned_data()
{
    QTest::addColumn<std::string>("token");
    QTest::addColumn<bool>("isUnsigned");
    QTest::newRow("none") << std::string("eyJhbGciOiJub25lIn0.eyJzdWIiOiJkZW1vIn0.") << true;
    QTest::newRow("cut off") << std::string("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJkZW1vIn0.") << true;
    QTest::newRow("signed") << std::string("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJkZW1vIn0.c2ln") << false;
}

void TestVerdictText::asksForNoKeyWhereNothingIsSigned()
{
    QFETCH(std::string, token);
    QFETCH(bool, isUnsigned);
    const QString sentence = verdictView(inspect::inspect(token, now), now).sentence;
    QCOMPARE(sentence.contains(QStringLiteral("There is no signature")), isUnsigned);
    QCOMPARE(sentence.contains(QStringLiteral("Enter the secret or key")), !isUnsigned);
}

void TestVerdictText::runsNoClockBehindABreak()
{
    // {"exp":1800003600}, whole and with a character that base64url does not have.
    const std::string head = "eyJhbGciOiJIUzI1NiJ9.";
    const auto figure = [&](const std::string& payload) {
        return verdictView(inspect::inspect(head + payload + ".c2ln", now), now).figure;
    };
    QCOMPARE(figure("eyJleHAiOjE4MDAwMDM2MDB9"), QStringLiteral("1:00:00"));
    QCOMPARE(figure("eyJleHAiOjE4MDAwMDM2MDB9*"), QString());
}

void TestVerdictText::tellsAnExpiryThatCannotBeReadFromNone_data()
{
    QTest::addColumn<std::string>("payload");
    QTest::addColumn<bool>("isUnreadable");
    QTest::addColumn<QString>("says");
    const QString unknown = QStringLiteral("exp cannot be read");
    QTest::newRow("none") << std::string(R"({"sub":"demo"})") << false << QStringLiteral("It never expires.");
    QTest::newRow("a time") << std::string(R"({"exp":1800003600})") << false << QStringLiteral("Expires in");
    QTest::newRow("words") << std::string(R"({"exp":"soon"})") << true << unknown;
    QTest::newRow("null") << std::string(R"({"exp":null})") << true << unknown;
    QTest::newRow("too large") << std::string(R"({"exp":1e999})") << true << unknown;
    QTest::newRow("the last one counts")
        << std::string(R"({"exp":"soon","exp":1800003600})") << false << QString();
}

void TestVerdictText::tellsAnExpiryThatCannotBeReadFromNone()
{
    QFETCH(std::string, payload);
    QFETCH(bool, isUnreadable);
    QFETCH(QString, says);
    const std::string token = "eyJhbGciOiJIUzI1NiJ9." + jose::encodeBase64Url(payload) + ".c2ln";
    const inspect::Inspection inspection = inspect::inspect(token, now);
    QCOMPARE(!inspection.unreadableExpiry.empty(), isUnreadable);
    const QString sentence = verdictView(inspection, now).sentence;
    QVERIFY2(sentence.contains(says), qPrintable(sentence));
}

QTEST_GUILESS_MAIN(TestVerdictText)
#include "tst_verdicttext.moc"
