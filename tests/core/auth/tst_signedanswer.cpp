// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Answers that are signed JWTs (RFC 9701 §5, OpenID Connect Core §5.3.2): what holds is read like the plain
// answer, what does not is refused for its own reason, and what nobody could verify says so.

#include "oauthlogin.h"

#include <auth/signedanswer.h>
#include <auth/tokenservice.h>
#include <jose/base64url.h>
#include <jose/sign.h>
#include <support/result.h>

#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::test;
using auth::SignedQuestion;
using inspect::Verdict;

namespace {

const std::string introspectionHeader = R"({"typ":"token-introspection+jwt"})";
const std::string around = R"("iss":"https://id.example","aud":"app","iat":1800000000)";
const std::string inside = R"("token_introspection":{"active":true,"sub":"ada"})";
const std::string person = R"("sub":"ada","name":"Ada")";

std::string signedBy(const jose::Key& key, const std::string& claims,
                     const std::string& header = introspectionHeader, const char* algorithm = "ES256")
{
    jose::SignOptions options;
    options.header = header;
    options.typ.clear();
    const Secret token =
        jose::sign(*jose::findAlgorithm(algorithm), key, "{" + claims + "}", options).value();
    return std::string(token.reveal());
}

std::string unsignedToken(const std::string& claims)
{
    return jose::encodeBase64Url(R"({"alg":"none","typ":"token-introspection+jwt"})") + "." +
           jose::encodeBase64Url("{" + claims + "}") + ".";
}

http::Response jwtAnswer(const std::string& token)
{
    return answer(200, token + "\n", {{"Content-Type", "application/token-introspection+jwt"}});
}

auth::AnswerExpectations expectations(std::vector<jose::Key> keys,
                                      SignedQuestion question = SignedQuestion::Introspection)
{
    auth::AnswerExpectations expected;
    expected.question = question;
    expected.issuer = "https://id.example";
    expected.audience = "app";
    expected.keys = std::move(keys);
    expected.whyNoKey = "no key of the issuer is known";
    expected.fix = "name the issuer";
    return expected;
}

inspect::CheckResult resultOf(const auth::AnswerVerdict& verdict, const std::string& name)
{
    for (const inspect::Check& check : verdict.checks)
        if (check.name == name)
            return check.result;
    return inspect::CheckResult::Warning;
}

} // namespace

class TestSignedAnswer : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void tellsWhichAnswersAreSigned_data();
    void tellsWhichAnswersAreSigned();
    void readsAnIntrospection();
    void readsUserinfo();
    void refuses_data();
    void refuses();
    void refusesOfUserinfo_data();
    void refusesOfUserinfo();
    void anotherKeyIsNoKeyOfIt();
    void showsWhatNobodyCouldVerify();
    void refusesWithoutAKeyToo_data();
    void refusesWithoutAKeyToo();
    void doesNotOpenWhatIsInside();
    void isNoToken();
    void holdsNoSecret();
    void hmacTakesTheSecretAlone();
    void asksNobodyWithoutAnIssuer();
    void aVerifiedOneCanBeDemanded();
    void aSignedOneIsAskedFor();

private:
    std::shared_ptr<const jose::Key> m_key = newKey();
};

void TestSignedAnswer::tellsWhichAnswersAreSigned_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("isSigned");
    const QByteArray token = QByteArray::fromStdString(jwt);
    QTest::newRow("introspection") << 200 << QByteArray("application/token-introspection+jwt") << token
                                   << true;
    QTest::newRow("userinfo") << 200 << QByteArray("application/jwt; charset=utf-8") << token << true;
    QTest::newRow("by itself") << 200 << QByteArray("text/plain") << token << true;
    QTest::newRow("type alone") << 200 << QByteArray("application/jwt") << QByteArray("hello") << true;
    QTest::newRow("JSON") << 200 << QByteArray("application/json") << QByteArray("{\"active\":true}")
                          << false;
    QTest::newRow("text") << 200 << QByteArray("text/plain") << QByteArray("a.b.c") << false;
    QTest::newRow("page") << 200 << QByteArray("text/html") << QByteArray("<p>") << false;
    QTest::newRow("empty") << 200 << QByteArray("application/jwt") << QByteArray(" ") << false;
    QTest::newRow("refused") << 401 << QByteArray("application/jwt") << token << false;
}

void TestSignedAnswer::tellsWhichAnswersAreSigned()
{
    QFETCH(const int, status);
    QFETCH(const QByteArray, type);
    QFETCH(const QByteArray, body);
    QFETCH(const bool, isSigned);
    QCOMPARE(auth::isSignedAnswer(answer(status, body.toStdString(), {{"Content-Type", type.toStdString()}})),
             isSigned);
}

void TestSignedAnswer::readsAnIntrospection()
{
    const auto read = auth::readSignedAnswer(jwtAnswer(signedBy(*m_key, around + "," + inside)),
                                             expectations({*m_key}), now);
    QVERIFY_RESULT(read);
    QVERIFY2(read->verdict.verdict == Verdict::Verified, read->verdict.reason.c_str());
    QVERIFY(!read->verdict.isRefused());
    for (const char* name : {"signature", "iss", "aud", "typ", "required:token_introspection"})
        QVERIFY2(resultOf(read->verdict, name) == inspect::CheckResult::Passed, name);
    const auto said = auth::readIntrospection(oauthLogin(), read->plain);
    QVERIFY_RESULT(said);
    QVERIFY(said->isActive);
    QVERIFY(!said->answer.root().find("iss")); // of the JWT, not of the token
    QVERIFY(auth::linesOf(read->verdict).front().starts_with("The answer is a signed JWT: verified, with "));
}

void TestSignedAnswer::readsUserinfo()
{
    const std::string token = signedBy(*m_key, around + "," + person, R"({"typ":"JWT"})");
    const auto read =
        auth::readSignedAnswer(jwtAnswer(token), expectations({*m_key}, SignedQuestion::Userinfo), now);
    QVERIFY_RESULT(read);
    QVERIFY2(read->verdict.verdict == Verdict::Verified, read->verdict.reason.c_str());
    QVERIFY_RESULT(auth::readUserinfo(oauthLogin(), read->plain, std::string("ada")));
    const auto others = auth::readUserinfo(oauthLogin(), read->plain, std::string("bob"));
    QVERIFY(!others);
    QVERIFY(others.error().kind == ErrorKind::Refused);
}

void TestSignedAnswer::refuses_data()
{
    QTest::addColumn<QByteArray>("claims");
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<QByteArray>("check");
    const auto row = [](const char* name, const std::string& claims, const char* check,
                        const std::string& header = introspectionHeader) {
        QTest::newRow(name) << QByteArray::fromStdString(claims) << QByteArray::fromStdString(header)
                            << QByteArray(check);
    };
    const auto with = [](const char* issuer, const char* audience) {
        return std::string("\"iss\":\"") + issuer + "\",\"aud\":\"" + audience + "\",\"iat\":1800000000," +
               inside;
    };
    row("other issuer", with("https://evil.example", "app"), "iss");
    row("other audience", with("https://id.example", "other"), "aud");
    row("no issuer", R"("aud":"app","iat":1800000000,)" + inside, "iss");
    row("no audience", R"("iss":"https://id.example","iat":1800000000,)" + inside, "aud");
    row("no iat", R"("iss":"https://id.example","aud":"app",)" + inside, "required:iat");
    row("expired", around + R"(,"exp":1799999900,)" + inside, "exp");
    row("not yet", around + R"(,"nbf":1800000900,)" + inside, "nbf");
    row("nothing of introspection", around + R"(,"active":true)", "required:token_introspection");
    row("no object", around + R"(,"token_introspection":true)", "token_introspection");
    row("twice", around + "," + inside + "," + inside, "token_introspection");
    row("other type", around + "," + inside, "typ", R"({"typ":"JWT"})");
    row("no type", around + "," + inside, "typ", "{}");
}

void TestSignedAnswer::refuses()
{
    QFETCH(const QByteArray, claims);
    QFETCH(const QByteArray, header);
    QFETCH(const QByteArray, check);
    const auto read = auth::readSignedAnswer(
        jwtAnswer(signedBy(*m_key, claims.toStdString(), header.toStdString())), expectations({*m_key}), now);
    QVERIFY_RESULT(read);
    QVERIFY(read->verdict.isRefused());
    QVERIFY(!read->verdict.reason.empty());
    QVERIFY(!read->verdict.fix.empty());
    QVERIFY(resultOf(read->verdict, check.toStdString()) == inspect::CheckResult::Failed);
    QVERIFY(resultOf(read->verdict, "signature") == inspect::CheckResult::Passed);
}

void TestSignedAnswer::refusesOfUserinfo_data()
{
    QTest::addColumn<QByteArray>("claims");
    QTest::addColumn<QByteArray>("check");
    const QByteArray sub = QByteArray::fromStdString("," + person);
    QTest::newRow("other issuer") << R"("iss":"https://evil.example","aud":"app")" + sub << QByteArray("iss");
    QTest::newRow("other audience") << R"("iss":"https://id.example","aud":["other"])" + sub
                                    << QByteArray("aud");
    QTest::newRow("expired") << R"("iss":"https://id.example","aud":"app","exp":1799999900)" + sub
                             << QByteArray("exp");
    QTest::newRow("nobody's issuer") << R"("aud":"app")" + sub << QByteArray("required:iss");
}

void TestSignedAnswer::refusesOfUserinfo()
{
    QFETCH(const QByteArray, claims);
    QFETCH(const QByteArray, check);
    const auto read =
        auth::readSignedAnswer(jwtAnswer(signedBy(*m_key, claims.toStdString(), R"({"typ":"JWT"})")),
                               expectations({*m_key}, SignedQuestion::Userinfo), now);
    QVERIFY_RESULT(read);
    QVERIFY(read->verdict.isRefused());
    QVERIFY(resultOf(read->verdict, check.toStdString()) == inspect::CheckResult::Failed);
}

void TestSignedAnswer::anotherKeyIsNoKeyOfIt()
{
    const http::Response response = jwtAnswer(signedBy(*newKey(), around + "," + inside));
    const auto read = auth::readSignedAnswer(response, expectations({*m_key}), now);
    QVERIFY_RESULT(read);
    QVERIFY(read->verdict.verdict == Verdict::SignatureInvalid);
    QVERIFY(read->verdict.isRefused());
    QVERIFY(resultOf(read->verdict, "signature") == inspect::CheckResult::Failed);
    const auto none =
        auth::readSignedAnswer(jwtAnswer(unsignedToken(around + "," + inside)), expectations({*m_key}), now);
    QVERIFY(!none || none->verdict.isRefused());
}

/// The claims are there, and the sentence says what they are worth.
void TestSignedAnswer::showsWhatNobodyCouldVerify()
{
    const auto read =
        auth::readSignedAnswer(jwtAnswer(signedBy(*m_key, around + "," + inside)), expectations({}), now);
    QVERIFY_RESULT(read);
    QVERIFY(read->verdict.verdict == Verdict::NotVerified);
    QVERIFY(!read->verdict.isRefused());
    QVERIFY(resultOf(read->verdict, "signature") == inspect::CheckResult::Skipped);
    QVERIFY(resultOf(read->verdict, "iss") == inspect::CheckResult::Passed);
    QCOMPARE(auth::linesOf(read->verdict).front(),
             std::string("The answer is a signed JWT: not verified: no key of the issuer is known (name the "
                         "issuer)"));
    QVERIFY_RESULT(auth::readIntrospection(oauthLogin(), read->plain));
}

void TestSignedAnswer::refusesWithoutAKeyToo_data()
{
    QTest::addColumn<QByteArray>("token");
    const auto row = [this](const char* name, const std::string& claims) {
        QTest::newRow(name) << QByteArray::fromStdString(signedBy(*m_key, claims));
    };
    row("other issuer", R"("iss":"https://evil.example","aud":"app","iat":1800000000,)" + inside);
    row("expired", around + R"(,"exp":1799999900,)" + inside);
    row("without the claim", around);
    QTest::newRow("alg none") << QByteArray::fromStdString(unsignedToken(around + "," + inside));
}

void TestSignedAnswer::refusesWithoutAKeyToo()
{
    QFETCH(const QByteArray, token);
    const auto read = auth::readSignedAnswer(jwtAnswer(token.toStdString()), expectations({}), now);
    QVERIFY(!read || read->verdict.isRefused());
}

void TestSignedAnswer::doesNotOpenWhatIsInside()
{
    const std::string encrypted = jose::encodeBase64Url(R"({"alg":"dir","enc":"A128GCM"})") +
                                  "..YWJjZGVmZ2hpamts.YWJj.YWJjZGVmZ2hpamtsbW5vcA";
    const auto read = auth::readSignedAnswer(jwtAnswer(encrypted), expectations({*m_key}), now);
    QVERIFY(!read);
    QCOMPARE(read.error().why, std::string("it is an encrypted JWT (JWE), and is not opened"));
    QVERIFY(!read.error().fix.empty());
    jose::SignOptions options;
    options.header = R"({"cty":"JWT"})";
    const std::string inner = signedBy(*m_key, around + "," + inside);
    const Secret outer = jose::sign(*jose::findAlgorithm("ES256"), *m_key, inner, options).value();
    const auto nested =
        auth::readSignedAnswer(jwtAnswer(std::string(outer.reveal())), expectations({*m_key}), now);
    QVERIFY(!nested);
    QCOMPARE(nested.error().why, std::string("there is another token in it, and it is not opened"));
}

void TestSignedAnswer::isNoToken()
{
    for (const std::string& body : {std::string("hello"), std::string("a.b.c"),
                                    jose::encodeBase64Url(R"({"alg":"ES256"})") + ".aGVsbG8.c2ln"}) {
        const auto read = auth::readSignedAnswer(jwtAnswer(body), expectations({*m_key}), now);
        QVERIFY(!read);
        QVERIFY(read.error().kind == ErrorKind::Malformed);
    }
}

/// A server may repeat in a claim what it was sent.
void TestSignedAnswer::holdsNoSecret()
{
    const std::string token =
        signedBy(*m_key, R"("iss":"the-opaque-token-of-bob","aud":"app","iat":1800000000,)" + inside);
    const auto read = auth::readSignedAnswer(jwtAnswer(token), expectations({*m_key}), now,
                                             {Secret("the-opaque-token-of-bob")});
    QVERIFY_RESULT(read);
    QVERIFY(read->verdict.isRefused());
    for (const std::string& line : auth::linesOf(read->verdict))
        QVERIFY2(line.find("the-opaque-token-of-bob") == std::string::npos, line.c_str());
}

/// Of HMAC nobody is asked for keys, whatever the issuer says.
void TestSignedAnswer::hmacTakesTheSecretAlone()
{
    http::Client client;
    keys::KeyCache cache(client);
    QObject context;
    const auth::OAuthLogin login = oauthLogin();
    const auto verdictOf = [&](const jose::Key& key) {
        std::optional<Verdict> verdict;
        const auto done = [&](const Result<auth::SignedAnswer>& found) {
            verdict = found ? found->verdict.verdict : Verdict::Malformed;
        };
        auth::verifySignedAnswer(
            cache, login, {}, jwtAnswer(signedBy(key, around + "," + inside, introspectionHeader, "HS256")),
            {}, now, &context, done);
        const bool isOpen = !verdict; // it comes from the event loop
        return isOpen && QTest::qWaitFor([&] { return verdict.has_value(); }) ? verdict : std::nullopt;
    };
    QVERIFY(verdictOf(jose::secretKey(login.client.secret)) == Verdict::Verified);
    QVERIFY(verdictOf(jose::secretKey(Secret("another-secret-of-thirty-two-bytes!!"))) ==
            Verdict::SignatureInvalid);
}

void TestSignedAnswer::asksNobodyWithoutAnIssuer()
{
    http::Client client;
    keys::KeyCache cache(client);
    QObject context;
    auth::OAuthLogin login = oauthLogin();
    login.server.issuer.clear();
    std::optional<auth::AnswerVerdict> verdict;
    const auto done = [&](const Result<auth::SignedAnswer>& found) {
        verdict = found ? found->verdict : auth::AnswerVerdict();
    };
    auth::verifySignedAnswer(cache, login, {}, jwtAnswer(signedBy(*m_key, around + "," + inside)), {}, now,
                             &context, done);
    QTRY_VERIFY(verdict.has_value());
    QCOMPARE(verdict->reason, std::string("no key of the issuer is known"));
    QCOMPARE(verdict->fix, std::string("name the issuer, whose metadata names its keys"));
}

void TestSignedAnswer::aVerifiedOneCanBeDemanded()
{
    auth::AnswerExpectations expected = expectations({});
    const http::Response plain = answer(200, R"({"active":true})", {{"Content-Type", "application/json"}});
    auth::AnswerVerdict verdict;
    verdict.reason = "no key of the issuer is known";
    verdict.fix = "name the issuer";
    QVERIFY_RESULT(auth::checkIsSigned(plain, expected));
    QVERIFY_RESULT(auth::checkVerdict(verdict, expected));
    expected.isDemanded = true;
    QCOMPARE(auth::checkIsSigned(plain, expected).error().kind, ErrorKind::Refused);
    QVERIFY_RESULT(auth::checkIsSigned(jwtAnswer(signedBy(*m_key, around + "," + inside)), expected));
    QVERIFY_RESULT(auth::checkIsSigned(answer(401, "{}", {}), expected)); // the refusal itself is read
    const auto taken = auth::checkVerdict(verdict, expected);
    QCOMPARE(taken.error().kind, ErrorKind::Refused);
    QVERIFY2(taken.error().why.ends_with(verdict.reason), taken.error().why.c_str());
    QCOMPARE(taken.error().fix, verdict.fix);
    verdict.verdict = Verdict::Verified;
    QVERIFY_RESULT(auth::checkVerdict(verdict, expected));
    verdict.verdict = Verdict::Expired;
    QCOMPARE(auth::checkVerdict(verdict, expected).error().kind, ErrorKind::Refused);
    expected.isDemanded = false;
    QCOMPARE(auth::checkVerdict(verdict, expected).error().kind, ErrorKind::Refused);
}

void TestSignedAnswer::aSignedOneIsAskedFor()
{
    http::Request request;
    request.headers = {{"Accept", "application/json"}, {"X-Other", "application/json"}};
    auth::askForSigned(request, SignedQuestion::Introspection);
    QCOMPARE(request.headers[0].value, std::string("application/token-introspection+jwt"));
    auth::askForSigned(request, SignedQuestion::Userinfo);
    QCOMPARE(request.headers[0].value, std::string("application/jwt"));
    QCOMPARE(request.headers[1].value, std::string("application/json"));
}

QTEST_GUILESS_MAIN(TestSignedAnswer)
#include "tst_signedanswer.moc"
