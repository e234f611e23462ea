// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// How the key commands hand out keys: as JWK (several as a JWK set), PEM or DER; to standard output, or with
// --output into a file that only its owner reads.

#pragma once

#include <span>
#include <string>

#include <jose/key.h>

#include "console.h"

namespace CLI {
class App;
}

namespace claimcheck::cli {

enum class KeyHalf
{
    Public, ///< nothing secret, whatever the key holds
    Whole
};

/// "jwk", "pem" or "der". DER holds one key only (Usage). Text ends with a line end.
Result<Secret> writtenKeys(std::span<const jose::Key> keys, KeyHalf half, const std::string& form);

class KeyOutput
{
public:
    /// --output FILE.
    void addTo(CLI::App& app);
    /// A file with something in it is never overwritten: a lost key is lost for good. Usage.
    Result<void> check() const;
    /// Writes the keys; says on standard error where they went.
    Result<void> hand(Console& console, const Secret& keys, std::string_view what) const;

private:
    std::string m_path;
};

} // namespace claimcheck::cli
