// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Tokens of more than one key, in the JSON forms, with their payload beside them: made and read in the
// inspector. And what else a verdict depends on: time, algorithms, the way that a token came.

#include <QtGui/qaction.h>
#include <QtTest/qtest.h>
#include <QtWidgets/qapplication.h>
#include <QtWidgets/qcheckbox.h>
#include <QtWidgets/qcombobox.h>
#include <QtWidgets/qlabel.h>
#include <QtWidgets/qlineedit.h>
#include <QtWidgets/qmenu.h>
#include <QtWidgets/qplaintextedit.h>
#include <QtWidgets/qpushbutton.h>
#include <QtWidgets/qtableview.h>

#include <base/text.h>
#include <jose/jwe.h>
#include <jose/key.h>
#include <jose/sign.h>
#include <theme/banner.h>
#include <theme/theme.h>
#include <token/tokenedit.h>
#include <token/tokenpane.h>
#include <token/toolcolumn.h>

using namespace claimcheck;
using namespace claimcheck::ui;

namespace {

const std::string secret = "0123456789abcdef0123456789abcdef";

jose::Key newKey(const char* name, const char* kid)
{
    Result<jose::Key> key = jose::generateKeyFor(name);
    if (!key)
        return {};
    key->kid = kid;
    return *key;
}

QString signedToken(const std::string& claims, const jose::SignOptions& options = {})
{
    const auto token =
        jose::sign(*jose::findAlgorithm("HS256"), jose::secretKey(Secret(secret)), claims, options);
    return token ? toQString(token->reveal()) : QString();
}

struct Inspector
{
    TokenPane pane;

    explicit Inspector(const std::vector<jose::Key>& keys)
    {
        pane.setClock([] { return fromUnixSeconds(1'800'000'000); });
        pane.resize(1300, 900);
        pane.show();
        inspect::KeyRing ring;
        ring.keys = keys;
        pane.setKeyRing(ring);
    }
    template <typename T>
    T* find(const char* name)
    {
        return pane.findChild<T*>(QLatin1String(name));
    }
    void click(const char* name) { find<QPushButton>(name)->click(); }
    void type(const char* name, const char* text) { find<QLineEdit>(name)->setText(QLatin1String(text)); }
    QList<QAction*> others(const char* menu) { return find<QMenu>(menu)->actions(); }
    QComboBox* form(const char* name) { return find<QComboBox>(name); }
    QString cell(const char* table, int row, int column)
    {
        return find<QTableView>(table)->model()->index(row, column).data().toString();
    }
    int rows(const char* table)
    {
        return find<QTableView>(table)->isVisible() ? find<QTableView>(table)->model()->rowCount() : 0;
    }
    std::string text(const char* edit) { return toUtf8(find<TokenEdit>(edit)->toPlainText()); }
    QString word() { return find<Banner>("verdictBanner")->word(); }
    bool hasFinding(const char* id)
    {
        for (const inspect::Finding& finding : pane.inspection().findings)
            if (finding.id == id)
                return true;
        return false;
    }
};

} // namespace

class FormsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ThemeName::Light); }
    void boxesBeginTheirTextWhereFieldsDo();
    void encryptsToSeveral();
    void oneRecipientNeedsNoSecondKey();
    void compactTakesNoSecondKey();
    void signsWithSeveral();
    void thePayloadCanStandBeside();
    void anotherTimeCanBeAskedFor();
    void algorithmsCanBeNarrowed();
    void aWeakKeyCanBeAccepted();
    void whatIsNotUnderstoodIsSaid();
    void thePastedLineTellsTheWay();
    void anAnswerTellsTheClock();
};

void FormsTest::boxesBeginTheirTextWhereFieldsDo()
{
    Inspector inspector({});
    for (const Tool tool : {Tool::Sign, Tool::Encrypt})
        inspector.pane.showTool(tool);
    for (const char* name : {"tokenText", "signHeader", "signClaims", "encryptContent"})
        QCOMPARE(inspector.find<QPlainTextEdit>(name)->document()->documentMargin(), qreal(space::field));
}

void FormsTest::encryptsToSeveral()
{
    const jose::Key second = newKey("A128KW", "second");
    Inspector inspector({newKey("A128KW", "first"), second, newKey("ES256", "signing")});
    inspector.pane.showTool(Tool::Encrypt);
    inspector.find<QPlainTextEdit>("encryptContent")->setPlainText(QStringLiteral("{\"sub\":\"demo\"}"));
    QCOMPARE(inspector.others("encryptMoreKeysMenu").size(), 1); // not the one that signs
    inspector.others("encryptMoreKeysMenu").front()->setChecked(true);
    QCOMPARE(inspector.form("encryptForm")->currentIndex(), 2);
    QVERIFY(inspector.find<QPushButton>("encryptMoreKeys")->text().contains(u'1'));
    inspector.click("encryptToken");
    QTRY_VERIFY(!inspector.text("encryptedToken").empty());
    QCOMPARE(jose::decodeJwe(inspector.text("encryptedToken")).recipients.size(), std::size_t(2));

    inspector.click("inspectEncrypted");
    QCOMPARE(inspector.word(), QStringLiteral("Decrypted"));
    QCOMPARE(inspector.rows("tokenRecipients"), 2);
    QVERIFY(inspector.cell("tokenRecipients", 0, 1).contains(QLatin1String("kid first")));
    QCOMPARE(inspector.cell("tokenRecipients", 0, 2), QStringLiteral("decrypted"));
    QVERIFY(inspector.cell("tokenRecipients", 1, 3).contains(QLatin1String("not tried")));
    inspect::KeyRing ring;
    ring.keys = {second};
    inspector.pane.setKeyRing(ring);
    QCOMPARE(inspector.word(), QStringLiteral("Decrypted"));
    QCOMPARE(inspector.cell("tokenRecipients", 1, 2), QStringLiteral("decrypted"));
}

void FormsTest::oneRecipientNeedsNoSecondKey()
{
    Inspector inspector({newKey("A128KW", "only")});
    inspector.pane.showTool(Tool::Encrypt);
    QVERIFY(!inspector.find<QPushButton>("encryptMoreKeys")->isEnabled());
    inspector.find<QPlainTextEdit>("encryptContent")->setPlainText(QStringLiteral("text"));
    for (const jose::Serialization form : {jose::Serialization::Flattened, jose::Serialization::General}) {
        inspector.form("encryptForm")->setCurrentIndex(static_cast<int>(form));
        inspector.click("encryptToken");
        QTRY_COMPARE(jose::decodeJwe(inspector.text("encryptedToken")).form, form);
    }
    inspector.click("inspectEncrypted");
    QCOMPARE(inspector.rows("tokenRecipients"), 0); // the layer says it all
}

void FormsTest::compactTakesNoSecondKey()
{
    Inspector inspector({newKey("A128KW", "first"), newKey("A128KW", "second")});
    inspector.pane.showTool(Tool::Encrypt);
    inspector.others("encryptMoreKeysMenu").front()->setChecked(true);
    inspector.form("encryptForm")->setCurrentIndex(0);
    QVERIFY(!inspector.others("encryptMoreKeysMenu").front()->isChecked());
    inspector.find<QPlainTextEdit>("encryptContent")->setPlainText(QStringLiteral("text"));
    inspector.click("encryptToken");
    QTRY_COMPARE(std::ranges::count(inspector.text("encryptedToken"), '.'), 4);
}

void FormsTest::signsWithSeveral()
{
    Inspector inspector({newKey("ES256", "first"), newKey("Ed25519", "second")});
    inspector.pane.showTool(Tool::Sign);
    inspector.find<QPlainTextEdit>("signHeader")
        ->setPlainText(QStringLiteral("{\"alg\":\"ES256\",\"kid\":\"first\"}"));
    inspector.find<QPlainTextEdit>("signClaims")->setPlainText(QStringLiteral("{\"sub\":\"demo\"}"));
    inspector.others("signMoreKeysMenu").front()->setChecked(true);
    inspector.click("signToken");
    QTRY_VERIFY(!inspector.text("signedToken").empty());
    QVERIFY(inspector.find<QLabel>("signedTitle")->text().contains(QLatin1String("2 keys")));
    inspector.click("inspectSigned");
    QCOMPARE(inspector.word(), QStringLiteral("Verified"));
    QCOMPARE(inspector.rows("tokenSignatures"), 2);
    QCOMPARE(inspector.cell("tokenSignatures", 0, 2), QStringLiteral("verified"));
    QCOMPARE(inspector.cell("tokenSignatures", 1, 2), QStringLiteral("verified"));
    QVERIFY(inspector.cell("tokenSignatures", 1, 1).contains(QLatin1String("kid second")));
}

void FormsTest::thePayloadCanStandBeside()
{
    Inspector inspector({jose::secretKey(Secret(secret))});
    inspector.pane.showTool(Tool::Sign);
    inspector.find<QPlainTextEdit>("signClaims")->setPlainText(QStringLiteral("{\"sub\":\"demo\"}"));
    inspector.find<QCheckBox>("signDetached")->setChecked(true);
    inspector.click("signToken");
    QTRY_VERIFY(inspector.text("signedToken").find("..") != std::string::npos);
    inspector.click("inspectSigned");
    QVERIFY(inspector.word() != QStringLiteral("Verified"));
    inspector.type("expectPayload", "{\"sub\":\"demo\"}");
    QCOMPARE(inspector.word(), QStringLiteral("Verified"));
    QCOMPARE(inspector.cell("tokenClaims", 0, 0), QStringLiteral("sub"));
    inspector.type("expectPayload", "{\"sub\":\"admin\"}");
    QCOMPARE(inspector.word(), QStringLiteral("Signature invalid"));
}

void FormsTest::anotherTimeCanBeAskedFor()
{
    Inspector inspector({jose::secretKey(Secret(secret))});
    inspector.pane.setToken(signedToken(R"({"exp":1700000000})"));
    QVERIFY(inspector.word().startsWith(QLatin1String("Expired")));
    inspector.type("expectTime", "1699999990");
    QCOMPARE(inspector.word(), QStringLiteral("Verified"));
    inspector.type("expectTime", "");
    QVERIFY(inspector.word().startsWith(QLatin1String("Expired")));
}

void FormsTest::algorithmsCanBeNarrowed()
{
    Inspector inspector({jose::secretKey(Secret(secret))});
    inspector.pane.setToken(signedToken(R"({"sub":"demo"})"));
    QCOMPARE(inspector.word(), QStringLiteral("Verified"));
    inspector.type("expectAlgorithms", "HS512, RS256");
    QVERIFY(inspector.word() != QStringLiteral("Verified"));
    inspector.type("expectAlgorithms", "HS512, HS256");
    QCOMPARE(inspector.word(), QStringLiteral("Verified"));
}

void FormsTest::aWeakKeyCanBeAccepted()
{
    const auto weak = jose::readKeys(R"({"kty":"oct","k":"c2hvcnQ"})");
    QVERIFY(weak.has_value());
    Inspector inspector({weak->front()});
    const auto token = jose::sign(*jose::findAlgorithm("HS256"), weak->front(), R"({"sub":"demo"})",
                                  {.allowWeakKeys = true});
    inspector.pane.setToken(toQString(token->reveal()));
    QVERIFY(inspector.word() != QStringLiteral("Verified"));
    inspector.find<QCheckBox>("expectAllowWeakKeys")->setChecked(true);
    QCOMPARE(inspector.word(), QStringLiteral("Verified"));
}

void FormsTest::whatIsNotUnderstoodIsSaid()
{
    Inspector inspector({jose::secretKey(Secret(secret))});
    inspector.type("expectTime", "tomorrow");
    QVERIFY(inspector.find<QLabel>("expectProblem")->text().contains(QLatin1String("tomorrow")));
    inspector.type("expectTime", "");
    inspector.type("expectAlgorithms", "HS257");
    QVERIFY(inspector.find<QLabel>("expectProblem")->text().contains(QLatin1String("HS257")));
}

void FormsTest::thePastedLineTellsTheWay()
{
    Inspector inspector({});
    const QString token = signedToken(R"({"sub":"demo","exp":1800000100})");
    inspector.pane.setToken(QString(QStringLiteral("https://api.example/?access_token=") + token));
    QCOMPARE(inspector.text("tokenText"), toUtf8(token));
    QVERIFY(inspector.hasFinding("TRN-URL"));
    inspector.pane.setToken(QString(QStringLiteral("Set-Cookie: s=") + token));
    QVERIFY(inspector.hasFinding("TRN-COOKIE"));
    QVERIFY(!inspector.hasFinding("TRN-URL"));
    inspector.pane.setToken(token);
    QVERIFY(!inspector.hasFinding("TRN-COOKIE"));
}

void FormsTest::anAnswerTellsTheClock()
{
    Inspector inspector({jose::secretKey(Secret(secret))});
    const QString token = signedToken(R"({"sub":"demo","exp":1800000100})");
    inspector.pane.setContexts([&](std::string_view asked) {
        inspect::Context context;
        if (asked != toUtf8(token))
            return context;
        context.carrier = inspect::Carrier::Body;
        context.cacheControl = "";
        context.serverDate = fromUnixSeconds(1'800'000'300);
        return context;
    });
    inspector.pane.setToken(token);
    QVERIFY(inspector.hasFinding("TRN-CACHE"));
    bool isTold = false;
    for (const inspect::Check& check : inspector.pane.inspection().checks)
        isTold |= check.name == "clock" && check.why.find("5 min ahead") != std::string::npos;
    QVERIFY(isTold);
    inspector.pane.setToken(signedToken(R"({"sub":"another"})"));
    QVERIFY(!inspector.hasFinding("TRN-CACHE"));
}

QTEST_MAIN(FormsTest)
#include "tst_forms.moc"
