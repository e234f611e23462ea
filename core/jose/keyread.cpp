// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Keys told apart by content, never by a file's name.

#include "keydetail.h"

#include <algorithm>

#include <base/text.h>

namespace claimcheck::jose {

static tl::unexpected<Error> nothingKnown(std::string_view text)
{
    if (text.empty())
        return unreadableKey("it is empty", whatIsRead);
    if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF"))
        return unreadableKey("its text is in UTF-16, as PowerShell's > writes it",
                             "save it as ASCII or UTF-8: in PowerShell with | Out-File -Encoding ascii FILE");
    return unreadableKey("it is no key: neither PEM, DER, X.509, JWK, JWK set nor SSH public key",
                         whatIsRead);
}

static bool isPrintable(std::string_view text)
{
    return std::all_of(text.begin(), text.end(), [](char byte) { return byte >= ' ' && byte <= '~'; });
}

Result<std::vector<Key>> readKeys(std::string_view bytes, const ReadOptions& options,
                                  std::vector<std::string>* skipped)
{
    if (bytes.size() > options.limit)
        return failure(ErrorKind::TooLarge, "cannot read the key",
                       "it has " + std::to_string(bytes.size()) + " bytes; more than " +
                           std::to_string(options.limit) + " are not read");
    const std::string_view text = bareText(bytes);
    if (text.starts_with('{') || text.starts_with('['))
        return readJwkText(text, skipped);
    if (text.find("-----BEGIN ") != std::string_view::npos)
        return readPem(text, options, skipped);
    if (looksLikeSsh(text))
        return readSsh(text, skipped);
    // The tag of a SEQUENCE, with which every key in DER begins, is the digit 0 in ASCII.
    if (!bytes.starts_with('\x30') || isPrintable(text))
        return nothingKnown(text);
    Result<Key> key = readDer(bytes, options);
    if (!key)
        return tl::unexpected(key.error());
    key->format += key->source == KeySource::Certificate ? " (DER)" : " DER";
    return std::vector<Key>{std::move(*key)};
}

} // namespace claimcheck::jose
