// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Encrypted tokens in the inspector: made with a key of the ring, opened by one, layer by layer with a
// verdict each; and tokens with several signatures.

#include <algorithm>
#include <functional>

#include <QtTest/qtest.h>
#include <QtWidgets/qapplication.h>
#include <QtWidgets/qcheckbox.h>
#include <QtWidgets/qcombobox.h>
#include <QtWidgets/qlabel.h>
#include <QtWidgets/qplaintextedit.h>
#include <QtWidgets/qpushbutton.h>
#include <QtWidgets/qtableview.h>

#include <base/text.h>
#include <jose/base64url.h>
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

jose::Key newKey(const char* name)
{
    const Result<jose::Key> key = jose::generateKeyFor(name);
    return key ? *key : jose::Key();
}

struct Inspector
{
    TokenPane pane;

    explicit Inspector(const std::vector<jose::Key>& keys = {})
    {
        pane.setClock([] { return fromUnixSeconds(1'763'900'060); });
        pane.resize(1300, 900);
        pane.show();
        if (!keys.empty())
            setKeys(keys);
    }
    void setKeys(const std::vector<jose::Key>& keys)
    {
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
    QString cell(const char* table, int row, int column)
    {
        return find<QTableView>(table)->model()->index(row, column).data().toString();
    }
    int rows(const char* table)
    {
        return find<QTableView>(table)->isVisible() ? find<QTableView>(table)->model()->rowCount() : 0;
    }
    QStringList items(const char* box)
    {
        QStringList texts;
        const auto* combo = find<QComboBox>(box);
        for (int index = 0; index < combo->count(); ++index)
            texts.append(combo->itemText(index));
        return texts;
    }
    QString result() { return find<TokenEdit>("encryptedToken")->toPlainText(); }
    Banner* banner() { return find<Banner>("verdictBanner"); }
};

} // namespace

class EncryptTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ThemeName::Light); }
    void encryptsAndOpensAgain();
    void aResultIsMarkedOnceSomethingIsChanged();
    void whatAnybodyCanHaveMadeIsNotTrusted();
    void aTokenInATokenIsOpenedLayerByLayer();
    void withoutItsKeyALayerStaysClosed();
    void theKeyDecidesWhichAlgorithms();
    void longNamesAreShownWhole();
    void whatCannotBeEncryptedIsSaid();
    void everySignatureHasItsVerdict();
};

void EncryptTest::encryptsAndOpensAgain()
{
    Inspector inspector({newKey("A128KW")});
    inspector.pane.showTool(Tool::Encrypt);
    inspector.find<QPlainTextEdit>("encryptContent")->setPlainText(QStringLiteral("{\"sub\":\"demo\"}"));
    inspector.find<QCheckBox>("encryptCompress")->setChecked(true);
    inspector.click("encryptToken");
    QTRY_VERIFY(!inspector.result().isEmpty());
    QCOMPARE(inspector.result().count(u'.'), 4);
    inspector.click("inspectEncrypted");
    QCOMPARE(inspector.banner()->word(), QStringLiteral("Decrypted"));
    QCOMPARE(inspector.banner()->tone(), Tone::Ok);
    QCOMPARE(inspector.cell("tokenClaims", 0, 0), QStringLiteral("sub"));
    QCOMPARE(inspector.rows("tokenLayers"), 1);
    QCOMPARE(inspector.cell("tokenLayers", 0, 0), QStringLiteral("encrypted"));
    QCOMPARE(inspector.cell("tokenLayers", 0, 2), QStringLiteral("decrypted"));
}

void EncryptTest::aResultIsMarkedOnceSomethingIsChanged()
{
    Inspector inspector({newKey("A128KW"), newKey("A128KW")});
    inspector.pane.showTool(Tool::Encrypt);
    auto* content = inspector.find<QPlainTextEdit>("encryptContent");
    content->setPlainText(QStringLiteral("{\"sub\":\"demo\"}"));
    const std::function<void()> changes[] = {
        [&] { content->appendPlainText(QStringLiteral(" ")); },
        [&] { inspector.find<QCheckBox>("encryptCompress")->toggle(); },
        [&] { inspector.find<QComboBox>("encryptEncryption")->setCurrentText(QStringLiteral("A128GCM")); },
        [&] { inspector.find<QComboBox>("encryptKey")->setCurrentIndex(1); },
        [&] { inspector.find<QComboBox>("encryptForm")->setCurrentIndex(1); }};
    const auto title = [&] { return inspector.find<QLabel>("encryptedTitle")->text(); };
    for (const std::function<void()>& change : changes) {
        inspector.click("encryptToken");
        QTRY_COMPARE(title(), QStringLiteral("Encrypted token"));
        QVERIFY(!inspector.result().isEmpty());
        change();
        QCOMPARE(title(), QStringLiteral("Encrypted before the last change"));
    }
    // What is under way when something is changed does not come out as if it were of that.
    inspector.click("encryptToken");
    content->appendPlainText(QStringLiteral(" "));
    QVERIFY(inspector.find<QPushButton>("encryptToken")->isEnabled());
    QCOMPARE(title(), QStringLiteral("Encrypted before the last change"));
}

void EncryptTest::whatAnybodyCanHaveMadeIsNotTrusted()
{
    Inspector inspector({newKey("ECDH-ES")});
    inspector.pane.showTool(Tool::Encrypt);
    inspector.find<QPlainTextEdit>("encryptContent")->setPlainText(QStringLiteral("{\"sub\":\"demo\"}"));
    inspector.click("encryptToken");
    QTRY_VERIFY(!inspector.result().isEmpty());
    inspector.click("inspectEncrypted");
    QVERIFY(inspector.banner()->tone() != Tone::Ok); // it opens, and nobody signed it
    QCOMPARE(inspector.cell("tokenClaims", 0, 0), QStringLiteral("sub"));
    QCOMPARE(inspector.rows("tokenLayers"), 1);
}

void EncryptTest::aTokenInATokenIsOpenedLayerByLayer()
{
    const jose::Key shared = jose::secretKey(Secret(secret));
    const jose::Key rsa = newKey("RSA-OAEP-256");
    Inspector inspector({shared, rsa});
    const Result<Secret> token = jose::sign(*jose::findAlgorithm("HS256"), shared, R"({"sub":"inside"})");
    QVERIFY(token.has_value());
    inspector.pane.setToken(toQString(token->reveal()));
    inspector.pane.showTool(Tool::Encrypt);
    inspector.click("encryptTakeToken");
    auto* keys = inspector.find<QComboBox>("encryptKey");
    keys->setCurrentIndex(keys->count() - 1);
    QVERIFY(keys->currentText().startsWith(QLatin1String("RSA")));
    inspector.click("encryptToken");
    QTRY_VERIFY(!inspector.result().isEmpty());
    const QString nested = inspector.result();
    inspector.click("inspectEncrypted");
    QCOMPARE(inspector.pane.inspection().verdict, inspect::Verdict::Verified);
    QCOMPARE(inspector.rows("tokenLayers"), 2);
    QCOMPARE(inspector.cell("tokenLayers", 0, 0), QStringLiteral("encrypted"));
    QVERIFY2(inspector.cell("tokenLayers", 0, 1).startsWith(QLatin1String("RSA-OAEP-256 with ")),
             qPrintable(inspector.cell("tokenLayers", 0, 1)));
    QVERIFY(inspector.cell("tokenLayers", 1, 0).endsWith(QLatin1String("signed")));
    QCOMPARE(inspector.cell("tokenLayers", 1, 1), QStringLiteral("HS256"));
    QCOMPARE(inspector.find<QPlainTextEdit>("tokenText")->toPlainText(), nested); // what is shown stays whole
    QCOMPARE(inspector.cell("tokenClaims", 0, 1), QStringLiteral("\"inside\""));
}

void EncryptTest::withoutItsKeyALayerStaysClosed()
{
    Inspector inspector({newKey("A256KW")});
    inspector.pane.showTool(Tool::Encrypt);
    inspector.find<QPlainTextEdit>("encryptContent")->setPlainText(QStringLiteral("{\"sub\":\"demo\"}"));
    inspector.click("encryptToken");
    QTRY_VERIFY(!inspector.result().isEmpty());
    inspector.click("inspectEncrypted");
    QCOMPARE(inspector.rows("tokenClaims"), 1);
    inspector.pane.setKeyRing({});
    QCOMPARE(inspector.banner()->word(), QStringLiteral("Encrypted token"));
    QCOMPARE(inspector.rows("tokenClaims"), 0);
    inspector.setKeys({newKey("A256KW")});
    QVERIFY(inspector.banner()->tone() != Tone::Ok);
    QCOMPARE(inspector.rows("tokenClaims"), 0);
    QCOMPARE(inspector.rows("tokenLayers"), 1);
    QVERIFY(inspector.cell("tokenLayers", 0, 2) != QLatin1String("decrypted"));
}

void EncryptTest::theKeyDecidesWhichAlgorithms()
{
    Inspector inspector({newKey("RSA-OAEP")});
    inspector.pane.showTool(Tool::Encrypt);
    QVERIFY(!inspector.items("encryptAlgorithm").contains(QStringLiteral("RSA1_5"))); // read, never made
    QVERIFY(!inspector.items("encryptAlgorithm").isEmpty());
    jose::Key shared = jose::secretKey(Secret(secret));
    inspector.setKeys({shared});
    auto* algorithm = inspector.find<QComboBox>("encryptAlgorithm");
    QVERIFY(algorithm->findText(QStringLiteral("dir")) >= 0);
    QVERIFY(algorithm->findText(QStringLiteral("A256KW")) >= 0);
    QCOMPARE(algorithm->findText(QStringLiteral("A128KW")), -1); // 32 bytes are no key of it
    algorithm->setCurrentText(QStringLiteral("dir"));
    QCOMPARE(inspector.items("encryptEncryption"),
             (QStringList{QStringLiteral("A128CBC-HS256"), QStringLiteral("A256GCM")}));
    algorithm->setCurrentText(QStringLiteral("A256KW"));
    QCOMPARE(inspector.items("encryptEncryption").size(), 6);
}

void EncryptTest::longNamesAreShownWhole()
{
    Inspector inspector;
    inspector.pane.showTool(Tool::Encrypt); // shown before there is a name in them
    inspector.setKeys({newKey("ECDH-ES+A256KW")});
    for (const char* name : {"encryptAlgorithm", "encryptEncryption"}) {
        const auto* box = inspector.find<QComboBox>(name);
        int longest = 0;
        for (const QString& item : inspector.items(name))
            longest = std::max(longest, box->fontMetrics().horizontalAdvance(item));
        QVERIFY(longest > 0);
        QTRY_VERIFY2(box->width() > longest, name);
    }
}

void EncryptTest::whatCannotBeEncryptedIsSaid()
{
    Inspector inspector;
    inspector.pane.showTool(Tool::Encrypt);
    QVERIFY(!inspector.find<QPushButton>("encryptToken")->isEnabled());
    QVERIFY(!inspector.find<QPushButton>("encryptTakeToken")->isEnabled());
    inspector.click("encryptGoToKeys");
    QVERIFY(inspector.find<QTableView>("keyRing") != nullptr);
    inspector.setKeys({newKey("Ed25519")}); // signs, and nothing else
    QVERIFY(!inspector.find<QPushButton>("encryptToken")->isEnabled());
}

void EncryptTest::everySignatureHasItsVerdict()
{
    const jose::Key known = newKey("ES256");
    const jose::Key other = newKey("ES256");
    const std::string payload = jose::encodeBase64Url(R"({"sub":"demo"})");
    const std::string header = jose::encodeBase64Url(R"({"alg":"ES256"})");
    std::string signatures;
    for (const jose::Key& key : {known, other}) {
        const Result<std::string> bytes =
            jose::signBytes(*jose::findAlgorithm("ES256"), key, header + '.' + payload);
        QVERIFY(bytes.has_value());
        signatures += (signatures.empty() ? "" : ",") +
                      (R"({"protected":")" + header + R"(","signature":")") + jose::encodeBase64Url(*bytes) +
                      "\"}";
    }
    Inspector inspector({known});
    inspector.pane.setToken(
        toQString(R"({"payload":")" + payload + R"(","signatures":[)" + signatures + "]}"));
    QCOMPARE(inspector.rows("tokenSignatures"), 2);
    QCOMPARE(inspector.cell("tokenSignatures", 0, 1), QStringLiteral("ES256"));
    QCOMPARE(inspector.cell("tokenSignatures", 0, 2), QStringLiteral("verified"));
    QCOMPARE(inspector.cell("tokenSignatures", 1, 2), QStringLiteral("signature invalid"));
}

QTEST_MAIN(EncryptTest)
#include "tst_encrypt.moc"
