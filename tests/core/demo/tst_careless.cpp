// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The careless twin makes the mistakes that it is there for, and refuses what nobody would take.

#include <demo/demoapi.h>

#include <jose/base64url.h>
#include <jose/sign.h>
#include <json/document.h>
#include <support/result.h>

#include <QtTest/qtest.h>

#include <openssl/evp.h>

using namespace claimcheck;
using claimcheck::listen::ListenerRequest;

namespace {

const Instant now{Seconds(1'800'000'000)};

ListenerRequest request(const std::string& method, const std::string& path, const std::string& body,
                        const std::string& token = {})
{
    ListenerRequest made;
    made.method = method;
    made.target = made.path = path;
    made.body = body;
    if (!token.empty())
        made.headers = {{"Authorization", "Bearer " + token}};
    return made;
}

std::string encoded(const std::string& header, const std::string& claims = R"({"sub":"admin"})")
{
    return jose::encodeBase64Url(header) + "." + jose::encodeBase64Url(claims) + ".";
}

std::string mac(const std::string& header, const std::string& key)
{
    const std::string token = encoded(header);
    const std::string input = token.substr(0, token.size() - 1);
    std::string out(EVP_MAX_MD_SIZE, '\0');
    std::size_t length = 0;
    EVP_Q_mac(nullptr, "HMAC", nullptr, "SHA256", nullptr, key.c_str(), key.size(),
              reinterpret_cast<const unsigned char*>(input.data()), input.size(),
              reinterpret_cast<unsigned char*>(out.data()), out.size(), &length);
    return token + jose::encodeBase64Url(out.substr(0, length));
}

} // namespace

class TestCareless : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void logsIn();
    void makesItsMistakes();
    void isNotOpenToEverybody();
    void decodedIsNotVerified();
    void readsNoFile();

private:
    int status(const std::string& token, const std::string& path = "/careless/protected") const
    {
        return m_api.answer(request("GET", path, {}, token), now).status;
    }
    std::string publicPem() const
    {
        const auto set = m_api.answer(request("GET", "/.well-known/jwks.json", {}), now).body;
        return *jose::publicPem(jose::readKeys(set)->front());
    }

    demo::DemoApi m_api;
};

void TestCareless::logsIn()
{
    const auto login = [&](const char* password) {
        return m_api.answer(request("POST", "/careless/login",
                                    std::string(R"({"username":"demo","password":")") + password + "\"}"),
                            now);
    };
    QCOMPARE(login("wrong").status, 401);
    const auto document = json::parse(login("demo").body);
    QVERIFY_RESULT(document);
    const std::string token = document->root().find("token")->string();
    QCOMPARE(status(token), 200);
    QCOMPARE(jose::decode(token).alg(), "RS256");
    QCOMPARE(m_api.answer(request("GET", "/careless/login", {}), now).status, 405);
}

void TestCareless::makesItsMistakes()
{
    QCOMPARE(status(encoded(R"({"alg":"none"})")), 200);
    QCOMPARE(status(encoded(R"({"alg":"NoNe"})")), 200);
    QCOMPARE(status(mac(R"({"alg":"HS256"})", publicPem())), 200);
    QCOMPARE(status(mac(R"({"alg":"HS256","kid":"../../../dev/null"})", "")), 200);
    QCOMPARE(status(mac(R"({"alg":"HS256","kid":"/dev/null"})", "")), 200);
    const jose::Key own = *jose::generateKey(*jose::findAlgorithm("ES256"));
    const auto embedded = jose::sign(*jose::findAlgorithm("ES256"), own, R"({"sub":"admin","exp":1})",
                                     {.header = R"({"alg":"ES256","jwk":)" + *jose::publicJwk(own) + "}"});
    QVERIFY_RESULT(embedded);
    QCOMPARE(status(std::string(embedded->reveal())), 200); // expired, too
}

void TestCareless::isNotOpenToEverybody()
{
    QCOMPARE(status(""), 401);
    QCOMPARE(status("a.b.c"), 401);
    QCOMPARE(status(encoded(R"({"alg":"RS256"})") + "AAAA"), 401);
    QCOMPARE(status(mac(R"({"alg":"HS256"})", "some secret")), 401);
    QCOMPARE(status(mac(R"({"alg":"HS256"})", "")), 401);
    QCOMPARE(status(encoded(R"({"alg":"XX"})")), 401);
}

void TestCareless::decodedIsNotVerified()
{
    QCOMPARE(status(encoded(R"({"alg":"RS256"})") + "AAAA", "/careless/decoded"), 200);
    QCOMPARE(status("a.b.c", "/careless/decoded"), 401);
}

void TestCareless::readsNoFile()
{
    for (const char* path : {"/etc/hostname", "../../../etc/hostname", "/dev/zero", "/dev/null/x"})
        QCOMPARE(status(mac(std::string(R"({"alg":"HS256","kid":")") + path + "\"}", "")), 401);
}

QTEST_GUILESS_MAIN(TestCareless)
#include "tst_careless.moc"
