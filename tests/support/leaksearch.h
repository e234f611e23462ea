// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Looks for secrets in every byte of every file below a folder: as they are, and as URLs, forms, JSON,
// markup, YAML, base64 and UTF-16 spell them. Written apart from run/spellings.h, which it is the witness of.

#pragma once

#include <QtCore/qbytearray.h>
#include <QtCore/qdiriterator.h>
#include <QtCore/qfile.h>
#include <QtCore/qstring.h>
#include <QtCore/qstringlist.h>

#include <set>
#include <string_view>
#include <utility>
#include <vector>

namespace claimcheck::test {

struct KnownSecret
{
    QByteArray name; ///< for a person who reads what was found
    QByteArray value;
};

using Spelling = std::pair<const char*, QByteArray>;

inline QByteArray replacedAll(QByteArray text, const std::vector<std::pair<char, const char*>>& with)
{
    QByteArray out;
    for (const char c : std::as_const(text)) {
        const char* replacement = nullptr;
        for (const auto& [from, to] : with)
            replacement = c == from ? to : replacement;
        replacement != nullptr ? out.append(replacement) : out.append(c);
    }
    return out;
}

/// What a text that holds the secret behind `before` (0 to 2) further bytes has of it for certain.
inline QByteArray coreOfBase64(const QByteArray& secret, qsizetype before, QByteArray::Base64Options alphabet)
{
    const QByteArray whole = QByteArray(before, 'x') + secret;
    const qsizetype from = (before * 4 + 2) / 3; // the first character without a bit of what is before
    return whole.toBase64(alphabet | QByteArray::OmitTrailingEquals)
        .mid(from, whole.size() * 4 / 3 - from); // the last one may have bits of what is behind
}

inline std::vector<Spelling> spellingsOf(const QByteArray& secret)
{
    const QByteArray percent = secret.toPercentEncoding();
    std::vector<Spelling> all{
        {"as it is", secret},
        {"percent-encoded", percent},
        {"percent-encoded in small letters", percent.toLower()},
        {"as a form", QByteArray(percent).replace("%20", "+")},
        {"as JSON", replacedAll(secret, {{'"', "\\\""}, {'\\', "\\\\"}})},
        {"as JSON with escaped slashes", replacedAll(secret, {{'"', "\\\""}, {'\\', "\\\\"}, {'/', "\\/"}})},
        {"as markup", replacedAll(secret, {{'&', "&amp;"}, {'<', "&lt;"}, {'>', "&gt;"}, {'"', "&quot;"}})},
        {"as YAML in single quotes", replacedAll(secret, {{'\'', "''"}})},
        {"as hex", secret.toHex()}};
    const QString wide = QString::fromUtf8(secret);
    QByteArray utf16;
    for (const QChar unit : wide)
        utf16.append(static_cast<char>(unit.unicode() & 0xffu))
            .append(static_cast<char>(unit.unicode() >> 8u));
    all.emplace_back("as UTF-16", utf16);
    for (qsizetype before = 0; before < 3; ++before) {
        all.emplace_back("in base64", coreOfBase64(secret, before, QByteArray::Base64Encoding));
        all.emplace_back("in base64url", coreOfBase64(secret, before, QByteArray::Base64UrlEncoding));
    }
    return all;
}

/// "password, as JSON, in FILE", one a find.
inline QStringList leaksIn(const QByteArray& bytes, const QString& where,
                           const std::vector<KnownSecret>& secrets)
{
    QStringList found;
    for (const KnownSecret& secret : secrets) {
        std::set<QByteArray> looked;
        for (const auto& [how, text] : spellingsOf(secret.value))
            if (looked.insert(text).second && bytes.contains(text))
                found.append(QStringLiteral("%1, %2, in %3")
                                 .arg(QString::fromUtf8(secret.name), QString::fromUtf8(how), where));
    }
    return found;
}

struct Searched
{
    QStringList files; ///< all that were read, relative
    QStringList leaks;
};

/// Every file below the folder, hidden ones too, except those of that relative path: what the test itself put
/// there with a secret in it.
inline Searched searchForLeaks(const QString& folder, const std::vector<KnownSecret>& secrets,
                               const QStringList& ownFiles = {})
{
    Searched searched;
    QDirIterator all(folder, QDir::Files | QDir::Hidden | QDir::System, QDirIterator::Subdirectories);
    while (all.hasNext()) {
        QFile file(all.next());
        const QString relative = file.fileName().mid(folder.size() + 1);
        if (ownFiles.contains(relative))
            continue;
        if (!file.open(QIODevice::ReadOnly))
            qFatal("cannot search %s", qPrintable(relative));
        searched.files.append(relative);
        searched.leaks += leaksIn(file.readAll(), relative, secrets);
        searched.leaks += leaksIn(relative.toUtf8(), QStringLiteral("the name of ") + relative, secrets);
    }
    return searched;
}

} // namespace claimcheck::test
