// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <filesystem>

#include <base/percent.h>
#include <keychain/keychain.h>

namespace claimcheck::keychain {
namespace {

/// Printable ASCII but for the two characters that mean something here; the rest as %XX, byte by byte, so
/// that names in any encoding stay apart.
std::string escaped(const std::string& part)
{
    std::string out;
    for (const char c : part) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte >= 0x20 && byte < 0x7F && c != '%' && c != '|')
            out += c;
        else
            appendPercentEncoded(out, c);
    }
    return out;
}

} // namespace

Entry entryOf(const std::string& directory, const std::string& environment, const std::string& name)
{
    std::error_code error;
    std::filesystem::path path = std::filesystem::weakly_canonical(directory, error);
    if (error)
        path = std::filesystem::path(directory).lexically_normal();
    if (!path.has_filename())
        path = path.parent_path();
    return {path.string(), environment, name};
}

std::string keyOf(const Entry& entry)
{
    return escaped(entry.collection) + "|" + escaped(entry.environment) + "|" + escaped(entry.name);
}

} // namespace claimcheck::keychain
