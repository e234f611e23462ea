// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The start page: a paste is enough, every button says so, recent collections open by mouse and keyboard,
// and a folder's name is text, whatever is in it.

#include <QtCore/qmimedata.h>
#include <QtGui/qclipboard.h>
#include <QtTest/qsignalspy.h>
#include <QtTest/qtest.h>
#include <QtWidgets/qapplication.h>
#include <QtWidgets/qlabel.h>
#include <QtWidgets/qplaintextedit.h>
#include <QtWidgets/qpushbutton.h>
#include <QtWidgets/qtablewidget.h>

#include <start/startpage.h>
#include <theme/theme.h>

using claimcheck::ui::StartPage;

class StartPageTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { claimcheck::ui::applyTheme(*qApp, claimcheck::ui::ThemeName::Light); }
    void pastingIsEnough();
    void returnTakesWhatWasTyped();
    void typingShowsWhatToDo();
    void emptyTextIsNoToken();
    void buttonsSaySo_data();
    void buttonsSaySo();
    void recentCollectionsOpen();
    void namesAreShownAsText();
    void cardsStackWhenNarrow();
};

void StartPageTest::pastingIsEnough()
{
    StartPage page;
    QSignalSpy pasted(&page, &StartPage::tokenPasted);
    auto* box = page.findChild<QPlainTextEdit*>(QStringLiteral("pasteBox"));
    QCOMPARE(box->document()->documentMargin(), qreal(claimcheck::ui::space::field)); // as in fields
    QGuiApplication::clipboard()->setText(QStringLiteral("Bearer a.b.c"));
    box->paste();
    QCOMPARE(pasted.count(), 1);
    QCOMPARE(pasted[0][0].toString(), QStringLiteral("Bearer a.b.c"));
    QVERIFY(box->toPlainText().isEmpty());
}

void StartPageTest::returnTakesWhatWasTyped()
{
    StartPage page;
    QSignalSpy pasted(&page, &StartPage::tokenPasted);
    auto* box = page.findChild<QPlainTextEdit*>(QStringLiteral("pasteBox"));
    QTest::keyClicks(box, QStringLiteral("a.b.c"));
    QCOMPARE(pasted.count(), 0);
    QTest::keyClick(box, Qt::Key_Return);
    QCOMPARE(pasted.count(), 1);
    QCOMPARE(pasted[0][0].toString(), QStringLiteral("a.b.c"));
}

void StartPageTest::typingShowsWhatToDo()
{
    StartPage page;
    QSignalSpy pasted(&page, &StartPage::tokenPasted);
    auto* box = page.findChild<QPlainTextEdit*>(QStringLiteral("pasteBox"));
    auto* hint = page.findChild<QLabel*>(QStringLiteral("typedHint"));
    QVERIFY(hint != nullptr && !hint->isVisibleTo(&page));
    QTest::keyClicks(box, QStringLiteral("a.b.c"));
    QVERIFY(hint->isVisibleTo(&page));
    QVERIFY(hint->text().contains(QStringLiteral("Return")));
    page.findChild<QPushButton*>(QStringLiteral("lookIntoTyped"))->click();
    QCOMPARE(pasted.count(), 1);
    QVERIFY(!hint->isVisibleTo(&page));
}

void StartPageTest::emptyTextIsNoToken()
{
    StartPage page;
    QSignalSpy pasted(&page, &StartPage::tokenPasted);
    auto* box = page.findChild<QPlainTextEdit*>(QStringLiteral("pasteBox"));
    QTest::keyClicks(box, QStringLiteral("  "));
    QTest::keyClick(box, Qt::Key_Return);
    QCOMPARE(pasted.count(), 0);
}

void StartPageTest::buttonsSaySo_data()
{
    QTest::addColumn<QString>("button");
    QTest::addColumn<int>("signal");
    QTest::newRow("demo") << QStringLiteral("startDemo") << 0;
    QTest::newRow("open") << QStringLiteral("openCollection") << 1;
    QTest::newRow("new") << QStringLiteral("newCollection") << 2;
    QTest::newRow("import") << QStringLiteral("importCollection") << 3;
}

void StartPageTest::buttonsSaySo()
{
    QFETCH(QString, button);
    QFETCH(int, signal);
    StartPage page;
    QSignalSpy demo(&page, &StartPage::demoRequested);
    QSignalSpy open(&page, &StartPage::openCollectionRequested);
    QSignalSpy create(&page, &StartPage::newCollectionRequested);
    QSignalSpy bring(&page, &StartPage::importRequested);
    auto* pressed = page.findChild<QPushButton*>(button);
    QVERIFY(!pressed->accessibleName().isEmpty());
    QTest::mouseClick(pressed, Qt::LeftButton);
    QCOMPARE(demo.count(), signal == 0 ? 1 : 0);
    QCOMPARE(open.count(), signal == 1 ? 1 : 0);
    QCOMPARE(create.count(), signal == 2 ? 1 : 0);
    QCOMPARE(bring.count(), signal == 3 ? 1 : 0);
}

void StartPageTest::recentCollectionsOpen()
{
    StartPage page;
    page.resize(1000, 800);
    auto* recent = page.findChild<QTableWidget*>(QStringLiteral("recentCollections"));
    QVERIFY(recent->isHidden());
    page.setRecent({QStringLiteral("/somewhere/orders"), QStringLiteral("/somewhere/billing")});
    page.show();
    QVERIFY(!recent->isHidden());
    QSignalSpy activated(&page, &StartPage::recentActivated);
    const QRect second = recent->visualRect(recent->model()->index(1, 0));
    QTest::mouseClick(recent->viewport(), Qt::LeftButton, {}, second.center());
    QCOMPARE(activated.count(), 1);
    QCOMPARE(activated[0][0].toString(), QStringLiteral("/somewhere/billing"));
    recent->setCurrentCell(0, 0);
    QTest::keyClick(recent, Qt::Key_Return);
    QCOMPARE(activated.count(), 2);
    QCOMPARE(activated[1][0].toString(), QStringLiteral("/somewhere/orders"));
}

void StartPageTest::namesAreShownAsText()
{
    StartPage page;
    page.setRecent({QString::fromUtf8("/somewhere/\xE2\x80\xAEgnp.exe")});
    const auto* recent = page.findChild<QTableWidget*>(QStringLiteral("recentCollections"));
    QCOMPARE(recent->item(0, 0)->text(), QStringLiteral("<U+202E>gnp.exe"));
}

void StartPageTest::cardsStackWhenNarrow()
{
    StartPage page;
    page.resize(1000, 800);
    page.show();
    const auto* demo = page.findChild<QPushButton*>(QStringLiteral("startDemo"));
    const auto* open = page.findChild<QPushButton*>(QStringLiteral("openCollection"));
    const auto top = [&page](const QWidget* widget) { return widget->mapTo(&page, QPoint()).y(); };
    QTRY_COMPARE(top(demo), top(open));
    page.resize(500, 800);
    QTRY_VERIFY(top(demo) < top(open));
}

QTEST_MAIN(StartPageTest)
#include "tst_startpage.moc"
