// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// `claimcheck-cli key convert`, `key public`, `key thumbprint` from outside: exact output, exit status,
// modes.

#include <QtCore/qfile.h>
#include <QtCore/qtemporarydir.h>
#include <QtTest/qtest.h>

#include <jose/key.h>
#include <json/document.h>
#include <support/commandline.h>
#include <support/data.h>
#include <support/result.h>

using namespace claimcheck;
using namespace claimcheck::test;

class TestKeys : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { m_directory = std::make_unique<QTemporaryDir>(); }
    void convertsBothWays_data();
    void convertsBothWays();
    void convertsSets();
    void saysHowToGiveAPassphrase();
    void refusesToConvert_data();
    void refusesToConvert();
    void writesPrivateFilesOnly();
    void publishesNoPrivateHalf_data();
    void publishesNoPrivateHalf();
    void printsThumbprintUris();
    void showsWhatACertificateSays();
    void verifiesWithSshKeys();
    void saysWhichFormOfASecretFitted();
    void listsWhatAKeyIsFor_data();
    void listsWhatAKeyIsFor();
    void listsWhatAPssKeyIsFor();
    void saysWhyNoKeyIsMade_data();
    void saysWhyNoKeyIsMade();
    void saysWhatItWroteAndWhatNot();
    void saysWhyAFileIsNoKey_data();
    void saysWhyAFileIsNoKey();
    void namesAKeyWithoutItsCurve();

private:
    QString path(const char* name) const { return m_directory->filePath(QString::fromUtf8(name)); }
    QString write(const char* name, const std::string& bytes) const
    {
        QFile file(path(name));
        if (!file.open(QIODevice::WriteOnly))
            return {};
        file.write(bytes.data(), static_cast<qint64>(bytes.size()));
        return file.fileName();
    }
    std::string converted(const QString& file, const char* form) const
    {
        const CommandResult result =
            runCommand(words("key convert --to") + QStringList{QString::fromUtf8(form), file});
        return result.status == 0 ? result.out : "status " + std::to_string(result.status) + result.err;
    }

    std::unique_ptr<QTemporaryDir> m_directory;
};

static jose::Key generated(const char* algorithm)
{
    return jose::generateKey(*jose::findAlgorithm(algorithm)).value();
}

void TestKeys::convertsBothWays_data()
{
    QTest::addColumn<QString>("alg");
    for (const char* alg : {"RS256", "ES256", "ES384", "ES512", "ES256K", "Ed25519", "Ed448"})
        QTest::newRow(alg) << QString::fromUtf8(alg);
}

void TestKeys::convertsBothWays()
{
    QFETCH(QString, alg);
    const jose::Key key = generated(alg.toUtf8().constData());
    const std::string pem(jose::toPem(key)->reveal());
    const std::string der(jose::toDer(key)->reveal());
    const std::string jwk = converted(write("pem", pem), "jwk");
    QVERIFY2(jwk.starts_with("{\"") && jwk.ends_with("\"}\n"), jwk.c_str());
    QCOMPARE(converted(write("jwk", jwk), "pem"), pem);
    QCOMPARE(converted(write("jwk", jwk), "der"), der);
    QCOMPARE(converted(write("der", der), "jwk"), jwk);
    QCOMPARE(converted(write("der", der), "pem"), pem);
    const std::string half = jose::publicPem(key).value();
    QCOMPARE(converted(write("jwk", converted(write("pub", half), "jwk")), "pem"), half);
}

void TestKeys::convertsSets()
{
    const std::string set = data("rfc-appendix/rfc7517_A.1.jwkset");
    const QString file = write("set", set);
    const std::string pem = converted(file, "pem");
    QCOMPARE(QByteArray::fromStdString(pem).count("-----BEGIN PUBLIC KEY-----\n"), 2);
    const auto again = json::parse(converted(write("pem", pem), "jwk"));
    QVERIFY_RESULT(again);
    QCOMPARE(again->root().find("keys")->size(), std::size_t(2));
    const CommandResult der = runCommand(words("key convert --to der") + QStringList{file});
    QCOMPARE(der.status, 2);
    QCOMPARE(der.err, std::string("claimcheck-cli: cannot write DER: it holds one key, and the file has 2 "
                                  "(write jwk or pem, or give a file with one key)\n"));
}

void TestKeys::saysHowToGiveAPassphrase()
{
    const std::string pem = "-----BEGIN ENCRYPTED PRIVATE KEY-----\n"
                            "MIGbMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAgVeG1Tv+xyQQICA+gw\n"
                            "DAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEENrU7/FkmGTF957rOXyY4F8EQDhh\n"
                            "fkZSFXl2hObXmb8eyEEzgDgcZZzvAs7waJ6o1lswtBigpZcTzHZQfTkKBvX4caX+\n"
                            "m8llG2bc/01U5HO8Wvk=\n"
                            "-----END ENCRYPTED PRIVATE KEY-----\n";
    const QString file = write("locked.pem", pem);
    const QStringList option = words("--key-passphrase-env P");
    const std::string unreadable = "claimcheck-cli: cannot read key file " + file.toStdString() + ": ";
    for (const QStringList& call : {words("key inspect") + QStringList{file},
                                    words("token sign --claims {} --alg EdDSA --key") + QStringList{file}}) {
        const CommandResult locked = runCommand(call);
        QCOMPARE(locked.status, 2);
        QCOMPARE(locked.err, unreadable + "it is encrypted and no passphrase was given (give its passphrase "
                                          "with --key-passphrase-env NAME, or on a terminal, which asks for "
                                          "it)\n");
        CommandInput input;
        input.environment[QStringLiteral("P")] = QStringLiteral("friend");
        const CommandResult wrong = runCommand(call + option, input);
        QCOMPARE(wrong.status, 2);
        QVERIFY2(wrong.err.ends_with("(check the passphrase)\n"), wrong.err.c_str());
        input.environment[QStringLiteral("P")] = QStringLiteral("mellon");
        QCOMPARE(runCommand(call + option, input).status, 0);
    }
}

void TestKeys::refusesToConvert_data()
{
    QTest::addColumn<std::string>("bytes");
    QTest::addColumn<QString>("form");
    QTest::newRow("a secret as PEM") << std::string(R"({"kty":"oct","k":"AAAA"})") << u"pem"_qs;
    QTest::newRow("a secret as DER") << std::string(R"({"kty":"oct","k":"AAAA"})") << u"der"_qs;
    QTest::newRow("another form") << std::string(R"({"kty":"oct","k":"AAAA"})") << u"xml"_qs;
    QTest::newRow("no key") << std::string("nothing") << u"jwk"_qs;
    QTest::newRow("a refused key") << std::string(R"({"kty":"EC","crv":"P-256","x":"AA","y":"AA"})")
                                   << u"jwk"_qs;
}

void TestKeys::refusesToConvert()
{
    QFETCH(std::string, bytes);
    QFETCH(QString, form);
    const CommandResult result =
        runCommand(words("key convert --to") + QStringList{form, write("key", bytes)});
    QCOMPARE(result.status, 2);
    QCOMPARE(result.out, std::string());
    QVERIFY(result.err.starts_with("claimcheck-cli: "));
}

void TestKeys::writesPrivateFilesOnly()
{
    const QString key = write("key", std::string(jose::toPem(generated("ES256"))->reveal()));
    const QString to = path("out");
    const QStringList convert = words("key convert --to jwk --output") + QStringList{to, key};
    const CommandResult result = runCommand(convert);
    QCOMPARE(result.status, 0);
    QCOMPARE(result.out, std::string());
    QVERIFY(result.err.starts_with("Wrote the key to "));
    const auto others = QFile::ReadGroup | QFile::ReadOther | QFile::WriteGroup | QFile::WriteOther;
    QCOMPARE(QFile::permissions(to) & others, QFile::Permissions());
    QCOMPARE(runCommand(convert).status, 2); // there is something in it already
    const QString half = path("half");
    QCOMPARE(runCommand(words("key public --output") + QStringList{half, key}).status, 0);
    QCOMPARE(QFile::permissions(half) & others, QFile::Permissions());
}

void TestKeys::publishesNoPrivateHalf_data()
{
    QTest::addColumn<QString>("form");
    for (const char* form : {"jwk", "pem", "der"})
        QTest::newRow(form) << QString::fromUtf8(form);
}

void TestKeys::publishesNoPrivateHalf()
{
    QFETCH(QString, form);
    const jose::Key key = generated("ES256");
    const QString file = write("key", std::string(jose::toPem(key)->reveal()));
    const CommandResult result = runCommand(words("key public --format") + QStringList{form, file});
    QCOMPARE(result.status, 0);
    const auto keys = jose::readKeys(result.out);
    QVERIFY_RESULT(keys);
    QVERIFY(!keys->front().isPrivate);
    QCOMPARE(jose::thumbprint(keys->front()).value(), jose::thumbprint(key).value());
    const QString secret = write("secret", R"({"kty":"oct","k":"AAAA"})");
    const CommandResult refused = runCommand(words("key public --format") + QStringList{form, secret});
    QCOMPARE(refused.status, 2);
    QCOMPARE(refused.out, std::string());
}

void TestKeys::printsThumbprintUris()
{
    // RFC 9278 §4
    const QString file = write("key", data("rfc-appendix/rfc7638_3.1.jwk"));
    const std::string uri =
        "urn:ietf:params:oauth:jwk-thumbprint:sha-256:NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs";
    QCOMPARE(runCommand(words("key thumbprint --uri") + QStringList{file}).out, uri + "\n");
    const auto document =
        json::parse(runCommand(words("key thumbprint --uri --json") + QStringList{file}).out);
    QVERIFY_RESULT(document);
    QCOMPARE(document->root().find("thumbprints")->items().front().string(), uri);
}

void TestKeys::showsWhatACertificateSays()
{
    const auto vectors = json::parse(data("jwt-cpp/keys.json"));
    const QString file = write("cert.pem", vectors->root().find("ed25519_certificate")->string());
    const CommandResult text = runCommand(words("key inspect") + QStringList{file});
    QCOMPARE(text.status, 0);
    for (const char* words : {"subject     CN=example.com,OU=github", "issuer      CN=example.com", "2022",
                              "state       expired"})
        QVERIFY2(text.out.find(words) != std::string::npos, text.out.c_str());
    const auto document = json::parse(runCommand(words("key inspect --json") + QStringList{file}).out);
    QVERIFY_RESULT(document);
    const json::Value certificate = document->root().find("certificates")->items().front();
    QCOMPARE(certificate.find("not_before")->string(), std::string("2020-07-30T21:20:00Z"));
    QCOMPARE(certificate.find("not_after")->string(), std::string("2022-06-30T21:20:00Z"));
    QCOMPARE(certificate.find("state")->string(), std::string("expired"));
    QCOMPARE(certificate.find("thumbprint")->string(),
             document->root().find("keys")->items().front().find("thumbprint")->string());
    const auto plain = json::parse(runCommand(words("key inspect --json") +
                                              QStringList{write("k", data("rfc-appendix/rfc7638_3.1.jwk"))})
                                       .out);
    QCOMPARE(plain->root().find("certificates")->size(), std::size_t(0));
}

void TestKeys::verifiesWithSshKeys()
{
    // RFC 8037 A.4, and its key as ssh-keygen writes it.
    const QString file =
        write("id.pub", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAINdamAGCsQq31Uv+08lkBzoO4XLz2qYj"
                        "Ja8CGmj3B1Ea a@b\n");
    const QStringList verify =
        words("token verify "
              "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc.hgyY0il_MGCjP0JzlnLWG1PPOt7-"
              "09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg --key") +
        QStringList{file};
    const CommandResult result = runCommand(verify);
    QCOMPARE(result.status, 0);
    QVERIFY2(result.out.find("Ed25519 public key (OpenSSH public key)") != std::string::npos,
             result.out.c_str());
}

void TestKeys::saysWhichFormOfASecretFitted()
{
    const QString secret = u"0123456789abcdef0123456789abcdef"_qs;
    const CommandResult token =
        runCommand(words("token sign --claims {} --alg HS256 --secret") + QStringList{secret});
    const QString hex = QString::fromLatin1(secret.toLatin1().toHex());
    const CommandResult fits =
        runCommand(words("token verify - --secret") + QStringList{hex}, {.standardInput = token.out});
    QCOMPARE(fits.status, 0);
    QVERIFY2(fits.out.find("secret of 32 bytes (from hex); tried as text, from base64url, from hex") !=
                 std::string::npos,
             fits.out.c_str());
    // What is said to be base64url is nothing else.
    const CommandResult strict = runCommand(words("token verify - --secret-base64url") + QStringList{hex},
                                            {.standardInput = token.out});
    QCOMPARE(strict.status, 1);
}

void TestKeys::listsWhatAKeyIsFor_data()
{
    QTest::addColumn<QString>("generated");
    QTest::addColumn<QString>("algorithms");
    const auto row = [](const char* generated, const char* algorithms) {
        QTest::newRow(generated) << QString::fromUtf8(generated) << QString::fromUtf8(algorithms);
    };
    row("--alg A256GCM", "dir");
    row("--alg A128KW", "A128KW");
    row("--alg ECDH-ES+A128KW --curve P-384", "ECDH-ES+A128KW");
    row("--alg X25519", "ECDH-ES, ECDH-ES+A128KW, ECDH-ES+A192KW, ECDH-ES+A256KW");
    row("--alg ES256", "ES256");
    // Without alg and use, as a PEM file is, it may be for either.
    row("--alg ES256 --format pem", "ES256, ECDH-ES, ECDH-ES+A128KW, ECDH-ES+A192KW, ECDH-ES+A256KW");
    row("--alg Ed25519 --format pem", "EdDSA, Ed25519");
    row("--alg X25519 --format pem", "ECDH-ES, ECDH-ES+A128KW, ECDH-ES+A192KW, ECDH-ES+A256KW");
    row("--alg X448 --format pem", "ECDH-ES, ECDH-ES+A128KW, ECDH-ES+A192KW, ECDH-ES+A256KW");
}

void TestKeys::listsWhatAKeyIsFor()
{
    QFETCH(QString, generated);
    QFETCH(QString, algorithms);
    const CommandResult key = runCommand(words(("key generate " + generated.toStdString()).c_str()));
    QCOMPARE(key.status, 0);
    const CommandResult inspected =
        runCommand(words("key inspect --json") + QStringList{write("key", key.out)});
    QCOMPARE(inspected.status, 0);
    const auto document = json::parse(inspected.out);
    QStringList listed;
    for (const json::Value& name : document->root().find("keys")->items()[0].find("algorithms")->items())
        listed.append(QString::fromStdString(name.string()));
    QCOMPARE(listed.join(QStringLiteral(", ")), algorithms);
}

/// RFC 8017 A.2.3, as `openssl genpkey -algorithm RSA-PSS` makes it.
void TestKeys::listsWhatAPssKeyIsFor()
{
    const QString file = write("pss.pem", "-----BEGIN PUBLIC KEY-----\n"
                                          "MIIBIDALBgkqhkiG9w0BAQoDggEPADCCAQoCggEBAMo6mYFkRkPIhGCn9fEQN+gr\n"
                                          "kV8sv1bjvZljthgCmm/L0s7vyf8atp5nJxKEikiYoi6lirzEpbPFziuCkfFV5o2K\n"
                                          "e8wobP3O3oS6lWDLw/TKNrxiNbpJngsVYuFUTrvGjuPRTujiKPp14RaW4TApZteH\n"
                                          "qDFXIJOr88q4DcqqMU2u6mH9+EZS+iWUYt7d2iczf7yhYsWo0tMuh9ZZUocnRozy\n"
                                          "i8rnnmBkaQQ0QMs9K282kUKQDkpdjHMecxmqBvVmLcS0Y9FIW1Frm8vtFxryKhjC\n"
                                          "hTBUK3+q2yF/XnlUUopMUiv8Z+Hgg2ngr+sJBAP4Sv4kOe3xNxMMmbmwtcFpxTkC\n"
                                          "AwEAAQ==\n"
                                          "-----END PUBLIC KEY-----\n");
    const CommandResult result = runCommand(words("key inspect") + QStringList{file});
    QVERIFY2(result.out.find("  algorithms  PS256, PS384, PS512\n") != std::string::npos, result.out.c_str());
}

void TestKeys::saysWhyNoKeyIsMade_data()
{
    QTest::addColumn<QString>("arguments");
    QTest::addColumn<std::string>("error");
    QTest::newRow("dir") << u"--alg dir"_qs
                         << std::string("dir: the key is as long as the content's encryption demands (name "
                                        "that: A256GCM, A128CBC-HS256 and their like)");
    QTest::newRow("a weak RSA key") << u"--alg RS256 --bits 1024"_qs
                                    << std::string("RS256: an RSA key has 2048 to 8192 bits here (without a "
                                                   "size of yours it gets the usual one)");
    for (const char* algorithm : {"RS256", "HS256", "ES256", "A128GCM"})
        QTest::addRow("no bits of %s", algorithm)
            << QString(QString::fromUtf8(algorithm).prepend(u"--alg "_qs) + u" --bits 0"_qs)
            << std::string(algorithm) + ": --bits is 0 (without a size of yours it gets the usual one)";
    QTest::newRow("a secret in PEM") << u"--alg HS256 --format pem"_qs << std::string();
    QTest::newRow("none") << u"--alg none"_qs
                          << std::string("none: a token of this algorithm is not signed, so there is no key "
                                         "for it (name one that signs: ES256, Ed25519, RS256, HS256)");
    QTest::newRow("RSA1_5") << u"--alg RSA1_5"_qs << std::string("RSA1_5: this version makes no keys for it");
}

void TestKeys::saysWhyNoKeyIsMade()
{
    QFETCH(QString, arguments);
    QFETCH(std::string, error);
    const CommandResult result =
        runCommand(words("key generate") + arguments.split(u' ', Qt::SkipEmptyParts));
    QCOMPARE(result.status, 2);
    QCOMPARE(result.out, std::string());
    const std::string hint = "claimcheck-cli: cannot write the key: a secret has no form but JWK and its own "
                             "bytes (write it as jwk)\n";
    QCOMPARE(result.err, error.empty() ? hint : "claimcheck-cli: cannot generate a key for " + error + "\n");
}

void TestKeys::saysWhatItWroteAndWhatNot()
{
    const auto written = [this](const char* options, const char* file) {
        return runCommand(words("key generate --output") + QStringList{path(file)} + words(options)).err;
    };
    QVERIFY(written("--alg HS256", "secret").starts_with("Wrote the secret to "));
    QVERIFY(written("--alg ES256", "key").starts_with("Wrote the private key to "));
    const CommandResult pem = runCommand(words("key generate --alg ES256 --kid a --format pem"));
    QCOMPARE(pem.status, 0);
    QCOMPARE(pem.err,
             std::string("claimcheck-cli: warning: PEM has no place for a key ID: --kid is not in it; "
                         "--format jwk keeps it\n"));
    QCOMPARE(runCommand(words("key generate --alg ES256 --kid a")).err, std::string());
}

void TestKeys::saysWhyAFileIsNoKey_data()
{
    QTest::addColumn<std::string>("bytes");
    QTest::addColumn<std::string>("why");
    const std::string anyKey =
        " (give PEM, DER, an X.509 certificate, a JWK, a JWK set or an SSH public key)";
    QTest::newRow("text") << std::string("junk")
                          << "it is no key: neither PEM, DER, X.509, JWK, JWK set nor SSH public key" +
                                 anyKey;
    QTest::newRow("JSON") << std::string(R"({"a":1})")
                          << "it is JSON, but neither a JWK (no 'kty') nor a JWK set (no list 'keys')" +
                                 anyKey;
    QTest::newRow("unknown kty")
        << std::string(R"({"kty":"AKP"})")
        << std::string("its key type 'AKP' is unknown here; oct, RSA, EC and OKP are used (give a key of kty "
                       "oct, RSA, EC or OKP)");
    QTest::newRow("plain base64")
        << std::string(R"({"kty":"oct","k":"+/+/"})")
        << std::string(
               "its member 'k' is no base64url: '+' or '/' of plain Base64, where base64url has '-' and "
               "'_' (RFC 4648 §5) (write it as base64url: '-' for '+', '_' for '/', and no '=' (RFC 7518 "
               "§2))");
}

void TestKeys::saysWhyAFileIsNoKey()
{
    QFETCH(std::string, bytes);
    QFETCH(std::string, why);
    const QString file = write("junk", bytes);
    const CommandResult result = runCommand(words("token verify a.b.c --key") + QStringList{file});
    QCOMPARE(result.status, 2);
    QCOMPARE(result.err, "claimcheck-cli: cannot read key file " + file.toStdString() + ": " + why + "\n");
}

void TestKeys::namesAKeyWithoutItsCurve()
{
    const CommandResult result =
        runCommand(words("key inspect") + QStringList{write("key", R"({"kty":"EC","x":"AA","y":"AA"})")});
    QVERIFY2(result.out.starts_with("EC public key (JWK)\n"), (result.out + result.err).c_str());
    QCOMPARE(result.status, 1);
}

QTEST_GUILESS_MAIN(TestKeys)
#include "tst_keys.moc"
