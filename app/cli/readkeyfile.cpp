// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A key file, and the passphrase of an encrypted one: from an environment variable, else asked for.

#include "keyoptions.h"

#include <unistd.h>

#include <base/text.h>

#include "input.h"

namespace claimcheck::cli {

static bool isEncrypted(std::string_view bytes)
{
    // RFC 7468 §11 (PKCS#8) and the older PEM header of RFC 1421 that OpenSSL still writes.
    if (bytes.find("-----BEGIN ENCRYPTED PRIVATE KEY-----") != std::string_view::npos ||
        bytes.find("Proc-Type: 4,ENCRYPTED") != std::string_view::npos)
        return true;
    // Binary says it in its structure alone.
    const bool isDer = bytes.starts_with('\x30');
    const Result<std::vector<jose::Key>> keys = isDer ? jose::readKeys(bytes) : std::vector<jose::Key>();
    return !keys && keys.error().fix.find("passphrase") != std::string::npos;
}

static Result<Secret> passphraseFor(std::string_view bytes, const std::string& passphraseEnv)
{
    if (passphraseEnv.empty() && (!isEncrypted(bytes) || isatty(STDIN_FILENO) != 1))
        return Secret();
    Result<std::string> text = passphraseEnv.empty() ? askHidden("Passphrase of the key: ")
                                                     : readEnvironment(passphraseEnv, "key passphrase");
    if (!text)
        return tl::unexpected(text.error());
    Secret passphrase(*text);
    wipe(*text);
    return passphrase;
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
    Result<std::vector<jose::Key>> keys = jose::readKeys(*bytes, options, skipped);
    if (source != nullptr)
        *source = Secret(*bytes);
    wipe(*bytes);
    if (keys)
        return keys;
    // Whatever is wrong inside of a key file, the file is what cannot be read (exit status 2).
    Error error = keys.error();
    error.kind = ErrorKind::Unreadable;
    error.why = error.what + (error.why.empty() ? "" : ": ") + error.why;
    error.what = "cannot read key file " + path;
    return tl::unexpected(error);
}

} // namespace claimcheck::cli
