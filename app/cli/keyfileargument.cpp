// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "keyfileargument.h"

#include <CLI/CLI.hpp>

#include "keyoptions.h"

namespace claimcheck::cli {

void KeyFileArgument::addTo(CLI::App& app)
{
    app.add_option(
           "FILE", m_path,
           "The key file: PEM, DER, X.509 certificate, JWK, JWKS or SSH public key (- for standard input)")
        ->type_name("")
        ->required();
    app.add_option("--key-passphrase-env", m_passphraseEnv,
                   "The environment variable that holds the passphrase of an encrypted private key")
        ->type_name("NAME");
}

Result<std::vector<jose::Key>> KeyFileArgument::read(std::vector<std::string>* skipped, Secret* source) const
{
    std::vector<std::string> notes;
    Result<std::vector<jose::Key>> keys = readKeyFile(m_path, m_passphraseEnv, &notes, source);
    if (!keys)
        return tl::unexpected(withPassphraseOption(keys.error(), m_passphraseEnv));
    if (keys->empty())
        return noKeyIn(m_path, notes);
    if (skipped != nullptr)
        skipped->insert(skipped->end(), notes.begin(), notes.end());
    return keys;
}

} // namespace claimcheck::cli
