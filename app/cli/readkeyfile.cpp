// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A key file, and the passphrase of an encrypted one: from an environment variable, else asked for.

#include "keyoptions.h"

#include <unistd.h>

#include <base/text.h>
#include <jose/keyset.h>
#include <jose/passphrase.h>

#include "input.h"

namespace claimcheck::cli {

static Result<Secret> passphraseFor(std::string_view bytes, const std::string& passphraseEnv)
{
    if (passphraseEnv.empty() && (!jose::isEncryptedKey(bytes) || isatty(STDIN_FILENO) != 1))
        return Secret();
    Result<std::string> text = passphraseEnv.empty() ? askHidden("Passphrase of the key: ")
                                                     : readEnvironment(passphraseEnv, "key passphrase");
    if (!text)
        return tl::unexpected(text.error());
    Secret passphrase(*text);
    wipe(*text);
    return passphrase;
}

Error withPassphraseOption(Error error, const std::string& passphraseEnv)
{
    if (error.setting == Setting::Passphrase && passphraseEnv.empty() && isatty(STDIN_FILENO) != 1)
        error.fix = "give its passphrase with --key-passphrase-env NAME, or on a terminal, which asks for it";
    return error;
}

tl::unexpected<Error> noKeyIn(const std::string& path, const std::vector<std::string>& notes)
{
    return failure(ErrorKind::Unreadable, "cannot use key file " + path,
                   notes.empty() ? "it holds no key that can be used" : notes.front(),
                   "give a key: RSA, EC, Ed25519, Ed448, X25519, X448 or a secret");
}

Result<std::vector<jose::Key>> readKeyFile(const std::string& path, const std::string& passphraseEnv,
                                           std::vector<std::string>* skipped, Secret* source)
{
    const jose::ReadOptions defaults;
    Result<std::string> bytes = readFile(path, "key file", defaults.limit);
    if (!bytes)
        return tl::unexpected(bytes.error());
    Result<Secret> passphrase = passphraseFor(*bytes, passphraseEnv);
    if (!passphrase)
        return tl::unexpected(passphrase.error());
    jose::ReadOptions options;
    options.passphrase = std::move(*passphrase);
    std::vector<std::string> notes;
    Result<std::vector<jose::Key>> keys = jose::readKeys(*bytes, options, &notes);
    if (const auto why = keys ? std::nullopt : jose::whySetHasNoKey(*bytes)) {
        if (notes.empty())
            notes.push_back(*why);
        else // which ends with the first note
            notes.front() = *why;
        keys = std::vector<jose::Key>();
    }
    if (skipped != nullptr)
        skipped->insert(skipped->end(), notes.begin(), notes.end());
    if (source != nullptr)
        *source = Secret(*bytes);
    wipe(*bytes);
    if (keys)
        return keys;
    // Whatever is wrong inside of a key file, the file is what cannot be read (exit status 2).
    Error error = keys.error();
    error.kind = ErrorKind::Unreadable;
    error.what = "cannot read key file " + path;
    return tl::unexpected(error);
}

} // namespace claimcheck::cli
