// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The key ring in the inspector: keys come by paste, file and from afar, each is described and none of its
// secret parts shown, the one that decided is marked with the reason, and all of it can be undone.

#include <QtCore/qtemporarydir.h>
#include <QtGui/qaction.h>
#include <QtGui/qclipboard.h>
#include <QtTest/qsignalspy.h>
#include <QtTest/qtest.h>
#include <QtWidgets/qapplication.h>
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
#include <theme/banner.h>
#include <theme/theme.h>
#include <token/keypage.h>
#include <token/tokenpane.h>
#include <token/toolcolumn.h>

using namespace claimcheck;
using namespace claimcheck::ui;

namespace {

/// A P-256 key of our own, as `openssl pkcs8 -topk8 -v2 aes-256-cbc -iter 2048` writes it.
constexpr const char* encryptedKey = "-----BEGIN ENCRYPTED PRIVATE KEY-----\n"
                                     "MIHsMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAhgT2u1gXQQ/QICCAAw\n"
                                     "DAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEENhLNZ0oLrvEheblg5uHMooEgZDq\n"
                                     "jLkme5s9JC5bISVfVX8OTly+dIPwCmmLa2q5TMoXvSAPr8GcRG4iiskJs6RPCTH4\n"
                                     "dKVAFuD9IhTEpuTdI4m3giokpEXRKjl5AfVR5LaVj5STPZjuiXsVvCTkZVuppjFY\n"
                                     "URaQftS+vOaQInMPqdfsgABxUu2LOxbQHfpTjhvPf2qqvolRaXuBqEUqlrn4NX4=\n"
                                     "-----END ENCRYPTED PRIVATE KEY-----\n";

jose::Key newKey(const char* algorithm, const char* kid = nullptr)
{
    jose::GenerateOptions options;
    if (kid != nullptr)
        options.kid = kid;
    Result<jose::Key> key = jose::generateKeyFor(algorithm, options);
    return key ? *key : jose::Key();
}

QString tokenOf(const char* algorithm, const jose::Key& key, const char* kid = nullptr)
{
    jose::SignOptions options;
    if (kid != nullptr)
        options.kid = kid;
    const Result<Secret> token =
        jose::sign(*jose::findAlgorithm(algorithm), key, R"({"sub":"demo"})", options);
    return token ? toQString(token->reveal()) : QString();
}

QString pemOf(const jose::Key& key)
{
    return toQString(jose::publicPem(key).value_or(""));
}

struct Keys
{
    TokenPane pane;
    KeyPage* page = nullptr;

    Keys()
    {
        pane.resize(1300, 800);
        pane.show();
        pane.showTool(Tool::Keys);
        page = pane.findChild<KeyPage*>();
    }
    template <typename T>
    T* find(const char* name)
    {
        return pane.findChild<T*>(QLatin1String(name));
    }
    QTableView* table() { return find<QTableView>("keyRing"); }
    int count() { return table()->model()->rowCount(); }
    QString cell(int row, int column) { return table()->model()->index(row, column).data().toString(); }
    QString problem()
    {
        return find<QLabel>("keyPageProblem")->isHidden() ? QString()
                                                          : find<QLabel>("keyPageProblem")->text();
    }
    void paste(const QString& text)
    {
        QGuiApplication::clipboard()->setText(text);
        find<QPushButton>("pasteKey")->click();
    }
    void trigger(const QString& text)
    {
        for (QAction* action : find<QMenu>("copyKeyMenu")->actions())
            if (action->text() == text)
                return action->trigger();
        QFAIL("no such action");
    }
};

} // namespace

class KeyPageTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ThemeName::Light); }
    void keysArePastedAndDescribed();
    void whatIsNoKeyIsSaid();
    void theKeyThatDecidedIsMarkedWithTheReason();
    void aKeyThatDoesNotFitIsNotMarked();
    void encryptedKeysAskForTheirPassphrase();
    void keysComeFromAFile();
    void anIssuerIsAskedAndMayBeCancelled();
    void addressesThatMayNotBeAskedAreRefused();
    void anUnknownKidIsAskedForOnceMore();
    void keysOfTwoIssuersDoNotMix();
    void aKeyIsMadeBesideTheWindow();
    void copiesInEveryForm();
    void removing();
    void noSecretIsShownAnywhere();
    void theTypedSecretStaysInItsField();
};

void KeyPageTest::keysArePastedAndDescribed()
{
    Keys keys;
    QSignalSpy rings(&keys.pane, &TokenPane::keyRingChanged);
    QCOMPARE(keys.count(), 0);
    const jose::Key rsa = newKey("RS256");
    keys.paste(pemOf(rsa));
    QCOMPARE(keys.count(), 1);
    QCOMPARE(keys.cell(0, 0), QStringLiteral("RSA public key, 2048 bits"));
    QCOMPARE(keys.cell(0, 2), QStringLiteral("RS256 … PS512"));
    QCOMPARE(keys.cell(0, 3), toQString(*jose::thumbprint(rsa)));
    keys.paste(toQString(jose::publicJwk(newKey("ES256", "first")).value_or("")));
    QCOMPARE(keys.count(), 2);
    QCOMPARE(keys.cell(1, 0), QStringLiteral("P-256 public key"));
    QCOMPARE(keys.cell(1, 1), QStringLiteral("first"));
    QCOMPARE(keys.cell(1, 2), QStringLiteral("ES256"));
    keys.paste(pemOf(rsa)); // it is there already
    QCOMPARE(keys.count(), 2);
    QVERIFY(rings.count() >= 2);
}

void KeyPageTest::whatIsNoKeyIsSaid()
{
    Keys keys;
    keys.paste(QStringLiteral("{\"no\":\"key\"}"));
    QCOMPARE(keys.count(), 0);
    QVERIFY(!keys.problem().isEmpty());
    keys.paste(QStringLiteral("  "));
    QVERIFY(keys.problem().contains(QLatin1String("clipboard")));
    keys.paste(pemOf(newKey("ES256")));
    QCOMPARE(keys.count(), 1);
    QVERIFY(keys.problem().isEmpty());
}

void KeyPageTest::theKeyThatDecidedIsMarkedWithTheReason()
{
    Keys keys;
    const jose::Key first = newKey("ES256", "a");
    const jose::Key second = newKey("ES256", "b");
    keys.paste(toQString("{\"keys\":[" + *jose::publicJwk(first) + "," + *jose::publicJwk(second) + "]}"));
    QCOMPARE(keys.count(), 2);
    keys.pane.setToken(tokenOf("ES256", second, "b"));
    QCOMPARE(keys.pane.inspection().verdict, inspect::Verdict::Verified);
    QVERIFY(!keys.table()->model()->index(0, 0).data(Qt::FontRole).value<QFont>().bold());
    QVERIFY(keys.table()->model()->index(1, 0).data(Qt::FontRole).value<QFont>().bold());
    const QString why = keys.find<QLabel>("keyChoice")->text();
    QVERIFY2(why.contains(QLatin1String("2 keys in the set, 1 fits: kid 'b'")), qPrintable(why));
    keys.pane.setToken(tokenOf("ES256", newKey("ES256"), "c"));
    QVERIFY2(keys.find<QLabel>("keyChoice")->text().contains(QLatin1String("'c'")),
             qPrintable(keys.find<QLabel>("keyChoice")->text()));
    QVERIFY(!keys.table()->model()->index(1, 0).data(Qt::FontRole).value<QFont>().bold());
}

void KeyPageTest::aKeyThatDoesNotFitIsNotMarked()
{
    Keys keys;
    keys.paste(toQString(jose::publicJwk(newKey("ES256", "a")).value_or("")));
    keys.paste(toQString(jose::publicJwk(newKey("ES256", "b")).value_or("")));
    const auto isMarked = [&keys](int row) {
        return keys.table()->model()->index(row, 0).data(Qt::FontRole).value<QFont>().bold();
    };
    keys.pane.setToken(tokenOf("HS256", newKey("HS256"))); // of another algorithm
    QCOMPARE(keys.pane.inspection().verdict, inspect::Verdict::RejectedByPolicy);
    QVERIFY(!isMarked(0) && !isMarked(1));
    keys.pane.setToken(tokenOf("ES256", newKey("ES256"), "a")); // of another key with this name
    QCOMPARE(keys.pane.inspection().verdict, inspect::Verdict::SignatureInvalid);
    QVERIFY(!isMarked(0) && !isMarked(1));
}

void KeyPageTest::encryptedKeysAskForTheirPassphrase()
{
    Keys keys;
    keys.paste(QLatin1String(encryptedKey));
    auto* passphrase = keys.find<QLineEdit>("keyPassphrase");
    QVERIFY(passphrase->isVisible());
    QCOMPARE(passphrase->echoMode(), QLineEdit::Password);
    QCOMPARE(keys.count(), 0);
    passphrase->setText(QStringLiteral("wrong"));
    QTest::keyClick(passphrase, Qt::Key_Return);
    QCOMPARE(keys.count(), 0);
    QVERIFY(keys.problem().contains(QLatin1String("passphrase")));
    passphrase->setText(QStringLiteral("open sesame"));
    QTest::keyClick(passphrase, Qt::Key_Return);
    QCOMPARE(keys.count(), 1);
    QCOMPARE(keys.cell(0, 0), QStringLiteral("P-256 private key"));
    QVERIFY(!passphrase->isVisible());
    QVERIFY(passphrase->text().isEmpty());
}

void KeyPageTest::keysComeFromAFile()
{
    const QTemporaryDir home;
    const QString path = home.filePath(QStringLiteral("key.txt"));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(pemOf(newKey("Ed25519")).toUtf8());
    file.close();
    Keys keys;
    keys.page->addFile(path);
    QCOMPARE(keys.count(), 1);
    QCOMPARE(keys.cell(0, 0), QStringLiteral("Ed25519 public key"));
    keys.page->addFile(home.filePath(QStringLiteral("nothing.pem")));
    QVERIFY2(keys.problem().contains(QLatin1String("nothing.pem")), qPrintable(keys.problem()));
    QCOMPARE(keys.count(), 1);
}

void KeyPageTest::anIssuerIsAskedAndMayBeCancelled()
{
    Keys keys;
    QSignalSpy cancelled(&keys.pane, &TokenPane::keysCancelled);
    std::vector<keys::Source> asked;
    connect(&keys.pane, &TokenPane::keysRequested, this,
            [&](const keys::Source& source) { asked.push_back(source); });
    auto* address = keys.find<QLineEdit>("keyAddress");
    auto* stop = keys.find<QPushButton>("cancelKeys");
    QVERIFY(!stop->isVisible());
    QTest::keyClicks(address, QStringLiteral("https://id.example/tenant"));
    QVERIFY(asked.empty()); // nothing before Return
    QTest::keyClick(address, Qt::Key_Return);
    QCOMPARE(asked.size(), 1u);
    QCOMPARE(asked[0].issuer, std::string("https://id.example/tenant"));
    QVERIFY(stop->isVisible());
    QTest::mouseClick(stop, Qt::LeftButton);
    QCOMPARE(cancelled.count(), 1);
    QVERIFY(!stop->isVisible());

    keys.find<QComboBox>("keyAddressKind")->setCurrentIndex(1);
    QTest::mouseClick(keys.find<QPushButton>("fetchKeys"), Qt::LeftButton);
    QCOMPARE(asked.size(), 2u);
    QCOMPARE(asked[1].jwksUrl, std::string("https://id.example/tenant"));
    keys.pane.takeFetched(asked[1],
                          failure(ErrorKind::Unreachable, "the JWK set was not read", "no such host"));
    QVERIFY(!stop->isVisible());
    QVERIFY2(keys.problem().contains(QLatin1String("no such host")), qPrintable(keys.problem()));
    keys::KeySet set;
    set.keys = {newKey("ES256", "a")};
    keys.pane.takeFetched(asked[1], set);
    QCOMPARE(keys.count(), 1);
    QVERIFY(keys.problem().isEmpty());
}

void KeyPageTest::addressesThatMayNotBeAskedAreRefused()
{
    Keys keys;
    QSignalSpy asked(&keys.pane, &TokenPane::keysRequested);
    auto* address = keys.find<QLineEdit>("keyAddress");
    for (const char* text :
         {"", "id.example", "http://id.example", "ftp://id.example", "https://me@id.example"}) {
        address->setText(QLatin1String(text));
        QTest::keyClick(address, Qt::Key_Return);
        QVERIFY2(!keys.problem().isEmpty(), text);
    }
    QCOMPARE(asked.count(), 0);
}

void KeyPageTest::anUnknownKidIsAskedForOnceMore()
{
    Keys keys;
    QSignalSpy asked(&keys.pane, &TokenPane::keysRequested);
    const jose::Key first = newKey("ES256", "a");
    const jose::Key second = newKey("ES256", "b");
    const keys::Source source{.jwksUrl = "https://id.example/keys"};
    keys.pane.setToken(tokenOf("ES256", second, "b"));
    QCOMPARE(asked.count(), 0); // nobody said whom to ask
    keys::KeySet set;
    set.keys = {first};
    set.keys[0].isFromSet = true;
    keys.pane.takeFetched(source, set);
    QCOMPARE(asked.count(), 1);
    keys.pane.takeFetched(source, set); // it has none of that kid
    QCOMPARE(asked.count(), 1);
    QCOMPARE(keys.pane.inspection().verdict, inspect::Verdict::NoKey);
    keys.pane.setToken(tokenOf("ES256", newKey("ES256"), "c"));
    QCOMPARE(asked.count(), 2);
    set.keys.push_back(second);
    set.keys[1].isFromSet = true;
    keys.pane.takeFetched(source, set);
    keys.pane.setToken(tokenOf("ES256", second, "b"));
    QCOMPARE(keys.pane.inspection().verdict, inspect::Verdict::Verified);
    QCOMPARE(asked.count(), 2);
}

void KeyPageTest::keysOfTwoIssuersDoNotMix()
{
    Keys keys;
    keys::KeySet set;
    set.keys = {newKey("ES256", "a")};
    set.keys[0].isFromSet = true;
    set.issuer = "https://one.example";
    keys.pane.takeFetched({.issuer = set.issuer}, set);
    QVERIFY(keys.find<QLabel>("keyChoice")->text().contains(QLatin1String("https://one.example")));
    set.issuer = "https://two.example";
    keys.pane.takeFetched({.issuer = set.issuer}, set);
    QVERIFY2(keys.problem().contains(QLatin1String("https://one.example")), qPrintable(keys.problem()));
    QCOMPARE(keys.count(), 1);
}

void KeyPageTest::aKeyIsMadeBesideTheWindow()
{
    Keys keys;
    auto* algorithm = keys.find<QComboBox>("generateAlgorithm");
    algorithm->setCurrentText(QStringLiteral("Ed25519"));
    QTest::mouseClick(keys.find<QPushButton>("generateKey"), Qt::LeftButton);
    QVERIFY(keys.find<QPushButton>("cancelKeys")->isVisible());
    QTRY_COMPARE(keys.count(), 1);
    QCOMPARE(keys.cell(0, 0), QStringLiteral("Ed25519 private key"));
    QVERIFY(!keys.find<QPushButton>("cancelKeys")->isVisible());
    algorithm->setCurrentText(QStringLiteral("HS256"));
    QTest::mouseClick(keys.find<QPushButton>("generateKey"), Qt::LeftButton);
    QTRY_COMPARE(keys.count(), 2);
    QCOMPARE(keys.cell(1, 0), QStringLiteral("Secret, 32 bytes"));
}

void KeyPageTest::copiesInEveryForm()
{
    Keys keys;
    const jose::Key key = newKey("ES256", "k1");
    keys.paste(toQString(jose::privateJwk(key)->reveal()));
    keys.table()->setCurrentIndex(keys.table()->model()->index(0, 0));
    QVERIFY(keys.find<QLabel>("keyDetail")->text().contains(toQString(*jose::thumbprint(key))));
    keys.trigger(QStringLiteral("Public key as PEM"));
    QCOMPARE(QGuiApplication::clipboard()->text(), pemOf(key));
    keys.trigger(QStringLiteral("Public key as JWK"));
    QVERIFY(!QGuiApplication::clipboard()->text().contains(QLatin1String("\"d\"")));
    keys.trigger(QStringLiteral("Private key or secret as JWK"));
    QVERIFY(QGuiApplication::clipboard()->text().contains(QLatin1String("\"d\"")));
    keys.trigger(QStringLiteral("Private key as PEM"));
    QVERIFY(QGuiApplication::clipboard()->text().startsWith(QLatin1String("-----BEGIN PRIVATE KEY-----")));
    keys.trigger(QStringLiteral("All public keys as JWK set"));
    QVERIFY(jose::readKeys(toUtf8(QGuiApplication::clipboard()->text())).has_value());
    QVERIFY(!QGuiApplication::clipboard()->text().contains(QLatin1String("\"d\"")));
}

void KeyPageTest::removing()
{
    Keys keys;
    keys.paste(pemOf(newKey("ES256")));
    keys.paste(pemOf(newKey("RS256")));
    keys.table()->setCurrentIndex(keys.table()->model()->index(0, 0));
    QApplication::setActiveWindow(&keys.pane);
    QVERIFY(QTest::qWaitForWindowActive(&keys.pane));
    keys.table()->setFocus();
    QTest::keyClick(keys.table(), Qt::Key_Delete);
    QCOMPARE(keys.count(), 1);
    QCOMPARE(keys.cell(0, 0), QStringLiteral("RSA public key, 2048 bits"));
    keys.table()->setCurrentIndex(keys.table()->model()->index(0, 0));
    keys.find<QPushButton>("removeKey")->click();
    QCOMPARE(keys.count(), 0);
    QVERIFY(keys.find<QLabel>("keyChoice")->text().startsWith(QLatin1String("No key yet")));
}

void KeyPageTest::noSecretIsShownAnywhere()
{
    Keys keys;
    const QString secret = QStringLiteral("correct horse battery staple!!!!");
    keys.paste(secret);
    keys.paste(toQString(jose::privateJwk(newKey("HS256", "k"))->reveal()));
    keys.table()->setCurrentIndex(keys.table()->model()->index(0, 0));
    for (const QLabel* label : keys.pane.findChildren<QLabel*>())
        QVERIFY(!label->text().contains(secret));
    for (const QPlainTextEdit* text : keys.pane.findChildren<QPlainTextEdit*>())
        QVERIFY(!text->toPlainText().contains(secret));
    for (int row = 0; row < keys.count(); ++row)
        for (int column = 0; column < 4; ++column)
            QVERIFY(!keys.cell(row, column).contains(secret));
}

void KeyPageTest::theTypedSecretStaysInItsField()
{
    Keys keys;
    auto* line = keys.find<QLineEdit>("tokenKey");
    QTest::keyClicks(line, QStringLiteral("typed"));
    QCOMPARE(keys.count(), 1);
    QCOMPARE(keys.cell(0, 0), QStringLiteral("Secret, 5 bytes"));
    keys.paste(pemOf(newKey("ES256")));
    QCOMPARE(keys.count(), 2);
    QVERIFY(line->isReadOnly()); // the ring is more than what a line can say
    QVERIFY(!line->text().contains(QLatin1String("typed")));
    keys.table()->setCurrentIndex(keys.table()->model()->index(1, 0));
    keys.find<QPushButton>("removeKey")->click();
    QVERIFY(!line->isReadOnly());
    QCOMPARE(line->text(), QStringLiteral("typed"));
}

QTEST_MAIN(KeyPageTest)
#include "tst_keypage.moc"
