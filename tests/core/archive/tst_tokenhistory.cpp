// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The token history on disk: private, within its bounds, searched, and safe from whatever its file may hold.

#include <archive/tokenhistory.h>
#include <support/result.h>

#include <QtCore/qdir.h>
#include <QtCore/qfile.h>
#include <QtCore/qtemporarydir.h>
#include <QtSql/qsqldatabase.h>
#include <QtSql/qsqlquery.h>
#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::archive;

namespace {

TokenRecord tokenAt(int second, const std::string& hash)
{
    TokenRecord record;
    record.hash = hash;
    record.first = record.last = Instant(Milliseconds(1'763'900'000'000 + 1000 * second));
    record.place = "body .token";
    record.origin = "https://api.example:443";
    record.request = "Log in";
    record.subject = hash;
    record.issuer = "https://id.example";
    record.header = R"({"alg":"RS256","kid":"k1"})";
    record.claims = R"({"sub":")" + hash + R"(","name":"Ärger"})";
    return record;
}

} // namespace

class TestTokenHistory : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void givesBackWhatItTook();
    void countsWhatComesAgain();
    void listsTheLatestFirst();
    void searches();
    void keepsNothingOfWhatWasEncrypted();
    void leavesOutWhatIsTooLarge();
    void keepsWithinItsBounds();
    void deletes();
    void isPrivate();
    void putsABrokenOneAside_data();
    void putsABrokenOneAside();
    void leavesWhatItCannotOpen();
    void readsNoMoreThanItWrites();
    void isOffUntilItIsTurnedOn();

private:
    std::unique_ptr<TokenHistory> open() const
    {
        auto opened = TokenHistory::open(m_path);
        return opened ? *std::move(opened) : nullptr;
    }
    std::size_t count(const TokenHistory& history, const std::string& search = {}) const
    {
        const auto list = history.list(search);
        return list ? list->size() : 99'999;
    }
    QString file(const char* name) const { return QString::fromStdString(m_path + "/" + name); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::string m_path;
};

void TestTokenHistory::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_path = m_folder->path().toStdString() + "/not there/tokens";
}

void TestTokenHistory::givesBackWhatItTook()
{
    TokenRecord record = tokenAt(0, std::string("\0\xFF hash", 7));
    {
        const auto history = open();
        QVERIFY(history);
        const auto id = history->add(record);
        QVERIFY_RESULT(id);
        record.id = *id;
    }
    const auto history = open();
    const auto read = history->read(record.id);
    QVERIFY_RESULT(read);
    QCOMPARE(*read, record);
    QVERIFY(history->list({})->at(0).claims.empty()); // a list reads none of them
}

void TestTokenHistory::countsWhatComesAgain()
{
    const auto history = open();
    const auto first = history->add(tokenAt(0, "a"));
    TokenRecord again = tokenAt(60, "a");
    again.place = "cookie session";
    const auto second = history->add(again);
    QVERIFY_RESULT(second);
    QCOMPARE(*second, *first);
    const auto read = history->read(*first);
    QCOMPARE(read->times, std::int64_t(2));
    QCOMPARE(read->first, tokenAt(0, "a").first);
    QCOMPARE(read->last, again.last);
    QCOMPARE(read->place, again.place);
    QCOMPARE(count(*history), std::size_t(1));
    QCOMPARE(count(*history, "session"), std::size_t(1));
}

void TestTokenHistory::listsTheLatestFirst()
{
    const auto history = open();
    for (const auto& [second, hash] : {std::pair(0, "a"), {5, "b"}, {9, "a"}, {7, "c"}})
        QVERIFY_RESULT(history->add(tokenAt(second, hash)));
    std::string order;
    const auto listed = history->list({});
    QVERIFY_RESULT(listed);
    for (const TokenRecord& record : *listed)
        order += record.hash;
    QCOMPARE(order, std::string("acb"));
}

void TestTokenHistory::searches()
{
    const auto history = open();
    QVERIFY_RESULT(history->add(tokenAt(0, "alice")));
    QVERIFY_RESULT(history->add(tokenAt(1, "bob")));
    QCOMPARE(count(*history, "ALICE"), std::size_t(1));
    QCOMPARE(count(*history, "rs256 k1"), std::size_t(2));
    QCOMPARE(count(*history, "ärger bob"), std::size_t(1));
    QCOMPARE(count(*history, "api.example log"), std::size_t(2));
    for (const char* none : {"carol", "%", "_____", "' OR 1"})
        QCOMPARE(count(*history, none), std::size_t(0));
}

void TestTokenHistory::keepsNothingOfWhatWasEncrypted()
{
    const auto history = open();
    TokenRecord record = tokenAt(0, "a");
    record.isEncrypted = true;
    const auto id = history->add(record);
    QVERIFY_RESULT(id);
    QVERIFY(history->read(*id)->claims.empty());
    QVERIFY(history->read(*id)->subject.empty() && history->read(*id)->issuer.empty());
    QVERIFY(!history->read(*id)->header.empty());
    QCOMPARE(count(*history, "ärger"), std::size_t(0));
}

void TestTokenHistory::leavesOutWhatIsTooLarge()
{
    const auto history = open();
    TokenRecord record = tokenAt(0, "a");
    record.claims = R"({"a":")" + std::string(largestTokenPart, 'x') + R"("})";
    const auto id = history->add(record);
    QVERIFY_RESULT(id);
    QVERIFY(history->read(*id)->claims.empty());
    QVERIFY(history->read(*id)->isLarge);
    QCOMPARE(history->read(*id)->header, record.header);
}

void TestTokenHistory::keepsWithinItsBounds()
{
    const auto history = open();
    const std::string large(60'000, 'x'); // of these the bytes run out first
    for (int i = 0; i < 300; ++i) {
        TokenRecord record = tokenAt(i, std::to_string(i));
        record.claims = R"({"a":")" + large + R"("})";
        QVERIFY_RESULT(history->add(record));
    }
    const std::size_t kept = count(*history);
    QVERIFY(kept < 300 && kept > 200);
    QCOMPARE(history->list({})->front().hash, std::string("299"));
    QCOMPARE(history->list({})->back().hash, std::to_string(300 - kept));
}

void TestTokenHistory::deletes()
{
    const auto history = open();
    const auto id = history->add(tokenAt(0, "only-here"));
    QVERIFY_RESULT(history->remove(*id));
    QVERIFY(!history->read(*id));
    QCOMPARE(history->read(*id).error().kind, ErrorKind::Usage);
    QVERIFY_RESULT(history->add(tokenAt(0, "only-here")));
    QFile broken(file("tokens.broken"));
    QVERIFY(broken.open(QIODevice::WriteOnly));
    broken.close();
    QVERIFY_RESULT(history->clear());
    QCOMPARE(count(*history), std::size_t(0));
    QVERIFY(!broken.exists());
    // Not in the file's free pages either.
    for (const QString& name : QDir(QString::fromStdString(m_path)).entryList(QDir::Files | QDir::Hidden)) {
        QFile each(file(qPrintable(name)));
        QVERIFY(each.open(QIODevice::ReadOnly));
        QVERIFY2(!each.readAll().contains("only-here"), qPrintable(name));
    }
}

void TestTokenHistory::isPrivate()
{
    const auto history = open();
    QVERIFY_RESULT(history->add(tokenAt(0, "a")));
    const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
    QVERIFY(!(QFile::permissions(QString::fromStdString(m_path)) & others));
    for (const QString& name : QDir(QString::fromStdString(m_path)).entryList(QDir::Files | QDir::Hidden))
        QVERIFY2(!(QFile::permissions(file(qPrintable(name))) & others), qPrintable(name));
}

void TestTokenHistory::putsABrokenOneAside_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("no database") << QByteArray(10'000, 'x');
    QTest::newRow("half a head") << QByteArray("SQLite format 3\0 and then something else", 40).repeated(40);
}

void TestTokenHistory::putsABrokenOneAside()
{
    QFETCH(QByteArray, bytes);
    open().reset();
    QFile written(file("tokens.sqlite"));
    QVERIFY(written.open(QIODevice::WriteOnly | QIODevice::Truncate));
    written.write(bytes);
    written.close();
    const auto history = open();
    QVERIFY(history);
    QVERIFY_RESULT(history->add(tokenAt(0, "a")));
    QFile aside(file("tokens.broken"));
    QVERIFY(aside.open(QIODevice::ReadOnly));
    QCOMPARE(aside.readAll(), bytes);
}

void TestTokenHistory::leavesWhatItCannotOpen()
{
    QVERIFY(QDir().mkpath(file("tokens.sqlite"))); // a folder in its place
    const auto opened = TokenHistory::open(m_path);
    QVERIFY(!opened);
    QCOMPARE(opened.error().kind, ErrorKind::Unreadable);
    QVERIFY(QDir(file("tokens.sqlite")).exists());
    QVERIFY(!QFile::exists(file("tokens.broken")));
}

/// Another program may have put anything into the file.
void TestTokenHistory::readsNoMoreThanItWrites()
{
    open().reset();
    {
        QSqlDatabase other = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("other"));
        other.setDatabaseName(file("tokens.sqlite"));
        QVERIFY(other.open());
        QSqlQuery query(other);
        QVERIFY(query.exec(QStringLiteral(
            "INSERT INTO tokens (hash, first, last, times, header, claims, bytes) VALUES (zeroblob(1000000), "
            "'x', 5, -7, zeroblob(5000000), zeroblob(5000000), -1)")));
        QVERIFY(
            query.exec(QStringLiteral("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT "
                                      "5000) INSERT INTO tokens (hash, last, bytes) SELECT i, i + 10, 1 "
                                      "FROM n")));
    }
    QSqlDatabase::removeDatabase(QStringLiteral("other"));
    const auto history = open();
    QVERIFY(history);
    QCOMPARE(count(*history), mostTokens);
    const auto listed = history->list({});
    QVERIFY_RESULT(listed);
    for (const TokenRecord& record : *listed) {
        QVERIFY(record.hash.size() <= 64 && record.header.size() <= largestTokenPart);
        QVERIFY(record.times >= 1);
    }
}

void TestTokenHistory::isOffUntilItIsTurnedOn()
{
    const std::string folder = m_folder->path().toStdString();
    QVERIFY(!loadTokenOptions(folder)->isOn);
    QVERIFY_RESULT(saveTokenOptions(folder, {true}));
    QVERIFY(loadTokenOptions(folder)->isOn);
    QFile broken(QString::fromStdString(folder + "/tokens.json"));
    QVERIFY(broken.open(QIODevice::WriteOnly | QIODevice::Truncate));
    broken.write("[");
    broken.close();
    QVERIFY(!loadTokenOptions(folder));
    QVERIFY(!loadTokenOptions(folder)->isOn); // and it is set aside
}

QTEST_GUILESS_MAIN(TestTokenHistory)
#include "tst_tokenhistory.moc"
