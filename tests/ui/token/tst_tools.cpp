// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the inspector does with a token: it makes a new one beside it and never changes the one that was
// pasted, compares two claim by claim, and looks for a secret that anybody could guess.

#include <functional>

#include <QtCore/qtemporarydir.h>
#include <QtGui/qaction.h>
#include <QtGui/qclipboard.h>
#include <QtTest/qsignalspy.h>
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
#include <jose/key.h>
#include <jose/sign.h>
#include <state/secretsearch.h>
#include <theme/banner.h>
#include <theme/theme.h>
#include <token/tokenedit.h>
#include <token/tokenpane.h>
#include <token/toolcolumn.h>

using namespace claimcheck;
using namespace claimcheck::ui;

namespace {

constexpr double issued = 1'763'900'000;
const std::string secret = "0123456789abcdef0123456789abcdef";

QString signedWith(const std::string& key, const std::string& payload)
{
    const Result<Secret> token = jose::sign(*jose::findAlgorithm("HS256"), jose::secretKey(Secret(key)),
                                            payload, {.allowWeakKeys = true});
    return token ? toQString(token->reveal()) : QString();
}

struct Inspector
{
    TokenPane pane;

    Inspector()
    {
        pane.setClock([] { return fromUnixSeconds(issued + 60); });
        pane.resize(1300, 900);
        pane.show();
    }
    template <typename T>
    T* find(const char* name)
    {
        return pane.findChild<T*>(QLatin1String(name));
    }
    void click(const char* name) { find<QPushButton>(name)->click(); }
    QPlainTextEdit* text() { return find<QPlainTextEdit>("tokenText"); }
    QString result() { return find<TokenEdit>("signedToken")->toPlainText(); }
    bool isSigned() { return find<TokenEdit>("signedToken")->isVisible() && !result().isEmpty(); }
    QString claims() { return find<QPlainTextEdit>("signClaims")->toPlainText(); }
    void trigger(const char* menu, const QString& item)
    {
        for (QAction* action : find<QMenu>(menu)->actions())
            if (action->text() == item)
                return action->trigger();
        QFAIL("no such item");
    }
    /// The row of a member in the list of differences, -1 without.
    int rowOf(const QString& member)
    {
        const QAbstractItemModel* model = find<QTableView>("differences")->model();
        for (int row = 0; row < model->rowCount(); ++row)
            if (model->index(row, 0).data().toString() == member)
                return row;
        return -1;
    }
};

} // namespace

class ToolsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ThemeName::Light); }
    void editedAndSignedBesideTheOriginal();
    void membersKeepTheirOrder();
    void helpersSetTheirClaimAndCanBeUndone();
    void theKeyDecidesWhichAlgorithms();
    void whatCannotBeSignedIsSaid();
    void typedTextStaysWhenTheTokenChanges();
    void templatesAreWholeTokens();
    void theSignedTokenCanBeInspected();
    void aSignedTokenIsMarkedOnceSomethingIsChanged();
    void comparesClaimByClaim();
    void comparesWithWhatWasSigned();
    void aPublishedSecretIsFound();
    void aSecretOfAnOwnListIsFound();
    void aSearchEndsWhenItIsCancelled();
    void otherTokensHaveNoSecretToLookFor();
};

void ToolsTest::editedAndSignedBesideTheOriginal()
{
    Inspector inspector;
    const QString token = signedWith(secret, R"({"sub":"demo","role":"user"})");
    inspector.pane.setToken(token);
    QTest::keyClicks(inspector.find<QLineEdit>("tokenKey"), toQString(secret));
    QTest::mouseClick(inspector.find<QPushButton>("editAndSign"), Qt::LeftButton);
    auto* claims = inspector.find<QPlainTextEdit>("signClaims");
    QVERIFY(claims->isVisible());
    claims->setPlainText(claims->toPlainText().replace(QLatin1String("user"), QLatin1String("admin")));
    inspector.click("signToken");
    QTRY_VERIFY(inspector.isSigned());
    QCOMPARE(inspector.text()->toPlainText(), token);
    QCOMPARE(inspector.result(), signedWith(secret, R"({"sub":"demo","role":"admin"})"));
    inspector.find<QPlainTextEdit>("signHeader")->appendPlainText(QStringLiteral(" "));
    QVERIFY(inspector.find<QLabel>("signedTitle")->text().contains(QLatin1String("before")));
}

void ToolsTest::aSignedTokenIsMarkedOnceSomethingIsChanged()
{
    Inspector inspector;
    inspector.pane.setToken(signedWith(secret, R"({"sub":"demo"})"));
    QTest::keyClicks(inspector.find<QLineEdit>("tokenKey"), toQString(secret));
    inspector.pane.showTool(Tool::Sign);
    const std::function<void()> changes[] = {
        [&] { inspector.find<QCheckBox>("signDetached")->toggle(); },
        [&] { inspector.find<QComboBox>("signForm")->setCurrentIndex(1); },
        [&] {
            inspector.pane.setToken(signedWith(secret, R"({"sub":"another"})"));
        }}; // takes the draft's place
    const auto title = [&] { return inspector.find<QLabel>("signedTitle")->text(); };
    for (const std::function<void()>& change : changes) {
        inspector.click("signToken");
        QTRY_COMPARE(title(), QStringLiteral("Signed with HS256"));
        change();
        QCOMPARE(title(), QStringLiteral("Signed before the last change"));
    }
}

void ToolsTest::membersKeepTheirOrder()
{
    Inspector inspector;
    QTest::keyClicks(inspector.find<QLineEdit>("tokenKey"), toQString(secret));
    inspector.pane.showTool(Tool::Sign);
    inspector.find<QPlainTextEdit>("signHeader")
        ->setPlainText(QStringLiteral("{\"z\":1,\"alg\":\"HS256\",\"a\":2}"));
    inspector.find<QPlainTextEdit>("signClaims")
        ->setPlainText(QStringLiteral("{ \"b\": 1.0,\n \"a\": 1e3 }"));
    inspector.click("signToken");
    QTRY_VERIFY(inspector.isSigned());
    const jose::Jws made = jose::decode(toUtf8(inspector.result()));
    QCOMPARE(made.header.bytes, std::string(R"({"z":1,"alg":"HS256","a":2})"));
    QCOMPARE(made.payload.bytes, std::string(R"({"b":1.0,"a":1e3})"));
}

void ToolsTest::helpersSetTheirClaimAndCanBeUndone()
{
    Inspector inspector;
    inspector.pane.setToken(signedWith(secret, R"({"exp":1,"sub":"demo"})"));
    inspector.pane.showTool(Tool::Sign);
    const QString before = inspector.claims();
    inspector.trigger("signExpiry", QStringLiteral("in 1 h"));
    QVERIFY2(inspector.claims().contains(QLatin1String("\"exp\": 1763903660")),
             qPrintable(inspector.claims()));
    QVERIFY(inspector.claims().indexOf(QLatin1String("exp")) <
            inspector.claims().indexOf(QLatin1String("sub")));
    inspector.find<QPlainTextEdit>("signClaims")->undo();
    QCOMPARE(inspector.claims(), before);
    inspector.click("helpIat");
    QVERIFY(inspector.claims().contains(QLatin1String("\"iat\": 1763900060")));
    inspector.click("helpJti");
    const QString once = inspector.claims();
    inspector.click("helpJti");
    QVERIFY(inspector.claims() != once);
    QCOMPARE(inspector.claims().count(QLatin1String("\"jti\"")), 1);
}

void ToolsTest::theKeyDecidesWhichAlgorithms()
{
    Inspector inspector;
    inspector.pane.showTool(Tool::Sign);
    QVERIFY(!inspector.find<QPushButton>("signToken")->isEnabled());
    QVERIFY(inspector.find<QPushButton>("signGoToKeys")->isVisible());
    inspect::KeyRing ring;
    ring.keys = {*jose::generateKeyFor("ES256", {.kid = "first"}),
                 *jose::generateKeyFor("RS256", {.kid = "second"})};
    for (jose::Key& key : ring.keys)
        key.alg.reset();
    inspector.pane.setKeyRing(ring);
    auto* key = inspector.find<QComboBox>("signKey");
    auto* algorithm = inspector.find<QComboBox>("signAlgorithm");
    QCOMPARE(key->count(), 2);
    QVERIFY(algorithm->findText(QStringLiteral("ES256")) >= 0);
    QCOMPARE(algorithm->findText(QStringLiteral("RS256")), -1);
    key->setCurrentIndex(1);
    QCOMPARE(algorithm->findText(QStringLiteral("ES256")), -1);
    algorithm->setCurrentText(QStringLiteral("PS384"));
    const QString header = inspector.find<QPlainTextEdit>("signHeader")->toPlainText();
    QVERIFY2(header.contains(QLatin1String("\"PS384\"")) && header.contains(QLatin1String("\"second\"")),
             qPrintable(header));
    inspector.click("signToken");
    QTRY_VERIFY(inspector.isSigned());
    inspector.click("inspectSigned");
    QCOMPARE(inspector.pane.inspection().verdict, inspect::Verdict::Verified);
    QCOMPARE(inspector.pane.inspection().token.alg(), std::optional<std::string>("PS384"));
}

void ToolsTest::whatCannotBeSignedIsSaid()
{
    Inspector inspector;
    QTest::keyClicks(inspector.find<QLineEdit>("tokenKey"), toQString(secret));
    inspector.pane.showTool(Tool::Sign);
    auto* claims = inspector.find<QPlainTextEdit>("signClaims");
    const auto* problem = inspector.find<QLabel>("signProblem");
    for (const char* text : {"{\"sub\":", "[1]", ""}) {
        claims->setPlainText(QLatin1String(text));
        inspector.click("signToken");
        QTRY_VERIFY2(problem->isVisible() && problem->text().contains(QLatin1String("claims")), text);
    }
    claims->setPlainText(QStringLiteral("{}"));
    inspector.find<QPlainTextEdit>("signHeader")->setPlainText(QStringLiteral("{\"a\":1,\"a\":2}"));
    inspector.click("signToken");
    QTRY_VERIFY2(problem->text().contains(QLatin1String("header")), qPrintable(problem->text()));
    QVERIFY(!inspector.isSigned());
}

void ToolsTest::typedTextStaysWhenTheTokenChanges()
{
    Inspector inspector;
    inspector.pane.setToken(signedWith(secret, R"({"sub":"first"})"));
    inspector.pane.showTool(Tool::Sign);
    QVERIFY(inspector.claims().contains(QLatin1String("first")));
    inspector.pane.setToken(signedWith(secret, R"({"sub":"second"})"));
    QVERIFY(inspector.claims().contains(QLatin1String("second")));
    inspector.find<QPlainTextEdit>("signClaims")->setPlainText(QStringLiteral("{\"sub\":\"typed\"}"));
    inspector.pane.setToken(signedWith(secret, R"({"sub":"third"})"));
    QVERIFY(inspector.claims().contains(QLatin1String("typed")));
    inspector.click("takeFromToken");
    QVERIFY(inspector.claims().contains(QLatin1String("third")));
}

void ToolsTest::templatesAreWholeTokens()
{
    Inspector inspector;
    QTest::keyClicks(inspector.find<QLineEdit>("tokenKey"), toQString(secret));
    inspector.pane.showTool(Tool::Sign);
    for (QAction* shape : inspector.find<QMenu>("signTemplates")->actions()) {
        shape->trigger();
        const QString before = inspector.result();
        inspector.click("signToken");
        QTRY_VERIFY2(inspector.result() != before, qPrintable(shape->text()));
        const jose::Jws made = jose::decode(toUtf8(inspector.result()));
        QVERIFY2(made.isWellFormed() && made.payloadJson, qPrintable(shape->text()));
        QCOMPARE(made.payloadJson->root().find("exp")->integer(), std::optional<std::int64_t>(1763903660));
    }
}

void ToolsTest::theSignedTokenCanBeInspected()
{
    Inspector inspector;
    QTest::keyClicks(inspector.find<QLineEdit>("tokenKey"), toQString(secret));
    inspector.pane.setToken(signedWith("another", R"({"sub":"demo"})"));
    QCOMPARE(inspector.pane.inspection().verdict, inspect::Verdict::SignatureInvalid);
    inspector.pane.showTool(Tool::Sign);
    inspector.click("signToken");
    QTRY_VERIFY(inspector.isSigned());
    inspector.click("inspectSigned");
    QCOMPARE(inspector.pane.inspection().verdict, inspect::Verdict::Verified);
    inspector.text()->undo(); // what was pasted is not lost
    QCOMPARE(inspector.pane.inspection().verdict, inspect::Verdict::SignatureInvalid);
}

void ToolsTest::comparesClaimByClaim()
{
    Inspector inspector;
    inspector.pane.setToken(signedWith(secret, R"({"sub":"demo","exp":1763900000,"old":1})"));
    QTest::mouseClick(inspector.find<QPushButton>("compareToken"), Qt::LeftButton);
    const auto* summary = inspector.find<QLabel>("compareSummary");
    QVERIFY(summary->text().contains(QLatin1String("Paste")));
    QGuiApplication::clipboard()->setText(
        QStringLiteral("Authorization: Bearer ") +
        signedWith(secret, R"({"sub":"demo","exp":1763903600,"new":true})"));
    inspector.click("pasteOther");
    QCOMPARE(summary->text(), QStringLiteral("4 differ, 3 the same."));
    QCOMPARE(inspector.rowOf(QStringLiteral("sub")), -1);
    const QAbstractItemModel* model = inspector.find<QTableView>("differences")->model();
    const int exp = inspector.rowOf(QStringLiteral("exp"));
    QVERIFY(exp >= 0);
    QCOMPARE(model->index(exp, 1).data().toString(), QStringLiteral("changed"));
    QVERIFY2(model->index(exp, 3).data().toString().contains(QLatin1String("later")),
             qPrintable(model->index(exp, 3).data().toString()));
    QCOMPARE(model->index(inspector.rowOf(QStringLiteral("old")), 1).data().toString(),
             QStringLiteral("only here"));
    QCOMPARE(model->index(inspector.rowOf(QStringLiteral("new")), 1).data().toString(),
             QStringLiteral("only there"));
    inspector.find<QCheckBox>("showSame")->setChecked(true);
    QVERIFY(inspector.rowOf(QStringLiteral("sub")) >= 0);
    inspector.find<TokenEdit>("otherToken")->setToken(inspector.text()->toPlainText());
    QCOMPARE(summary->text(), QStringLiteral("The tokens are the same."));
}

void ToolsTest::comparesWithWhatWasSigned()
{
    Inspector inspector;
    inspector.pane.setToken(signedWith(secret, R"({"sub":"demo"})"));
    QTest::keyClicks(inspector.find<QLineEdit>("tokenKey"), toQString(secret));
    inspector.pane.showTool(Tool::Sign);
    inspector.click("helpJti");
    inspector.click("signToken");
    QTRY_VERIFY(inspector.isSigned());
    inspector.click("compareSigned");
    QVERIFY(inspector.rowOf(QStringLiteral("jti")) >= 0);
}

void ToolsTest::aPublishedSecretIsFound()
{
    Inspector inspector;
    inspector.pane.setToken(signedWith("your_secret_key", R"({"sub":"demo"})"));
    inspector.pane.showTool(Tool::Secret);
    auto* banner = inspector.find<Banner>("searchResult");
    QVERIFY(!banner->isVisible());
    inspector.click("startSearch");
    QVERIFY(inspector.find<QPushButton>("cancelSearch")->isVisible());
    QTRY_VERIFY(banner->isVisible());
    QCOMPARE(banner->word(), QStringLiteral("Found"));
    QVERIFY(banner->sentence().contains(QLatin1String("your_secret_key")));
    QVERIFY(!inspector.find<QPushButton>("cancelSearch")->isVisible());
    inspector.click("useFoundSecret");
    QCOMPARE(inspector.pane.inspection().verdict, inspect::Verdict::Verified);
    QCOMPARE(inspector.find<QLineEdit>("tokenKey")->text(), QStringLiteral("your_secret_key"));
    inspector.pane.setToken(signedWith(secret, R"({"sub":"demo"})"));
    QVERIFY(!banner->isVisible()); // that was said of another token
    inspector.click("startSearch");
    QTRY_VERIFY(banner->isVisible());
    QCOMPARE(banner->word(), QStringLiteral("Not found"));
}

void ToolsTest::aSecretOfAnOwnListIsFound()
{
    const QTemporaryDir home;
    QFile file(home.filePath(QStringLiteral("words.txt")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    for (int line = 0; line < 20'000; ++line)
        file.write("word " + QByteArray::number(line) + '\n');
    file.write("an own secret, the last line has no end");
    file.close();
    SecretSearch search;
    QSignalSpy finished(&search, &SecretSearch::finished);
    std::optional<Result<inspect::GuessOutcome>> outcome;
    connect(&search, &SecretSearch::finished, this,
            [&](const SearchResult& result) { outcome = result.outcome; });
    const jose::Jws token = jose::decode(toUtf8(signedWith("an own secret, the last line has no end", "{}")));
    search.start(token, toUtf8(file.fileName()));
    QTRY_VERIFY(outcome.has_value());
    QVERIFY(outcome->has_value() && (*outcome)->secret.has_value());
    QVERIFY((*outcome)->tried > 20'000);
    outcome.reset();
    search.start(token, toUtf8(home.filePath(QStringLiteral("nothing.txt"))));
    QTRY_VERIFY(outcome.has_value());
    QVERIFY(!outcome->has_value());
    QVERIFY(describe(outcome->error()).find("nothing.txt") != std::string::npos);
}

void ToolsTest::aSearchEndsWhenItIsCancelled()
{
    const QTemporaryDir home;
    QFile file(home.filePath(QStringLiteral("long.txt")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    const QByteArray words = QByteArray("guess\n").repeated(100'000);
    for (int part = 0; part < 40; ++part)
        file.write(words);
    file.close();
    SecretSearch search;
    std::optional<Result<inspect::GuessOutcome>> outcome;
    connect(&search, &SecretSearch::finished, this,
            [&](const SearchResult& result) { outcome = result.outcome; });
    QSignalSpy progress(&search, &SecretSearch::progressed);
    search.start(jose::decode(toUtf8(signedWith(secret, "{}"))), toUtf8(file.fileName()));
    QTRY_VERIFY(progress.count() >= 1);
    search.cancel();
    QTRY_VERIFY(outcome.has_value());
    QVERIFY(outcome->has_value() && (*outcome)->isCancelled);
    QVERIFY((*outcome)->tried < 4'000'000);
    QVERIFY(!search.isRunning());
}

void ToolsTest::otherTokensHaveNoSecretToLookFor()
{
    Inspector inspector;
    const jose::Key key = *jose::generateKeyFor("ES256");
    inspector.pane.setToken(toQString(jose::sign(*jose::findAlgorithm("ES256"), key, "{}")->reveal()));
    inspector.pane.showTool(Tool::Secret);
    QVERIFY(!inspector.find<QPushButton>("startSearch")->isEnabled());
    QVERIFY(inspector.find<QLabel>("searchWords")->text().contains(QLatin1String("HS256")));
}

QTEST_MAIN(ToolsTest)
#include "tst_tools.moc"
