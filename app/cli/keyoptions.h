// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The KEY options: one of --secret, --secret-base64url, --secret-env, --secret-file, --key, --jwks-url and
// --issuer, with --key-passphrase-env, --alg and --allow-weak-keys beside it.

#pragma once

#include <array>
#include <string>
#include <utility>
#include <vector>

#include <inspect/inspection.h>

#include "console.h"
#include "remotekeys.h"

namespace CLI {
class App;
class Option;
} // namespace CLI

namespace claimcheck::cli {

class KeyOptions
{
public:
    /// The key sources and --key-passphrase-env.
    void addSources(CLI::App& app);
    /// addSources, --alg A[,B…] and --allow-weak-keys: for a command that asks no server.
    void addLocal(CLI::App& app);
    /// addLocal, --jwks-url and --issuer: KEY as `token verify` and `login` take it. The command must say
    /// what isRemote() says, or fetch nothing.
    void addTo(CLI::App& app);
    /// For code of a server: as addTo(), but the secret itself and what private keys need are not offered.
    /// They are read all the same, so that the command can say why it refuses them.
    void addForServer(CLI::App& app);
    /// --cacert, --proxy and --insecure for the two that ask a server, where the command has them not
    /// already.
    void addRoute(CLI::App& app);
    /// For a command that has them: its own.
    void setRoute(KeyRoute route) { m_route = std::move(route); }

    bool isGiven() const { return sourcesGiven() > 0; }
    /// What stands behind the one source that is given, by its name: {"--secret-env", "JWT_SECRET"}. For who
    /// hands on where a key comes from. Usage for none and for several.
    Result<std::pair<std::string, std::string>> givenSource() const;
    /// What to do where none is given, with the sources that this command has.
    std::string hint() const;
    const std::vector<std::string>& algorithms() const { return m_algorithms; }
    /// The keys are at a server: Command::reachesServers().
    bool isRemote() const;
    /// What --issuer says; empty without it.
    std::string issuer() const { return isGiven(Kind::Issuer) ? source(Kind::Issuer).value : std::string(); }
    /// Empty without a KEY. Warns of what lands in the shell's history, notes what a key set left out.
    Result<inspect::KeyRing> keyRing(Console& console) const;
    /// `ring` with the keys that the server of --jwks-url or --issuer shows now.
    Result<inspect::KeyRing> fetchedAnew(inspect::KeyRing ring) const;
    /// For `token lint`: the text of a key file goes along, and one that makes no key leaves the ring empty
    /// and stands in `keyError`, since rules may know what is wrong with it (jose-policy rule 21).
    Result<inspect::KeyRing> ringToLint(Console& console, Error& keyError) const;
    /// The keys alone; Usage when more than one source is given.
    Result<std::vector<jose::Key>> keys(Console& console, std::vector<std::string>* skipped = nullptr) const;

private:
    enum class Kind
    {
        Secret,
        SecretBase64Url,
        SecretEnv,
        SecretFile,
        KeyFile,
        JwksUrl,
        Issuer
    };
    struct Source
    {
        Kind kind;
        std::string value;
        const CLI::Option* option =
            nullptr; ///< knows if it was given: an empty secret is a (refused) key too
    };

    int sourcesGiven() const;
    Result<void> checkPlace(const Source& given, Console& console) const;
    void readInEveryForm(std::vector<jose::Key>& keys) const;
    Result<std::vector<jose::Key>> read(const Source& source, Console& console,
                                        std::vector<std::string>* skipped) const;

    void addSource(CLI::App& app, std::size_t index);
    void addRemoteSources(CLI::App& app);
    void addAlgorithms(CLI::App& app);
    const Source& source(Kind kind) const { return m_sources[static_cast<std::size_t>(kind)]; }
    bool isGiven(Kind kind) const;
    Result<void> checkRoute(Console& console) const;
    tl::unexpected<Error> notOneKey(const char* why) const;
    Result<std::vector<jose::Key>> fetch(const KeyPlace& place, std::vector<std::string>* skipped) const;

    /// In the order of Kind.
    std::array<Source, 7> m_sources{{{Kind::Secret, {}},
                                     {Kind::SecretBase64Url, {}},
                                     {Kind::SecretEnv, {}},
                                     {Kind::SecretFile, {}},
                                     {Kind::KeyFile, {}},
                                     {Kind::JwksUrl, {}},
                                     {Kind::Issuer, {}}}};
    KeyRoute m_route;
    bool m_isInsecure = false;
    bool m_hasRoute = false; ///< of its own (addRoute)
    std::string m_passphraseEnv;
    std::vector<std::string> m_algorithms;
    bool m_allowWeak = false;
};

/// Keys from the bytes of a key file, its passphrase taken from `passphraseEnv` or asked for on a terminal. A
/// set without a key (jose/keyset.h) gives an empty list, and the first of `skipped` says why.
Result<std::vector<jose::Key>> readKeyFile(const std::string& path, const std::string& passphraseEnv,
                                           std::vector<std::string>* skipped = nullptr,
                                           Secret* source = nullptr);
/// `error` of readKeyFile() with the option --key-passphrase-env in its hint, for commands that have it,
/// where the key's passphrase is missing and there is no terminal to ask on.
Error withPassphraseOption(Error error, const std::string& passphraseEnv);
/// The error of who needs a key and got such a set, with its notes.
tl::unexpected<Error> noKeyIn(const std::string& path, const std::vector<std::string>& notes);

} // namespace claimcheck::cli
