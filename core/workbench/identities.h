// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The identities of the open collection (`.claimcheck/sessions.yaml`), side by side: each with a session of
// its own that signs in when it is needed and renews itself, and a way to send a request as one of them.
// Tokens stand in memory, and in the keychain where the user wants that.

#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include <QtCore/qobject.h>
#include <QtCore/qtimer.h>

#include <archive/record.h>
#include <auth/signedanswer.h>
#include <auth/signin.h>
#include <collection/collection.h>
#include <collection/identity.h>
#include <http/client.h>
#include <keys/keycache.h>
#include <run/runsession.h>
#include <workbench/secrets.h>
#include <workbench/workbench.h>

namespace claimcheck::workbench {

class LiveIdentity;

/// A token's life, as it says itself or its answer said; not the token.
struct TokenSpan
{
    std::string what; ///< "access token", "refresh token", "ID token"
    std::optional<Instant> from = {};
    std::optional<Instant> to = {};
    std::string unreadableEnd = {}; ///< its `exp`, where it is no time

    bool operator==(const TokenSpan&) const = default;
};

/// What a window shows of an identity; no token.
struct IdentityState
{
    std::string name;
    std::string login; ///< "credentials", "request", or the grant as the file says it
    bool isSignedIn = false;
    bool isBusy = false;      ///< signing in, or being renewed
    bool isKept = false;      ///< in the keychain, too
    bool renewsAlone = false; ///< nobody is needed for it
    std::optional<Instant> since = {};
    std::optional<Instant> ends = {};
    std::optional<Error> problem = {};       ///< why it could not be signed in, renewed, or kept
    std::vector<std::string> notes = {};     ///< what is odd about its token's times, in sentences
    std::optional<auth::Prompt> prompt = {}; ///< what a person has to do
    std::vector<TokenSpan> tokens = {};
    bool hasSteps = false;                 ///< Identities::steps() has some
    std::vector<std::string> origins = {}; ///< that its token goes to without a question
    bool hasServer = false;                ///< that gives tokens, and can be asked about them
};

/// What the server that gave a token can be asked about it.
enum class TokenQuestion
{
    Introspection, ///< is it still good (RFC 7662)
    Userinfo       ///< who does it stand for (OpenID Connect Core §5.3)
};

/// What became of the tokens of a login that was only tried.
struct EndedTokens
{
    struct Each
    {
        std::string what;       ///< "access token", "refresh token"
        std::string why;        ///< it is forgotten here alone, and good until it ends; empty: it was revoked
        bool isProblem = false; ///< it should have been revoked

        bool operator==(const Each&) const = default;
    };
    std::string name; ///< the identity's
    std::vector<Each> tokens;

    bool operator==(const EndedTokens&) const = default;
};

/// How the user is asked. `answer` comes later, from the event loop, and not when `context` dies before. What
/// is null is refused, or goes on without.
struct IdentityQuestions
{
    using Answer = std::function<void(bool)>;
    std::function<void(const SecretQuestion&, QObject* context, Answer answer)> secrets = {};
    std::function<void(const ReleaseQuestion&, QObject* context, Answer answer)> release = {};
};

class Identities : public QObject
{
    Q_OBJECT
public:
    /// The choice that takes no token along; no file's identity has this name.
    static constexpr const char* nobody = "-";
    using Held = run::RunSession::Held;
    using Done = std::function<void(Result<Held>)>;

    /// Both outlive it. `collection`: the open one, whenever it is looked at.
    Identities(const std::optional<collection::Collection>& collection, Secrets& secrets);
    ~Identities() override;

    /// The clock of the wall, of sessions that begin after this.
    void setClock(std::function<Instant()> clock) { m_clock = std::move(clock); }
    void setQuestions(IdentityQuestions questions) { m_questions = std::move(questions); }
    /// Reads the identities anew. One whose login is another one now is signed out, as all are when another
    /// collection is opened.
    void show(const std::string& environment);

    /// In the file's order, for the chosen environment.
    std::vector<IdentityState> states() const;
    /// Why they could not be read.
    const std::optional<Error>& problem() const { return m_problem; }

    /// As whom requests are sent: an identity, `nobody`, or, empty, the session of the sign-in form.
    const std::string& chosen() const { return m_chosen; }
    void choose(const std::string& name);

    /// Goes on with what is kept, else signs in; anew where a person has to, since the session at hand cannot
    /// be renewed without.
    void signIn(const std::string& name);
    void renew(const std::string& name);
    /// Forgets its tokens, in the keychain too, and tells the server of a grant (RFC 7009).
    void signOut(const std::string& name);
    /// Ends a sign-in or renewal that is under way.
    void cancel(const std::string& name);
    void setKept(const std::string& name, bool kept);

    /// Asks the issuer about the access token at hand: answered() or failed(). `isSigned`: for a signed JWT
    /// (RFC 9701), and an answer that is not verified is failed().
    void ask(const std::string& name, TokenQuestion question, bool isSigned = false);

    /// The requests and answers of the latest sign-in or renewal, without what is secret in them; of very
    /// many the latest.
    std::vector<archive::Record> steps(const std::string& name) const;

    /// As SessionKeeper::want(); signs in first where that is needed. Usage for a name that there is none of.
    void want(const std::string& name, QObject* context, Done done);
    /// As SessionKeeper::refused(), of an identity that has a session.
    void refused(const std::string& name, std::uint64_t generation, QObject* context, Done done);
    /// The session that it has, or will have, in an environment, for a run: signed in when that wants it.
    /// Usage for a name that there is none of, and where a person would have to sign in unseen, since another
    /// environment is chosen.
    Result<std::shared_ptr<run::LiveSession>> lend(const std::string& name, const std::string& environment);
    /// Null: it is not signed in.
    run::RunSession* session(const std::string& name);
    std::optional<Held> held(const std::string& name) const;
    const IdentityQuestions& questions() const { return m_questions; }

    /// Tells the server of a grant that the tokens of a session are wanted no longer (RFC 7009), where a
    /// revocation endpoint is known; failed() where it could not be told. `occasion`: "the sign-out".
    void revoke(LiveIdentity& live, const std::string& occasion);
    /// The same for all that a trial was given, in order, but for a token that a session has, too:
    /// trialEnded() says what became of each.
    void endTrial(LiveIdentity& live, const std::vector<auth::LiveTokens>& obtained);
    /// What gives the token of the sign-in form's session; empty: there is none.
    void setFormToken(std::function<Secret()> formToken) { m_formToken = std::move(formToken); }

    /// What is done once in a while: renewals that are due, a session that is about to end.
    void tick();

Q_SIGNALS:
    void changed();
    void chosenChanged();
    /// A person has to do something before it goes on.
    void prompted(const QString& name, const claimcheck::auth::Prompt& prompt);
    /// One of a sign-in or renewal, with all its secrets, which the redactor knows by now.
    void exchanged(const QString& name, const claimcheck::http::Exchange& exchange);
    /// Its session ends soon, and nothing renews it.
    void endsSoon(const claimcheck::workbench::IdentityState& state);
    void failed(const claimcheck::Error& error);
    /// To ask(): the request and its answer, without what is secret in them. Of an answer that is a signed
    /// JWT the body is what that says, and `verdict` what it is worth.
    void answered(const QString& name, claimcheck::workbench::TokenQuestion question,
                  const claimcheck::archive::Record& record,
                  const std::optional<claimcheck::auth::AnswerVerdict>& verdict);
    void trialEnded(const claimcheck::workbench::EndedTokens& ended);

private:
    using Key = std::tuple<std::string, std::string, std::string>; ///< folder, environment, name

    Key keyOf(const std::string& name) const { return keyIn(m_environment, name); }
    Key keyIn(const std::string& environment, const std::string& name) const
    {
        return {m_directory, environment, name};
    }
    const collection::Identity* find(const std::string& name) const;
    LiveIdentity* live(const std::string& name) const;
    LiveIdentity* live(const Key& key) const;
    LiveIdentity& liven(const collection::Identity& identity, const std::string& environment);
    LiveIdentity& livenForUse(const collection::Identity& identity, const std::string& environment);
    void drop(const Key& key);
    LiveIdentity& beginAnew(const collection::Identity& identity, const std::string& environment,
                            bool isKept);
    bool isInUse(const Secret& token) const;
    std::string whyNotRevoked(const auth::OAuthLogin* login, const Secret& token) const;
    void revokeToken(const auth::OAuthLogin& login, const Secret& token, bool isRefreshToken,
                     const std::string& occasion, std::function<void(const std::optional<Error>&)> done);
    http::Client& client();
    keys::KeyCache& keyCache();
    void findEndpoint(auth::OAuthLogin login, std::string keys::ServerMetadata::*wanted, QObject* context,
                      std::function<void(Result<auth::OAuthLogin>)> then);
    static std::optional<Instant> noticeAt(const IdentityState& state);
    void warn(const LiveIdentity& live);
    bool isLost(const LiveIdentity& live) const;
    void schedule();

    const std::optional<collection::Collection>& m_collection;
    Secrets& m_secrets;
    IdentityQuestions m_questions;
    std::function<Instant()> m_clock = currentTime;
    std::function<Secret()> m_formToken;
    std::unique_ptr<http::Client> m_client; ///< for what servers are told or asked of a token
    std::unique_ptr<keys::KeyCache> m_keys; ///< that their answers are verified with
    std::string m_directory;
    std::string m_environment;
    std::vector<collection::Identity> m_identities;
    std::optional<Error> m_problem;
    std::string m_chosen;
    std::map<Key, std::unique_ptr<LiveIdentity>> m_live;
    std::set<const LiveIdentity*> m_warned; ///< of the end that is near now
    QTimer m_timer;
};

} // namespace claimcheck::workbench
