// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A session with its tokens, for everybody who sends requests with it: signs in, renews in time and after a
// 401, one renewal for however many wait (sessionlife.h). Tokens stand in memory, and in a TokenStore before
// they are used.

#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include <QtCore/qelapsedtimer.h>
#include <QtCore/qobject.h>
#include <QtCore/qpointer.h>
#include <QtCore/qtimer.h>

#include <auth/sessionlife.h>
#include <auth/signin.h>
#include <auth/tokenuse.h>

namespace claimcheck::auth {

class SessionKeeper
{
public:
    struct Options
    {
        AnyLogin login;
        std::optional<Seconds> usersWord = {}; ///< how long a token is good that does not say it
        RenewalPolicy policy = {};
        TokenStore* store = nullptr;                              ///< none: memory alone; outlives the keeper
        std::optional<KeptTokens> kept = {};                      ///< to begin with, instead of a sign-in
        std::function<void(const Prompt&)> prompted = {};         ///< none: a login that needs a person fails
        std::function<void(const http::Exchange&)> observed = {}; ///< as SignIn::Handlers::observed
        /// A sentence about a token that came, which is odd in its times or its answer; not again while those
        /// after it are so too.
        std::function<void(const std::string&)> noted = {};
        std::function<Instant()> clock = currentTime;
    };

    /// A token to be used, and its name for refused() and accepted().
    struct Held
    {
        LiveTokens tokens;
        std::uint64_t generation = 0;
    };
    using Done = std::function<void(Result<Held>)>;

    SessionKeeper(http::Client& client, keys::KeyCache& keys, Options options); ///< which outlive it
    ~SessionKeeper();
    SessionKeeper(const SessionKeeper&) = delete;
    SessionKeeper& operator=(const SessionKeeper&) = delete;

    /// `done` is called once, always from the event loop, and not at all when `context` or this object is
    /// gone by then.
    void want(QObject* context, Done done);
    /// A server answered 401 to that token: another one, or why there is none.
    void refused(std::uint64_t generation, QObject* context, Done done);
    void accepted(std::uint64_t generation) { m_life.accepted(generation); }
    /// What came of a request with a token, whatever its status is: accepted() where it is no 401, and its
    /// nonce is the one for the next proof, unless `use` keeps it, whose after() was asked before: a server
    /// may take a nonce once alone, and another request that goes out meanwhile would use it up.
    void answered(const TokenUse& use, const http::Exchange& exchange);
    /// Another token now, because the user says so. One that is still good is what comes where the renewal
    /// fails, and problem() says why.
    void renewNow(QObject* context, Done done);

    /// The token at hand, good or over; nothing before the first came.
    std::optional<Held> held() const;
    /// As SessionLife has them.
    std::optional<Milliseconds> untilDue() const { return m_life.untilDue(now()); }
    std::optional<Milliseconds> rest() const { return m_life.rest(now()); }
    /// A sign-in or renewal is under way, or what it brought is not valid yet.
    bool isBusy() const { return m_signIn || m_asking || m_isStoring || m_early; }
    /// The first sign-in is under way, by something else than a refresh token, which would be used up.
    bool isSigningIn() const { return isBusy() && generation() == 0 && !m_isRefresh; }
    /// Whether it can be renewed without anybody at the machine.
    bool renewsAlone() const;
    /// With the endpoints that were found.
    const AnyLogin& login() const { return m_options.login; }

    /// How often tokens came, the first login included.
    std::uint64_t generation() const { return m_life.generation(); }
    /// Why the latest renewal brought nothing that is of use, also where the token at hand is still good;
    /// nothing after one that did.
    const std::optional<Error>& problem() const { return m_life.problem(); }
    /// As SessionLife has them.
    bool hasGivenUp() const { return m_life.hasGivenUp(); }
    bool isPausing() const { return m_life.isPausing(now()); }
    /// It has given up, and not because somebody stopped it: the same is refused again.
    bool isRefused() const { return hasGivenUp() && problem()->kind != ErrorKind::Cancelled; }
    /// What is odd about the token that came last, in sentences.
    const std::vector<std::string>& notes() const { return m_notes; }
    /// The key that tokens are bound to; null where they are not.
    const jose::Key* proofKey() const;
    /// Those of the servers that requests with the token go to. The token endpoint's are others (RFC 9449
    /// §8), also where it is of the same origin.
    std::shared_ptr<DpopNonces> nonces() const { return m_nonces; }
    /// Why the latest tokens are in memory alone; nothing where they are kept, or are not to be.
    const std::optional<Error>& storeProblem() const { return m_storeProblem; }
    /// Puts the tokens at hand into the store, which did not take them or was not to; storeProblem() says
    /// what came of it. `done` as TokenStore::keep() has it.
    void keepNow(TokenStore::Done done);
    /// Ends a sign-in that is under way, or the wait for its tokens to be kept or to become valid; those that
    /// wait are told.
    void cancel();
    /// The same, where those that it was begun for want no token any more: begun anew for whoever wants one.
    void withdraw();

private:
    struct Waiting
    {
        QPointer<QObject> context;
        Done done;
    };

    /// A token that came before it is valid.
    struct Early
    {
        KeptTokens tokens;
        Expiry expiry;
        Clocks came;
    };

    Clocks now() const;
    Ticket keep(QObject* context, Done done);
    void apply(const Effects& effects);
    void renew();
    void takeLatest(const std::optional<KeptTokens>& latest);
    void refresh();
    void signInAnew();
    bool canSignInAfter(const Error& error) const;
    void takeRenewal(Result<SignedIn> result, bool wasRefresh);
    void takeRotated(const Secret& refreshToken);
    void takeTokens(LiveTokens tokens, const Expiry& expiry);
    void useWhenValid(KeptTokens next, const Expiry& expiry, const Clocks& came);
    void use(KeptTokens next, const Expiry& expiry, const Clocks& came);
    void takeNotes(const std::vector<std::string>& notes);
    SignIn::Handlers handlers(bool isRefresh);
    void fail(const Error& error);
    void endRenewal();

    http::Client& m_client;
    keys::KeyCache& m_keys;
    Options m_options;
    QObject m_queue; ///< what is to be told from the event loop
    QElapsedTimer m_steady;
    SessionLife m_life;
    KeptTokens m_current;
    std::optional<Error> m_storeProblem;
    Secret m_keptRefreshToken;         ///< that the store had last, so far as is known here
    std::unique_ptr<QObject> m_asking; ///< lives while the store is asked for what it has by now
    QObject m_storing;                 ///< ends what the store is asked for
    bool m_isStoring = false;
    std::vector<std::string> m_notes;
    std::shared_ptr<DpopNonces> m_nonces = std::make_shared<DpopNonces>();
    std::shared_ptr<DpopNonces> m_tokenNonces = std::make_shared<DpopNonces>(); ///< of the token endpoint
    std::optional<Early> m_early;
    QTimer m_untilValid;
    std::unique_ptr<SignIn> m_signIn;
    bool m_isRefresh = false;   ///< the latest of them
    bool m_isWithdrawn = false; ///< and it ends by withdraw()
    std::map<Ticket, Waiting> m_waiting;
    Ticket m_lastTicket = 0;
};

} // namespace claimcheck::auth
