// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the banner says: nothing that the token does not bear out.

#include <QtTest/qtest.h>

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

QTEST_GUILESS_MAIN(TestVerdictText)
#include "tst_verdicttext.moc"
