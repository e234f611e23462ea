// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Key files in binary in the inspector's key ring, what their certificates say, and keys made to measure.

#include <QtCore/qtemporarydir.h>
#include <QtTest/qsignalspy.h>
#include <QtTest/qtest.h>
#include <QtWidgets/qapplication.h>
#include <QtWidgets/qcombobox.h>
#include <QtWidgets/qlabel.h>
#include <QtWidgets/qpushbutton.h>

#include <theme/theme.h>
#include <token/certificatepart.h>
#include <token/keypage.h>
#include <token/keyrow.h>
#include <token/tokenedit.h>
#include <token/toolcolumn.h>

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include "inspector.h"

using namespace claimcheck;
using namespace claimcheck::ui;
using namespace claimcheck::ui::test;

namespace {

jose::Key newKey(const char* algorithm)
{
    Result<jose::Key> key = jose::generateKeyFor(algorithm);
    return key ? *key : jose::Key();
}

std::string textOf(BIO* bio)
{
    char* data = nullptr;
    const long length = BIO_get_mem_data(bio, &data);
    std::string bytes(data, static_cast<std::size_t>(length));
    BIO_free(bio);
    return bytes;
}

/// PKCS#8 in binary, under a passphrase.
std::string encryptedDer(const jose::Key& key, const char* passphrase)
{
    BIO* bio = BIO_new(BIO_s_mem());
    i2d_PKCS8PrivateKey_bio(bio, key.handle.get(), EVP_aes_256_cbc(), passphrase,
                            static_cast<int>(std::strlen(passphrase)), nullptr, nullptr);
    return textOf(bio);
}

/// PKCS#1 of RSA, SEC1 of EC.
std::string traditionalDer(const jose::Key& key)
{
    BIO* bio = BIO_new(BIO_s_mem());
    i2d_PrivateKey_bio(bio, key.handle.get());
    return textOf(bio);
}

struct Person
{
    std::string name;
    jose::Key key;
};

/// From a day before `issued` for `days`.
std::string certificateOf(const Person& subject, const Person& issuer, int days, const char* names = nullptr)
{
    X509* made = X509_new();
    X509_set_version(made, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(made), 7);
    const auto begin = static_cast<time_t>(issued) - 86400;
    ASN1_TIME_set(X509_getm_notBefore(made), begin);
    ASN1_TIME_set(X509_getm_notAfter(made), begin + static_cast<time_t>(days) * 86400);
    const auto setName = [](X509_NAME* name, const std::string& text) {
        X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8,
                                   reinterpret_cast<const unsigned char*>(text.c_str()), -1, -1, 0);
    };
    setName(X509_get_subject_name(made), subject.name);
    setName(X509_get_issuer_name(made), issuer.name);
    X509_set_pubkey(made, subject.key.handle.get());
    if (names != nullptr) {
        X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, names);
        X509_add_ext(made, extension, -1);
        X509_EXTENSION_free(extension);
    }
    X509_sign(made, issuer.key.handle.get(), EVP_sha256());
    BIO* bio = BIO_new(BIO_s_mem());
    i2d_X509_bio(bio, made);
    X509_free(made);
    return textOf(bio);
}

std::string pemOf(const std::string& der)
{
    QByteArray text = QByteArray::fromStdString(der).toBase64();
    return "-----BEGIN CERTIFICATE-----\n" + text.toStdString() + "\n-----END CERTIFICATE-----\n";
}

struct Keys : Inspector
{
    KeyPage* page = nullptr;
    QTemporaryDir home;

    Keys()
    {
        pane.showTool(Tool::Keys);
        page = pane.findChild<KeyPage*>();
    }
    template <typename T>
    T* find(const char* name)
    {
        return pane.findChild<T*>(QLatin1String(name));
    }
    QString write(const char* name, const std::string& bytes) const
    {
        QFile file(home.filePath(QLatin1String(name)));
        return file.open(QIODevice::WriteOnly) &&
                       file.write(bytes.data(), static_cast<qint64>(bytes.size())) >= 0
                   ? file.fileName()
                   : QString();
    }
    void addFile(const std::string& bytes) { page->addFile(write("key", bytes)); }
    int count() { return table("keyRing")->model()->rowCount(); }
    void select(int row) { table("keyRing")->setCurrentIndex(table("keyRing")->model()->index(row, 0)); }
    QString problem()
    {
        const auto* label = find<QLabel>("keyPageProblem");
        return label->isHidden() ? QString() : label->text();
    }
    /// "Issued by: CN=root" for each row of the certificate that is shown.
    QStringList facts()
    {
        QStringList rows;
        auto* part = pane.findChild<CertificatePart*>();
        for (int row = 0; !part->isHidden() && row < table("keyCertificate")->model()->rowCount(); ++row)
            rows.append(cell("keyCertificate", row, 0) + QStringLiteral(": ") +
                        cell("keyCertificate", row, 1));
        return rows;
    }
    void generate(const char* algorithm, const char* bits, const char* kid)
    {
        find<QComboBox>("generateAlgorithm")->setCurrentText(QLatin1String(algorithm));
        find<QLineEdit>("generateBits")->setText(QLatin1String(bits));
        find<QLineEdit>("generateKid")->setText(QLatin1String(kid));
        find<QPushButton>("generateKey")->click();
    }
};

} // namespace

class KeyFilesTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ThemeName::Light); }
    void binaryFilesAreRead_data();
    void binaryFilesAreRead();
    void aPrivateKeyInBinarySigns();
    void encryptedBinaryAsksForItsPassphrase();
    void aLockedFileOfTheKeyLineIsUnlockedOnThePage();
    void whatIsCutOffIsSaid();
    void aCertificateSaysWhoseItIs();
    void aChainIsShownUpToItsEnd();
    void certificatesStayWithTheirKeys();
    void keysAreMadeToMeasure();
    void sizesThatDoNotFitAreRefused_data();
    void sizesThatDoNotFitAreRefused();
    void agreementLeavesTheCurveOpen();
};

void KeyFilesTest::binaryFilesAreRead_data()
{
    QTest::addColumn<std::string>("bytes");
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("origin");
    const Person self{"self", newKey("ES256")};
    const jose::Key rsa = newKey("RS256");
    const jose::Key edwards = newKey("Ed25519");
    const auto publicDer = [](const jose::Key& key) { return std::string(jose::publicDer(key)->reveal()); };
    const auto privateDer = [](const jose::Key& key) { return std::string(jose::toDer(key)->reveal()); };
    QTest::newRow("SPKI, RSA") << publicDer(rsa) << u"RSA public key, 2048 bits"_qs << u"SPKI DER"_qs;
    QTest::newRow("SPKI, EC") << publicDer(self.key) << u"P-256 public key"_qs << u"SPKI DER"_qs;
    QTest::newRow("SPKI, OKP") << publicDer(edwards) << u"Ed25519 public key"_qs << u"SPKI DER"_qs;
    QTest::newRow("PKCS#8, RSA") << privateDer(rsa) << u"RSA private key, 2048 bits"_qs << u"PKCS#8 DER"_qs;
    QTest::newRow("PKCS#8, EC") << privateDer(self.key) << u"P-256 private key"_qs << u"PKCS#8 DER"_qs;
    QTest::newRow("PKCS#8, OKP") << privateDer(edwards) << u"Ed25519 private key"_qs << u"PKCS#8 DER"_qs;
    QTest::newRow("PKCS#1") << traditionalDer(rsa) << u"RSA private key, 2048 bits"_qs << u"PKCS#1 DER"_qs;
    QTest::newRow("SEC1") << traditionalDer(self.key) << u"P-256 private key"_qs << u"SEC1 DER"_qs;
    QTest::newRow("certificate") << certificateOf(self, self, 30) << u"P-256 public key"_qs
                                 << u"X.509 certificate (DER)"_qs;
}

void KeyFilesTest::binaryFilesAreRead()
{
    QFETCH(const std::string, bytes);
    QFETCH(const QString, kind);
    QFETCH(const QString, origin);
    Keys keys;
    keys.addFile(bytes);
    QCOMPARE(keys.problem(), QString());
    QCOMPARE(keys.count(), 1);
    QCOMPARE(keys.cell("keyRing", 0, 0), kind);
    QVERIFY2(keys.find<QLabel>("keyDetail")->text().contains(origin),
             qPrintable(keys.find<QLabel>("keyDetail")->text()));
}

void KeyFilesTest::aPrivateKeyInBinarySigns()
{
    Keys keys;
    keys.addFile(std::string(jose::toDer(newKey("ES256"))->reveal()));
    keys.pane.showTool(Tool::Sign);
    keys.find<QPushButton>("signToken")->click();
    QTRY_VERIFY(keys.find<TokenEdit>("signedToken")->isVisible());
    keys.find<QPushButton>("inspectSigned")->click();
    QCOMPARE(keys.pane.inspection().token.alg().value_or(""), std::string("ES256"));
    QVERIFY2(!keys.pane.inspection().keyUsed.empty(), keys.pane.inspection().reason.c_str());
    QVERIFY(keys.pane.inspection().keyUsed.find("PKCS#8 DER") != std::string::npos);
}

void KeyFilesTest::encryptedBinaryAsksForItsPassphrase()
{
    Keys keys;
    keys.addFile(encryptedDer(newKey("ES256"), "open sesame"));
    auto* passphrase = keys.find<QLineEdit>("keyPassphrase");
    QVERIFY2(passphrase->isVisible(), qPrintable(keys.problem()));
    passphrase->setText(QStringLiteral("wrong"));
    QTest::keyClick(passphrase, Qt::Key_Return);
    QCOMPARE(keys.count(), 0);
    QVERIFY(keys.problem().contains(QLatin1String("passphrase")));
    passphrase->setText(QStringLiteral("open sesame"));
    QTest::keyClick(passphrase, Qt::Key_Return);
    QCOMPARE(keys.problem(), QString());
    QCOMPARE(keys.cell("keyRing", 0, 0), QStringLiteral("P-256 private key"));
    QVERIFY(!passphrase->isVisible());
}

void KeyFilesTest::aLockedFileOfTheKeyLineIsUnlockedOnThePage()
{
    Keys keys;
    keys.pane.showTool(Tool::Decoded);
    const std::string bytes = encryptedDer(newKey("Ed25519"), "open sesame");
    keys.pane.findChild<KeyRow*>()->openFile(keys.write("locked.der", bytes));
    auto* passphrase = keys.find<QLineEdit>("keyPassphrase");
    QVERIFY2(passphrase->isVisible(), "the field for the passphrase is where the page is");
    passphrase->setText(QStringLiteral("open sesame"));
    QTest::keyClick(passphrase, Qt::Key_Return);
    QCOMPARE(keys.cell("keyRing", 0, 0), QStringLiteral("Ed25519 private key"));
}

void KeyFilesTest::whatIsCutOffIsSaid()
{
    Keys keys;
    const std::string der(jose::toDer(newKey("ES256"))->reveal());
    keys.page->addFile(keys.write("cut.der", der.substr(0, der.size() - 5)));
    QCOMPARE(keys.count(), 0);
    QVERIFY2(keys.problem().contains(QLatin1String("cut.der")) &&
                 keys.problem().contains(QLatin1String("cut off")),
             qPrintable(keys.problem()));
}

void KeyFilesTest::aCertificateSaysWhoseItIs()
{
    Keys keys;
    keys.pane.setClock([] { return fromUnixSeconds(issued); });
    const Person self{"api <b>server</b>", newKey("ES256")};
    keys.addFile(certificateOf(self, self, 30, "DNS:api.example,IP:127.0.0.1"));
    const Instant now = fromUnixSeconds(issued);
    QStringList expected{u"Certificate of: CN=api \\<b\\>server\\</b\\>"_qs,
                         u"Issued by: itself"_qs,
                         u"Names: DNS:api.example, IP:127.0.0.1"_qs,
                         toQString("Not before: " + formatFull(fromUnixSeconds(issued - 86400), now)),
                         toQString("Not after: " + formatFull(fromUnixSeconds(issued + 29. * 86400), now)),
                         u"State: Within its time"_qs};
    QCOMPARE(keys.facts(), expected);
    keys.pane.setClock([] { return fromUnixSeconds(issued + 30. * 86400); });
    QCOMPARE(keys.facts().last(), u"State: Expired"_qs);
    keys.pane.setClock([] { return fromUnixSeconds(issued - 2. * 86400); });
    QCOMPARE(keys.facts().last(), u"State: Not yet valid"_qs);
    keys.addFile(std::string(jose::publicDer(newKey("ES256"))->reveal()));
    QCOMPARE(keys.facts(), QStringList()); // the one that is chosen now has none
    keys.select(0);
    QCOMPARE(keys.facts().size(), 6);
}

void KeyFilesTest::aChainIsShownUpToItsEnd()
{
    Keys keys;
    const Person root{"root", newKey("RS256")};
    const Person middle{"middle", newKey("ES256")};
    const Person leaf{"leaf", newKey("ES256")};
    keys.addFile(pemOf(certificateOf(root, root, 900)) + pemOf(certificateOf(leaf, middle, 30)) +
                 pemOf(certificateOf(middle, root, 300)));
    QCOMPARE(keys.count(), 1);
    const QStringList facts = keys.facts();
    QCOMPARE(facts.size(), 15);
    QCOMPARE(facts[0], u"Certificate of: CN=leaf"_qs);
    QCOMPARE(facts[1], u"Issued by: CN=middle"_qs);
    QCOMPARE(facts[5], u"Its issuer: CN=middle"_qs);
    QCOMPARE(facts[10], u"Its issuer: CN=root"_qs);
    QCOMPARE(facts[11], u"Issued by: itself"_qs);
}

void KeyFilesTest::certificatesStayWithTheirKeys()
{
    Keys keys;
    const Person first{"first", newKey("ES256")};
    const Person second{"second", newKey("ES256")};
    keys.addFile(std::string(jose::toDer(first.key)->reveal()));
    keys.addFile(certificateOf(first, first, 30)); // says something of the private key too
    keys.addFile(certificateOf(second, second, 30));
    QCOMPARE(keys.count(), 3);
    keys.select(0);
    QCOMPARE(keys.facts().value(0), u"Certificate of: CN=first"_qs);
    keys.select(2);
    QCOMPARE(keys.facts().value(0), u"Certificate of: CN=second"_qs);
    keys.find<QPushButton>("removeKey")->click();
    QCOMPARE(keys.count(), 2);
    keys.addFile(std::string(jose::publicDer(second.key)->reveal()));
    QCOMPARE(keys.facts(), QStringList()); // gone with the key that brought it
}

void KeyFilesTest::keysAreMadeToMeasure()
{
    Keys keys;
    keys.generate("HS256", "512", "my key");
    QTRY_COMPARE(keys.count(), 1);
    QCOMPARE(keys.cell("keyRing", 0, 0), QStringLiteral("Secret, 64 bytes"));
    QCOMPARE(keys.cell("keyRing", 0, 1), QStringLiteral("my key"));
    QCOMPARE(keys.find<QLineEdit>("generateKid")->text(), QString()); // not for the next one too
    keys.generate("RS256", "3072", "");
    QTRY_COMPARE_WITH_TIMEOUT(keys.count(), 2, 60'000);
    QCOMPARE(keys.cell("keyRing", 1, 0), QStringLiteral("RSA private key, 3072 bits"));
    QCOMPARE(keys.cell("keyRing", 1, 1), QStringLiteral("–"));
    keys.generate("HS512", "", "x");
    QTRY_COMPARE(keys.count(), 3);
    QCOMPARE(keys.cell("keyRing", 2, 0), QStringLiteral("Secret, 64 bytes"));
    QCOMPARE(keys.table("keyRing")->currentIndex().row(), 2); // the new one is the one that is looked at
    keys.find<QComboBox>("generateAlgorithm")->setCurrentText(QStringLiteral("Ed25519"));
    QVERIFY(!keys.find<QLineEdit>("generateBits")->isVisible());
    QVERIFY(!keys.find<QComboBox>("generateCurve")->isVisible());
}

void KeyFilesTest::sizesThatDoNotFitAreRefused_data()
{
    QTest::addColumn<QByteArray>("algorithm");
    QTest::addColumn<QByteArray>("bits");
    QTest::newRow("a short RSA key") << QByteArray("RS256") << QByteArray("1024");
    QTest::newRow("an endless one") << QByteArray("PS256") << QByteArray("1000000");
    QTest::newRow("a short secret") << QByteArray("HS512") << QByteArray("256");
    QTest::newRow("half a byte") << QByteArray("HS256") << QByteArray("260");
    QTest::newRow("words") << QByteArray("HS256") << QByteArray("many");
    QTest::newRow("negative") << QByteArray("RSA-OAEP-256") << QByteArray("-2048");
    QTest::newRow("beyond all numbers") << QByteArray("RS256") << QByteArray("99999999999999999999999");
}

void KeyFilesTest::sizesThatDoNotFitAreRefused()
{
    QFETCH(const QByteArray, algorithm);
    QFETCH(const QByteArray, bits);
    Keys keys;
    keys.generate(algorithm.constData(), bits.constData(), "kept");
    QTRY_VERIFY(!keys.problem().isEmpty());
    QVERIFY2(keys.problem().contains(QLatin1String("bits")), qPrintable(keys.problem()));
    QCOMPARE(keys.count(), 0);
    QCOMPARE(keys.find<QLineEdit>("generateBits")->text(), QString::fromUtf8(bits)); // to be mended
    QCOMPARE(keys.find<QLineEdit>("generateKid")->text(), QStringLiteral("kept"));
}

void KeyFilesTest::agreementLeavesTheCurveOpen()
{
    Keys keys;
    keys.find<QComboBox>("generateAlgorithm")->setCurrentText(QStringLiteral("ECDH-ES"));
    auto* curve = keys.find<QComboBox>("generateCurve");
    QVERIFY(curve->isVisible());
    QVERIFY(!keys.find<QLineEdit>("generateBits")->isVisible());
    curve->setCurrentText(QStringLiteral("X25519"));
    keys.find<QPushButton>("generateKey")->click();
    QTRY_COMPARE(keys.count(), 1);
    QCOMPARE(keys.cell("keyRing", 0, 0), QStringLiteral("X25519 private key"));
}

QTEST_MAIN(KeyFilesTest)
#include "tst_keyfiles.moc"
