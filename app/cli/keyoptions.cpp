// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "keyoptions.h"

#include <algorithm>

#include <CLI/CLI.hpp>

#include <base/text.h>
#include <jose/base64url.h>

#include "input.h"

namespace claimcheck::cli {

namespace {

struct SourceOption
{
    const char* name;
    const char* value;
    const char* meaning;
};

} // namespace

// In the order of KeyOptions::Kind.
static constexpr std::array sourceOptions{
    SourceOption{"--secret", "TEXT",
                 "A secret as text, base64, base64url or hex (it lands in the shell's history)"},
    SourceOption{"--secret-base64url", "TEXT", "A secret as base64url text (so does this)"},
    SourceOption{"--secret-env", "NAME", "The environment variable that holds the secret"},
    SourceOption{"--secret-file", "FILE", "A file whose bytes are the secret, less one line end at its end"},
    SourceOption{"--key", "FILE",
                 "A key file: PEM or DER key, X.509 certificate, JWK, JWKS or SSH public key, told apart by "
                 "content"},
    SourceOption{"--jwks-url", "URL", "The address of a JWK set (https; http on this machine alone)"},
    SourceOption{
        "--issuer", "URL",
        "An issuer whose metadata names its JWK set (OpenID Connect discovery, RFC 8414); iss must be it"},
};
static constexpr std::size_t localSources = 5;

static const char* const keyGroup = "Key (one of)";

void KeyOptions::addSources(CLI::App& app)
{
    for (std::size_t i = 0; i < localSources; ++i)
        addSource(app, i);
    app.add_option("--key-passphrase-env", m_passphraseEnv,
                   "The environment variable that holds the passphrase of an encrypted private key")
        ->type_name("NAME")
        ->group(keyGroup);
}

void KeyOptions::addSource(CLI::App& app, std::size_t index)
{
    const SourceOption& entry = sourceOptions[index];
    CLI::Option* option = app.add_option(entry.name, m_sources[index].value, entry.meaning);
    m_sources[index].option = option->type_name(entry.value)->group(keyGroup);
}

void KeyOptions::addTo(CLI::App& app)
{
    addLocal(app);
    addRemoteSources(app);
}

void KeyOptions::addRemoteSources(CLI::App& app)
{
    for (std::size_t i = localSources; i < m_sources.size(); ++i)
        addSource(app, i);
}

void KeyOptions::addForServer(CLI::App& app)
{
    addSources(app);
    addRemoteSources(app);
    addAlgorithms(app);
    for (const char* hidden : {"--secret", "--secret-base64url", "--secret-file", "--key-passphrase-env"})
        app.get_option(hidden)
            ->expected(0, 1) // CLI11 complains of what is hidden without its name
            ->multi_option_policy(CLI::MultiOptionPolicy::TakeLast)
            ->group("");
}

void KeyOptions::addLocal(CLI::App& app)
{
    addSources(app);
    addAlgorithms(app);
    app.add_flag("--allow-weak-keys", m_allowWeak, "Use a key that is too short, with a finding");
}

void KeyOptions::addAlgorithms(CLI::App& app)
{
    app.add_option("--alg", m_algorithms,
                   "Allow these algorithms only (the key's own type decides otherwise)")
        ->type_name("A[,B...]")
        ->delimiter(',')
        ->allow_extra_args(false);
}

void KeyOptions::addRoute(CLI::App& app)
{
    static constexpr const char* group = "Reaching the server of --jwks-url or --issuer";
    m_hasRoute = true;
    app.add_option("--cacert", m_route.caFile, "Trust the authorities in this PEM file too")
        ->type_name("FILE")
        ->group(group);
    app.add_option("--proxy", m_route.proxy, "http://host:port, socks5://… or socks5h://…")
        ->type_name("URL")
        ->group(group);
    app.add_flag("--insecure", m_isInsecure, "Accept any certificate (anybody could give you keys)")
        ->group(group);
}

bool KeyOptions::isGiven(Kind kind) const
{
    const CLI::Option* option = source(kind).option;
    return option != nullptr && option->count() > 0;
}

bool KeyOptions::isRemote() const
{
    return isGiven(Kind::JwksUrl) || isGiven(Kind::Issuer);
}

int KeyOptions::sourcesGiven() const
{
    return static_cast<int>(
        std::ranges::count_if(m_sources, [this](const Source& source) { return isGiven(source.kind); }));
}

static void dropOneLineEnd(std::string& bytes)
{
    if (bytes.ends_with('\n'))
        bytes.pop_back();
    if (bytes.ends_with('\r'))
        bytes.pop_back();
}

static std::vector<jose::Key> secretOf(Result<std::string>& bytes)
{
    std::vector<jose::Key> keys{jose::secretKey(Secret(*bytes))};
    wipe(*bytes);
    return keys;
}

static void warnOfHistory(Console& console, std::string_view option)
{
    console.warn(
        std::string(option) +
        " puts the secret into the shell's history and the process list; use --secret-env or --secret-file");
}

static bool isUrlText(std::string_view text)
{
    return startsWithIgnoringCase(text, "https://") || startsWithIgnoringCase(text, "http://");
}

/// A URL where something else is wanted; it may hold a password, and is not repeated.
Result<void> KeyOptions::checkPlace(const Source& given, Console& console) const
{
    if (!isUrlText(given.value))
        return {};
    const bool canFetch = source(Kind::JwksUrl).option != nullptr;
    const char* hint = canFetch ? "give a key set's with --jwks-url, an issuer's with --issuer"
                                : "get what is there, and give its file";
    if (given.kind == Kind::Secret)
        console.warn(std::string("the text of --secret is a URL, and is taken as it is: ") + hint);
    const bool isFile = given.kind == Kind::KeyFile || given.kind == Kind::SecretFile;
    return isFile ? failure(ErrorKind::Usage, given.option->get_name() + " cannot be used",
                            "it is a URL, and a file is wanted", hint)
                  : Result<void>();
}

Result<std::vector<jose::Key>> KeyOptions::read(const Source& source, Console& console,
                                                std::vector<std::string>* skipped) const
{
    if (const auto checked = checkPlace(source, console); !checked)
        return tl::unexpected(checked.error());
    Result<std::string> bytes = source.value;
    switch (source.kind) {
    case Kind::Secret:
        warnOfHistory(console, "--secret");
        break;
    case Kind::SecretBase64Url:
        warnOfHistory(console, "--secret-base64url");
        bytes = jose::decodeBase64Url(source.value);
        if (!bytes)
            return failure(ErrorKind::Unreadable, "cannot read --secret-base64url", bytes.error().why,
                           "base64url has A-Z a-z 0-9 - _ and no padding; use --secret for plain text");
        break;
    case Kind::SecretEnv:
        bytes = readEnvironment(source.value, "secret");
        break;
    case Kind::SecretFile:
        bytes = readFile(source.value, "secret file");
        if (bytes)
            dropOneLineEnd(*bytes);
        break;
    case Kind::KeyFile:
        return readKeyFile(source.value, m_passphraseEnv, skipped).map_error([this](const Error& error) {
            return withPassphraseOption(error, m_passphraseEnv);
        });
    case Kind::JwksUrl:
        if (source.value.empty())
            return failure(ErrorKind::Usage, "the JWKS URL cannot be used", "it is empty",
                           "give an address that begins with https://");
        return fetch({.jwksUrl = source.value, .issuer = {}}, skipped);
    case Kind::Issuer:
        return fetch({.jwksUrl = {}, .issuer = source.value}, skipped);
    }
    if (!bytes)
        return tl::unexpected(bytes.error());
    return secretOf(bytes);
}

Result<std::vector<jose::Key>> KeyOptions::fetch(const KeyPlace& place,
                                                 std::vector<std::string>* skipped) const
{
    KeyRoute route = m_route;
    route.isVerified = route.isVerified && !m_isInsecure;
    const KeyFetcher fetcher = keyFetcher();
    if (fetcher == nullptr) // the program hands over before it comes to this
        return failure(ErrorKind::Internal, "cannot fetch keys", "this program reaches no server");
    return fetcher(place, route, skipped);
}

Result<void> KeyOptions::checkRoute(Console& console) const
{
    if (!m_hasRoute)
        return {};
    const bool isGiven = !m_route.caFile.empty() || !m_route.proxy.empty() || m_isInsecure;
    if (isGiven && !isRemote())
        return failure(ErrorKind::Usage, "wrong usage",
                       "--cacert, --proxy and --insecure are for --jwks-url and --issuer",
                       "leave them out, or name a server");
    if (m_isInsecure)
        console.warn("the certificate of the keys' server is not verified (--insecure)");
    return {};
}

std::string KeyOptions::hint() const
{
    std::vector<std::string> offered;
    for (std::size_t i = 0; i < m_sources.size(); ++i)
        if (m_sources[i].option != nullptr && !m_sources[i].option->get_group().empty())
            offered.emplace_back(sourceOptions[i].name);
    std::string text = "give one of ";
    for (std::size_t i = 0; i < offered.size(); ++i)
        text += (i == 0 ? "" : i + 1 < offered.size() ? ", " : " and ") + offered[i];
    return text;
}

tl::unexpected<Error> KeyOptions::notOneKey(const char* why) const
{
    return failure(ErrorKind::Usage, "wrong usage", why, hint());
}

Result<std::pair<std::string, std::string>> KeyOptions::givenSource() const
{
    if (sourcesGiven() != 1)
        return notOneKey(isGiven() ? "more than one key is given" : "no key is given");
    std::size_t index = 0;
    while (!isGiven(m_sources[index].kind))
        ++index;
    return std::pair<std::string, std::string>(sourceOptions[index].name, m_sources[index].value);
}

Result<std::vector<jose::Key>> KeyOptions::keys(Console& console, std::vector<std::string>* skipped) const
{
    if (sourcesGiven() > 1)
        return notOneKey("more than one key is given");
    if (Result<void> route = checkRoute(console); !route)
        return tl::unexpected(route.error());
    for (const Source& source : m_sources) {
        if (!isGiven(source.kind))
            continue;
        std::vector<std::string> notes;
        Result<std::vector<jose::Key>> found = read(source, console, skipped != nullptr ? skipped : &notes);
        // Verifying with a set that has no key has an answer; nothing can be made with it.
        return found && found->empty() && skipped == nullptr ? noKeyIn(source.value, notes) : found;
    }
    return std::vector<jose::Key>();
}

/// A name that nobody registered is a slip of the fingers; one that is registered and cannot verify is a
/// restriction that no key meets.
static Result<void> checkAlgorithms(const std::vector<std::string>& names)
{
    for (const std::string& name : names)
        if (jose::findAlgorithm(name) == nullptr && !jose::isRegisteredElsewhere(name))
            return failure(ErrorKind::Usage, "wrong usage", "--alg: no algorithm is called " + name,
                           "names are case-sensitive: HS256, RS256, PS256, ES256, Ed25519 and their like");
    return {};
}

/// What --secret-base64url has decoded is what it is; any other secret is a text that may stand for bytes.
void KeyOptions::readInEveryForm(std::vector<jose::Key>& keys) const
{
    const bool isText = keys.size() == 1 && keys.front().source == jose::KeySource::TypedSecret &&
                        !isGiven(Kind::SecretBase64Url);
    if (isText)
        keys = jose::secretKeys(Secret(keys.front().secret));
}

Result<inspect::KeyRing> KeyOptions::keyRing(Console& console) const
{
    if (Result<void> known = checkAlgorithms(m_algorithms); !known)
        return tl::unexpected(known.error());
    inspect::KeyRing ring;
    Result<std::vector<jose::Key>> read = keys(console, &ring.notes);
    if (!read)
        return tl::unexpected(read.error());
    ring.keys = std::move(*read);
    readInEveryForm(ring.keys);
    ring.isPublic = isRemote();
    if (isGiven(Kind::Issuer))
        ring.issuer = source(Kind::Issuer).value;
    ring.options.allowedAlgorithms = m_algorithms;
    ring.options.allowWeakKeys = m_allowWeak;
    for (const std::string& note : ring.notes)
        console.note("note: " + note);
    return ring;
}

Result<inspect::KeyRing> KeyOptions::fetchedAnew(inspect::KeyRing ring) const
{
    ring.notes.clear();
    const KeyPlace place{.jwksUrl = isGiven(Kind::JwksUrl) ? source(Kind::JwksUrl).value : std::string(),
                         .issuer = issuer()};
    Result<std::vector<jose::Key>> keys = fetch(place, &ring.notes);
    if (!keys)
        return tl::unexpected(keys.error());
    ring.keys = std::move(*keys);
    return ring;
}

Result<inspect::KeyRing> KeyOptions::ringToLint(Console& console, Error& keyError) const
{
    Result<inspect::KeyRing> ring = keyRing(console);
    const Source& file = source(Kind::KeyFile);
    const bool isFile = isGiven(Kind::KeyFile) && sourcesGiven() == 1;
    if (!isFile || (!ring && ring.error().kind != ErrorKind::Unreadable))
        return ring;
    Result<std::string> bytes = readFile(file.value, "key file");
    if (!bytes)
        return tl::unexpected(bytes.error());
    if (!ring) {
        keyError = ring.error();
        ring = inspect::KeyRing();
        ring->notes.push_back(keyError.why);
    }
    ring->source = Secret(*bytes);
    wipe(*bytes);
    return ring;
}

} // namespace claimcheck::cli
