// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What is said of a 401 or 403, sentence by sentence; and what must not be said.

#include <auth/explain.h>
#include <jose/base64url.h>

#include <QtTest/qtest.h>

using namespace claimcheck;

namespace {

const Instant now{Milliseconds(1'763'900'000'000)}; // 2025-11-23T12:13:20Z

std::string token(const std::string& claims)
{
    return jose::encodeBase64Url(R"({"alg":"HS256","typ":"JWT"})") + "." + jose::encodeBase64Url(claims) +
           ".c2lnbmF0dXJl";
}

struct Given
{
    int status = 401;
    std::string authorization = {};
    std::vector<std::string> challenges = {};
    http::Headers more = {};
    std::string url = "https://api.example/orders";
    http::AuthScheme scheme = http::AuthScheme::None;
    std::string head = {}; ///< as the last request went out
    std::string lastUrl = {};
    std::string body = {};
};

std::string explained(const Given& given)
{
    http::Exchange exchange;
    exchange.request.url = given.url;
    if (!given.authorization.empty())
        exchange.request.headers.push_back({"Authorization", given.authorization});
    exchange.request.authentication.scheme = given.scheme;
    exchange.request.body = given.body;
    if (!given.head.empty())
        exchange.hops.push_back({.method = "GET",
                                 .url = given.lastUrl.empty() ? given.url : given.lastUrl,
                                 .requestHead = given.head,
                                 .responseHead = {},
                                 .withheld = {},
                                 .remoteAddress = {}});
    exchange.response.emplace();
    exchange.response->status = given.status;
    exchange.response->headers = given.more;
    for (const std::string& challenge : given.challenges)
        exchange.response->headers.push_back({"WWW-Authenticate", challenge});
    std::string text;
    for (const std::string& sentence : auth::explain(exchange, now))
        text += (text.empty() ? "" : "\n") + sentence;
    return text;
}

const std::string refused = "The server refuses the token as expired, revoked, malformed or not made for it "
                            "(invalid_token, RFC 6750 §3.1).";
const std::string fewer = "The token is good, and gives fewer rights than this request needs "
                          "(insufficient_scope, RFC 6750 §3.1).";

} // namespace

class TestExplain : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void nothingOfOtherAnswers();
    void noTokenWasSent();
    void digestOverTheBody();
    void whatIsMadeForTheRequest();
    void theSchemeIsWrong();
    void theTokenHasExpired();
    void theTokenIsNotValidYet();
    void scopesAreMissing();
    void theAudienceIsAnother();
    void theSignInIsTooOld();
    void aNonceIsWanted();
    void theServerSaysNothing();
    void redirectsWithhold();
    void showsNothingOfTheToken();
    void survivesRubbish();
};

void TestExplain::nothingOfOtherAnswers()
{
    QCOMPARE(explained({.status = 200, .challenges = {"Bearer"}}), std::string());
    QCOMPARE(explained({.status = 500, .authorization = "Bearer x"}), std::string());
}

void TestExplain::noTokenWasSent()
{
    QCOMPARE(explained({.challenges = {"Bearer realm=\"a\""}}),
             std::string("No token was sent: the request has no Authorization header."));
    for (const std::string error : {"insufficient_scope", "invalid_token"})
        QCOMPARE(explained({.status = 403, .challenges = {"Bearer error=\"" + error + "\""}}),
                 "No token was sent: the request has no Authorization header.\n"
                 "The server answers as if a token had come (" +
                     error + ", RFC 6750 §3.1).");
    // What is left where the variable in it is empty.
    for (const char* empty : {" ", "\t"})
        QCOMPARE(explained({.status = 403, .authorization = empty}),
                 std::string("No token was sent: the Authorization header is empty."));
    for (const char* scheme : {"Bearer", "Bearer ", "Bearer  "})
        for (const int status : {401, 403})
            QCOMPARE(explained({.status = status, .authorization = scheme, .challenges = {"Bearer"}}),
                     std::string(
                         "No token was sent: the Authorization header holds Bearer and nothing behind it."));
}

void TestExplain::digestOverTheBody()
{
    const std::string answered = "POST / HTTP/1.1\r\nAuthorization: Digest username=\"u\"\r\n\r\n";
    const auto said = [&answered](const std::string& qop, const std::string& body) {
        return explained({.challenges = {"Digest realm=\"r\", nonce=\"n\", qop=\"" + qop + "\""},
                          .scheme = http::AuthScheme::Digest,
                          .head = answered,
                          .body = body});
    };
    const std::string unsupported =
        "The server asks for Digest with qop=auth-int alone, which covers the body too: with a body that is "
        "not supported, so name and password may be right.";
    const std::string wrong =
        "The server refuses what was sent as Digest: the name or its password may be wrong.";
    QCOMPARE(said("auth-int", "x"), unsupported);
    QCOMPARE(said("Auth-Int", "x"), unsupported);
    QCOMPARE(said("auth-int", ""), wrong); // an empty body is hashed as such
    QCOMPARE(said("auth,auth-int", "x"), wrong);
    QCOMPARE(said("auth-int, auth", "x"), wrong);
    QCOMPARE(said("auth", "x"), wrong);
}

/// No header of the request holds these: the transport answers the server's challenge, or signs.
void TestExplain::whatIsMadeForTheRequest()
{
    using http::AuthScheme;
    const std::string bare = "GET / HTTP/1.1\r\nHost: api.example\r\n\r\n";
    const std::string answered = "GET / HTTP/1.1\r\nAuthorization: Digest username=\"u\"\r\n\r\n";
    const std::string digest = R"(Digest realm="r", nonce="n")";
    QCOMPARE(
        explained({.challenges = {digest}, .scheme = AuthScheme::Digest, .head = answered}),
        std::string("The server refuses what was sent as Digest: the name or its password may be wrong."));
    QCOMPARE(
        explained({.challenges = {digest}, .scheme = AuthScheme::Digest, .head = bare}),
        std::string("The server asks for Digest in a way that could not be answered, so nothing was sent "
                    "to authorise the request."));
    QCOMPARE(explained({.challenges = {"Bearer"}, .scheme = AuthScheme::Ntlm, .head = bare}),
             std::string("The request is made for the scheme NTLM, and the server asks for Bearer."));
    QCOMPARE(
        explained({.status = 403, .scheme = AuthScheme::Digest, .head = bare}),
        std::string("Nothing was sent to authorise the request: Digest answers what a server asks, and this "
                    "one asked nothing."));
    QCOMPARE(explained({.status = 403, .scheme = AuthScheme::AwsSigV4, .head = bare}),
             std::string("The server refuses what was sent as AWS4-HMAC-SHA256: key, region, service or the "
                         "clock may be wrong."));
    QCOMPARE(
        explained({.challenges = {digest},
                   .scheme = AuthScheme::Digest,
                   .head = bare,
                   .lastUrl = "https://other.example/"}),
        std::string("Authorization was not sent: a redirect led to another origin, which does not get it."));
}

void TestExplain::theSchemeIsWrong()
{
    const std::string good = token(R"({"exp":1763990000})");
    QCOMPARE(explained({.authorization = good, .challenges = {"Bearer"}}),
             std::string("The token was sent without a scheme, and the server asks for Bearer."));
    QCOMPARE(explained({.authorization = "Bearer " + good, .challenges = {"Basic realm=x", "Negotiate"}}),
             std::string(
                 "The request was sent with the scheme Bearer, and the server asks for Basic or Negotiate."));
    QCOMPARE(explained({.authorization = "bearer " + good, .challenges = {"Bearer"}}), std::string());
}

void TestExplain::theTokenHasExpired()
{
    QCOMPARE(explained({.authorization = "Bearer " + token(R"({"exp":1763896400})"),
                        .challenges = {R"(Bearer error="invalid_token", error_description="expired")"}}),
             "The token that was sent has expired: 60 min ago (12:13:20, UTC 11:13:20).\n" + refused +
                 "\nThe server's own words: \"expired\".");
    // A token that is good for another hour is not called expired.
    QCOMPARE(explained({.authorization = "Bearer " + token(R"({"exp":1763903600})"),
                        .challenges = {R"(Bearer error="invalid_token")"}}),
             refused);
}

void TestExplain::theTokenIsNotValidYet()
{
    QCOMPARE(explained({.authorization = token(R"({"nbf":1763903600})"), .challenges = {"X"}}).substr(0, 73),
             std::string("The token that was sent is not valid yet: it will be in 60 min (14:13:20,"));
}

void TestExplain::scopesAreMissing()
{
    const std::vector<std::string> challenge{R"(Bearer error="insufficient_scope", scope="read write")"};
    QCOMPARE(explained({.status = 403,
                        .authorization = "Bearer " + token(R"({"scope":"read mail"})"),
                        .challenges = challenge}),
             fewer + "\nThe token lacks the scope write; it has read, mail.");
    QCOMPARE(explained({.status = 403,
                        .authorization = "Bearer " + token(R"({"scp":["read","write"]})"),
                        .challenges = challenge}),
             fewer + "\nThe request needs the scope read, write, and the token has it.");
    QCOMPARE(explained({.status = 403, .authorization = "Bearer " + token("{}"), .challenges = challenge}),
             fewer + "\nThe request needs the scope read, write; the token names none.");
    QCOMPARE(explained({.status = 403, .authorization = "Bearer opaque-token", .challenges = challenge}),
             fewer + "\nThe request needs the scope read, write.");
}

void TestExplain::theAudienceIsAnother()
{
    const std::vector<std::string> challenge{R"(Bearer error="invalid_token")"};
    const std::string shop = token(R"({"aud":"https://shop.example"})");
    QCOMPARE(explained({.authorization = "Bearer " + shop, .challenges = challenge}),
             refused + "\nThe token is made for https://shop.example (aud), and the request went to "
                       "https://api.example:443.");
    for (const char* aud :
         {R"({"aud":["https://shop.example","https://api.example/v1"]})", R"({"aud":"orders"})"})
        QCOMPARE(explained({.authorization = "Bearer " + token(aud), .challenges = challenge}), refused);
    const std::string metadata = R"(Bearer resource_metadata="https://api.example/.well-known/x")";
    QCOMPARE(explained({.authorization = "Bearer x", .challenges = {metadata}}),
             std::string(
                 "What the server expects of a token stands at https://api.example/.well-known/x (RFC 9728 "
                 "§5.1)."));
}

void TestExplain::theSignInIsTooOld()
{
    QCOMPARE(
        explained(
            {.authorization = "Bearer " + token(R"({"acr":"basic","auth_time":1763896400})"),
             .challenges =
                 {R"(Bearer error="insufficient_user_authentication", acr_values="mfa", max_age="300")"}}),
        std::string(
            "The sign-in behind the token is too weak or too old for this request "
            "(insufficient_user_authentication, RFC 9470 §3).\n"
            "The sign-in must be of mfa (acr_values); the token's is basic.\n"
            "The sign-in must not be older than 5 min 0 s; it was 60 min ago (12:13:20, UTC 11:13:20)."));
}

void TestExplain::aNonceIsWanted()
{
    const std::string nonce =
        "The server wants its own nonce in the DPoP proof: send the request again with the one "
        "from its DPoP-Nonce header (use_dpop_nonce, RFC 9449 §8).";
    const std::string proof = "The request has no DPoP header with a proof (RFC 9449 §4.1).";
    QCOMPARE(explained({.authorization = "DPoP x",
                        .challenges = {R"(DPoP error="use_dpop_nonce")"},
                        .more = {{"DPoP-Nonce", "abc"}}}),
             nonce + "\n" + proof);
    QCOMPARE(explained({.authorization = "DPoP x", .challenges = {R"(DPoP error="use_dpop_nonce")"}}),
             nonce + "\nThe answer has no DPoP-Nonce header, though.\n" + proof);
}

void TestExplain::theServerSaysNothing()
{
    QCOMPARE(explained({.authorization = "Bearer x"}),
             std::string(
                 "The server does not say what it asks for: its answer has no WWW-Authenticate, which a 401 "
                 "must have (RFC 9110 §15.5.2)."));
    QCOMPARE(
        explained({.status = 403, .authorization = "Bearer x"}),
        std::string("The server knows who asks, and refuses it all the same (403, RFC 9110 §15.5.4): another "
                    "account or more rights would be needed."));
}

void TestExplain::redirectsWithhold()
{
    http::Exchange exchange;
    exchange.request.url = "https://a.example/";
    exchange.request.headers = {{"Authorization", "Bearer x"}};
    exchange.hops = {{"GET", "https://a.example/", "", 302, "", {}, {}},
                     {"GET", "https://b.example/", "", 401, "", {"Authorization"}, {}}};
    exchange.response.emplace();
    exchange.response->status = 401;
    exchange.response->headers = {{"WWW-Authenticate", "Bearer"}};
    QCOMPARE(auth::explain(exchange, now),
             (std::vector<std::string>{
                 "Authorization was not sent: a redirect led to another origin, which does not get it."}));
}

void TestExplain::showsNothingOfTheToken()
{
    const std::string secret = token(R"({"exp":1,"scope":"a","aud":"https://x.example"})");
    const std::string text =
        explained({.authorization = "Bearer " + secret,
                   .challenges = {R"(Bearer error="invalid_token", scope="b", error_description="\)"
                                  "\x1b"
                                  R"([31mred")"}});
    QVERIFY(text.find(secret.substr(0, 10)) == std::string::npos);
    QVERIFY(text.find('\x1b') == std::string::npos);
}

void TestExplain::survivesRubbish()
{
    const std::string unread = explained({.authorization = " ", .challenges = {"Bearer a=\""}});
    QVERIFY2(unread.find("The server's WWW-Authenticate cannot be read:") != std::string::npos,
             unread.c_str());
    for (const char* claims : {R"({"scope":5,"aud":{},"acr":[1],"auth_time":"x","exp":"never"})", "[]", "5"})
        QVERIFY(!explained({.authorization = "Bearer " + token(claims),
                            .challenges = {R"(Bearer error="x", scope="a", acr_values="b", max_age="-1")"}})
                     .empty());
}

QTEST_APPLESS_MAIN(TestExplain)

#include "tst_explain.moc"
