// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <archive/bodysearch.h>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <fstream>

#include <QtCore/qstringlist.h>

#include <archive/record.h>
#include <base/text.h>

#include "historyprivate.h"

namespace claimcheck::archive {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t pieceSize = 256u * 1024u;

/// Words that are still to be found in one exchange. A body comes in pieces, which overlap by what a word can
/// be long: folding case keeps a letter within four bytes of UTF-8.
class Wanted
{
public:
    explicit Wanted(QStringList words) : m_words(std::move(words))
    {
        for (const QString& word : m_words)
            m_overlap = std::max(m_overlap, 4 * static_cast<std::size_t>(word.size()));
    }

    bool isFound() const { return m_words.isEmpty(); }
    std::size_t overlap() const { return m_overlap; }
    void lookIn(const QString& folded)
    {
        m_words.removeIf([&](const QString& word) { return folded.contains(word); });
    }
    void lookIn(std::string_view piece)
    {
        lookIn(QString::fromUtf8(piece.data(), static_cast<qsizetype>(piece.size())).toCaseFolded());
    }

private:
    QStringList m_words;
    std::size_t m_overlap = 0;
};

/// What ends the search.
class SearchBounds
{
public:
    SearchBounds(const std::function<bool()>& isStopped, Milliseconds longest)
        : m_isStopped(isStopped), m_end(Clock::now() + longest)
    {}
    bool isOver() const { return m_isStopped() || Clock::now() >= m_end; }

private:
    const std::function<bool()>& m_isStopped;
    Clock::time_point m_end;
};

void lookInBody(Wanted& wanted, std::string_view body, const SearchBounds& limits)
{
    for (std::size_t at = 0; at < body.size() && !wanted.isFound() && !limits.isOver(); at += pieceSize)
        wanted.lookIn(body.substr(at, pieceSize + wanted.overlap()));
}

/// A file that cannot be read holds nothing: it may have gone meanwhile.
void lookInFile(Wanted& wanted, const std::filesystem::path& path, const SearchBounds& limits)
{
    std::ifstream file(path, std::ios::binary);
    std::string piece;
    while (file && !wanted.isFound() && !limits.isOver()) {
        const std::size_t kept = std::min(piece.size(), wanted.overlap());
        piece.erase(0, piece.size() - kept);
        piece.resize(kept + pieceSize);
        file.read(piece.data() + kept, static_cast<std::streamsize>(pieceSize));
        piece.resize(kept + static_cast<std::size_t>(file.gcount()));
        wanted.lookIn(piece);
    }
}

/// A connection belongs to its thread, and a query must be gone before its connection.
class Connection
{
public:
    explicit Connection(const std::string& directory)
        : m_name(QStringLiteral("history-search-%1").arg(++count))
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), m_name);
        database.setDatabaseName(toQString(directory + "/history.sqlite"));
        database.setConnectOptions(QStringLiteral("QSQLITE_BUSY_TIMEOUT=2000"));
        m_isOpen = database.open();
    }
    ~Connection()
    {
        QSqlDatabase::database(m_name, false).close();
        QSqlDatabase::removeDatabase(m_name);
    }
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    bool isOpen() const { return m_isOpen; }
    /// The next older exchange; a row at a time, so that a writer never waits.
    std::optional<QSqlQuery> below(std::int64_t id) const
    {
        QSqlQuery query(QSqlDatabase::database(m_name, false));
        query.setForwardOnly(true);
        query.prepare(QStringLiteral("SELECT e.id, e.words, d.request_body, d.body FROM exchanges e JOIN "
                                     "details d ON d.id = e.id WHERE e.id < ? ORDER BY e.id DESC LIMIT 1"));
        query.addBindValue(static_cast<qlonglong>(id));
        return query.exec() && query.next() ? std::optional(std::move(query)) : std::nullopt;
    }

private:
    static inline std::atomic<int> count = 0;
    QString m_name;
    bool m_isOpen = false;
};

bool isFoundInBodies(const QSqlQuery& row, const QStringList& words, const std::filesystem::path& folder,
                     const SearchBounds& limits)
{
    Wanted wanted(words);
    wanted.lookIn(row.value(1).toString());
    if (wanted.isFound()) // the list has it already
        return false;
    const std::string id = std::to_string(row.value(0).toLongLong());
    int column = 2;
    for (const char* side : {"request", "response"}) {
        const QVariant body = row.value(column++);
        if (body.isNull()) {
            lookInFile(wanted, folder / "bodies" / (id + "." + side), limits);
            continue;
        }
        const QByteArray bytes = body.toByteArray();
        lookInBody(wanted, {bytes.constData(), static_cast<std::size_t>(bytes.size())}, limits);
    }
    return wanted.isFound();
}

} // namespace

Result<BodyMatches> searchBodies(const std::string& directory, const std::string& search,
                                 const std::function<bool()>& isStopped, const BodySearchLimits& limits)
{
    BodyMatches matches;
    const QStringList words = toQString(search).toCaseFolded().split(u' ', Qt::SkipEmptyParts);
    if (words.isEmpty())
        return matches;
    const Connection connection(directory);
    if (!connection.isOpen())
        return failure(ErrorKind::Unreadable, "cannot search the bodies of the history",
                       "its database cannot be opened", "check owner and mode of " + visible(directory));
    const SearchBounds bounds(isStopped, limits.longest);
    std::int64_t last = INT64_MAX;
    while (!bounds.isOver() && matches.ids.size() < limits.most) {
        const auto row = connection.below(last);
        if (!row)
            return matches;
        last = row->value(0).toLongLong();
        if (isFoundInBodies(*row, words, directory, bounds))
            matches.ids.push_back(last);
    }
    matches.isWhole = false;
    return matches;
}

} // namespace claimcheck::archive
