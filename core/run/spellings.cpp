// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <run/spellings.h>

#include <algorithm>

#include <QtCore/qbytearray.h>

#include <json/write.h>

namespace claimcheck::run {
namespace {

constexpr std::size_t shortestSpelling = 6;

QByteArray bytesOf(std::string_view text)
{
    return {text.data(), static_cast<qsizetype>(text.size())};
}

std::string formEncoded(const std::string& percent)
{
    std::string text = percent;
    for (std::size_t at = text.find("%20"); at != std::string::npos; at = text.find("%20", at))
        text.replace(at, 3, "+");
    return text;
}

std::string lowerHex(std::string text)
{
    for (std::size_t at = text.find('%'); at != std::string::npos && at + 2 < text.size();
         at = text.find('%', at + 1))
        for (std::size_t digit = at + 1; digit <= at + 2; ++digit)
            if (text[digit] >= 'A' && text[digit] <= 'F')
                text[digit] = static_cast<char>(text[digit] - 'A' + 'a');
    return text;
}

/// The characters that depend on the secret alone: with `before` bytes in front of it, what lies between.
std::string insideBase64(std::string_view secret, std::size_t before, QByteArray::Base64Options alphabet)
{
    QByteArray whole(static_cast<qsizetype>(before), 'x');
    whole.append(bytesOf(secret));
    const std::string encoded = whole.toBase64(alphabet).toStdString();
    const std::size_t first = (before * 8 + 5) / 6;
    const std::size_t last = static_cast<std::size_t>(whole.size()) * 8 / 6;
    return encoded.substr(first, last - first);
}

} // namespace

std::vector<std::string> spellingsOf(std::string_view secret)
{
    std::vector<std::string> spellings;
    const auto add = [&](std::string text) {
        const bool isNew = text != secret && std::ranges::find(spellings, text) == spellings.end();
        if (isNew && text.size() >= shortestSpelling)
            spellings.push_back(std::move(text));
    };
    if (secret.size() < shortestSpelling)
        return spellings;
    const std::string percent = bytesOf(secret).toPercentEncoding().toStdString();
    for (const std::string& text : {percent, formEncoded(percent)}) {
        add(text);
        add(lowerHex(text));
    }
    const std::string quoted = json::quoted(secret);
    add(quoted.substr(1, quoted.size() - 2));
    for (std::size_t before = 0; before < 3; ++before)
        for (const auto alphabet : {QByteArray::Base64Encoding, QByteArray::Base64UrlEncoding})
            add(insideBase64(secret, before, alphabet | QByteArray::OmitTrailingEquals));
    return spellings;
}

} // namespace claimcheck::run
