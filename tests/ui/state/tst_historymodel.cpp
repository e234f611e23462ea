// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The history as rows: read a page at a time, searched, with what is hostile in it made visible.

#include <archive/history.h>
#include <state/historymodel.h>
#include <support/result.h>

#include <QtCore/qtemporarydir.h>
#include <QtTest/qabstractitemmodeltester.h>
#include <QtTest/qsignalspy.h>
#include <QtTest/qtest.h>

using namespace claimcheck;
using ui::HistoryModel;

class TestHistoryModel : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void isEmptyWithoutAHistory();
    void tellsWhatCameLastFirst();
    void readsAPageAtATime();
    void searches();
    void showsHostileTextAsText();
    void keepsItsRowsWhenOneComes();
    void findsWhatStandsDeepInABody();
    void saysThatItDidNotSearchAll();
    void canBeStopped();

private:
    void add(const std::string& url, int status = 200, const std::string& name = "Log in",
             const std::string& body = {});
    QString cell(int row, int column) const { return m_model->index(row, column).data().toString(); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<archive::History> m_history;
    std::unique_ptr<HistoryModel> m_model;
};

void TestHistoryModel::init()
{
    m_model.reset();
    m_history.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    auto opened = archive::History::open(m_folder->path().toStdString());
    QVERIFY_RESULT(opened);
    m_history = *std::move(opened);
    m_model = std::make_unique<HistoryModel>();
    m_model->setClock([] { return Instant(Milliseconds(1'763'900'060'000)); });
}

void TestHistoryModel::add(const std::string& url, int status, const std::string& name,
                           const std::string& body)
{
    archive::Record record;
    record.summary.at = Instant(Milliseconds(1'763'900'000'000));
    record.summary.name = name;
    record.summary.method = "GET";
    record.summary.url = url;
    record.summary.status = status;
    record.body = body;
    const auto added = m_history->add(record);
    QVERIFY_RESULT(added);
}

void TestHistoryModel::isEmptyWithoutAHistory()
{
    const QAbstractItemModelTester tester(m_model.get());
    m_model->renew();
    m_model->setSearch(QStringLiteral("x"));
    QCOMPARE(m_model->rowCount(), 0);
    QCOMPARE(m_model->idAt(0), std::int64_t(0));
    QVERIFY(!m_model->canFetchMore({}));
}

void TestHistoryModel::tellsWhatCameLastFirst()
{
    const QAbstractItemModelTester tester(m_model.get());
    add("http://a/1");
    add("http://a/2", 0);
    m_model->setHistory(m_history.get());
    QCOMPARE(m_model->rowCount(), 2);
    QCOMPARE(cell(0, HistoryModel::Url), QStringLiteral("http://a/2"));
    QCOMPARE(cell(0, HistoryModel::Status), QStringLiteral("no answer"));
    QCOMPARE(cell(1, HistoryModel::Status), QStringLiteral("200"));
    QCOMPARE(m_model->rowOf(m_model->idAt(1)), 1);
    QCOMPARE(m_model->rowOf(4711), -1);
}

void TestHistoryModel::readsAPageAtATime()
{
    for (int i = 0; i < 450; ++i)
        add("http://a/" + std::to_string(i));
    m_model->setHistory(m_history.get());
    QCOMPARE(m_model->rowCount(), 200);
    QCOMPARE(m_model->total(), std::size_t(450));
    while (m_model->canFetchMore({}))
        m_model->fetchMore({});
    QCOMPARE(m_model->rowCount(), 450);
    QCOMPARE(cell(449, HistoryModel::Url), QStringLiteral("http://a/0"));
}

void TestHistoryModel::searches()
{
    add("http://a/orders", 201);
    add("http://a/users", 404);
    m_model->setHistory(m_history.get());
    m_model->setSearch(QStringLiteral("USERS 404"));
    QCOMPARE(m_model->rowCount(), 1);
    QCOMPARE(m_model->total(), std::size_t(1));
    m_model->setSearch(QStringLiteral("users 201"));
    QCOMPARE(m_model->rowCount(), 0);
    m_model->setSearch({});
    QCOMPARE(m_model->rowCount(), 2);
}

void TestHistoryModel::showsHostileTextAsText()
{
    add("http://a/\xE2\x80\xAE"
        "moc\n");
    m_model->setHistory(m_history.get());
    QVERIFY(!cell(0, HistoryModel::Url).contains(QChar(0x202E)));
    QVERIFY(!cell(0, HistoryModel::Url).contains(u'\n'));
    add("http://a/", 200, "<b>this & that</b>");
    m_model->renew();
    const QString tip = m_model->index(0, HistoryModel::Url).data(Qt::ToolTipRole).toString();
    QVERIFY2(tip.startsWith(QStringLiteral("<qt>&lt;b&gt;this &amp; that&lt;/b&gt;<br>")), qPrintable(tip));
}

void TestHistoryModel::keepsItsRowsWhenOneComes()
{
    add("http://a/1");
    m_model->setHistory(m_history.get());
    const std::int64_t first = m_model->idAt(0);
    add("http://a/2");
    QCOMPARE(m_model->rowCount(), 1); // until it is told
    m_model->renew();
    QCOMPARE(m_model->rowCount(), 2);
    QCOMPARE(m_model->rowOf(first), 1);
}

void TestHistoryModel::findsWhatStandsDeepInABody()
{
    using enum HistoryModel::BodySearch;
    const QAbstractItemModelTester tester(m_model.get());
    const std::string deep = std::string(100'000, '.') + " Needle";
    add("http://a/1", 200, "one", deep);
    add("http://a/2", 200, "two");
    add("http://a/needle", 200, "three");
    add("http://a/4", 200, "four", deep);
    m_model->setHistory(m_history.get());
    QCOMPARE(m_model->bodySearch(), None);
    QSignalSpy reset(m_model.get(), &HistoryModel::modelReset);
    m_model->setSearch(QStringLiteral("needle"));
    QCOMPARE(m_model->rowCount(), 1); // at once
    QCOMPARE(m_model->bodySearch(), Running);
    QTRY_COMPARE(m_model->bodySearch(), Whole);
    QCOMPARE(m_model->rowCount(), 3);
    QCOMPARE(m_model->total(), std::size_t(3));
    QCOMPARE(cell(0, HistoryModel::Url), QStringLiteral("http://a/4"));
    QCOMPARE(cell(2, HistoryModel::Url), QStringLiteral("http://a/1"));
    QCOMPARE(reset.size(), 1); // by the search itself: what is chosen later stays chosen
    m_model->setSearch(QStringLiteral(" "));
    QCOMPARE(m_model->bodySearch(), None);
    QCOMPARE(m_model->rowCount(), 4);
}

void TestHistoryModel::saysThatItDidNotSearchAll()
{
    using enum HistoryModel::BodySearch;
    const std::string deep = std::string(10'000, '.') + " needle";
    for (int i = 0; i < 3; ++i)
        add("http://a/" + std::to_string(i), 200, "x", deep);
    m_model->setHistory(m_history.get());
    m_model->setBodyLimits({.longest = Milliseconds(60'000), .most = 2});
    m_model->setSearch(QStringLiteral("needle"));
    QTRY_COMPARE(m_model->bodySearch(), Partly);
    QCOMPARE(m_model->rowCount(), 2);
}

void TestHistoryModel::canBeStopped()
{
    using enum HistoryModel::BodySearch;
    add("http://a/1", 200, "one", std::string(10'000, '.') + " needle");
    m_model->setHistory(m_history.get());
    m_model->setSearch(QStringLiteral("needle"));
    m_model->stopBodySearch();
    QCOMPARE(m_model->bodySearch(), Stopped);
    QCOMPARE(m_model->rowCount(), 0);
    m_model->setSearch(QStringLiteral("needle "));
    QTRY_COMPARE(m_model->bodySearch(), Whole);
    QCOMPARE(m_model->rowCount(), 1); // and nothing of the first search came
}

QTEST_GUILESS_MAIN(TestHistoryModel)
#include "tst_historymodel.moc"
