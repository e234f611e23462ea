// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Words in whole bodies of the history, in rows and in files, within limits.

#include <archive/bodysearch.h>
#include <archive/history.h>
#include <support/result.h>

#include <QtCore/qtemporarydir.h>
#include <QtTest/qtest.h>

#include <thread>

using namespace claimcheck;
using namespace claimcheck::archive;

namespace {

bool never()
{
    return false;
}

} // namespace

class TestBodySearch : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void findsInBodies_data();
    void findsInBodies();
    void findsWordsInDifferentPlaces();
    void leavesOutWhatTheListFinds();
    void theListTakesWhatIsFound();
    void isBounded();
    void canBeStopped();
    void worksOnAnotherThread();
    void saysWhatItCannotOpen();

private:
    std::int64_t add(const std::string& body, const std::string& requestBody = {});
    BodyMatches found(const std::string& search, const BodySearchLimits& limits = {}) const;
    std::string path() const { return m_folder->path().toStdString(); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<History> m_history;
};

void TestBodySearch::init()
{
    m_history.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    auto opened = History::open(path());
    QVERIFY_RESULT(opened);
    m_history = *std::move(opened);
}

std::int64_t TestBodySearch::add(const std::string& body, const std::string& requestBody)
{
    Record record;
    record.summary.method = "POST";
    record.summary.url = "http://a/";
    record.summary.status = 201;
    record.body = body;
    record.requestBody = requestBody;
    return m_history->add(record).value_or(0);
}

BodyMatches TestBodySearch::found(const std::string& search, const BodySearchLimits& limits) const
{
    return searchBodies(path(), search, never, limits).value();
}

void TestBodySearch::findsInBodies_data()
{
    QTest::addColumn<int>("before");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("search");
    const auto row = [](const char* name, int before, const char* text, const char* search) {
        QTest::newRow(name) << before << QString::fromUtf8(text) << QString::fromUtf8(search);
    };
    row("in the row", 5000, "a Needle here", "nEEDle");
    row("at the end of the row", 1024 * 1024 - 6, "needle", "needle");
    row("in a file", 2 * 1024 * 1024, "a needle here", "needle");
    // A body is looked into in pieces of 256 KiB.
    row("across pieces", 256 * 1024 - 3, "needle", "needle");
    row("across pieces of a file", 8 * 256 * 1024 - 3, "needle", "needle");
    row("umlauts across pieces", 256 * 1024 - 3, "\u00c4RGER\u00dcber", "\u00e4rger\u00fc");
    row("umlauts across pieces of a file", 8 * 256 * 1024 - 5, "\u00c4RGER", "\u00e4rger");
    row("not as a pattern", 5000, "100%_", "100%_");
}

void TestBodySearch::findsInBodies()
{
    QFETCH(int, before);
    QFETCH(QString, text);
    QFETCH(QString, search);
    const std::string body = std::string(static_cast<std::size_t>(before), '.') + text.toStdString();
    add("short");
    const std::int64_t answer = add(body);
    const std::int64_t request = add("short", body);
    add(std::string(2'000'000, '.'));
    const BodyMatches matches = found(search.toStdString());
    QCOMPARE(matches.ids, (std::vector<std::int64_t>{request, answer}));
    QVERIFY(matches.isWhole);
}

void TestBodySearch::findsWordsInDifferentPlaces()
{
    const std::string far(10'000, '.');
    const std::int64_t id = add(far + " left", far + " right");
    add(far + " left");
    QCOMPARE(found("left right post 201").ids, std::vector<std::int64_t>{id});
    QVERIFY(found("left right get").ids.empty());
    QVERIFY(found(" ").ids.empty());
}

void TestBodySearch::leavesOutWhatTheListFinds()
{
    add("needle");
    QVERIFY(found("needle").ids.empty());
    QCOMPARE(m_history->list("needle", 10)->size(), std::size_t(1));
}

void TestBodySearch::theListTakesWhatIsFound()
{
    const std::int64_t deep = add(std::string(10'000, '.') + " needle");
    const std::int64_t plain = add("needle");
    add("other");
    const std::vector<std::int64_t> also = found("needle").ids;
    const auto rows = m_history->list("needle", 10, 0, also);
    QVERIFY_RESULT(rows);
    QCOMPARE(rows->size(), std::size_t(2));
    QCOMPARE(rows->front().id, plain);
    QCOMPARE(rows->back().id, deep);
    QCOMPARE(*m_history->count("needle", also), std::size_t(2));
    QCOMPARE(m_history->list("needle", 10, plain, also)->front().id, deep);
    QCOMPARE(*m_history->count({}, also), std::size_t(3));
}

void TestBodySearch::isBounded()
{
    for (int i = 0; i < 5; ++i)
        add(std::string(10'000, '.') + " needle");
    const BodyMatches few = found("needle", {.longest = Milliseconds(60'000), .most = 2});
    QCOMPARE(few.ids, (std::vector<std::int64_t>{5, 4}));
    QVERIFY(!few.isWhole);
    const BodyMatches none = found("needle", {.longest = Milliseconds(0)});
    QVERIFY(none.ids.empty() && !none.isWhole);
}

void TestBodySearch::canBeStopped()
{
    for (int i = 0; i < 5; ++i)
        add(std::string(10'000, '.') + " needle");
    int asked = 0;
    const auto matches = searchBodies(path(), "needle", [&asked] { return ++asked > 4; });
    QVERIFY_RESULT(matches);
    QVERIFY(!matches->isWhole);
    QVERIFY(matches->ids.size() < 5);
}

void TestBodySearch::worksOnAnotherThread()
{
    const std::int64_t id = add(std::string(2'000'000, '.') + " needle");
    BodyMatches matches;
    std::thread thread([&] { matches = found("needle"); });
    add("meanwhile");
    thread.join();
    QCOMPARE(matches.ids, std::vector<std::int64_t>{id});
}

void TestBodySearch::saysWhatItCannotOpen()
{
    const auto matches = searchBodies(path() + "/nowhere", "needle", never);
    QVERIFY(!matches);
    QCOMPARE(matches.error().kind, ErrorKind::Unreadable);
}

QTEST_GUILESS_MAIN(TestBodySearch)
#include "tst_bodysearch.moc"
