// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The use case, shared by window and command line: open a collection, sign in, send a request, look
// into every token that comes back. Down: one call with one value. Up: one signal with one value.

#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <QtCore/qobject.h>

#include <auth/session.h>
#include <collection/collection.h>
#include <http/client.h>
#include <inspect/inspection.h>
#include <keys/source.h>
#include <run/release.h>
#include <store/opencollection.h>
#include <store/reading.h>
#include <store/settings.h>

namespace claimcheck::archive {
struct Origin;
}

namespace claimcheck::workbench {

struct FoundInspection
{
    inspect::FoundToken found;
    inspect::Inspection inspection;
    std::string issuerKey = {}; ///< the entry of keys.yaml that verified it; empty: none is its issuer's
    std::optional<Error> issuerProblem = {}; ///< why that key could not be had
};

/// The keys that judged a token as its issuer's.
struct IssuerRing
{
    std::string name; ///< the entry of keys.yaml
    std::shared_ptr<const inspect::KeyRing> ring;
};

/// What the chip shows.
struct SessionState
{
    std::string name; ///< empty: nobody is signed in
    std::string place;
    std::optional<Instant> issuedAt;
    std::optional<Instant> expiresAt;
    std::optional<inspect::Inspection> inspection;
};

/// An exchange of a request with what was found in it.
struct ExchangeResult
{
    http::Exchange exchange;
    std::vector<FoundInspection> tokens; ///< the best first; of very many, the first 32
};

/// The end of a login: a session, or why there is none (the exchange, where one happened, is there all the
/// same, its request without the password).
struct LoginResult
{
    std::optional<http::Exchange> exchange;
    std::optional<Error> error;
    std::optional<FoundInspection> token;
    std::vector<std::string> notes = {}; ///< sentences about what is odd with that token, safe to show
};

/// A request that was sent as an identity beside others.
struct IdentityAnswer
{
    std::string name; ///< Identities::nobody: without a session
    http::Exchange exchange;
};

struct Waiting;
class Identities;
class Secrets;

/// A request needs secret variables that no place has a value for.
struct SecretQuestion
{
    using Wanted = run::SecretName;
    std::string directory; ///< of the collection
    std::string request;   ///< its name; empty: a run of several
    std::vector<Wanted> wanted;
    bool hasKeychain = false;     ///< there is one to keep them in
    std::string destination = {}; ///< where they will go, as run::destinationOf(); empty: not known yet
};

/// A request, or one of a run, would take secrets to where they were not let go.
struct ReleaseQuestion
{
    std::string directory; ///< of the collection
    std::string request;   ///< its name
    run::Release release;
};

/// The keys of a source from afar, or why there are none.
struct FetchedKeys
{
    keys::Source source;
    Result<keys::KeySet> set;
};

/// One thing runs at a time: a login or a send that comes while another runs ends that one first (Cancelled),
/// and one that waits for that end gives way too. Every login ends with one loginFinished, every send with
/// one exchangeFinished. Keys are fetched beside that.
class Workbench : public QObject
{
    Q_OBJECT
public:
    explicit Workbench(QObject* parent = nullptr);
    ~Workbench() override;

    // Collections
    /// Reads the folder; what did not change since it was read last is taken from memory.
    Result<void> openCollection(const std::string& directory);
    /// The same beside this thread, for folders that hold much: openingProgressed, then collectionChanged and
    /// openingEnded. What is open stays open until then.
    void openBeside(const std::string& directory);
    /// From now on what other programs do to the files of the open collection is read as it happens, and told
    /// by collectionChanged.
    void watchFiles();
    Result<void> createCollection(const std::string& directory, const std::string& name);
    const std::optional<collection::Collection>& collection() const;
    void selectEnvironment(const std::string& name); ///< empty: none
    const std::string& environment() const;
    /// Copies the open collection to another folder, under another name, and opens it there.
    Result<void> saveCollectionAs(const std::string& directory, const std::string& name);
    /// The open collection is the demo's: its files go with the Workbench.
    bool isTemporary() const;
    /// Saves an item (in `folder` when it is new), re-reads the collection, gives the relative path. Where
    /// the collection cannot be read any more (collectionUnreadable), the item is saved all the same.
    Result<std::string> saveItem(const std::string& folder, const collection::Item& item,
                                 store::FoundSecrets secrets = store::FoundSecrets::Refuse);
    /// Refused, naming the place, when saving the item would write a secret into the collection.
    Result<void> checkForSecrets(const collection::Item& item) const;

    // Keys for verifying what comes back
    void setKeyRing(inspect::KeyRing ring);
    const inspect::KeyRing& keyRing() const;
    /// Asks for the keys of a source (keysFetched), as its answers allow from what was fetched before; `kid`
    /// is that of the token at hand. An older question is forgotten.
    void fetchKeys(const keys::Source& source, const std::optional<std::string>& kid);
    /// Nobody waits for keys any more: no keysFetched comes.
    void cancelKeys();

    // Secrets
    Secrets& secrets();
    const Secrets& secrets() const;
    /// After secretsWanted() or releaseWanted(): the request goes out with what there is, and is allowed,
    /// now. cancel() ends it instead.
    void resume();

    // Sessions
    void login(const auth::Login& login);
    void signOut();
    const auth::Session* session() const;
    /// Those of the open collection, beside that session. What is chosen there is who send() sends as.
    Identities& identities();

    // Requests
    /// Resolves variables, authorises, sends. Fails at once (exchangeFinished with the error) where that is
    /// impossible.
    void send(const collection::Item& item);
    /// As each of these identities at the same time, with one comparisonFinished.
    void sendAsAll(const collection::Item& item, const std::vector<std::string>& names);
    /// A request that is ready as it is: no variables, no session.
    void sendRequest(const http::Request& request);
    /// Ends what runs, with ErrorKind::Cancelled.
    void cancel();
    bool isBusy() const;
    /// The request that the latest exchange was of, or comparison.
    const archive::Origin& origin() const;
    /// As for sending: with the variables of the folders around the item, and `token` where there is a
    /// session.
    std::vector<variables::Scope> scopesOf(const collection::Item& item) const;
    /// The secret variables of the environment, without a value: one is fetched from the keychain or asked
    /// for when a request goes out, so that its name stands for something even now. Behind all of scopesOf().
    variables::Scope awaitedSecrets() const;

    // Cookies: a jar for each environment of each collection. In memory only.
    /// Those of the chosen environment, by domain, path and name.
    std::vector<http::Cookie> cookies() const;
    /// As CookieJar::set().
    Result<void> setCookie(const http::Cookie& cookie);
    void removeCookie(const http::Cookie& cookie);
    void clearCookies();

    // Tokens
    /// Decodes and, with a key ring, verifies.
    inspect::Inspection inspectToken(std::string_view pasted) const;
    /// How a token came, where it did in one of the last answers.
    inspect::Context contextOf(std::string_view token) const;
    /// The keys that judged it after one of the last answers (tokensVerified), for who looks at it again;
    /// nothing once another collection is open.
    std::optional<IssuerRing> issuerRingOf(std::string_view token) const;

    // Demo
    /// Starts the embedded API and opens a ready collection for it (in a temporary folder, gone with the
    /// Workbench); its secret becomes the key ring. Gives its URL.
    Result<std::string> startDemo();
    std::string demoUrl() const; ///< empty: not running

    std::string engine() const;

Q_SIGNALS:
    void collectionChanged();
    /// It was changed, here or by another program, and then could not be read again: what is shown is what
    /// was read before.
    void collectionUnreadable(const claimcheck::Error& error);
    /// It can be read again.
    void collectionReadable();
    /// Of openBeside: `read` of `files` requests; both 0 while they are being looked for.
    void openingProgressed(int read, int files);
    void openingEnded(const QString& directory, const std::optional<claimcheck::Error>& problem);
    void sessionChanged(const claimcheck::workbench::SessionState& state);
    void loginFinished(const claimcheck::workbench::LoginResult& result);
    /// A request that was to be sent waits for resume() or cancel().
    void secretsWanted(const claimcheck::workbench::SecretQuestion& question);
    /// The same, until Secrets::permissions() let the secrets go there. Where nobody listens, the request is
    /// refused.
    void releaseWanted(const claimcheck::workbench::ReleaseQuestion& question);
    void exchangeStarted(const QString& method, const QString& url);
    void exchangeFinished(const claimcheck::workbench::ExchangeResult& result);
    /// Of sendAsAll(), in the order of the names; empty: it was cancelled before anything was sent.
    void comparisonFinished(const std::vector<claimcheck::workbench::IdentityAnswer>& answers);
    void inspected(const claimcheck::inspect::Inspection& inspection);
    /// The tokens of the latest exchange or login again, after exchangeFinished or loginFinished: those whose
    /// issuer's key is in `.claimcheck/keys.yaml` are verified with it. Not where none is.
    void tokensVerified(const std::vector<claimcheck::workbench::FoundInspection>& tokens);
    void keysFetched(const claimcheck::workbench::FetchedKeys& fetched);
    /// cookies() may have others now: one was set, removed or edited, or another jar counts.
    void cookiesChanged();

private:
    void readAnew();
    void takeChanges(Result<store::Reading> reading);
    void takeReading(store::Reading reading, bool isDifferent);
    void watchOpenFolder();
    void begin(Waiting action);
    void startLogin(const auth::Login& login);
    void finishLogin(const auth::Login& login, http::Exchange exchange);
    void prepareSend(const collection::Item& item);
    void askOrSend(const collection::Item& item);
    void sendNow(const collection::Item& item);
    void sendAsChosen(const collection::Item& item);
    void prepareComparison(const collection::Item& item, const std::vector<std::string>& names);
    void endComparison(const std::vector<IdentityAnswer>& answers);
    variables::Scope identityScope() const;
    std::vector<run::SecretName> missingSecrets(const collection::Item& item) const;
    std::string destinationWith(const collection::Item& item,
                                const std::vector<run::SecretName>& secrets) const;
    bool isHeldBack(const collection::Item& item, const http::Request& request);
    void waitFor(const collection::Item& item);
    void endPreparing();
    void startExchange(const http::Request& request);
    void finishExchange(http::Exchange exchange);
    void announceExchange(http::Exchange exchange, std::vector<FoundInspection> tokens);
    void endSearch();
    void refuseExchange(http::Request request, Error error);
    void announceSession();

    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace claimcheck::workbench
