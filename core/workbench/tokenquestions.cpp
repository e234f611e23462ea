// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the server that gave an identity's token is asked about it: if it is still good (RFC 7662), and who it
// stands for (OpenID Connect Core §5.3).

#include "identities.h"
#include "liveidentity.h"

#include <utility>

#include <auth/random.h>
#include <auth/secrets.h>
#include <auth/signedanswer.h>
#include <auth/tokenrequest.h>
#include <auth/tokenservice.h>
#include <auth/withnonce.h>
#include <base/text.h>
#include <keys/discovery.h>

namespace claimcheck::workbench {
namespace {

struct Asked
{
    auth::OAuthLogin login;
    auth::LiveTokens tokens;
    TokenQuestion question = TokenQuestion::Introspection;
    bool isSigned = false; ///< no answer will do that is not verified
};

auth::AnswerExpectations expectationsOf(const Asked& asked)
{
    auth::AnswerExpectations expected;
    expected.question = asked.question == TokenQuestion::Introspection ? auth::SignedQuestion::Introspection
                                                                       : auth::SignedQuestion::Userinfo;
    expected.isDemanded = asked.isSigned;
    return expected;
}

Result<http::Request> askingRequest(const Asked& asked, const std::string& nonce)
{
    const auth::Moment moment{currentTime(), auth::randomText(16), nonce};
    const Secret& token = asked.tokens.accessToken;
    auto built = asked.question == TokenQuestion::Introspection
                     ? auth::introspectionRequest(asked.login, token, auth::TokenKind::AccessToken, moment)
                     : auth::userinfoRequest(asked.login, token, moment);
    if (built && asked.isSigned)
        auth::askForSigned(*built, expectationsOf(asked).question);
    return built;
}

using Endpoint = std::string keys::ServerMetadata::*;

Endpoint endpointFor(TokenQuestion question)
{
    return question == TokenQuestion::Introspection ? &keys::ServerMetadata::introspectionEndpoint
                                                    : &keys::ServerMetadata::userinfoEndpoint;
}

Error nobodyNamed(const std::string& name, const auth::OAuthLogin& login, TokenQuestion question)
{
    const bool isIntrospection = question == TokenQuestion::Introspection;
    const std::string endpoint = isIntrospection ? "introspection endpoint (RFC 7662)" : "userinfo endpoint";
    const std::string key = isIntrospection ? "introspectionUrl" : "userinfoUrl";
    const bool hasIssuer = !login.server.issuer.empty();
    return {ErrorKind::Usage, "the server of " + visible(name) + " cannot be asked about its token",
            hasIssuer ? "its issuer names no " + endpoint
                      : "its login names neither " + std::string(isIntrospection ? "an " : "a ") + endpoint +
                            " nor the issuer that may name it",
            "write " + key + (hasIssuer ? "" : " or issuer") + " under oauth2 of " + visible(name) +
                " in .claimcheck/sessions.yaml, or in Edit login",
            std::nullopt};
}

/// Why it is no answer to the question; nothing where it is one.
std::optional<Error> faultOf(const Asked& asked, const Result<http::Exchange>& exchange)
{
    if (!exchange)
        return exchange.error();
    if (exchange->error)
        return exchange->error;
    const auth::Secrets sent = auth::secretsIn(exchange->request);
    if (asked.question == TokenQuestion::Introspection) {
        const auto read = auth::readIntrospection(asked.login, *exchange->response, sent);
        return read ? std::nullopt : std::optional(read.error());
    }
    const std::string& subject = asked.tokens.subject;
    const auto read = auth::readUserinfo(asked.login, *exchange->response,
                                         subject.empty() ? std::nullopt : std::optional(subject), sent);
    return read ? std::nullopt : std::optional(read.error());
}

/// Where a verified answer is demanded, and this is none.
std::optional<Error> faultOfDemanded(const Asked& asked, const Result<http::Exchange>& exchange,
                                     const std::optional<auth::AnswerVerdict>& verdict)
{
    if (!asked.isSigned || !exchange || exchange->error)
        return std::nullopt;
    const auto taken = verdict ? auth::checkVerdict(*verdict, expectationsOf(asked))
                               : auth::checkIsSigned(*exchange->response, expectationsOf(asked));
    return taken ? std::nullopt : std::optional(taken.error());
}

/// One that is not to be believed is shown with what speaks against it, and not read any further; where a
/// verified one is demanded it is an error.
void tell(Identities& identities, LiveIdentity& asker, const Asked& asked,
          const Result<http::Exchange>& exchange, const std::optional<auth::AnswerVerdict>& verdict)
{
    const bool isRefused = verdict && verdict->isRefused();
    auto fault = faultOfDemanded(asked, exchange, verdict);
    if (!fault && !isRefused)
        fault = faultOf(asked, exchange);
    if (fault)
        Q_EMIT identities.failed(*fault);
    else
        Q_EMIT identities.answered(toQString(asker.identity().name), asked.question,
                                   asker.recorded(*exchange), verdict);
}

} // namespace

keys::KeyCache& Identities::keyCache()
{
    if (!m_keys)
        m_keys = std::make_unique<keys::KeyCache>(client());
    return *m_keys;
}

http::Client& Identities::client()
{
    if (!m_client)
        m_client = std::make_unique<http::Client>();
    return *m_client;
}

/// A session that was kept did not need the issuer's metadata yet.
void Identities::findEndpoint(auth::OAuthLogin login, std::string keys::ServerMetadata::*wanted,
                              QObject* context, std::function<void(Result<auth::OAuthLogin>)> then)
{
    if (!(login.server.*wanted).empty() || login.server.issuer.empty())
        return then(std::move(login));
    keys::Source source;
    source.issuer = login.server.issuer;
    source.tls = login.tls;
    source.proxy = login.proxy;
    keys::fetchMetadata(
        client(), source, context,
        [login = std::move(login), then = std::move(then)](const Result<keys::MetadataDocument>& document) {
            const auto found = document ? keys::readMetadata(*document, login.server.issuer)
                                        : tl::unexpected(document.error());
            if (!found)
                return then(tl::unexpected(found.error()));
            auth::OAuthLogin complete = login;
            auth::fillIn(complete.server, *found);
            then(std::move(complete));
        });
}

void Identities::ask(const std::string& name, TokenQuestion question, bool isSigned)
{
    LiveIdentity* const asker = live(name);
    const auto held = asker != nullptr ? asker->held() : std::nullopt;
    const auto* const login =
        held ? std::get_if<auth::OAuthLogin>(&asker->session()->keeper().login()) : nullptr;
    if (login == nullptr)
        return;
    Asked asked{*login, held->tokens, question, isSigned};
    if (!held->tokens.isBound)
        asked.login.proofKey.reset();
    const auto nonces = asker->session()->keeper().nonces();
    auto send = [this, asker, asked, nonces](Result<auth::OAuthLogin> found) mutable {
        if (!found) {
            Q_EMIT failed(found.error());
            return;
        }
        asked.login = *std::move(found);
        if ((asked.login.server.*endpointFor(asked.question)).empty()) {
            Q_EMIT failed(nobodyNamed(asker->identity().name, asked.login, asked.question));
            return;
        }
        const auto done = [this, asker, asked](const Result<http::Exchange>& exchange) {
            if (!exchange || exchange->error || !auth::isSignedAnswer(*exchange->response))
                return tell(*this, *asker, asked, exchange, {});
            const auto opened = [this, asker, asked, whole = *exchange](Result<auth::SignedAnswer> answer) {
                if (!answer) {
                    Q_EMIT failed(answer.error());
                    return;
                }
                http::Exchange plain = whole;
                plain.response = std::move(answer->plain);
                tell(*this, *asker, asked, plain, answer->verdict);
            };
            auth::verifySignedAnswer(keyCache(), asked.login, expectationsOf(asked), *exchange->response,
                                     auth::secretsIn(exchange->request), m_clock(), asker, opened);
        };
        const std::string& endpoint = asked.login.server.*endpointFor(asked.question);
        const auto build = [asked, latest = nonces->of(endpoint)](const std::string& nonce) {
            return askingRequest(asked, nonce.empty() ? latest : nonce);
        };
        auth::askWithNonce(client(), build, asker, done, nonces);
    };
    findEndpoint(asked.login, endpointFor(question), asker, std::move(send));
}

} // namespace claimcheck::workbench
