// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Tokens in JSON from outside: `token decode`, `token verify`, `token lint` and `token decrypt` of the
// flattened and the general form, each signature with its own verdict, every recipient with its own key;
// payloads that are detached or not encoded.

#include <QtCore/qfile.h>
#include <QtCore/qtemporarydir.h>
#include <QtTest/qtest.h>

#include <json/document.h>
#include <support/commandline.h>
#include <support/data.h>
#include <support/result.h>

using namespace claimcheck;
using namespace claimcheck::test;

class TestTokenJson : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void verifiesEachSignature();
    void listsSignaturesWhenDecoding();
    void oneGoodSignatureIsEnough();
    void printsThemAsText();
    void verifiesFlattened();
    void takesDetachedPayloads_data();
    void takesDetachedPayloads();
    void takesUnencodedPayloads();
    void opensForEveryRecipient_data();
    void opensForEveryRecipient();
    void saysWhatIsBroken_data();
    void saysWhatIsBroken();
    void lintsTheForm();
    void verifiesABatch();

private:
    QString write(const char* name, const std::string& bytes) const
    {
        QFile file(m_directory.filePath(QString::fromUtf8(name)));
        if (!file.open(QIODevice::WriteOnly))
            return {};
        file.write(bytes.data(), static_cast<qint64>(bytes.size()));
        return file.fileName();
    }

    QTemporaryDir m_directory;
};

static QString vector(const char* name)
{
    return dataFolder() + QStringLiteral("/rfc-appendix/") + QString::fromUtf8(name);
}

static CommandResult token(const char* command, const QString& file, const QStringList& more = {})
{
    return runCommand(words(command) + QStringList{QString(u'@' + file)} + more);
}

static json::Document document(const CommandResult& result)
{
    return json::parse(result.out).value();
}

static std::string text(const json::Value& object, std::string_view name)
{
    const auto value = object.find(name);
    return value ? value->string() : std::string("(missing)");
}

void TestTokenJson::verifiesEachSignature()
{
    // RFC 7520 §4.8: RS256, ES512 and HS256 over one payload, under the three keys in one set.
    const CommandResult all =
        token("token verify --json", vector("rfc7520_4.8.jwsg"), {u"--key"_qs, vector("rfc7520_4.8.jwkset")});
    QCOMPARE(all.status, 0);
    const json::Document verified = document(all);
    QCOMPARE(text(verified.root(), "verdict"), std::string("verified"));
    const std::vector<json::Value> signatures = verified.root().find("signatures")->items();
    QCOMPARE(signatures.size(), std::size_t(3));
    const char* const algorithms[] = {"RS256", "ES512", "HS256"};
    for (std::size_t i = 0; i < signatures.size(); ++i) {
        QCOMPARE(text(signatures[i], "alg"), std::string(algorithms[i]));
        QCOMPARE(text(signatures[i], "verdict"), std::string("verified"));
        QVERIFY(!text(signatures[i], "key").empty());
    }
}

void TestTokenJson::listsSignaturesWhenDecoding()
{
    const CommandResult decoded = token("token decode --json", vector("rfc7520_4.8.jwsg"));
    QCOMPARE(decoded.status, 0);
    const json::Document root = document(decoded);
    QCOMPARE(root.root().find("signatures")->items().size(), std::size_t(3));
    for (const json::Value& signature : root.root().find("signatures")->items())
        QCOMPARE(text(signature, "verdict"), std::string("not verified"));
    QVERIFY(decoded.out.find("\"verified\"") == std::string::npos);
}

void TestTokenJson::oneGoodSignatureIsEnough()
{
    const CommandResult one = token("token verify --json", vector("rfc7515_A.6.jwsg"),
                                    {u"--key"_qs, vector("rfc7515_A.6.2.jwk"), u"--allow-expired"_qs});
    QCOMPARE(one.status, 0);
    const json::Document root = document(one);
    const std::vector<json::Value> signatures = root.root().find("signatures")->items();
    QCOMPARE(text(signatures[0], "verdict"), std::string("rejected by policy"));
    QVERIFY(!text(signatures[0], "reason").empty());
    QCOMPARE(text(signatures[1], "verdict"), std::string("verified"));
    QCOMPARE(text(root.root(), "alg"), std::string("ES256"));
    // A key of neither.
    const CommandResult none =
        token("token verify --json", vector("rfc7515_A.6.jwsg"), {u"--key"_qs, vector("rfc7520_3.2.jwk")});
    QCOMPARE(none.status, 1);
    const json::Document failed = document(none);
    QVERIFY(!failed.root().find("valid")->boolean());
}

void TestTokenJson::printsThemAsText()
{
    const CommandResult all =
        token("token verify", vector("rfc7520_4.8.jwsg"), {u"--key"_qs, vector("rfc7520_4.8.jwkset")});
    QCOMPARE(all.status, 0);
    QVERIFY(all.out.starts_with("verified"));
    for (const char* line :
         {"Signatures\n  1  RS256  kid ", "  verified with RSA 2048-bit", "\n  3  HS256  kid "})
        QVERIFY2(all.out.find(line) != std::string::npos, all.out.c_str());
    QVERIFY(all.out.find("It’s a dangerous business") != std::string::npos);
}

void TestTokenJson::verifiesFlattened()
{
    const CommandResult good = token("token verify --json --allow-expired", vector("rfc7515_A.7.jwsf"),
                                     {u"--key"_qs, vector("rfc7515_A.7.jwk")});
    QCOMPARE(good.err, std::string());
    QCOMPARE(good.status, 0);
    const json::Document root = document(good);
    QVERIFY(!root.root().find("signatures"));
    QCOMPARE(text(*root.root().find("claims"), "iss"), std::string("joe"));
    const CommandResult expired =
        token("token verify --json", vector("rfc7515_A.7.jwsf"), {u"--key"_qs, vector("rfc7515_A.7.jwk")});
    QCOMPARE(expired.status, 1);
    QCOMPARE(text(document(expired).root(), "verdict"), std::string("expired"));
}

void TestTokenJson::takesDetachedPayloads_data()
{
    QTest::addColumn<QString>("file");
    QTest::newRow("compact") << QStringLiteral("rfc7520_4.5.jwsc");
    QTest::newRow("flattened") << QStringLiteral("rfc7520_4.5.jwsf");
    QTest::newRow("general") << QStringLiteral("rfc7520_4.5.jwsg");
}

void TestTokenJson::takesDetachedPayloads()
{
    QFETCH(QString, file);
    const QString path = vector(file.toUtf8().constData());
    const QStringList key{u"--key"_qs, vector("rfc7520_4.5.jwk")};
    const QStringList payload{u"--payload"_qs, vector("rfc7520_4.5.payl")};
    QCOMPARE(token("token verify", path, key + payload).status, 0);
    const QString other = write("other", data("rfc-appendix/rfc7520_4.5.payl") + ".");
    QCOMPARE(token("token verify", path, key + QStringList{u"--payload"_qs, other}).status, 1);
    // Without it the payload is empty (jose-policy rule 13), and the signature is of another one.
    QCOMPARE(token("token verify", path, key).status, 1);
    // One inside and one beside it.
    const CommandResult both = token("token verify --json", vector("rfc7520_4.4.jwsf"),
                                     QStringList{u"--key"_qs, vector("rfc7520_4.4.jwk")} + payload);
    QCOMPARE(both.status, 1);
    QCOMPARE(text(document(both).root(), "verdict"), std::string("malformed"));
    // An encrypted token has its content inside.
    const CommandResult encrypted = token("token verify --json", vector("rfc7520_5.8.jwec"),
                                          QStringList{u"--key"_qs, vector("rfc7520_5.8.jwk")} + payload);
    QCOMPARE(encrypted.status, 1);
    QCOMPARE(text(document(encrypted).root(), "verdict"), std::string("malformed"));
}

void TestTokenJson::takesUnencodedPayloads()
{
    // RFC 7797 §4.2.
    const QString key = write("k.jwk", R"({"kty":"oct","k":"AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T)"
                                       R"(-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow"})");
    const QString payload = write("payload", "$.02");
    const std::string header = "eyJhbGciOiJIUzI1NiIsImI2NCI6ZmFsc2UsImNyaXQiOlsiYjY0Il19";
    const std::string signature = "A5dxf2s96_n5FLueVuW1Z_vh161FwXZC4YLPff6dmDY";
    const QString compact = write("compact", header + ".." + signature);
    QCOMPARE(token("token verify", compact, {u"--key"_qs, key, u"--payload"_qs, payload}).status, 0);
    const QString flattened =
        write("flattened",
              R"({"protected":")" + header + R"(","payload":"$.02","signature":")" + signature + R"("})");
    QCOMPARE(token("token verify", flattened, {u"--key"_qs, key}).status, 0);
    const QString changed = write("changed", R"({"protected":")" + header +
                                                 R"(","payload":"$.03","signature":")" + signature + R"("})");
    const CommandResult invalid = token("token verify --json", changed, {u"--key"_qs, key});
    QCOMPARE(text(document(invalid).root(), "verdict"), std::string("signature invalid"));
    // {"alg":"HS256","b64":false}: the reader is not told that it must understand b64.
    const QString uncritical = write("uncritical", "eyJhbGciOiJIUzI1NiIsImI2NCI6ZmFsc2V9.." + signature);
    const CommandResult refused =
        token("token verify --json", uncritical, {u"--key"_qs, key, u"--payload"_qs, payload});
    QCOMPARE(text(document(refused).root(), "verdict"), std::string("rejected by policy"));
}

void TestTokenJson::opensForEveryRecipient_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<int>("status");
    QTest::newRow("RSA1_5") << QStringLiteral("rfc7520_5.13.1.jwk") << 0;
    QTest::newRow("ECDH-ES+A256KW") << QStringLiteral("rfc7520_5.13.2.jwk") << 0;
    QTest::newRow("A256GCMKW") << QStringLiteral("rfc7520_5.13.3.jwk") << 0;
    QTest::newRow("nobody's") << QStringLiteral("rfc7520_5.8.jwk") << 1;
}

void TestTokenJson::opensForEveryRecipient()
{
    QFETCH(QString, key);
    QFETCH(int, status);
    const QStringList keyOption{u"--key"_qs, vector(key.toUtf8().constData())};
    const CommandResult opened = token("token decrypt", vector("rfc7520_5.13.jweg"), keyOption);
    QCOMPARE(opened.status, status);
    QCOMPARE(opened.out, status == 0 ? data("rfc-appendix/rfc7520_5.13.pt") : std::string());
    const CommandResult decoded = token("token decode --json", vector("rfc7520_5.13.jweg"), keyOption);
    QCOMPARE(decoded.status, status);
    const json::Document root = document(decoded);
    QCOMPARE(text(root.root().find("layers")->items()[0], "serialization"), std::string("general"));
}

void TestTokenJson::saysWhatIsBroken_data()
{
    QTest::addColumn<QString>("token");
    QTest::addColumn<QString>("said");
    const auto row = [](const char* name, const char* token, const char* said) {
        QTest::newRow(name) << QString::fromUtf8(token) << QString::fromUtf8(said);
    };
    row("no token", R"({"a":1})", "JSON, but no token");
    row("no JSON", R"({"payload":"e30","signature":)", "no JSON object");
    row("twice", R"({"payload":"e30","payload":"e30","signature":"AA","protected":"e30"})",
        "'payload' occurs more than once");
    row("overlap",
        R"({"payload":"e30","protected":"eyJhbGciOiJIUzI1NiJ9","header":{"alg":"none"},"signature":"AA"})",
        "in the protected and in the unprotected header");
    row("no list", R"({"payload":"e30","signatures":{}})", "no list of objects");
    row("both forms",
        R"({"payload":"e30","signature":"AA","signatures":[{"protected":"eyJhbGciOiJIUzI1NiJ9","signature":"AA"}]})",
        "beside one of the flattened form");
    row("alphabet", R"({"payload":"e30=","protected":"eyJhbGciOiJIUzI1NiJ9","signature":"AA"})", "padding");
}

void TestTokenJson::saysWhatIsBroken()
{
    QFETCH(QString, token);
    QFETCH(QString, said);
    const QStringList secret{u"--secret"_qs, u"a secret of enough length, I hope so"_qs};
    const CommandResult verified = runCommand(words("token verify --json") + QStringList{token} + secret);
    QCOMPARE(verified.status, 1);
    const json::Document root = document(verified);
    QCOMPARE(text(root.root(), "verdict"), std::string("malformed"));
    QVERIFY2(text(root.root(), "reason").find(said.toStdString()) != std::string::npos,
             text(root.root(), "reason").c_str());
    QCOMPARE(runCommand(words("token decode") + QStringList{token}).status, 1);
}

void TestTokenJson::lintsTheForm()
{
    const QString unprotected =
        write("unprotected", R"({"payload":"e30","header":{"alg":"HS256","typ":"JWT"},"signature":"AAAA"})");
    const CommandResult linted = token("token lint --json --fail-on never", unprotected);
    QCOMPARE(linted.status, 0);
    QVERIFY(linted.out.find("SER-UNPROTECTED") != std::string::npos);
    QVERIFY(linted.out.find("SER-JSON-AS-JWT") != std::string::npos);
    const CommandResult clean = token("token lint --json --fail-on never", vector("rfc7520_4.4.jwsf"));
    QVERIFY(clean.out.find("SER-") == std::string::npos);
}

void TestTokenJson::verifiesABatch()
{
    std::string compactLine = data("rfc-appendix/rfc7520_4.4.jwsc");
    std::string jsonLine = data("rfc-appendix/rfc7520_4.4.jwsf");
    std::erase(compactLine, '\n');
    std::erase(jsonLine, '\n');
    const QString lines = write("lines", compactLine + "\n" + jsonLine + "\n");
    const CommandResult batch = runCommand(words("token verify --batch") +
                                           QStringList{lines, u"--key"_qs, vector("rfc7520_4.4.jwk")});
    QCOMPARE(batch.status, 0);
    QCOMPARE(std::count(batch.out.begin(), batch.out.end(), '\n'), std::ptrdiff_t(2));
}

QTEST_GUILESS_MAIN(TestTokenJson)
#include "tst_tokenjson.moc"
