// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "keyoutput.h"

#include <sys/stat.h>

#include <CLI/CLI.hpp>

#include <base/text.h>

#include "outputfile.h"

namespace claimcheck::cli {

template <typename Text>
static Result<Secret> asSecret(const Result<Text>& text)
{
    if (!text)
        return tl::unexpected(text.error());
    return Secret(*text);
}

static Result<Secret> written(const jose::Key& key, KeyHalf half, const std::string& form)
{
    if (half == KeyHalf::Public) {
        if (form == "der")
            return jose::publicDer(key);
        return asSecret(form == "pem" ? jose::publicPem(key) : jose::publicJwk(key));
    }
    if (form == "der")
        return jose::toDer(key);
    return form == "pem" ? jose::toPem(key) : jose::privateJwk(key);
}

/// {"keys":[…]} around several JWKs, nothing around PEM blocks.
static Secret inOneText(const std::vector<Secret>& parts, bool isSet)
{
    std::size_t size = 32;
    for (const Secret& part : parts)
        size += part.size() + 1;
    std::string text;
    text.reserve(size); // so that no copy of a secret part is left behind
    text += isSet ? "{\"keys\":[" : "";
    for (const Secret& part : parts) {
        if (&part != &parts.front())
            text += isSet ? "," : "\n";
        text += trimmed(part.reveal());
    }
    text += isSet ? "]}\n" : "\n";
    Secret result(text);
    wipe(text);
    return result;
}

Result<Secret> writtenKeys(std::span<const jose::Key> keys, KeyHalf half, const std::string& form)
{
    if (form == "der" && keys.size() != 1)
        return failure(ErrorKind::Usage, "cannot write DER",
                       "it holds one key, and the file has " + std::to_string(keys.size()),
                       "write jwk or pem, or give a file with one key");
    std::vector<Secret> parts;
    for (const jose::Key& key : keys) {
        Result<Secret> part = written(key, half, form);
        if (!part)
            return part;
        parts.push_back(std::move(*part));
    }
    if (form == "der")
        return std::move(parts.front());
    return inOneText(parts, form == "jwk" && parts.size() > 1);
}

void KeyOutput::addTo(CLI::App& app)
{
    app.add_option("--output", m_path, "Write it to this file (mode 0600), not to standard output")
        ->type_name("FILE");
}

Result<void> KeyOutput::check() const
{
    struct stat info
    {};
    if (m_path.empty() || stat(m_path.c_str(), &info) != 0 || !S_ISREG(info.st_mode) || info.st_size == 0)
        return {};
    return failure(ErrorKind::Usage, "cannot write " + m_path, "there is something in it already",
                   "name a new file, or remove it first");
}

Result<void> KeyOutput::hand(Console& console, const Secret& keys, std::string_view what) const
{
    if (m_path.empty()) {
        console.out(keys.reveal());
        return {};
    }
    if (Result<void> written = writeFile(m_path, keys.reveal()); !written)
        return written;
    console.note("Wrote " + std::string(what) + " to " + m_path + ".");
    return {};
}

} // namespace claimcheck::cli
