// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "weaksecrets.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>

#include <QtCore/qresource.h>

#include <base/secret.h>
#include <base/text.h>
#include <json/document.h>
#include <resources/resources.h>

namespace claimcheck::inspect {

static QByteArray readList()
{
    initResources();
    const QResource resource(QStringLiteral(":/claimcheck/weak-secrets/wallarm-jwt.secrets.list"));
    return resource.uncompressedData(); // not compressed: a view of the program's own bytes
}

static std::string_view publishedSecrets()
{
    static const QByteArray list = readList();
    return {list.constData(), static_cast<std::size_t>(list.size())};
}

bool isPublishedSecret(std::string_view secret)
{
    if (secret.empty() || secret.find_first_of("\r\n") != std::string_view::npos)
        return false;
    // Every line stands between line ends: the list begins with an empty one and ends with one.
    std::string line;
    line.reserve(secret.size() + 3);
    line.append("\n").append(secret).append("\r\n");
    const std::string_view list = publishedSecrets();
    const std::boyer_moore_horspool_searcher searcher(line.begin(), line.end());
    const bool isFound = std::search(list.begin(), list.end(), searcher) != list.end();
    wipe(line);
    return isFound;
}

static double bitsOf(std::string_view text)
{
    std::array<std::size_t, 256> counts{};
    for (const char byte : text)
        ++counts[static_cast<unsigned char>(byte)];
    const auto length = static_cast<double>(text.size());
    double bits = 0;
    for (const std::size_t count : counts)
        if (count > 0)
            bits -= static_cast<double>(count) * std::log2(static_cast<double>(count) / length);
    return bits;
}

bool isGuessable(std::string_view secret)
{
    static constexpr double enough = 60;
    const bool isPrintable =
        std::ranges::all_of(secret, [](char byte) { return byte >= ' ' && byte <= '~'; });
    const bool isOneByte = std::ranges::all_of(secret, [&](char byte) { return byte == secret.front(); });
    return isOneByte || (isPrintable && bitsOf(secret) < enough);
}

bool looksLikeKey(std::string_view secret)
{
    const std::string_view text = trimmed(secret);
    if (text.starts_with("-----BEGIN"))
        return true;
    if (!text.starts_with('{'))
        return false;
    const Result<json::Document> document = json::parse(std::string(text), {.wipesSource = true});
    return document && document->root().isObject() && document->root().find("kty").has_value();
}

} // namespace claimcheck::inspect
