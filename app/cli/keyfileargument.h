// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The FILE argument of the key commands ("-" for standard input), with --key-passphrase-env beside it.

#pragma once

#include <string>
#include <vector>

#include <jose/key.h>

namespace CLI {
class App;
}

namespace claimcheck::cli {

class KeyFileArgument
{
public:
    void addTo(CLI::App& app);
    /// At least one key. `source`, where given, gets the file's bytes.
    Result<std::vector<jose::Key>> read(std::vector<std::string>* skipped = nullptr,
                                        Secret* source = nullptr) const;

private:
    std::string m_path;
    std::string m_passphraseEnv;
};

} // namespace claimcheck::cli
