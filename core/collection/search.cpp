// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Nothing is copied: ten thousand requests are looked through between two key strokes.

#include <collection/search.h>

#include <algorithm>
#include <array>
#include <cstring>

#include <QtCore/qstringlist.h>

#include <base/text.h>

namespace claimcheck::collection {
namespace {

bool isAscii(std::string_view text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

constexpr char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/// One word that is looked for.
class Word
{
public:
    explicit Word(const QString& word)
        : m_text(word), m_bytes(toUtf8(word.toLower())), m_isAscii(claimcheck::collection::isAscii(m_bytes))
    {
        const char first = m_bytes.front();
        m_first = {first, first >= 'a' && first <= 'z' ? static_cast<char>(first - 'a' + 'A') : first};
    }

    bool isIn(std::string_view text) const
    {
        if (m_isAscii)
            return isInBytes(text);
        return !claimcheck::collection::isAscii(text) &&
               toQString(text).contains(m_text, Qt::CaseInsensitive);
    }

private:
    bool isInBytes(std::string_view text) const
    {
        if (text.size() < m_bytes.size())
            return false;
        const char* const last = text.data() + (text.size() - m_bytes.size());
        for (const char* at = text.data(); at <= last; ++at) {
            at = nextFirst(at, last);
            if (at == nullptr)
                return false;
            if (std::equal(m_bytes.begin(), m_bytes.end(), at, [](char a, char b) { return a == lower(b); }))
                return true;
        }
        return false;
    }

    /// The nearest place of the first letter, in either case.
    const char* nextFirst(const char* from, const char* last) const
    {
        const auto size = static_cast<std::size_t>(last - from) + 1;
        const auto* small = static_cast<const char*>(std::memchr(from, m_first[0], size));
        if (m_first[0] == m_first[1])
            return small;
        const std::size_t rest = small ? static_cast<std::size_t>(small - from) : size;
        const auto* large = static_cast<const char*>(std::memchr(from, m_first[1], rest));
        return large ? large : small;
    }

    QString m_text;
    std::string m_bytes;
    bool m_isAscii;
    std::array<char, 2> m_first{};
};

bool isInFields(const Word& word, const std::vector<Field>& fields)
{
    return std::any_of(fields.begin(), fields.end(), [&word](const Field& field) {
        return word.isIn(field.name) || word.isIn(field.value);
    });
}

bool isInParts(const Word& word, const std::vector<Part>& parts)
{
    return std::any_of(parts.begin(), parts.end(), [&word](const Part& part) {
        return word.isIn(part.name) ||
               std::any_of(part.values.begin(), part.values.end(),
                           [&word](const std::string& value) { return word.isIn(value); });
    });
}

bool isInItem(const Word& word, const Item& item)
{
    const Entry& entry = item.entry;
    return (item.problem && word.isIn(item.path)) || word.isIn(entry.name) || word.isIn(entry.url) ||
           word.isIn(entry.body) || isInFields(word, entry.formFields) || isInParts(word, item.details.parts);
}

void searchIn(const Folder& folder, const std::vector<Word>& words, std::vector<std::string>& found)
{
    for (const Folder& inner : folder.folders)
        searchIn(inner, words, found);
    for (const Item& item : folder.items)
        if (std::all_of(words.begin(), words.end(),
                        [&item](const Word& word) { return isInItem(word, item); }))
            found.push_back(item.path);
}

} // namespace

std::vector<std::string> search(const Collection& collection, std::string_view text)
{
    std::vector<Word> words;
    for (const QString& word : toQString(text).simplified().split(u' ', Qt::SkipEmptyParts))
        words.emplace_back(word);
    std::vector<std::string> found;
    searchIn(collection.root, words, found);
    return found;
}

} // namespace claimcheck::collection
