// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "weaksecrets.h"

#include <algorithm>
#include <array>
#include <cmath>

#include <QtCore/qresource.h>

#include <base/text.h>
#include <jose/publicsecret.h>
#include <json/document.h>
#include <resources/resources.h>
#include <resources/weak-secrets/secrethash.h>

namespace claimcheck::inspect {

static QByteArray readResource(const QString& name)
{
    initResources();
    return QResource(QStringLiteral(":/claimcheck/weak-secrets/") + name).uncompressedData();
}

std::string publishedSecrets()
{
    return readResource(QStringLiteral("words")).toStdString();
}

/// The hash at that place of the index: eight bytes, little-endian.
static std::uint64_t hashAt(std::string_view index, std::size_t place)
{
    std::uint64_t hash = 0;
    for (std::size_t byte = 8; byte-- > 0;)
        hash = hash << 8u | static_cast<unsigned char>(index[place * 8 + byte]);
    return hash;
}

bool isPublishedSecret(std::string_view secret)
{
    // Not compressed: a view of the program's own bytes.
    static const QByteArray bytes = readResource(QStringLiteral("index"));
    const std::string_view index(bytes.constData(), static_cast<std::size_t>(bytes.size()));
    const std::uint64_t hash = hashOfSecret(secret);
    std::size_t first = 0;
    std::size_t last = index.size() / 8;
    while (first < last) {
        const std::size_t middle = first + (last - first) / 2;
        const std::uint64_t found = hashAt(index, middle);
        if (found == hash)
            return true;
        (found < hash ? first : last) = found < hash ? middle + 1 : middle;
    }
    return false;
}

double randomBitsOf(std::string_view text)
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
    return isOneByte || (isPrintable && randomBitsOf(secret) < enough);
}

bool looksLikeKey(std::string_view secret)
{
    const std::string_view text = trimmed(secret);
    if (text.starts_with("-----BEGIN"))
        return true;
    if (!jose::refusalOfPublicSecret(secret).empty())
        return true;
    if (!text.starts_with('{'))
        return false;
    const Result<json::Document> document = json::parse(text, {.wipesSource = true});
    return document && document->root().isObject() && document->root().find("kty").has_value();
}

} // namespace claimcheck::inspect
