// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// `claimcheck-cli token sign` and the key commands, each proved by what the others make of its result.

#include <QtCore/qfile.h>
#include <QtCore/qtemporarydir.h>
#include <QtTest/qtest.h>

#include <jose/jws.h>
#include <json/document.h>
#include <support/commandline.h>
#include <support/result.h>

using namespace claimcheck;
using namespace claimcheck::test;

class TestTokenSign : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void makesTheKnownToken();
    void keepsTheClaimsText();
    void warnsOfRepeatedClaims();
    void setsTimes();
    void saysWhatATimeIsFor();
    void setsTheHeader();
    void saysThatNoVerifierTakesIt_data();
    void saysThatNoVerifierTakesIt();
    void saysWhatIsNoJson();
    void refuses_data();
    void refuses();
    void everyAlgorithmGoesRound_data();
    void everyAlgorithmGoesRound();
    void passesOverKeysThatDoNotSign();
    void keyFilesArePrivate();
    void keyIsNotOverwritten();
    void inspectsKeys();
    void saysWhatIsWrongWithAKey();
    void thumbprintOfTheStandard();

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

    std::unique_ptr<QTemporaryDir> m_directory;
};

static const CommandInput withSecret{
    .environment = {{QStringLiteral("S"), QStringLiteral("your_secret_key")}}};

static CommandResult sign(const QString& claims, const char* options)
{
    return runCommand(words("token sign --alg HS256 --secret-env S --claims") + QStringList{claims} +
                          words(options),
                      withSecret);
}

static jose::Jws decoded(const CommandResult& result)
{
    const std::string token = result.out.substr(0, result.out.find('\n'));
    return jose::decode(token);
}

void TestTokenSign::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
}

void TestTokenSign::makesTheKnownToken()
{
    const CommandResult result = sign(u"{\"sub\":\"demo\"}"_qs, "");
    QCOMPARE(result.err,
             std::string("claimcheck-cli: warning: the secret has 15 bytes; HS256 asks for 32 (RFC "
                         "7518 §3.2): it can be found by trying; --allow-weak-keys says that it "
                         "may\n"));
    QCOMPARE(sign(u"{\"sub\":\"demo\"}"_qs, "--allow-weak-keys").err, std::string());
    QCOMPARE(result.status, 0);
    const std::string input = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJkZW1vIn0.";
    QCOMPARE(result.out.substr(0, input.size()), input);
    QCOMPARE(result.out.size(), input.size() + 43 + 1); // 32 bytes, and the line end
    const QStringList verify =
        words("token verify --secret-env S") + QStringList{QString::fromStdString(result.out)};
    QCOMPARE(runCommand(verify, withSecret).status, 0);
}

void TestTokenSign::keepsTheClaimsText()
{
    const std::string claims = R"({ "n" : 1.50, "n" : 1e2, "s":"\u0041" })";
    QCOMPARE(decoded(sign(QString::fromStdString(claims), "")).payload.bytes, claims);
    QCOMPARE(decoded(sign(QString(u'@' + write("claims", claims + "\n")), "")).payload.bytes, claims);
    CommandInput input = withSecret;
    input.standardInput = claims;
    QCOMPARE(
        decoded(runCommand(words("token sign --alg HS256 --secret-env S --claims -"), input)).payload.bytes,
        claims);
}

void TestTokenSign::warnsOfRepeatedClaims()
{
    const QString claims = u"{\"sub\":\"a\",\"n\":1,\"s\\u0075b\":\"b\"}"_qs;
    const CommandResult twice = sign(claims, "--allow-weak-keys");
    QCOMPARE(twice.err,
             std::string("claimcheck-cli: warning: the claim 'sub' occurs more than once: readers "
                         "take one of them, mostly the last, or refuse the token (RFC 7519 §4)\n"));
    QCOMPARE(twice.status, 0);
    QCOMPARE(decoded(twice).payload.bytes, claims.toStdString());
    QCOMPARE(sign(claims, "--allow-weak-keys --quiet").err, std::string());
    // Names differ in case, and inside of a claim they are another object's.
    QCOMPARE(sign(u"{\"a\":1,\"A\":{\"a\":1}}"_qs, "--allow-weak-keys").err, std::string());
}

void TestTokenSign::setsTimes()
{
    const char* const options = "--expires-in 1h --at 1800000000";
    QCOMPARE(decoded(sign(u"{}"_qs, options)).payload.bytes,
             std::string(R"({"iat":1800000000,"exp":1800003600})"));
    QCOMPARE(decoded(sign(u"{\"iat\":5 }"_qs, options)).payload.bytes,
             std::string(R"({"iat":5 ,"exp":1800003600})"));
}

/// Nothing is judged here.
void TestTokenSign::saysWhatATimeIsFor()
{
    const std::string help = runCommand(words("token sign --help")).out;
    QVERIFY2(help.find("Count --expires-in from") != std::string::npos, help.c_str());
    QVERIFY(help.find("Judge") == std::string::npos);
    QVERIFY(runCommand(words("token verify --help")).out.find("Judge as of this time") != std::string::npos);
}

void TestTokenSign::setsTheHeader()
{
    const jose::Jws token = decoded(sign(u"{}"_qs, R"(--kid k1 --header {"typ":"at+jwt"})"));
    QCOMPARE(token.header.bytes, std::string(R"({"alg":"HS256","typ":"at+jwt","kid":"k1"})"));
    const CommandResult detached = sign(u"{\"sub\":\"demo\"}"_qs, "--detached");
    QVERIFY2(detached.out.find("..") != std::string::npos, detached.out.c_str());
    const auto document = json::parse(sign(u"{}"_qs, "--json").out);
    QVERIFY_RESULT(document);
    QVERIFY(document->root().find("token")->string().starts_with("eyJ"));
}

/// Made as it was asked for, for tests may need it; but nobody takes it for a good one unawares.
void TestTokenSign::saysThatNoVerifierTakesIt_data()
{
    QTest::addColumn<QString>("header");
    QTest::addColumn<std::string>("words");
    QTest::newRow("not in the header") << QStringLiteral("{\"crit\":[\"exp\"]}")
                                       << std::string("crit names 'exp', which is not in the header");
    QTest::newRow("not understood") << QStringLiteral("{\"crit\":[\"x\"],\"x\":1}")
                                    << std::string("crit names 'x', an extension that is not understood");
    QTest::newRow("understood") << QStringLiteral("{\"crit\":[\"b64\"],\"b64\":true}") << std::string();
}

void TestTokenSign::saysThatNoVerifierTakesIt()
{
    QFETCH(QString, header);
    QFETCH(std::string, words);
    const CommandResult result = runCommand(
        test::words("token sign --alg HS256 --allow-weak-keys --secret-env S --claims {} --header") +
            QStringList{header},
        withSecret);
    QCOMPARE(result.status, 0);
    const std::string begin =
        words.empty() ? "" : "claimcheck-cli: warning: no verifier may accept this token: ";
    QVERIFY2(result.err.starts_with(begin + words) && result.err.empty() == words.empty(),
             result.err.c_str());
}

void TestTokenSign::saysWhatIsNoJson()
{
    const CommandResult result = sign(u"{a}"_qs, "");
    QVERIFY2(result.err.starts_with("claimcheck-cli: cannot sign: --claims is not JSON: ") &&
                 result.err.find("cannot read") == std::string::npos &&
                 result.err.ends_with(" (give a JSON object, @FILE or -)\n"),
             result.err.c_str());
}

void TestTokenSign::refuses_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<int>("status");
    const auto row = [](const char* name, const char* line, int status) {
        QTest::newRow(name) << QString::fromUtf8(line) << status;
    };
    row("no claims", "--alg HS256 --secret-env S", 2);
    row("no algorithm", "--claims {} --secret-env S", 2);
    row("unknown algorithm", "--claims {} --alg HS1024 --secret-env S", 2);
    row("none", "--claims {} --alg none --secret-env S", 2);
    row("no key", "--claims {} --alg HS256", 2);
    row("claims no JSON", "--claims {a} --alg HS256 --secret-env S", 2);
    row("claims no object", "--claims [] --alg HS256 --secret-env S", 2);
    row("exp twice", "--claims {\"exp\":1} --expires-in 1h --alg HS256 --secret-env S", 2);
    row("no time", "--claims {} --expires-in later --alg HS256 --secret-env S", 2);
}

void TestTokenSign::refuses()
{
    QFETCH(QString, line);
    QFETCH(int, status);
    const CommandResult result = runCommand(words("token sign") + line.split(u' '), withSecret);
    QCOMPARE(result.status, status);
    QCOMPARE(result.out, std::string());
    QVERIFY(result.err.starts_with("claimcheck-cli: "));
}

void TestTokenSign::everyAlgorithmGoesRound_data()
{
    QTest::addColumn<QString>("alg");
    QTest::addColumn<QString>("format");
    for (const char* alg : {"HS256", "HS384", "HS512", "RS256", "RS384", "RS512", "PS256", "PS384", "PS512",
                            "ES256", "ES384", "ES512", "ES256K", "EdDSA", "Ed25519", "Ed448"})
        QTest::newRow(alg) << QString::fromUtf8(alg) << u"jwk"_qs;
    for (const char* alg : {"RS512", "ES384", "Ed25519"})
        QTest::addRow("%s as PEM", alg) << QString::fromUtf8(alg) << u"pem"_qs;
}

void TestTokenSign::everyAlgorithmGoesRound()
{
    QFETCH(QString, alg);
    QFETCH(QString, format);
    const QString key = path("private");
    const QStringList generate =
        words("key generate --format") + QStringList{format, u"--alg"_qs, alg, u"--output"_qs, key};
    QCOMPARE(runCommand(generate).status, 0);
    const CommandResult token = runCommand(words("token sign --claims {} --expires-in 1h --alg") +
                                           QStringList{alg, u"--key"_qs, key});
    QCOMPARE(token.err, std::string());
    QCOMPARE(token.status, 0);
    QString verifier = key;
    if (!alg.startsWith(u"HS")) {
        const CommandResult half = runCommand(words("key public") + QStringList{key, u"--format"_qs, format});
        QCOMPARE(half.status, 0);
        QVERIFY(half.out.find("\"d\"") == std::string::npos && half.out.find("PRIVATE") == std::string::npos);
        verifier = write("public", half.out);
    }
    const QStringList verify = words("token verify - --key") + QStringList{verifier};
    QCOMPARE(runCommand(verify, {.standardInput = token.out}).status, 0);
    const char* const other = alg == u"RS384" ? "--alg RS512" : "--alg RS384";
    QCOMPARE(runCommand(verify + words(other), {.standardInput = token.out}).status, 1);
}

/// EdDSA is of both curves that sign, and of none that agrees on keys.
void TestTokenSign::passesOverKeysThatDoNotSign()
{
    const auto jwk = [](const char* alg) {
        return runCommand(words("key generate --format jwk --alg") + QStringList{QString::fromUtf8(alg)}).out;
    };
    std::string agreement = jwk("X25519");
    for (const char* member : {"\"use\"", "\"key_ops\"", "\"alg\""}) // as a set of an issuer may have it
        if (const std::size_t at = agreement.find(member); at != std::string::npos)
            agreement.replace(at + 1, 1, "x");
    const QString set = write("set", R"({"keys":[)" + agreement + "," + jwk("Ed25519") + "]}");
    const CommandResult token =
        runCommand(words("token sign --claims {} --expires-in 1h --alg EdDSA --key") + QStringList{set});
    QCOMPARE(token.err, std::string());
    QCOMPARE(token.status, 0);
    QCOMPARE(
        runCommand(words("token verify - --key") + QStringList{set}, {.standardInput = token.out}).status, 0);
}

void TestTokenSign::keyFilesArePrivate()
{
    // Also one that was there, empty, for all to read.
    const QString file = write("key", "");
    QVERIFY(QFile::setPermissions(file, QFile::ReadOwner | QFile::WriteOwner | QFile::ReadOther));
    const CommandResult result =
        runCommand(words("key generate --alg ES256 --kid k1 --output") + QStringList{file});
    QCOMPARE(result.status, 0);
    QCOMPARE(result.out, std::string());
    QCOMPARE(QFile::permissions(file) &
                 (QFile::ReadGroup | QFile::ReadOther | QFile::WriteGroup | QFile::WriteOther),
             QFile::Permissions());
}

void TestTokenSign::keyIsNotOverwritten()
{
    const QString file = write("key", "precious");
    const CommandResult result = runCommand(words("key generate --alg ES256 --output") + QStringList{file});
    QCOMPARE(result.status, 2);
    QFile kept(file);
    QVERIFY(kept.open(QIODevice::ReadOnly));
    QCOMPARE(kept.readAll(), QByteArray("precious"));
    QCOMPARE(runCommand(words("key generate --alg HS257")).status, 2);
    QCOMPARE(runCommand(words("key generate --alg RS256 --bits 1024")).status, 2);
    QCOMPARE(runCommand(words("key generate --alg HS256 --format pem")).status, 2);
    QCOMPARE(runCommand(words("key generate --alg ES256 --format der")).status, 2);
}

void TestTokenSign::inspectsKeys()
{
    const CommandResult key = runCommand(words("key generate --alg ES256 --kid k1"));
    const QString file = write("key", key.out);
    const auto document = json::parse(runCommand(words("key inspect --json") + QStringList{file}).out);
    QVERIFY_RESULT(document);
    const json::Value first = document->root().find("keys")->items().front();
    QCOMPARE(first.find("kty")->string(), std::string("EC"));
    QCOMPARE(first.find("crv")->string(), std::string("P-256"));
    QCOMPARE(first.find("kid")->string(), std::string("k1"));
    QVERIFY(first.find("private")->boolean());
    QVERIFY(first.find("refused")->isNull());
    QCOMPARE(first.find("thumbprint")->string().size(), 43u);
    const CommandResult shown = runCommand(words("key inspect") + QStringList{file});
    QCOMPARE(shown.status, 0);
    const std::string privateHalf = json::parse(key.out)->root().find("d")->string();
    QVERIFY(shown.out.find("P-256") != std::string::npos);
    QVERIFY(shown.out.find(privateHalf) == std::string::npos);
}

void TestTokenSign::saysWhatIsWrongWithAKey()
{
    const auto inspect = [this](const char* bytes) {
        return runCommand(words("key inspect") + QStringList{write("key", bytes)});
    };
    const CommandResult weak = inspect(R"({"kty":"oct","k":"c2hvcnQ"})");
    QCOMPARE(weak.status, 0);
    QVERIFY2(weak.out.find("  weak        the secret has 5 bytes") != std::string::npos, weak.out.c_str());
    QCOMPARE(inspect(R"({"kty":"oct","k":""})").status, 1);
    QCOMPARE(inspect("no key at all").status, 2);
    QCOMPARE(inspect("").status, 2);
    const CommandResult offCurve = inspect(R"({"kty":"EC","crv":"P-256","x":"AA","y":"AA"})");
    QCOMPARE(offCurve.status, 1);
    QVERIFY2(offCurve.out.find("  refused     ") != std::string::npos, offCurve.out.c_str());
    QCOMPARE(
        runCommand(words("key inspect /nonexistent")).err,
        std::string("claimcheck-cli: cannot read key file /nonexistent: No such file or directory (check the "
                    "path)\n"));
}

void TestTokenSign::thumbprintOfTheStandard()
{
    // RFC 8037 A.3
    const QString file =
        write("key", R"({"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"})");
    const CommandResult result = runCommand(words("key thumbprint") + QStringList{file});
    QCOMPARE(result.out, std::string("kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k\n"));
    QCOMPARE(result.status, 0);
}

QTEST_GUILESS_MAIN(TestTokenSign)
#include "tst_tokensign.moc"
