// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The token history's pane: off and honest about it at first, then a list that is searched, compared and
// cleared.

#include <history/tokencomparedialog.h>
#include <history/tokenhistorypane.h>
#include <support/result.h>
#include <theme/theme.h>

#include <QtCore/qtemporarydir.h>
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

archive::TokenRecord tokenOf(const std::string& subject, int second)
{
    archive::TokenRecord record;
    record.hash = subject;
    record.first = record.last = Instant(Milliseconds(1'763'900'000'000 + 1000 * second));
    record.subject = subject;
    record.issuer = "https://id.example";
    record.header = R"({"alg":"RS256"})";
    record.claims = R"({"sub":")" + subject + R"(","iss":"https://id.example"})";
    return record;
}

} // namespace

class TestTokenHistoryPane : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ThemeName::Light); }
    void init();
    void isOffAndSaysWhatItWouldKeep();
    void whatIsThereStaysWhenItIsOff();
    void offersWhatFitsTheChoice();
    void searchesWhileTyping();
    void tellsItsOptions();
    void keepsTheChoiceWhenOneComes();
    void comparesTwo_data();
    void comparesTwo();
    void showsMarkupAsText();

private:
    template <typename T>
    T* find(const char* name) const
    {
        auto* found = m_pane->findChild<T*>(QLatin1String(name));
        if (found == nullptr)
            qFatal("there is no %s", name);
        return found;
    }
    QTableView* table() const { return find<QTableView>("tokenHistoryTable"); }
    void add(const archive::TokenRecord& record) { QVERIFY_RESULT(m_history->add(record)); }
    QAction* option(const char* name) const;

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<archive::TokenHistory> m_history;
    std::unique_ptr<TokenHistoryPane> m_pane;
};

void TestTokenHistoryPane::init()
{
    m_pane.reset();
    m_history.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    auto opened = archive::TokenHistory::open(m_folder->path().toStdString());
    QVERIFY_RESULT(opened);
    m_history = *std::move(opened);
    m_pane = std::make_unique<TokenHistoryPane>();
    m_pane->show();
    QApplication::setActiveWindow(m_pane.get()); // shortcuts want it
}

QAction* TestTokenHistoryPane::option(const char* name) const
{
    QMenu* menu = find<QToolButton>("tokenHistoryOptions")->menu();
    Q_EMIT menu->aboutToShow();
    auto* action = menu->findChild<QAction*>(QLatin1String(name));
    if (action == nullptr)
        qFatal("there is no such option: %s", name);
    return action;
}

void TestTokenHistoryPane::isOffAndSaysWhatItWouldKeep()
{
    QVERIFY(find<QLabel>("tokenHistoryOff")->isVisible());
    QVERIFY(!table()->isVisible());
    for (const char* word : {"claims", "personal data", "never its signature", "keychain"})
        QVERIFY2(find<QLabel>("tokenHistoryOff")->text().contains(QLatin1String(word)), word);
    const QSignalSpy turned(m_pane.get(), &TokenHistoryPane::turnRequested);
    find<QPushButton>("turnOnTokenHistory")->click();
    QCOMPARE(turned.size(), 1);
    QCOMPARE(turned[0][0].toBool(), true);
    QVERIFY(find<QLabel>("tokenHistoryOff")->isVisible()); // until it is on
    m_pane->setHistory(m_history.get(), true);
    QVERIFY(table()->isVisible());
}

void TestTokenHistoryPane::whatIsThereStaysWhenItIsOff()
{
    add(tokenOf("alice", 0));
    m_pane->setHistory(m_history.get(), false);
    QVERIFY(table()->isVisible());
    QVERIFY(find<QLabel>("tokenHistoryCount")->text().contains(QStringLiteral("nothing more is kept")));
    m_pane->setHistory(m_history.get(), true);
    QCOMPARE(find<QLabel>("tokenHistoryCount")->text(), QStringLiteral("1 token"));
}

void TestTokenHistoryPane::offersWhatFitsTheChoice()
{
    for (int i = 0; i < 3; ++i)
        add(tokenOf(std::to_string(i), i));
    m_pane->setHistory(m_history.get(), true);
    const QSignalSpy chosen(m_pane.get(), &TokenHistoryPane::chosen);
    const QSignalSpy compared(m_pane.get(), &TokenHistoryPane::compareRequested);
    const QSignalSpy deleted(m_pane.get(), &TokenHistoryPane::deleteRequested);
    auto* compare = find<QPushButton>("compareTokens");
    QVERIFY(!compare->isEnabled() && !find<QPushButton>("deleteToken")->isEnabled());
    table()->selectRow(0);
    QVERIFY(!compare->isEnabled() && find<QPushButton>("deleteToken")->isEnabled());
    QVERIFY(chosen.back()[0].toLongLong() > 0);
    table()->selectionModel()->select(table()->model()->index(2, 0),
                                      QItemSelectionModel::Select | QItemSelectionModel::Rows);
    QVERIFY(compare->isEnabled());
    QCOMPARE(chosen.back()[0].toLongLong(), qint64(0));
    compare->click();
    QCOMPARE(compared.size(), 1);
    QVERIFY(compared[0][0].toLongLong() < compared[0][1].toLongLong()); // the older one left
    table()->setFocus();
    QTest::keyClick(table(), Qt::Key_Delete);
    QCOMPARE(deleted.size(), 1);
    QCOMPARE(deleted[0][0].value<QList<qint64>>().size(), 2);
}

void TestTokenHistoryPane::searchesWhileTyping()
{
    add(tokenOf("alice", 0));
    add(tokenOf("bob", 1));
    m_pane->setHistory(m_history.get(), true);
    QTest::keyClicks(find<QLineEdit>("tokenHistorySearch"), QStringLiteral("ALI"));
    QTRY_COMPARE(table()->model()->rowCount(), 1);
    QCOMPARE(table()->model()->index(0, 0).data().toString(), QStringLiteral("alice"));
    QCOMPARE(table()->model()->index(0, 2).data().toString(), QStringLiteral("RS256"));
    QTest::keyClicks(find<QLineEdit>("tokenHistorySearch"), QStringLiteral("x"));
    QTRY_COMPARE(table()->model()->rowCount(), 0);
    QVERIFY(table()->isVisible());
    QCOMPARE(find<QLabel>("tokenHistoryCount")->text(), QStringLiteral("0 tokens found"));
    QVERIFY(option("clearTokenHistory")->isEnabled()); // both of them are kept still
    find<QLineEdit>("tokenHistorySearch")->clear();
    QTRY_COMPARE(find<QLabel>("tokenHistoryCount")->text(), QStringLiteral("2 tokens"));
}

void TestTokenHistoryPane::tellsItsOptions()
{
    m_pane->setHistory(m_history.get(), true);
    const QSignalSpy turned(m_pane.get(), &TokenHistoryPane::turnRequested);
    const QSignalSpy cleared(m_pane.get(), &TokenHistoryPane::clearRequested);
    QVERIFY(option("keepTokenHistory")->isChecked());
    QVERIFY(!option("clearTokenHistory")->isEnabled());
    option("keepTokenHistory")->trigger();
    QCOMPARE(turned.size(), 1);
    QCOMPARE(turned[0][0].toBool(), false);
    add(tokenOf("alice", 0));
    m_pane->setHistory(m_history.get(), true);
    option("clearTokenHistory")->trigger();
    QCOMPARE(cleared.size(), 1);
    QCOMPARE(m_history->list({})->size(), std::size_t(1)); // the question comes first
}

void TestTokenHistoryPane::keepsTheChoiceWhenOneComes()
{
    add(tokenOf("alice", 0));
    m_pane->setHistory(m_history.get(), true);
    table()->selectRow(0);
    add(tokenOf("bob", 1));
    m_pane->setHistory(m_history.get(), true);
    const QModelIndexList rows = table()->selectionModel()->selectedRows();
    QCOMPARE(rows.size(), 1);
    QCOMPARE(rows[0].data().toString(), QStringLiteral("alice"));
}

void TestTokenHistoryPane::comparesTwo_data()
{
    QTest::addColumn<QString>("left");
    QTest::addColumn<QString>("right");
    QTest::addColumn<QString>("hash");
    QTest::addColumn<QString>("summary");
    QTest::addColumn<int>("rows");
    QTest::newRow("differ") << QStringLiteral("alice") << QStringLiteral("bob") << QStringLiteral("2")
                            << QStringLiteral("1 member differs.") << 1;
    QTest::newRow("the same") << QStringLiteral("alice") << QStringLiteral("alice") << QStringLiteral("1")
                              << QStringLiteral("This is the same token.") << 0;
    QTest::newRow("another signature")
        << QStringLiteral("alice") << QStringLiteral("alice") << QStringLiteral("2")
        << QStringLiteral("Header and claims are the same; the tokens are not, by their hashes.") << 0;
}

void TestTokenHistoryPane::comparesTwo()
{
    QFETCH(QString, left);
    QFETCH(QString, right);
    QFETCH(QString, hash);
    archive::TokenRecord one = tokenOf(left.toStdString(), 0);
    archive::TokenRecord two = tokenOf(right.toStdString(), 1);
    one.hash = "1";
    two.hash = hash.toStdString();
    const TokenCompareDialog dialog(one, two, two.last);
    QTEST(dialog.findChild<QLabel*>(QStringLiteral("tokenCompareSummary"))->text(), "summary");
    auto* differences = dialog.findChild<QTableWidget*>(QStringLiteral("tokenDifferences"));
    QTEST(differences->rowCount(), "rows");
    if (differences->rowCount() == 1)
        QCOMPARE(differences->item(0, 0)->text(), QStringLiteral("payload sub"));
}

void TestTokenHistoryPane::showsMarkupAsText()
{
    archive::TokenRecord record = tokenOf("<b>x</b>\n", 0);
    record.place = "body <img src=x>";
    add(record);
    m_pane->setHistory(m_history.get(), true);
    const QModelIndex index = table()->model()->index(0, 0);
    QVERIFY(index.data().toString().startsWith(QStringLiteral("<b>x</b>")));
    QVERIFY(!index.data().toString().contains(u'\n'));
    QVERIFY(!index.data(Qt::ToolTipRole).toString().contains(QStringLiteral("<img")));
}

QTEST_MAIN(TestTokenHistoryPane)
#include "tst_tokenhistorypane.moc"
