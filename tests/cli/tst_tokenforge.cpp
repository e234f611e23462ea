// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// `token forge` from outside: forged tokens to standard output, what they are to standard error.

#include <json/document.h>
#include <support/commandline.h>
#include <support/result.h>

#include <QtTest/qtest.h>

#include <algorithm>

using namespace claimcheck;
using namespace claimcheck::test;

namespace {

const char* const good = "eyJhbGciOiJIUzI1NiIsImtpZCI6ImsxIn0.eyJzdWIiOiJkZW1vIn0.c2lnbmF0dXJl";

} // namespace

class TestTokenForge : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void makesUnsignedTokens();
    void listsTheAttacks();
    void speaksJson();
    void saysWhatItNeeds();
    void signsWithTheDevelopersKey();
    void saysThatTheKeyDoesNotFit();
    void refusesWhatItCannotForge();
};

void TestTokenForge::makesUnsignedTokens()
{
    const CommandResult result = runCommand(words("token forge --attack signature-stripped -"), {good, {}});
    QCOMPARE(result.status, 0);
    QCOMPARE(result.out, "eyJhbGciOiJIUzI1NiIsImtpZCI6ImsxIn0.eyJzdWIiOiJkZW1vIn0.\n"
                         "eyJhbGciOiJIUzI1NiIsImtpZCI6ImsxIn0.eyJzdWIiOiJkZW1vIn0\n");
    QVERIFY(result.err.starts_with("signature-stripped, empty third part: "));
    const CommandResult none = runCommand(words("token forge --quiet --attack alg-none -"), {good, {}});
    QVERIFY(none.out.starts_with("eyJhbGciOiJub25lIiwia2lkIjoiazEifQ.eyJzdWIiOiJkZW1vIn0.\n"));
    QCOMPARE(none.err, "");
    QCOMPARE(std::ranges::count(none.out, '\n'), std::ptrdiff_t(5));
}

void TestTokenForge::listsTheAttacks()
{
    const CommandResult result = runCommand(words("token forge --list"));
    QCOMPARE(result.status, 0);
    QVERIFY(result.out.find("\nalg-none               Says that the token is not signed (alg none).\n") !=
            std::string::npos);
    const CommandResult json = runCommand(words("token forge --list --json"));
    const auto document = json::parse(json.out);
    QVERIFY_RESULT(document);
    QVERIFY(document->root().size() > 40);
}

void TestTokenForge::speaksJson()
{
    const CommandResult result =
        runCommand(words("token forge --json --attack kid-path-traversal -"), {good, {}});
    const auto document = json::parse(result.out);
    QVERIFY_RESULT(document);
    const json::Value first = document->root().items().front();
    QCOMPARE(first.find("variant")->string(), "../../../../../../../../../../dev/null");
    QVERIFY(first.find("header")->string().find("\"alg\":\"HS256\"") != std::string::npos);
    QCOMPARE(std::ranges::count(first.find("token")->string(), '.'), std::ptrdiff_t(2));
}

void TestTokenForge::saysWhatItNeeds()
{
    const CommandResult result = runCommand(words("token forge --attack expired-accepted -"), {good, {}});
    QCOMPARE(result.status, 2);
    QCOMPARE(result.err,
             "claimcheck-cli: cannot forge for expired-accepted: needs the signing key (give what it "
             "needs: --key, --signing-key, --listener, --second-token, --id-token)\n");
    QCOMPARE(runCommand(words("token forge --attack no-such -"), {good, {}}).status, 2);
    QCOMPARE(runCommand(words("token forge -"), {good, {}}).status, 2);
    const CommandResult unfit = runCommand(words("token forge --attack hs-key-confusion -"), {good, {}});
    QCOMPARE(unfit.status, 2);
    QCOMPARE(unfit.err,
             "claimcheck-cli: cannot forge for hs-key-confusion: only for tokens that are signed with "
             "a private key (name another attack, or give a token that this one is for)\n");
    for (const char* attack : {"no-token", "token-in-query"}) {
        const CommandResult none = runCommand(words("token forge - --attack") + words(attack), {good, {}});
        QCOMPARE(none.status, 2);
        QCOMPARE(none.err, "claimcheck-cli: cannot forge for " + std::string(attack) +
                               ": it sends no token of its own (claimcheck-cli audit sends the requests of "
                               "this attack)\n");
    }
}

void TestTokenForge::signsWithTheDevelopersKey()
{
    const CommandResult made = runCommand(words("token sign --claims {\"sub\":\"demo\"} --alg HS256 "
                                                "--secret 0123456789abcdef0123456789abcdef"));
    const CommandResult result = runCommand(words("token forge --quiet --attack expired-accepted "
                                                  "--secret 0123456789abcdef0123456789abcdef -"),
                                            {made.out, {}});
    QVERIFY2(result.status == 0, result.err.c_str());
    const CommandResult verified =
        runCommand(words("token verify --secret 0123456789abcdef0123456789abcdef -"),
                   {result.out.substr(0, result.out.find('\n')), {}});
    QCOMPARE(verified.status, 1);
    QVERIFY2(verified.out.find("expired") != std::string::npos, verified.out.c_str());
}

void TestTokenForge::saysThatTheKeyDoesNotFit()
{
    const std::string token =
        runCommand(words("token sign --claims {} --alg HS256 --secret 0123456789abcdef0123456789abcdef")).out;
    const auto note = [&](const char* secret) {
        const auto made = runCommand(words("token forge --attack expired-accepted --secret-env S -"),
                                     {token, {{QStringLiteral("S"), QString::fromUtf8(secret)}}});
        return made.err.find("note: the token is not signed with the key that is given") != std::string::npos;
    };
    QVERIFY(note("wrongsecret"));
    QVERIFY(!note("0123456789abcdef0123456789abcdef"));
}

void TestTokenForge::refusesWhatItCannotForge()
{
    const CommandResult result = runCommand(words("token forge --attack alg-none opaque"));
    QCOMPARE(result.status, 1);
    QVERIFY(result.err.find("it is no signed token in compact form") != std::string::npos);
}

QTEST_GUILESS_MAIN(TestTokenForge)
#include "tst_tokenforge.moc"
