// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The history's pane: what is chosen decides what can be done, its size is said, its options are told.

#include <history/comparedialog.h>
#include <history/historypane.h>
#include <support/result.h>
#include <theme/theme.h>

#include <QtCore/qelapsedtimer.h>
#include <QtCore/qtemporarydir.h>
#include <QtCore/qtimer.h>
#include <QtGui/qtextdocument.h>
#include <QtTest/qsignalspy.h>
#include <QtTest/qtest.h>
#include <QtWidgets/qapplication.h>
#include <QtWidgets/qlabel.h>
#include <QtWidgets/qlineedit.h>
#include <QtWidgets/qmenu.h>
#include <QtWidgets/qpushbutton.h>
#include <QtWidgets/qtableview.h>
#include <QtWidgets/qtablewidget.h>
#include <QtWidgets/qtoolbutton.h>

using namespace claimcheck;
using namespace claimcheck::ui;

namespace {

archive::Record recordAt(const std::string& url, int status)
{
    archive::Record record;
    record.summary.at = Instant(Milliseconds(1'763'900'000'000));
    record.summary.method = "GET";
    record.summary.url = url;
    record.summary.status = status;
    record.body = "{\"status\":" + std::to_string(status) + "}";
    return record;
}

} // namespace

class TestHistoryPane : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ThemeName::Light); }
    void init();
    void offersWhatFitsTheChoice();
    void sendsOnlyOnItsButton();
    void searchesWhileTyping();
    void saysHowFarBodiesAreSearched();
    void saysItsSize();
    void tellsItsOptions();
    void asksBeforeAllGoes();
    void keepsTheChoiceWhenOneComes();
    void showsTogetherWhatComesTogether();
    void showsALongRunWhileItRuns();
    void comparesTwo();
    void tipsShowMarkupAsText();

private:
    template <typename T>
    T* find(const char* name) const
    {
        auto* found = m_pane->findChild<T*>(QLatin1String(name));
        if (found == nullptr)
            qFatal("there is no %s", name);
        return found;
    }
    bool isEnabled(const char* button) const { return find<QPushButton>(button)->isEnabled(); }
    QTableView* table() const { return find<QTableView>("historyTable"); }
    QAction* option(const QString& text) const;
    void add(const std::string& url, int status);

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<archive::History> m_history;
    std::unique_ptr<HistoryPane> m_pane;
};

void TestHistoryPane::init()
{
    m_pane.reset();
    m_history.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    auto opened = archive::History::open(m_folder->path().toStdString());
    QVERIFY_RESULT(opened);
    m_history = *std::move(opened);
    for (const int status : {200, 404, 500})
        add("http://a/" + std::to_string(status), status);
    m_pane = std::make_unique<HistoryPane>();
    m_pane->setHistory(m_history.get(), {});
    m_pane->show();
    QApplication::setActiveWindow(m_pane.get()); // shortcuts want it
}

void TestHistoryPane::add(const std::string& url, int status)
{
    const auto added = m_history->add(recordAt(url, status));
    QVERIFY_RESULT(added);
}

QAction* TestHistoryPane::option(const QString& text) const
{
    QMenu* menu = find<QToolButton>("historyOptions")->menu();
    Q_EMIT menu->aboutToShow();
    for (QAction* action : menu->findChildren<QAction*>())
        if (action->text() == text)
            return action;
    qFatal("there is no such option: %s", qPrintable(text));
}

void TestHistoryPane::offersWhatFitsTheChoice()
{
    QSignalSpy chosen(m_pane.get(), &HistoryPane::chosen);
    QVERIFY(!isEnabled("sendAgain") && !isEnabled("openExchange"));
    QVERIFY(!isEnabled("compareExchanges") && !isEnabled("deleteExchange"));
    table()->selectRow(0);
    QVERIFY(isEnabled("sendAgain") && isEnabled("openExchange") && isEnabled("deleteExchange"));
    QVERIFY(!isEnabled("compareExchanges"));
    QCOMPARE(chosen.last().at(0).toLongLong(), 3);
    table()->selectAll();
    QVERIFY(!isEnabled("sendAgain") && !isEnabled("compareExchanges") && isEnabled("deleteExchange"));
    QCOMPARE(chosen.last().at(0).toLongLong(), 0);
    QSignalSpy deleted(m_pane.get(), &HistoryPane::deleteRequested);
    table()->setFocus();
    QTest::keyClick(table(), Qt::Key_Delete);
    QCOMPARE(deleted.size(), 1);
    QCOMPARE(deleted[0][0].value<QList<qint64>>(), (QList<qint64>{3, 2, 1}));
}

void TestHistoryPane::sendsOnlyOnItsButton()
{
    QSignalSpy again(m_pane.get(), &HistoryPane::sendAgainRequested);
    QSignalSpy opened(m_pane.get(), &HistoryPane::openRequested);
    table()->selectRow(1);
    Q_EMIT table()->activated(table()->currentIndex());
    QCOMPARE(opened.size(), 1);
    QCOMPARE(again.size(), 0);
    QTest::mouseClick(find<QPushButton>("sendAgain"), Qt::LeftButton);
    QCOMPARE(again.size(), 1);
    QCOMPARE(again[0][0].toLongLong(), 2);
}

void TestHistoryPane::searchesWhileTyping()
{
    QTest::keyClicks(find<QLineEdit>("historySearch"), QStringLiteral("404"));
    QTRY_COMPARE(table()->model()->rowCount(), 1);
    find<QLineEdit>("historySearch")->clear();
    QTRY_COMPARE(table()->model()->rowCount(), 3);
}

void TestHistoryPane::saysHowFarBodiesAreSearched()
{
    archive::Record deep = recordAt("http://deep/", 200);
    deep.body = std::string(10'000, '.') + " needle";
    QVERIFY_RESULT(m_history->add(deep));
    m_pane->renew();
    QVERIFY(find<QLabel>("historyBodies")->isHidden());
    find<QLineEdit>("historySearch")->setText(QStringLiteral("needle"));
    QTRY_COMPARE(find<QLabel>("historyBodies")->text(), QStringLiteral("Whole bodies were searched"));
    QCOMPARE(table()->model()->rowCount(), 1);
    QVERIFY(find<QLabel>("historyCount")->text().startsWith(QStringLiteral("1 exchange found ")));
    QVERIFY(find<QPushButton>("stopBodySearch")->isHidden());
    find<QLineEdit>("historySearch")->clear();
    QTRY_VERIFY(find<QLabel>("historyBodies")->isHidden());
}

void TestHistoryPane::saysItsSize()
{
    const QString text = find<QLabel>("historyCount")->text();
    QVERIFY2(text.startsWith(QStringLiteral("3 exchanges")), qPrintable(text));
    QVERIFY2(text.contains(QStringLiteral(" of 256 MB")), qPrintable(text));
}

void TestHistoryPane::tellsItsOptions()
{
    QSignalSpy options(m_pane.get(), &HistoryPane::optionsChanged);
    option(QStringLiteral("Keep the claims of tokens in it"))->toggle();
    QVERIFY(options.last().at(0).value<archive::Options>().keepsClaims);
    option(QStringLiteral("Keep a history"))->toggle();
    QVERIFY(!options.last().at(0).value<archive::Options>().isOn);
    QVERIFY(find<QLabel>("historyCount")->text().contains(QStringLiteral("switched off")));
    QVERIFY(!option(QStringLiteral("Keep the claims of tokens in it"))->isEnabled());
}

void TestHistoryPane::asksBeforeAllGoes()
{
    QSignalSpy clear(m_pane.get(), &HistoryPane::clearRequested);
    find<QLineEdit>("historySearch")->setText(QStringLiteral("nothing has this"));
    QTRY_COMPARE(table()->model()->rowCount(), 0);
    QVERIFY(find<QLabel>("historyCount")->text().startsWith(QStringLiteral("0 exchanges found ")));
    QVERIFY(option(QStringLiteral("Delete all of it…"))->isEnabled());
    option(QStringLiteral("Delete all of it…"))->trigger();
    QCOMPARE(clear.size(), 1);
    QCOMPARE(*m_history->count({}), std::size_t(3)); // whoever listens asks first
}

void TestHistoryPane::keepsTheChoiceWhenOneComes()
{
    table()->selectRow(2);
    add("http://a/new", 200);
    QSignalSpy chosen(m_pane.get(), &HistoryPane::chosen);
    m_pane->renew();
    QCOMPARE(table()->model()->rowCount(), 4);
    QCOMPARE(table()->selectionModel()->selectedRows().size(), 1);
    QCOMPARE(table()->selectionModel()->selectedRows().constFirst().row(), 3);
    QCOMPARE(chosen.last().at(0).toLongLong(), 1);
}

void TestHistoryPane::showsTogetherWhatComesTogether()
{
    table()->selectRow(2);
    QSignalSpy renewed(table()->model(), &QAbstractItemModel::modelReset);
    for (int i = 0; i < 20; ++i) {
        add("http://a/new", 200);
        m_pane->renewSoon();
    }
    QCOMPARE(renewed.size(), 0);
    QVERIFY(renewed.wait());
    QCOMPARE(renewed.size(), 1);
    QCOMPARE(table()->model()->rowCount(), 23);
    QVERIFY(find<QLabel>("historyCount")->text().startsWith(QStringLiteral("23 exchanges")));
    QCOMPARE(table()->selectionModel()->selectedRows().constFirst().row(), 22);
    add("http://a/last", 200);
    m_pane->renewSoon(); // the next is not lost
    QVERIFY(renewed.wait());
    QCOMPARE(table()->model()->rowCount(), 24);
    add("http://a/again", 200);
    m_pane->renewSoon();
    m_pane->renew(); // shows what was waiting
    QCOMPARE(renewed.size(), 3);
    QCOMPARE(table()->model()->rowCount(), 25);
}

/// It neither renews for each request nor waits for a pause among them.
void TestHistoryPane::showsALongRunWhileItRuns()
{
    QSignalSpy renewed(table()->model(), &QAbstractItemModel::modelReset);
    qsizetype told = 0;
    QTimer run;
    connect(&run, &QTimer::timeout, m_pane.get(), [&] {
        ++told;
        m_pane->renewSoon();
    });
    QElapsedTimer since;
    since.start();
    run.start(1);
    QTRY_COMPARE(renewed.size(), 3);
    QVERIFY2(since.elapsed() >= 600, QByteArray::number(since.elapsed()).constData());
    QVERIFY2(told > 3, QByteArray::number(told).constData());
    run.stop();
    add("http://a/last", 200);
    m_pane->renewSoon();
    QTRY_COMPARE(table()->model()->rowCount(), 4);
}

void TestHistoryPane::comparesTwo()
{
    QSignalSpy compare(m_pane.get(), &HistoryPane::compareRequested);
    table()->selectRow(0);
    table()->selectionModel()->select(table()->model()->index(2, 0),
                                      QItemSelectionModel::Select | QItemSelectionModel::Rows);
    QTest::mouseClick(find<QPushButton>("compareExchanges"), Qt::LeftButton);
    QCOMPARE(compare.size(), 1);
    QCOMPARE(compare[0][0].toLongLong(), 1); // the older one at the left
    QCOMPARE(compare[0][1].toLongLong(), 3);
    const CompareDialog dialog(*m_history->read(1), *m_history->read(3), currentTime());
    const auto* differences = dialog.findChild<QTableWidget*>(QStringLiteral("differences"));
    QVERIFY(differences != nullptr);
    QCOMPARE(differences->rowCount(), 3); // URL, status, body
    QCOMPARE(differences->item(2, 0)->text(), QStringLiteral("answer body: status"));
    QCOMPARE(differences->item(2, 2)->text(), QStringLiteral("500"));
}

void TestHistoryPane::tipsShowMarkupAsText()
{
    const QString url = QStringLiteral("<b>http://a/</b>?x=1&y=2");
    const CompareDialog dialog(recordAt(url.toStdString(), 200), recordAt("http://b/", 200), currentTime());
    const auto* differences = dialog.findChild<QTableWidget*>(QStringLiteral("differences"));
    QVERIFY(differences != nullptr && differences->rowCount() == 1);
    const QString tip = differences->item(0, 1)->toolTip();
    QVERIFY(Qt::mightBeRichText(tip));
    QTextDocument shown;
    shown.setHtml(tip);
    QCOMPARE(shown.toPlainText(), url);
}

QTEST_MAIN(TestHistoryPane)
#include "tst_historypane.moc"
