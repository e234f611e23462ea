// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// An answer that is a signed JWT in place of JSON: of introspection (RFC 9701 §5), of userinfo (OpenID
// Connect Core §5.3.2). It is verified, and what it says stands there as the plain answer would have it, for
// readIntrospection() and readUserinfo() (tokenservice.h).

#pragma once

#include <functional>
#include <string>
#include <vector>

#include <QtCore/qobject.h>

#include <auth/oauth.h>
#include <auth/secrets.h>
#include <base/result.h>
#include <http/exchange.h>
#include <inspect/inspection.h>
#include <jose/key.h>
#include <keys/keycache.h>

namespace claimcheck::auth {

enum class SignedQuestion
{
    Introspection,
    Userinfo
};

struct AnswerExpectations
{
    SignedQuestion question = SignedQuestion::Introspection;
    bool isDemanded = false;     ///< no answer will do that is not verified
    std::string issuer;          ///< empty: not known, not compared
    std::string audience;        ///< the client's id; empty: not known, not compared
    std::vector<jose::Key> keys; ///< that the answer may be signed with; without any it is not verified
    std::string whyNoKey;        ///< where there are none, a sentence
    std::string fix;             ///< what to do about that
    Seconds leeway{60};          ///< for clocks that differ
};

/// What the signature and the claims of such an answer are worth. No secret stands in it.
struct AnswerVerdict
{
    /// Verified; NotVerified where no key is known and nothing speaks against it; else what does.
    inspect::Verdict verdict = inspect::Verdict::NotVerified;
    std::string reason; ///< empty when verified
    std::string fix;    ///< empty when verified
    std::string keyUsed;
    std::vector<inspect::Check> checks; ///< "signature", "iss", "aud", "typ", "exp", "required:…" …

    /// It is not to be believed.
    bool isRefused() const;
};

struct SignedAnswer
{
    AnswerVerdict verdict;
    http::Response plain; ///< the answer, with what the JWT says as its body
};

/// Whether the answer is a JWT, by its Content-Type or by itself.
bool isSignedAnswer(const http::Response& response);

/// Has the request ask for a signed JWT in place of JSON (RFC 9701 §4, OpenID Connect Core §5.3.2).
void askForSigned(http::Request& request, SignedQuestion question);

/// Refused for a 200 that is no signed JWT where one is demanded.
Result<void> checkIsSigned(const http::Response& response, const AnswerExpectations& expected);

/// Refused for what is not to be believed; for all that is not verified where that is demanded.
Result<void> checkVerdict(const AnswerVerdict& verdict, const AnswerExpectations& expected);

/// Malformed for what is no token with claims; Refused for an encrypted token and for one with another token
/// in it, which are not opened.
Result<SignedAnswer> readSignedAnswer(const http::Response& response, const AnswerExpectations& expected,
                                      Instant now, const Secrets& secrets = {});

/// Looks for the keys first: the client's secret for HMAC, else the key set or the issuer of `login.server`.
/// What `expected` leaves open is that of `login`: the issuer, and as audience the client's id. `done` comes
/// once, from the event loop, and not when `context`, which is not null, dies before.
void verifySignedAnswer(keys::KeyCache& keys, const OAuthLogin& login, AnswerExpectations expected,
                        const http::Response& response, const Secrets& sent, Instant now, QObject* context,
                        std::function<void(Result<SignedAnswer>)> done);

/// "The answer is a signed JWT: verified", with what decided, and a line for each check.
std::vector<std::string> linesOf(const AnswerVerdict& verdict);

} // namespace claimcheck::auth
