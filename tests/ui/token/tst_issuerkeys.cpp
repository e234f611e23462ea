// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A token that comes with the keys of its issuer is judged by them in the inspector too, and the verdict says
// so; a key that is given while it is looked at goes first.

#include <memory>

#include <QtTest/qtest.h>
#include <QtWidgets/qapplication.h>

#include <theme/theme.h>

#include "inspector.h"

using namespace claimcheck;
using namespace claimcheck::ui;
using namespace claimcheck::ui::test;

class IssuerKeysTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ThemeName::Light); }
    void init() { m_ring = std::make_shared<inspect::KeyRing>(); }
    void judgesByTheKeyOfTheIssuer();
    void aKeyGivenHereGoesFirst();
    void anotherTokenIsNotJudgedByIt();
    void theAlgorithmsOfTheFileCount();
    void largeTokensToo();
    void isJudgedAnewOnceTheKeyIsThere();

private:
    void know(Inspector& inspector, const QString& token, const std::string& secret)
    {
        m_ring->keys = {jose::secretKey(Secret(secret))};
        inspector.pane.setIssuerKeys(
            [this, known = toUtf8(token)](std::string_view asked) -> std::optional<IssuerKeys> {
                return asked == known ? std::optional(IssuerKeys{"server", m_ring}) : std::nullopt;
            });
    }
    static bool namesTheKey(Inspector& inspector)
    {
        return inspector.banner()->sentence().contains(
            QStringLiteral("Judged by the key server of its issuer (.claimcheck/keys.yaml)."));
    }

    std::shared_ptr<inspect::KeyRing> m_ring;
};

void IssuerKeysTest::judgesByTheKeyOfTheIssuer()
{
    Inspector inspector;
    inspector.typeKey(otherSecret); // for whatever was here before
    know(inspector, signedToken(), rightSecret);
    inspector.pane.setToken(signedToken());
    QCOMPARE(inspector.banner()->word(), QStringLiteral("Verified"));
    QVERIFY(namesTheKey(inspector));
    inspector.now = fromUnixSeconds(issued + 120);
    inspector.pane.tick();
    QCOMPARE(inspector.banner()->word(), QStringLiteral("Verified"));
    QVERIFY(namesTheKey(inspector));
    inspector.now = fromUnixSeconds(expires + 1);
    inspector.pane.tick();
    QCOMPARE(inspector.banner()->word(), QStringLiteral("Expired"));
}

void IssuerKeysTest::aKeyGivenHereGoesFirst()
{
    Inspector inspector;
    know(inspector, signedToken(), rightSecret);
    inspector.pane.setToken(signedToken());
    inspector.typeKey(otherSecret);
    QCOMPARE(inspector.banner()->word(), QStringLiteral("Signature invalid"));
    QVERIFY(!namesTheKey(inspector));
    inspector.key()->setFocus();
    inspector.key()->selectAll();
    QTest::keyClick(inspector.key(), Qt::Key_Delete);
    QCOMPARE(inspector.banner()->word(), QStringLiteral("Verified"));
    QVERIFY(namesTheKey(inspector));
}

void IssuerKeysTest::anotherTokenIsNotJudgedByIt()
{
    Inspector inspector;
    know(inspector, signedToken(), rightSecret);
    inspector.pane.setToken(signedToken(R"({"sub":"another"})"));
    QCOMPARE(inspector.banner()->word(), QStringLiteral("Not verified"));
    QVERIFY(!namesTheKey(inspector));
    inspector.pane.setToken(signedToken());
    QVERIFY(namesTheKey(inspector));
    inspector.pane.setToken({});
    QVERIFY(!namesTheKey(inspector));
}

void IssuerKeysTest::theAlgorithmsOfTheFileCount()
{
    Inspector inspector;
    know(inspector, signedToken(), rightSecret);
    m_ring->options.allowedAlgorithms = {"HS512"};
    inspector.pane.setToken(signedToken());
    QVERIFY(inspector.banner()->tone() != Tone::Ok);
    QVERIFY(inspector.pane.inspection().verdict != inspect::Verdict::Verified);
    m_ring->options.allowedAlgorithms = {"HS512", "HS256"};
    inspector.pane.judgeAnew();
    QCOMPARE(inspector.banner()->word(), QStringLiteral("Verified"));
}

void IssuerKeysTest::largeTokensToo()
{
    Inspector inspector;
    const QString token =
        signedToken(R"({"exp":1763903600,"text":")" + std::string(2 * smallToken, 'x') + R"("})");
    know(inspector, token, rightSecret);
    inspector.pane.setToken(token);
    QTRY_COMPARE(inspector.banner()->word(), QStringLiteral("Verified"));
    QVERIFY(namesTheKey(inspector));
}

void IssuerKeysTest::isJudgedAnewOnceTheKeyIsThere()
{
    Inspector inspector;
    inspector.pane.setToken(signedToken());
    QCOMPARE(inspector.banner()->word(), QStringLiteral("Not verified"));
    know(inspector, signedToken(), rightSecret);
    inspector.pane.judgeAnew();
    QCOMPARE(inspector.banner()->word(), QStringLiteral("Verified"));
}

QTEST_MAIN(IssuerKeysTest)
#include "tst_issuerkeys.moc"
