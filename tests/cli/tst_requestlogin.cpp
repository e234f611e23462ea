// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Any request of a collection signs in, and another one renews: `login`, `send` and `run` as such an
// identity, against an API with a way of its own.

#include <base/text.h>
#include <core/http/rawserver.h>
#include <core/store/folder.h>
#include <support/commandline.h>

#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::test;

namespace {

constexpr const char* password = "s3cret-word-9f3k";

Answer jsonAnswer(const std::string& body, const char* status = "200 OK")
{
    return ok(body, "Content-Type: application/json\r\n", status);
}

std::ptrdiff_t countOf(const std::vector<Seen>& seen, const std::string& target)
{
    return std::ranges::count(seen, target, [](const Seen& each) { return each.target(); });
}

} // namespace

class TestRequestLogin : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void signsIn();
    void sendsAsIt();
    void aRunRenewsByTheOtherRequest();
    void signsInAnewWhereTheRenewalIsRefused();
    void saysWhatTheServerSays();
    void saysWhatIsMissing();

private:
    void fill(const CollectionFolder& folder) const;
    Answer answer(const Seen& seen);
    QStringList as(const CollectionFolder& folder) const
    {
        return QStringList{QStringLiteral("--collection"), toQString(folder.root)} +
               words("--session bob --env local --no-keychain --allow-process-env password");
    }
    CommandResult run(const QStringList& arguments) const
    {
        return runCommand(arguments, {{}, {{QStringLiteral("password"), QString::fromUtf8(password)}}});
    }

    RawServer m_server{[this](const Seen& seen) { return answer(seen); }};
    int m_tokens = 0;
    int m_refusals = 0; ///< of good tokens, still to come
    bool m_renews = true;
    bool m_isClosed = false;
};

void TestRequestLogin::init()
{
    m_server.seen.clear();
    m_tokens = m_refusals = 0;
    m_renews = true;
    m_isClosed = false;
}

/// /door gives "access-token-1" …, /again others for its refresh token; /api takes the latest of them.
Answer TestRequestLogin::answer(const Seen& seen)
{
    const std::string refreshToken = "refresh-token-" + std::to_string(m_tokens);
    if (seen.target() == "/door" && m_isClosed)
        return jsonAnswer(std::string(R"({"message":"nobody has )") + password + "\"}", "401 Unauthorized");
    const bool isKnown = seen.target() == "/door" ? seen.body == std::string("<in><who>bob</who><word>") +
                                                                     password + "</word></in>"
                                                  : m_renews && seen.has("X-Again: " + refreshToken + "\r\n");
    if (seen.target() == "/door" || seen.target() == "/again") {
        if (!isKnown)
            return jsonAnswer("{}", "403 Forbidden");
        const std::string number = std::to_string(++m_tokens);
        return ok(R"({"next":{"refresh":"refresh-token-)" + number + "\"}}",
                  "Content-Type: application/json\r\nX-Pass: access-token-" + number + "\r\n");
    }
    if (!seen.has("Authorization: Bearer access-token-" + std::to_string(m_tokens) + "\r\n") ||
        m_refusals-- > 0)
        return jsonAnswer("{}", "401 Unauthorized");
    return jsonAnswer(R"({"ok":true})");
}

void TestRequestLogin::fill(const CollectionFolder& folder) const
{
    folder.write("environments/local.yml", "name: local\nvariables:\n  - {name: host, value: \"" +
                                               m_server.url("") +
                                               "\"}\n  - {secret: true, name: password}\n");
    folder.write("auth/door.yml", R"(info: {name: Door, type: http}
http:
  method: PUT
  url: "{{host}}/door"
  body: {type: xml, data: "<in><who>bob</who><word>{{password}}</word></in>"}
)");
    folder.write("auth/again.yml", R"(info: {name: Again, type: http}
http: {method: POST, url: "{{host}}/again", headers: [{name: X-Again, value: "{{refreshToken}}"}]}
)");
    folder.write("api/one.yml", R"(info: {name: One, type: http}
http: {method: GET, url: "{{host}}/api", auth: {type: bearer, token: "{{token}}"}}
runtime:
  assertions: [{expression: res.status, operator: eq, value: "200"}]
)");
    folder.write(".claimcheck/sessions.yaml",
                 "sessions:\n  bob:\n    request: {file: auth/door.yml, tokenAt: \"header:X-Pass\", refresh: "
                 "auth/again.yml, refreshTokenAt: next.refresh}\n");
}

void TestRequestLogin::signsIn()
{
    const CollectionFolder folder;
    fill(folder);
    const auto token = run(words("login --print token") + as(folder));
    QVERIFY2(token.status == 0, token.err.c_str());
    QCOMPARE(token.out, std::string("access-token-1\n"));
    QCOMPARE(run(words("login --print refresh-token") + as(folder)).out, std::string("refresh-token-2\n"));
    const auto text = run(words("login") + as(folder));
    QVERIFY2(text.status == 0, text.err.c_str());
    QVERIFY2(text.out.find("header X-Pass") != std::string::npos, text.out.c_str());
    QVERIFY((text.out + text.err).find(password) == std::string::npos);
}

void TestRequestLogin::sendsAsIt()
{
    const CollectionFolder folder;
    fill(folder);
    m_refusals = 1;
    const QStringList send{QStringLiteral("send"), QStringLiteral("GET"), toQString(m_server.url("/api"))};
    const auto result = run(send + as(folder));
    QVERIFY2(result.status == 0, result.err.c_str());
    QCOMPARE(result.out, std::string(R"({"ok":true})"));
    QCOMPARE(countOf(m_server.seen, "/door"), std::ptrdiff_t(1));
    QCOMPARE(countOf(m_server.seen, "/again"), std::ptrdiff_t(1));
}

void TestRequestLogin::aRunRenewsByTheOtherRequest()
{
    const CollectionFolder folder;
    fill(folder);
    m_refusals = 1;
    const QStringList command =
        words("run --session bob --env local --no-keychain --allow-process-env password --json --iterations "
              "20 --jobs 4");
    const auto result = run(command + QStringList{toQString(folder.path("api"))});
    QVERIFY2(result.status == 0, (result.out + result.err).c_str());
    QCOMPARE(countOf(m_server.seen, "/door"), std::ptrdiff_t(1));
    QCOMPARE(countOf(m_server.seen, "/again"), std::ptrdiff_t(1));
    for (const char* hidden : {"access-token", "refresh-token", password})
        QVERIFY2(result.out.find(hidden) == std::string::npos, result.out.c_str());
}

void TestRequestLogin::signsInAnewWhereTheRenewalIsRefused()
{
    const CollectionFolder folder;
    fill(folder);
    m_refusals = 1;
    m_renews = false;
    const QStringList send{QStringLiteral("send"), QStringLiteral("GET"), toQString(m_server.url("/api"))};
    const auto result = run(send + as(folder));
    QVERIFY2(result.status == 0, result.err.c_str());
    QCOMPARE(result.out, std::string(R"({"ok":true})"));
    QCOMPARE(countOf(m_server.seen, "/door"), std::ptrdiff_t(2));
    QCOMPARE(countOf(m_server.seen, "/again"), std::ptrdiff_t(1));
}

void TestRequestLogin::saysWhatTheServerSays()
{
    const CollectionFolder folder;
    fill(folder);
    m_isClosed = true;
    const auto result = run(words("login") + as(folder));
    QCOMPARE(result.status, 1);
    QVERIFY2(result.err.find("the login was refused with 401") != std::string::npos, result.err.c_str());
    QVERIFY2(result.err.find("nobody has ••••") != std::string::npos, result.err.c_str());
}

void TestRequestLogin::saysWhatIsMissing()
{
    const CollectionFolder folder;
    fill(folder);
    folder.write(".claimcheck/sessions.yaml", "sessions:\n  bob:\n    request: {file: auth/window.yml}\n");
    const auto missing = run(words("login") + as(folder));
    QCOMPARE(missing.status, 2);
    QCOMPARE(
        missing.err,
        std::string("claimcheck-cli: the identity bob cannot be used: it signs in with the "
                    "request auth/window.yml, which the collection does not have (give it another one as "
                    "`file` in .claimcheck/sessions.yaml, or bring that one back)\n"));
    // A renewal that wants what no answer brings.
    folder.write(".claimcheck/sessions.yaml",
                 "sessions:\n  bob:\n    request: {file: auth/door.yml, refresh: auth/again.yml}\n");
    const auto result = run(words("login") + as(folder));
    QVERIFY2(result.err.find("refreshToken") != std::string::npos, result.err.c_str());
    QVERIFY(m_server.seen.empty());
}

QTEST_GUILESS_MAIN(TestRequestLogin)
#include "tst_requestlogin.moc"
