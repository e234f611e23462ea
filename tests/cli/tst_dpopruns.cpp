// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// `run` with tokens that are bound to a key, at servers that want a nonce of their own in each proof.

#include <set>

#include <base/text.h>
#include <core/http/rawserver.h>
#include <core/store/folder.h>
#include <jose/jws.h>
#include <support/commandline.h>

#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::test;

namespace {

/// Of the request's proof; empty: none.
std::string nonceOf(const Seen& seen)
{
    const std::string name = "DPoP: ";
    const std::size_t at = seen.head.find("\r\n" + name);
    if (at == std::string::npos)
        return {};
    const std::size_t begin = at + 2 + name.size();
    const jose::Jws proof = jose::decode(seen.head.substr(begin, seen.head.find('\r', begin) - begin));
    const auto nonce = proof.payloadJson ? proof.payloadJson->root().find("nonce") : std::nullopt;
    return nonce ? nonce->string() : std::string();
}

/// Takes a proof with the nonce of its latest answer.
class DemandingServer
{
public:
    int refusals = 0;
    int answers = 0;

    std::string url(const std::string& path) const { return m_server.url(path); }

private:
    Answer answer(const Seen& seen)
    {
        const bool isToken = seen.target() == "/token";
        std::string& wanted = isToken ? m_ofTokens : m_ofRequests;
        const bool isGood = nonceOf(seen) == wanted;
        ++(isGood ? answers : refusals);
        wanted = (isToken ? "token-" : "api-") + std::to_string(answers + refusals);
        const std::string fields =
            "Content-Type: application/json\r\nDPoP-Nonce: " + wanted +
            (isGood ? "\r\n" : "\r\nWWW-Authenticate: DPoP error=\"use_dpop_nonce\"\r\n");
        if (!isGood)
            return ok(R"({"error":"use_dpop_nonce"})", fields,
                      isToken ? "400 Bad Request" : "401 Unauthorized");
        return ok(R"({"access_token":"the-bound-token","token_type":"DPoP","expires_in":3600})", fields);
    }

    std::string m_ofTokens = "token-0";
    std::string m_ofRequests = "api-0";
    RawServer m_server{[this](const Seen& seen) { return answer(seen); }};
};

/// Takes each nonce of the API once, and gives another with every answer.
class OnceOnlyServer
{
public:
    int answers = 0;

    std::string url(const std::string& path) const { return m_server.url(path); }

private:
    Answer answer(const Seen& seen)
    {
        const bool isGood = seen.target() == "/token" || m_unused.erase(nonceOf(seen)) > 0;
        const std::string nonce = "once-" + std::to_string(++m_count);
        m_unused.insert(nonce);
        if (!isGood)
            return ok("{}",
                      "DPoP-Nonce: " + nonce + "\r\nWWW-Authenticate: DPoP error=\"use_dpop_nonce\"\r\n",
                      "401 Unauthorized");
        answers += seen.target() == "/token" ? 0 : 1;
        return ok(R"({"access_token":"the-bound-token","token_type":"DPoP","expires_in":3600})",
                  "Content-Type: application/json\r\nDPoP-Nonce: " + nonce + "\r\n");
    }

    int m_count = 0;
    std::set<std::string> m_unused;
    RawServer m_server{[this](const Seen& seen) { return answer(seen); }};
};

template <typename Server>
void fill(const CollectionFolder& folder, const Server& server)
{
    folder.write(".claimcheck/sessions.yaml",
                 "sessions:\n  service:\n    oauth2: {grant: client-credentials, tokenUrl: \"" +
                     server.url("/token") + "\", clientId: app, clientSecret: word, dpop: true}\n" +
                     "    origins: [\"" + server.url("") + "\"]\n");
    folder.write("one.yml", "info: {name: One, type: http}\nhttp: {method: GET, url: \"" +
                                server.url("/api") +
                                "\", auth: {type: bearer, token: \"{{token}}\"}}\n"
                                "runtime:\n  assertions: [{expression: res.status, operator: eq, value: "
                                "\"200\"}]\n");
}

} // namespace

class TestDpopRuns : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aProofHasTheNonceThatCameLast();
    void aNonceIsUsedUpByTheRequestThatWasAskedForIt();
};

/// RFC 9449 §8.2. One refusal each teaches the run the first nonce of the token endpoint and of the API.
void TestDpopRuns::aProofHasTheNonceThatCameLast()
{
    DemandingServer server;
    const CollectionFolder folder;
    fill(folder, server);
    const CommandResult result =
        runCommand(words("run --no-keychain --session service --jobs 1 --iterations 9") +
                   QStringList{toQString(folder.root)});
    QVERIFY2(result.status == 0, (result.out + result.err).c_str());
    QCOMPARE(server.answers, 10);
    QCOMPARE(server.refusals, 2);
    QVERIFY(result.out.find("the-bound-token") == std::string::npos);
}

/// RFC 9449 §8: a server may take a nonce once alone. What goes out at the same time does not take it away.
void TestDpopRuns::aNonceIsUsedUpByTheRequestThatWasAskedForIt()
{
    OnceOnlyServer server;
    const CollectionFolder folder;
    fill(folder, server);
    const CommandResult result =
        runCommand(words("run --no-keychain --session service --jobs 8 --iterations 60") +
                   QStringList{toQString(folder.root)});
    QVERIFY2(result.status == 0, (result.out + result.err).c_str());
    QCOMPARE(server.answers, 60);
}

QTEST_GUILESS_MAIN(TestDpopRuns)
#include "tst_dpopruns.moc"
