// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "signedanswer.h"

#include <algorithm>
#include <optional>
#include <utility>

#include <base/text.h>
#include <jose/jws.h>
#include <json/document.h>

namespace claimcheck::auth {
namespace {

using inspect::Check;
using inspect::Verdict;

constexpr std::string_view introspectionClaim = "token_introspection"; // RFC 9701 §5
constexpr std::string_view introspectionType = "token-introspection+jwt";

std::string jwtOf(const http::Response& response)
{
    const std::string body = response.body.read(largestLoginAnswer);
    return std::string(trimmed(body));
}

tl::unexpected<Error> unreadable(ErrorKind kind, std::string why, std::string fix)
{
    return failure(kind, "the server's signed answer cannot be read", std::move(why), std::move(fix));
}

tl::unexpected<Error> nested()
{
    return unreadable(ErrorKind::Refused, "there is another token in it, and it is not opened",
                      "let the server answer this client with a JWT of claims, or with plain JSON");
}

bool isToken(std::string_view text)
{
    const jose::Jws token = jose::decode(trimmed(text));
    return (token.segments == 3 || token.segments == 5) && token.headerJson &&
           token.headerJson->root().find("alg");
}

/// Of what stands around the claims.
Result<jose::Jws> tokenOf(const http::Response& response)
{
    jose::Jws token = jose::decode(jwtOf(response));
    if (token.segments == 5)
        return unreadable(ErrorKind::Refused, "it is an encrypted JWT (JWE), and is not opened",
                          "let the server answer this client with a signed JWT or with plain JSON");
    const bool isWhole = token.form == jose::Serialization::Compact && token.isWellFormed();
    if (isWhole && token.payloadJson)
        return token;
    if (isToken(token.payload.bytes))
        return nested();
    const std::string where =
        token.defects.empty() ? std::string() : ": " + visible(shortened(token.defects.front().what, 200));
    return unreadable(ErrorKind::Malformed,
                      "it says that it is a JWT, and is no signed token with claims" + where,
                      "tell the people who run the server");
}

inspect::Expectations expectationsOf(const AnswerExpectations& expected)
{
    inspect::Expectations out;
    if (!expected.issuer.empty())
        out.issuer = expected.issuer;
    if (!expected.audience.empty())
        out.audience = expected.audience;
    out.requiredClaims = {"iss", "aud"};
    if (expected.question == SignedQuestion::Introspection) {
        out.type = std::string(introspectionType);
        out.requiredClaims.insert(out.requiredClaims.end(), {"iat", std::string(introspectionClaim)});
    }
    out.leeway = expected.leeway;
    return out;
}

/// The object that stands in place of the plain answer; nothing for what is none, or is there twice.
std::optional<std::string> unwrapped(const json::Value& claims)
{
    const auto twice = claims.duplicates();
    const auto inside = claims.find(introspectionClaim);
    if (!inside || !inside->isObject() || std::ranges::find(twice, introspectionClaim) != twice.end())
        return std::nullopt;
    return std::string(inside->text());
}

/// Without a key that is missing, the check of that name fails and says nothing of the answer.
const Check* whatSpeaksAgainst(const std::vector<Check>& checks, bool hasKeys)
{
    const auto found = std::ranges::find_if(checks, [hasKeys](const Check& check) {
        return check.result == inspect::CheckResult::Failed && (hasKeys || check.name != "key");
    });
    return found == checks.end() ? nullptr : &*found;
}

Verdict verdictWithoutKey(const Check& failed)
{
    if (failed.name == "exp")
        return Verdict::Expired;
    return failed.name == "nbf" ? Verdict::NotYetValid : Verdict::RejectedByPolicy;
}

AnswerVerdict verdictOf(const inspect::Inspection& inspection, std::vector<Check> checks,
                        const AnswerExpectations& expected)
{
    AnswerVerdict out;
    out.keyUsed = inspection.keyUsed;
    const bool hasKeys = !expected.keys.empty();
    const Check* const failed = whatSpeaksAgainst(checks, hasKeys);
    if (failed != nullptr) {
        const bool isDecided = hasKeys && inspection.verdict != Verdict::Verified;
        out.verdict = isDecided ? inspection.verdict : verdictWithoutKey(*failed);
        out.reason = isDecided ? inspection.reason : failed->name + ": " + failed->why;
        out.fix =
            "do not believe it; check the issuer, the client and the clocks, then ask the people who run "
            "the server";
    } else if (hasKeys) {
        out.verdict = Verdict::Verified;
    } else {
        out.reason = expected.whyNoKey;
        out.fix = expected.fix;
        for (Check& check : checks)
            if (check.name == "key") {
                check.result = inspect::CheckResult::Skipped;
                check.why = expected.whyNoKey;
            }
    }
    out.checks = std::move(checks);
    return out;
}

/// The server repeats what it likes in its claims.
void clean(AnswerVerdict& verdict, const Secrets& secrets)
{
    verdict.reason = visible(cutOut(verdict.reason, secrets));
    for (Check& check : verdict.checks)
        check.why = visible(cutOut(check.why, secrets));
}

bool usesSecret(const std::string& algorithm)
{
    return algorithm.starts_with("HS");
}

std::optional<keys::Source> sourceOf(const OAuthLogin& login)
{
    keys::Source source;
    source.jwksUrl = login.server.jwksUri;
    if (source.jwksUrl.empty())
        source.issuer = login.server.issuer;
    if (source.jwksUrl.empty() && source.issuer.empty())
        return std::nullopt;
    source.tls = login.tls;
    source.proxy = login.proxy;
    if (login.totalTimeout.count() > 0)
        source.timeout = login.totalTimeout;
    return source;
}

/// For HMAC the client's secret alone: a public key is no secret.
void takeWhatIsHere(AnswerExpectations& expected, const OAuthLogin& login, const std::string& algorithm)
{
    if (!usesSecret(algorithm)) {
        expected.whyNoKey = "no key of the issuer is known";
        expected.fix = "name the issuer, whose metadata names its keys";
    } else if (login.client.secret.isEmpty()) {
        expected.whyNoKey = "no key is known: " + visible(shortened(algorithm, 20)) +
                            " signs with the client's secret (OpenID Connect Core §10.1)";
        expected.fix = "give the client's secret";
    } else {
        expected.keys = {jose::secretKey(login.client.secret)};
    }
}

void takeKeys(AnswerExpectations& expected, Result<keys::KeySet> set, const Secrets& secrets)
{
    if (!set) {
        expected.whyNoKey = "no key of the issuer is known: " + cutOut(describe(set.error()), secrets);
        expected.fix = "make the issuer's key set reachable, and ask again";
        return;
    }
    expected.keys = std::move(set->keys);
    expected.whyNoKey = "no key of the issuer is known: there is none in its key set that could be used";
    expected.fix = "tell the people who run the server";
}

const char* whatFails(SignedQuestion question)
{
    return question == SignedQuestion::Introspection ? "the token cannot be introspected"
                                                     : "the user's claims cannot be read";
}

} // namespace

bool AnswerVerdict::isRefused() const
{
    return verdict != Verdict::Verified && verdict != Verdict::NotVerified;
}

void askForSigned(http::Request& request, SignedQuestion question)
{
    for (http::Header& header : request.headers)
        if (header.name == "Accept")
            header.value = question == SignedQuestion::Introspection
                               ? "application/" + std::string(introspectionType)
                               : "application/jwt";
}

Result<void> checkIsSigned(const http::Response& response, const AnswerExpectations& expected)
{
    if (!expected.isDemanded || response.status != 200 || isSignedAnswer(response))
        return {};
    return failure(ErrorKind::Refused, whatFails(expected.question), "the server's answer is no signed JWT",
                   "let the server sign its answers to this client, or ask without demanding that it does");
}

Result<void> checkVerdict(const AnswerVerdict& verdict, const AnswerExpectations& expected)
{
    if (verdict.verdict == Verdict::Verified || (!expected.isDemanded && !verdict.isRefused()))
        return {};
    return failure(ErrorKind::Refused, whatFails(expected.question),
                   "the server's signed answer is not to be believed: " + verdict.reason, verdict.fix);
}

bool isSignedAnswer(const http::Response& response)
{
    if (response.status != 200)
        return false;
    const std::string text = jwtOf(response);
    if (text.empty() || text.starts_with('{') || text.starts_with('<'))
        return false;
    const auto type = http::headerValue(response.headers, "Content-Type");
    if (toLowerAscii(type.value_or("")).find("jwt") != std::string::npos)
        return true;
    return isToken(text);
}

Result<SignedAnswer> readSignedAnswer(const http::Response& response, const AnswerExpectations& expected,
                                      Instant now, const Secrets& secrets)
{
    const auto token = tokenOf(response);
    if (!token)
        return tl::unexpected(token.error());
    inspect::KeyRing ring;
    ring.keys = expected.keys;
    inspect::Inspection inspection =
        inspect::Inspector(std::move(ring), expectationsOf(expected)).inspect(*token, now);
    if (!inspection.layers.empty())
        return nested();
    std::vector<Check> checks = std::move(inspection.checks);
    const json::Value claims = token->payloadJson->root();
    std::string body(claims.text());
    if (expected.question == SignedQuestion::Introspection) {
        const auto inside = unwrapped(claims);
        if (inside)
            body = *inside;
        else if (claims.find(introspectionClaim))
            checks.push_back({std::string(introspectionClaim), inspect::CheckResult::Failed,
                              "it is no object, or is there twice (RFC 9701 §5)"});
    }
    SignedAnswer answer{verdictOf(inspection, std::move(checks), expected), response};
    clean(answer.verdict, secrets);
    answer.plain.body = {};
    if (!answer.plain.body.append(body))
        return failure(ErrorKind::Unreadable, "the server's signed answer cannot be read",
                       "there is no room for it", "free some space in the folder for temporary files");
    return answer;
}

void verifySignedAnswer(keys::KeyCache& keys, const OAuthLogin& login, AnswerExpectations expected,
                        const http::Response& response, const Secrets& sent, Instant now, QObject* context,
                        std::function<void(Result<SignedAnswer>)> done)
{
    const Secrets secrets = secretsOf(login, sent);
    if (expected.issuer.empty())
        expected.issuer = login.server.issuer;
    if (expected.audience.empty())
        expected.audience = login.client.id;
    const jose::Jws token = jose::decode(jwtOf(response));
    const std::string algorithm = token.alg().value_or("");
    const auto source = token.segments == 3 ? sourceOf(login) : std::nullopt;
    if (source && !usesSecret(algorithm)) {
        keys.find(*source, token.kid(), now, context,
                  [expected = std::move(expected), response, secrets, now,
                   done = std::move(done)](Result<keys::KeySet> set) mutable {
                      takeKeys(expected, std::move(set), secrets);
                      done(readSignedAnswer(response, expected, now, secrets));
                  });
        return;
    }
    takeWhatIsHere(expected, login, algorithm);
    QMetaObject::invokeMethod(
        context,
        [done = std::move(done), read = readSignedAnswer(response, expected, now, secrets)] { done(read); },
        Qt::QueuedConnection);
}

std::vector<std::string> linesOf(const AnswerVerdict& verdict)
{
    std::string head = "The answer is a signed JWT: " + std::string(inspect::toText(verdict.verdict));
    if (!verdict.reason.empty())
        head += ": " + verdict.reason + " (" + verdict.fix + ")";
    else if (!verdict.keyUsed.empty())
        head += ", with " + verdict.keyUsed;
    std::vector<std::string> lines{std::move(head)};
    for (const Check& check : verdict.checks)
        lines.push_back("  " + check.name + ": " + std::string(inspect::toText(check.result)) + ", " +
                        check.why);
    return lines;
}

} // namespace claimcheck::auth
