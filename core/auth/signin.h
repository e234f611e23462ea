// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Signing in, whatever the way: from discovery through the grant to tokens that were checked. The steps are
// the pure functions beside this; here is what lies between them: sending, the browser, waiting.
//
//   SignIn signIn(client, keys, clock);
//   signIn.start(login, {.prompted = show, .done = finish});

#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <variant>
#include <vector>

#include <QtCore/qelapsedtimer.h>
#include <QtCore/qobject.h>
#include <QtCore/qtimer.h>

#include <auth/authorization.h>
#include <auth/device.h>
#include <auth/dpopnonces.h>
#include <auth/expiry.h>
#include <auth/idtoken.h>
#include <auth/livetokens.h>
#include <auth/redirectlistener.h>
#include <auth/requestlogin.h>
#include <auth/tokenanswer.h>
#include <http/client.h>
#include <keys/keycache.h>

namespace claimcheck::auth {

/// Endpoints that were found, in place of those that nobody named.
void fillIn(keys::ServerMetadata& named, const keys::ServerMetadata& found);

using AnyLogin = std::variant<Login, OAuthLogin, RequestLogin>;

/// What a person has to do before it goes on.
struct Prompt
{
    std::string link;                 ///< to be opened in a browser; empty with a device code
    std::string redirectUri;          ///< where the answer is waited for
    std::optional<DeviceCode> device; ///< a code to be typed elsewhere
};

struct SignedIn
{
    LiveTokens tokens;
    Expiry expiry;
    std::string place; ///< where the token was found: "body .access_token"
    std::string type;  ///< `token_type`; empty where no server says any
    std::string scope;
    std::optional<Seconds> expiresIn;
    std::vector<inspect::Check> idTokenChecks;
    std::vector<std::string> notes;
    http::Exchange exchange; ///< that brought them; nothing secret stands in its request any more
    OAuthLogin login;        ///< with the endpoints that were found; of an OAuth login
};

class SignIn
{
public:
    struct Handlers
    {
        std::function<void(const Prompt&)> prompted;
        /// Once, from the event loop; this object may be ended in it.
        std::function<void(Result<SignedIn>)> done;
        std::function<Instant()> clock = currentTime;
        std::string redirectPath = "/callback";
        std::uint16_t redirectPort = 0;        ///< 0: one that the system picks
        std::optional<Seconds> usersWord = {}; ///< how long a token is good that does not say it
        std::function<void(const http::Exchange&)> observed = {}; ///< each, with all its secrets
        /// The refresh token that a renewal brought for the one before, which the server takes no longer.
        /// Told before the ID token beside it is checked: that may need the network, and may fail.
        std::function<void(const Secret&)> rotated = {};
        /// Those of the token endpoint, for whoever signs in more than once. Never null.
        std::shared_ptr<DpopNonces> nonces = std::make_shared<DpopNonces>();
    };

    SignIn(http::Client& client, keys::KeyCache& keys); ///< which outlive it
    ~SignIn(); ///< ends what is under way; nothing is called after it
    SignIn(const SignIn&) = delete;
    SignIn& operator=(const SignIn&) = delete;

    void start(const AnyLogin& login, Handlers handlers);
    /// New tokens for these, by their refresh token (RFC 6749 §6); one that is not replaced stays.
    void refresh(const OAuthLogin& login, const LiveTokens& tokens, Handlers handlers);
    /// The same by the request that renews, which there must be.
    void refresh(const RequestLogin& login, const LiveTokens& tokens, Handlers handlers);
    void cancel(); ///< done() comes with Cancelled

private:
    using Build = std::function<Result<http::Request>(const Moment&)>;
    using Next = void (SignIn::*)(http::Exchange);

    void begin(Handlers handlers);
    void startCredentials(const Login& login);
    void takeCredentials(http::Exchange exchange);
    Result<void> takeToken(const http::Response& response, const Secrets& sent);
    void startRequest(const RequestLogin& login);
    void takeRequest(http::Exchange exchange);
    Result<void> takeRefreshToken(const http::Response& response, const Secrets& sent);
    Secrets sentWith(const http::Request& request) const;
    void observe(const http::Exchange& exchange) const;
    void discover();
    void takeMetadata(const Result<keys::MetadataDocument>& document);
    void startGrant();
    void startCode();
    void takeRedirect(const std::string& target);
    void startDevice();
    void takeDeviceCode(http::Exchange exchange);
    void poll();
    void takePoll(http::Exchange exchange);
    void send(Build build, Next next);
    void takeTokens(http::Exchange exchange);
    void finishTokens(TokenAnswer answer, http::Exchange exchange);
    void takeExpiry(const http::Response& response, std::optional<Seconds> expiresIn);
    void checkIdentity();
    void judgeIdentity(std::vector<jose::Key> keys);
    void end(Result<SignedIn> result);
    void fail(Error error) { end(tl::unexpected(std::move(error))); }

    http::Client& m_client;
    keys::KeyCache& m_keys;
    Handlers m_handlers;
    QObject m_life;
    http::Call m_call;
    QTimer m_pause; ///< between two questions of the device grant
    QElapsedTimer m_elapsed;
    Login m_credentials; ///< of a RequestLogin its place of the token
    RequestLogin m_request;
    OAuthLogin m_login;
    std::optional<LiveTokens> m_renewed; ///< the tokens that are being renewed
    std::optional<Attempt> m_attempt;
    std::unique_ptr<RedirectListener> m_listener;
    std::optional<DevicePolling> m_polling;
    Secret m_deviceCode;
    SignedIn m_result;
    bool m_isRunning = false;
};

} // namespace claimcheck::auth
