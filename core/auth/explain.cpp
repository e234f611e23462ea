// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "explain.h"

#include <algorithm>
#include <array>

#include <base/text.h>
#include <inspect/inspection.h>

#include "challenge.h"
#include "sentcredentials.h"

namespace claimcheck::auth {
namespace {

struct Case
{
    const http::Exchange& exchange;
    Instant now;
    std::vector<Challenge> challenges;
    SentCredentials sent;
    std::optional<inspect::Inspection> token; ///< of the token that was sent, where it can be read
    std::vector<std::string> sentences;

    void say(std::string sentence) { sentences.push_back(std::move(sentence)); }
    const Challenge* find(std::string_view scheme) const
    {
        const auto found = std::find_if(challenges.begin(), challenges.end(),
                                        [scheme](const Challenge& each) { return each.is(scheme); });
        return found == challenges.end() ? nullptr : &*found;
    }
};

/// Text of the server in a sentence.
std::string inQuotes(std::string_view text)
{
    return "\"" + visible(shortened(text, 300)) + "\"";
}

void readChallenges(Case& it)
{
    bool hasField = false;
    for (const http::Header& header : it.exchange.response->headers) {
        if (!equalsIgnoringCase(header.name, "WWW-Authenticate"))
            continue;
        hasField = true;
        const auto challenges = parseChallenges(header.value);
        if (challenges)
            it.challenges.insert(it.challenges.end(), challenges->begin(), challenges->end());
        else
            it.say("The server's WWW-Authenticate cannot be read: " + challenges.error().why + ".");
    }
    if (!hasField && it.exchange.response->status == 401)
        it.say(
            "The server does not say what it asks for: its answer has no WWW-Authenticate, which a 401 must "
            "have (RFC 9110 §15.5.2).");
}

std::string schemesOf(const std::vector<Challenge>& challenges)
{
    std::string text;
    for (const Challenge& challenge : challenges)
        if (text.find(challenge.scheme) == std::string::npos)
            text += (text.empty() ? "" : " or ") + visible(shortened(challenge.scheme, 40));
    return text;
}

std::vector<std::string> wordsOf(std::string_view text)
{
    std::vector<std::string> words;
    while (!(text = trimmed(text)).empty()) {
        const std::size_t end = std::min(text.find(' '), text.size());
        words.emplace_back(text.substr(0, end));
        text.remove_prefix(end);
    }
    return words;
}

/// RFC 7616 §3.4: `qop` lists what the server takes. An answer with auth-int has to hash the body, and the
/// engine hashes an empty one.
bool wantsBodyHashed(const Case& it)
{
    const Challenge* const digest = it.find("Digest");
    if (digest == nullptr || (it.exchange.request.body.empty() && !it.exchange.request.upload))
        return false;
    bool isHashed = false;
    std::string offers = toLowerAscii(digest->parameter("qop"));
    std::replace(offers.begin(), offers.end(), ',', ' ');
    for (const std::string& offer : wordsOf(offers)) {
        if (offer == "auth")
            return false;
        isHashed = isHashed || offer == "auth-int";
    }
    return isHashed;
}

/// Where the Authorization field answers a challenge, or is the request's signature.
void explainMade(Case& it)
{
    const std::string& made = it.sent.made;
    const bool isAsked = it.find(made) != nullptr;
    if (isAsked && made == "Digest" && wantsBodyHashed(it))
        return it.say("The server asks for Digest with qop=auth-int alone, which covers the body too: with a "
                      "body that is not supported, so name and password may be right.");
    if (it.sent.isThere && (isAsked || it.challenges.empty()))
        return it.say("The server refuses what was sent as " + made +
                      (made.starts_with("AWS") ? ": key, region, service or the clock may be wrong."
                                               : ": the name or its password may be wrong."));
    if (isAsked)
        return it.say("The server asks for " + made +
                      " in a way that could not be answered, so nothing was sent to authorise the request.");
    if (!it.challenges.empty())
        return it.say("The request is made for the scheme " + made + ", and the server asks for " +
                      schemesOf(it.challenges) + ".");
    it.say("Nothing was sent to authorise the request: " + made +
           " answers what a server asks, and this one asked nothing.");
}

/// Whether anything was sent, and under the scheme that the server asks for.
void explainSent(Case& it)
{
    const SentCredentials& sent = it.sent;
    if (sent.isWithheld)
        return it.say("Authorization was not sent: a redirect led to another origin, which does not get it.");
    if (!sent.made.empty())
        return explainMade(it);
    if (!sent.isThere) {
        const char* const cookie = sent.hasCookie ? " A cookie was sent." : "";
        return it.say("No token was sent: the request has no Authorization header." + std::string(cookie));
    }
    if (sent.token.isEmpty())
        return it.say(sent.scheme.empty() ? "No token was sent: the Authorization header is empty."
                                          : "No token was sent: the Authorization header holds " +
                                                visible(sent.scheme) + " and nothing behind it.");
    if (it.challenges.empty())
        return;
    const bool isAsked = std::any_of(it.challenges.begin(), it.challenges.end(),
                                     [&sent](const Challenge& each) { return each.is(sent.scheme); });
    if (isAsked)
        return;
    if (sent.scheme.empty())
        it.say("The token was sent without a scheme, and the server asks for " + schemesOf(it.challenges) +
               ".");
    else
        it.say("The request was sent with the scheme " + visible(shortened(sent.scheme, 40)) +
               ", and the server asks for " + schemesOf(it.challenges) + ".");
}

/// The token's own times, by this machine's clock.
void explainTimes(Case& it)
{
    if (!it.token)
        return;
    if (it.token->expiresAt && *it.token->expiresAt <= it.now)
        it.say("The token that was sent has expired: " + formatFull(*it.token->expiresAt, it.now) + ".");
    if (it.token->notBefore && *it.token->notBefore > it.now)
        it.say("The token that was sent is not valid yet: it will be " +
               formatFull(*it.token->notBefore, it.now) + ".");
}

struct ChallengeError
{
    std::string_view error;
    const char* sentence;
};
constexpr std::array<ChallengeError, 6> challengeErrors{{
    {"invalid_request",
     "The server could not make sense of how the token was sent: something is missing, doubled "
     "or malformed (invalid_request, RFC 6750 §3.1)."},
    {"invalid_token",
     // No colon behind "token": what stands there is cut out of reports, as a secret.
     "The server refuses the token as expired, revoked, malformed or not made for it (invalid_token, "
     "RFC 6750 §3.1)."},
    {"insufficient_scope",
     "The token is good, and gives fewer rights than this request needs (insufficient_scope, "
     "RFC 6750 §3.1)."},
    {"insufficient_user_authentication",
     "The sign-in behind the token is too weak or too old for this request "
     "(insufficient_user_authentication, RFC 9470 §3)."},
    {"use_dpop_nonce",
     "The server wants its own nonce in the DPoP proof: send the request again with the one from "
     "its DPoP-Nonce header (use_dpop_nonce, RFC 9449 §8)."},
    {"invalid_dpop_proof", "The server refuses the DPoP proof (invalid_dpop_proof, RFC 9449 §7.1)."},
}};

void explainError(Case& it, const Challenge& challenge)
{
    const std::string error = challenge.parameter("error");
    const auto known = std::find_if(challengeErrors.begin(), challengeErrors.end(),
                                    [&error](const ChallengeError& each) { return each.error == error; });
    const bool isOfToken = error == "invalid_token" || error == "insufficient_scope";
    if (isOfToken && !it.sent.isThere && !it.sent.hasCookie)
        it.say("The server answers as if a token had come (" + error + ", RFC 6750 §3.1).");
    else if (known != challengeErrors.end())
        it.say(known->sentence);
    else if (!error.empty())
        it.say("The server's error is " + inQuotes(error) + ", which no RFC that we know has.");
    if (const std::string words = challenge.parameter("error_description"); !words.empty())
        it.say("The server's own words: " + inQuotes(words) + ".");
    const bool wantsNonce = error == "use_dpop_nonce";
    if (wantsNonce && !http::headerValue(it.exchange.response->headers, "DPoP-Nonce"))
        it.say("The answer has no DPoP-Nonce header, though.");
}

/// Texts of a claim that is one text or a list of them.
std::vector<std::string> textsOf(const std::optional<json::Value>& claim)
{
    std::vector<std::string> texts;
    if (claim && claim->isString())
        texts.push_back(claim->string());
    if (claim)
        for (const json::Value& item : claim->items())
            if (item.isString())
                texts.push_back(item.string());
    return texts;
}

std::optional<json::Value> claim(const Case& it, std::string_view name)
{
    if (!it.token || !it.token->claimsJson())
        return std::nullopt;
    return it.token->claimsJson()->root().find(name);
}

std::string listed(const std::vector<std::string>& texts)
{
    std::string text;
    for (std::size_t i = 0; i < texts.size() && i < 10; ++i)
        text += (i == 0 ? "" : ", ") + visible(shortened(texts[i], 100));
    return text + (texts.size() > 10 ? " …" : "");
}

/// RFC 6750 §3 `scope` beside `scope` (RFC 9068 §2.2.3) and `scp` of the token.
void explainScopes(Case& it, const Challenge& challenge)
{
    const std::vector<std::string> wanted = wordsOf(challenge.parameter("scope"));
    if (wanted.empty())
        return;
    std::vector<std::string> held;
    for (const char* name : {"scope", "scp"})
        for (const std::string& text : textsOf(claim(it, name)))
            for (std::string& word : wordsOf(text))
                held.push_back(std::move(word));
    if (held.empty())
        return it.say("The request needs the scope " + listed(wanted) +
                      (it.token ? "; the token names none." : "."));
    std::vector<std::string> missing;
    for (const std::string& scope : wanted)
        if (std::find(held.begin(), held.end(), scope) == held.end())
            missing.push_back(scope);
    if (missing.empty())
        it.say("The request needs the scope " + listed(wanted) + ", and the token has it.");
    else
        it.say("The token lacks the scope " + listed(missing) + "; it has " + listed(held) + ".");
}

/// RFC 9470 §3: how and when somebody has to have signed in, beside `acr` and `auth_time`.
void explainStepUp(Case& it, const Challenge& challenge)
{
    if (const std::vector<std::string> wanted = wordsOf(challenge.parameter("acr_values")); !wanted.empty()) {
        const std::vector<std::string> held = textsOf(claim(it, "acr"));
        it.say("The sign-in must be of " + listed(wanted) + " (acr_values); the token's " +
               (held.empty() ? "says nothing of it." : "is " + listed(held) + "."));
    }
    const std::string age = challenge.parameter("max_age");
    const auto longest = parseDuration(age);
    if (age.empty() || !longest)
        return;
    const auto time = claim(it, "auth_time");
    const auto seconds = time ? time->number() : std::nullopt;
    it.say("The sign-in must not be older than " +
           formatDuration(static_cast<double>(longest->count()) * 1000) +
           (seconds ? "; it was " + formatFull(fromUnixSeconds(*seconds), it.now) + "." : "."));
}

/// An audience that is an address of another host; one that is a name can be anybody's.
void explainAudience(Case& it)
{
    const std::vector<std::string> audiences = textsOf(claim(it, "aud"));
    const std::string url = it.exchange.hops.empty() ? it.exchange.request.url : it.exchange.hops.back().url;
    const std::string origin = http::originOf(url);
    const auto isElsewhere = [&origin](const std::string& audience) {
        const std::string its = http::originOf(audience);
        return !its.empty() && its != origin;
    };
    if (!audiences.empty() && std::all_of(audiences.begin(), audiences.end(), isElsewhere))
        it.say("The token is made for " + listed(audiences) + " (aud), and the request went to " +
               visible(origin) + ".");
}

void explainRest(Case& it)
{
    if (const Challenge* dpop = it.find("DPoP");
        dpop != nullptr && equalsIgnoringCase(it.sent.scheme, "DPoP") && !it.sent.hasProof)
        it.say("The request has no DPoP header with a proof (RFC 9449 §4.1).");
    for (const Challenge& challenge : it.challenges)
        if (const std::string where = challenge.parameter("resource_metadata"); !where.empty()) {
            it.say("What the server expects of a token stands at " + visible(shortened(where, 300)) +
                   " (RFC 9728 §5.1).");
            break;
        }
    if (it.exchange.response->status == 403 && it.challenges.empty() && !it.sent.isWithheld &&
        !it.sent.token.isEmpty())
        it.say("The server knows who asks, and refuses it all the same (403, RFC 9110 §15.5.4): another "
               "account or "
               "more rights would be needed.");
}

} // namespace

std::vector<std::string> explain(const http::Exchange& exchange, Instant now)
{
    if (!exchange.response || (exchange.response->status != 401 && exchange.response->status != 403))
        return {};
    Case it{exchange, now, {}, sentCredentials(exchange), {}, {}};
    if (!it.sent.token.isEmpty()) {
        inspect::Inspection token = inspect::inspect(it.sent.token.reveal(), now);
        if (token.claimsJson())
            it.token = std::move(token);
    }
    explainTimes(it);
    std::vector<std::string> surest = std::exchange(it.sentences, {});
    readChallenges(it);
    std::vector<std::string> general = std::exchange(it.sentences, std::move(surest));
    explainSent(it);
    for (const Challenge& challenge : it.challenges) {
        explainError(it, challenge);
        explainScopes(it, challenge);
        explainStepUp(it, challenge);
    }
    explainAudience(it);
    it.sentences.insert(it.sentences.end(), general.begin(), general.end());
    explainRest(it);
    return std::move(it.sentences);
}

} // namespace claimcheck::auth
