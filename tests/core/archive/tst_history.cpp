// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The history on disk: private, within its size, searched, and there again after a crash.

#include <archive/history.h>
#include <archive/options.h>
#include <support/result.h>
#include <support/signals.h>

#include <QtCore/qdir.h>
#include <QtCore/qdiriterator.h>
#include <QtCore/qtemporarydir.h>
#include <QtSql/qsqldatabase.h>
#include <QtSql/qsqlquery.h>
#include <QtTest/qtest.h>

#include <csignal>
#include <sys/wait.h>
#include <unistd.h>

using namespace claimcheck;
using namespace claimcheck::archive;

namespace {

Record recordAt(const std::string& url, const std::string& body = "answer")
{
    Record record;
    record.summary = {
        0, Instant(Milliseconds(1'763'900'000'000)), "Log in", "POST", url, 201, 12.5, body.size(), false};
    record.origin = {"/c", "local", "a.yml", "Log in"};
    record.requestHeaders = {{"Accept", "*/*"}, {"X-Empty", ""}, {"X-Colon", "a:b"}};
    record.requestBody = std::string("bytes \0\xFF", 8);
    record.hasBody = true;
    record.reason = "Created";
    record.version = "HTTP/1.1";
    record.headers = {{"Server", "x"}};
    record.body = body;
    record.engine = "libcurl";
    record.remoteAddress = "127.0.0.1:80";
    record.claims = "{\"sub\":\"demo\"}";
    record.hasCuts = true;
    record.isRequestCut = true;
    return record;
}

void add(History& history, const Record& record)
{
    const auto added = history.add(record);
    QVERIFY_RESULT(added);
}

} // namespace

class TestHistory : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void givesBackWhatItTook();
    void listsAndSearches();
    void keepsLargeBodiesInFiles();
    void keepsWithinItsSize();
    void countsTheWordsOfASearch();
    void deletes();
    void isPrivate();
    void survivesAKill();
    void putsABrokenOneAside();
    void takesOverAnEarlierOne();
    void leavesWhatItCannotOpen();
    void startsWithoutOrphans();
    void keepsOptions();

private:
    std::unique_ptr<History> open() const;

    std::unique_ptr<QTemporaryDir> m_folder;
    std::string m_path;
};

void TestHistory::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_path = m_folder->path().toStdString() + "/not there/history";
}

std::unique_ptr<History> TestHistory::open() const
{
    auto opened = History::open(m_path);
    if (!opened)
        qFatal("%s", describe(opened.error()).c_str());
    return *std::move(opened);
}

void TestHistory::givesBackWhatItTook()
{
    Record record = recordAt("http://a/");
    const auto id = open()->add(record);
    QVERIFY_RESULT(id);
    record.summary.id = *id;
    const auto read = open()->read(*id);
    QVERIFY_RESULT(read);
    QVERIFY(*read == record);
    QCOMPARE(open()->read(*id + 1).error().kind, ErrorKind::Usage);
}

void TestHistory::listsAndSearches()
{
    const auto history = open();
    for (int i = 0; i < 25; ++i)
        add(*history, recordAt("http://a/" + std::to_string(i), i == 7 ? "The Ärger 100%_" : "x"));
    const auto page = history->list({}, 10);
    QCOMPARE(page->size(), std::size_t(10));
    QCOMPARE(page->front().url, std::string("http://a/24"));
    const auto next = history->list({}, 100, page->back().id);
    QCOMPARE(next->size(), std::size_t(15));
    QCOMPARE(next->front().url, std::string("http://a/14"));
    QCOMPARE(history->list("post a/24", 10)->size(), std::size_t(1));
    QCOMPARE(history->list("ÄRGER 100%_", 10)->front().url, std::string("http://a/7"));
    QVERIFY(history->list("100__", 10)->empty());
    QCOMPARE(*history->count("201"), std::size_t(25));
    QCOMPARE(*history->count("nothing such"), std::size_t(0));
}

void TestHistory::keepsLargeBodiesInFiles()
{
    const auto history = open();
    const std::string large(largestInDatabase + 1, 'b');
    const auto id = history->add(recordAt("http://a/", large));
    const QDir bodies(QString::fromStdString(m_path + "/bodies"));
    QCOMPARE(bodies.entryList(QDir::Files), QStringList{QString::number(*id) + QStringLiteral(".response")});
    QCOMPARE(history->read(*id)->body, large);
    QVERIFY_RESULT(history->remove(*id));
    QVERIFY(bodies.entryList(QDir::Files).isEmpty());
}

void TestHistory::keepsWithinItsSize()
{
    const auto history = open();
    QVERIFY_RESULT(history->setLimit(300'000));
    for (int i = 0; i < 50; ++i)
        add(*history, recordAt("http://a/" + std::to_string(i), std::string(20'000, 'x')));
    const std::size_t count = *history->count({});
    QVERIFY2(count >= 10 && count < 15, std::to_string(count).c_str());
    QCOMPARE(history->list({}, 1)->front().url, std::string("http://a/49"));
    const std::string large(largestInDatabase + 1, 'b');
    add(*history, recordAt("http://large/", large)); // alone it is too large already
    QCOMPARE(*history->count({}), std::size_t(0));
    QVERIFY(QDir(QString::fromStdString(m_path + "/bodies")).entryList(QDir::Files).isEmpty());
}

/// What is there for the search counts, too: many small exchanges are no way around the limit.
void TestHistory::countsTheWordsOfASearch()
{
    const auto history = open();
    QVERIFY_RESULT(history->setLimit(300'000));
    for (int i = 0; i < 300; ++i)
        add(*history, recordAt("http://a/" + std::to_string(i), std::string(1000, 'x')));
    const std::size_t count = *history->count({});
    QVERIFY2(count >= 80 && count < 130, std::to_string(count).c_str());
}

void TestHistory::deletes()
{
    const auto history = open();
    const std::string mark = "a rare word to look for";
    const auto one = history->add(recordAt("http://a/", mark));
    const auto two = history->add(recordAt("http://b/", std::string(5'000'000, 'z')));
    QVERIFY_RESULT(history->remove(*one));
    QCOMPARE(history->list({}, 10)->size(), std::size_t(1));
    QVERIFY(history->size() > 5'000'000);
    QVERIFY_RESULT(history->clear());
    QCOMPARE(*history->count({}), std::size_t(0));
    QVERIFY(!history->read(*two));
    QVERIFY2(history->size() < 200'000, std::to_string(history->size()).c_str());
    QDirIterator files(QString::fromStdString(m_path), QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(!file.readAll().contains(QByteArray::fromStdString(mark)));
    }
}

void TestHistory::isPrivate()
{
    const auto history = open();
    add(*history, recordAt("http://a/", std::string(2'000'000, 'x')));
    QDirIterator files(QString::fromStdString(m_path), QDir::Files | QDir::Hidden,
                       QDirIterator::Subdirectories);
    int count = 0;
    const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
    while (files.hasNext()) {
        const QString file = files.next();
        QVERIFY2(!(QFile::permissions(file) & others), qPrintable(file));
        ++count;
    }
    QVERIFY(count >= 3); // database, log, body
    QVERIFY(
        !(QFile::permissions(QString::fromStdString(m_path)) & (others | QFile::ExeGroup | QFile::ExeOther)));
}

// A child writes until it is killed: what it was told to be there is there, and nothing is half.
void TestHistory::survivesAKill()
{
    for (int round = 0; round < 5; ++round) {
        int pipes[2];
        QCOMPARE(pipe(pipes), 0);
        const pid_t child = fork();
        if (child == 0) {
            const auto history = History::open(m_path);
            for (int i = 0; history && i < 100'000; ++i) {
                const auto id =
                    (*history)->add(recordAt("http://a/", std::string(i % 3 == 0 ? 1'200'000 : 900, 'x')));
                const std::int64_t number = id.value_or(0);
                if (write(pipes[1], &number, sizeof number) < 0)
                    break;
            }
            _exit(1);
        }
        std::int64_t last = 0;
        for (int i = 0; i < 10 + round; ++i)
            QCOMPARE(read(pipes[0], &last, sizeof last), ssize_t(sizeof last));
        QVERIFY(test::signalChild(child, SIGKILL));
        waitpid(child, nullptr, 0);
        close(pipes[0]);
        close(pipes[1]);
        const auto history = open();
        QVERIFY_RESULT(history->read(last));
        const auto all = history->list({}, 100'000);
        for (const Summary& summary : *all)
            QCOMPARE(history->read(summary.id)->body.size(), std::size_t(summary.bodySize));
        QVERIFY(!QFile::exists(QString::fromStdString(m_path + "/history.broken")));
        QVERIFY_RESULT(history->clear());
    }
}

void TestHistory::putsABrokenOneAside()
{
    open();
    QFile file(QString::fromStdString(m_path + "/history.sqlite"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray(100'000, 'n'));
    file.close();
    const auto history = open();
    add(*history, recordAt("http://a/"));
    QVERIFY(QFile::exists(QString::fromStdString(m_path + "/history.broken")));
    QVERIFY_RESULT(history->clear());
    QVERIFY(!QFile::exists(QString::fromStdString(m_path + "/history.broken")));
}

/// A disk that is full or a driver that is missing is no reason to begin anew.
/// Of a version that had no word for a request's body that was cut.
void TestHistory::takesOverAnEarlierOne()
{
    Record record = recordAt("http://a/");
    const auto id = open()->add(record);
    QVERIFY_RESULT(id);
    const QString connection = QStringLiteral("earlier");
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), connection);
        database.setDatabaseName(QString::fromStdString(m_path + "/history.sqlite"));
        QVERIFY(database.open());
        QSqlQuery query(database);
        QVERIFY(query.exec(QStringLiteral("ALTER TABLE details DROP COLUMN is_request_cut")));
    }
    QSqlDatabase::removeDatabase(connection);
    for (int i = 0; i < 2; ++i) { // the second time nothing is to be done
        const auto history = open();
        const auto read = history->read(*id);
        QVERIFY_RESULT(read);
        record.summary.id = *id;
        record.isRequestCut = false;
        QVERIFY(*read == record);
        const auto next = history->add(recordAt("http://b/"));
        QVERIFY_RESULT(next);
        QVERIFY(history->read(*next)->isRequestCut);
    }
}

void TestHistory::leavesWhatItCannotOpen()
{
    const QString file = QString::fromStdString(m_path + "/history.sqlite");
    QVERIFY(QDir().mkpath(file));
    const auto history = History::open(m_path);
    QVERIFY(!history);
    QCOMPARE(history.error().kind, ErrorKind::Unreadable);
    QVERIFY(QDir(file).exists());
    QVERIFY(!QFile::exists(QString::fromStdString(m_path + "/history.broken")));
}

void TestHistory::startsWithoutOrphans()
{
    open();
    QFile file(QString::fromStdString(m_path + "/bodies/77.response"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.close();
    open();
    QVERIFY(!file.exists());
}

void TestHistory::keepsOptions()
{
    const std::string config = m_folder->path().toStdString();
    QCOMPARE(loadOptions(config).value(), Options());
    const Options options{false, true, 64'000'000};
    QVERIFY_RESULT(saveOptions(config, options));
    QCOMPARE(loadOptions(config).value(), options);
}

QTEST_GUILESS_MAIN(TestHistory)
#include "tst_history.moc"
