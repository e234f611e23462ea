// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The request pane through its own widgets: typing, sending, refusing, saving, closing, drafts.

#include <QtTest/qsignalspy.h>
#include <QtTest/qtest.h>
#include <QtWidgets/qapplication.h>
#include <QtWidgets/qcombobox.h>
#include <QtWidgets/qlabel.h>
#include <QtWidgets/qlineedit.h>
#include <QtWidgets/qmessagebox.h>
#include <QtWidgets/qplaintextedit.h>
#include <QtWidgets/qpushbutton.h>
#include <QtWidgets/qradiobutton.h>
#include <QtWidgets/qtableview.h>

#include <request/requesttabs.h>
#include <request/urledit.h>
#include <theme/flattabbar.h>
#include <theme/theme.h>

#include "requestpane.h"

using namespace claimcheck;
using ui::RequestTabs;
using ui::test::item;
using ui::test::sample;

namespace {

struct Pane : ui::test::RequestPane
{
    QSignalSpy sent{&tabs, &RequestTabs::sendRequested};

    collection::Item lastSent() { return sent.constLast()[0].value<collection::Item>(); }
    void choosePart(int part) { find<ui::FlatTabBar>("requestParts")->setCurrentIndex(part + 1); }
};

} // namespace

class TestRequestTabs : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { ui::applyTheme(*qApp, ui::ThemeName::Light); }

    void sendsWhatIsTyped()
    {
        Pane pane;
        pane.tabs.newItem();
        pane.type("requestUrl", "http://a.example/x");
        pane.type("requestMethodText", "PURGE");
        pane.type("requestName", "Purge it");
        QTest::mouseClick(pane.find<QPushButton>("send"), Qt::LeftButton);
        QCOMPARE(pane.sent.size(), 1);
        QCOMPARE(pane.lastSent().entry.url, std::string("http://a.example/x"));
        QCOMPARE(pane.lastSent().entry.method, std::string("PURGE"));
        QCOMPARE(pane.lastSent().entry.name, std::string("Purge it"));
        QTest::keyClick(pane.find<QLineEdit>("requestUrl"), Qt::Key_Return);
        QCOMPARE(pane.sent.size(), 2);
    }

    void headersAreTypedIntoTheLastRow()
    {
        Pane pane;
        pane.tabs.openItem(item("a.yml", "GET", "http://a.example/"));
        auto* table = pane.find<QTableView>("requestHeaders");
        table->setFocus();
        table->setCurrentIndex(table->model()->index(0, 1));
        QTest::keyClicks(pane.find<QLineEdit>("fieldEditor"), QStringLiteral("X-Trace"));
        QTest::keyClick(pane.find<QLineEdit>("fieldEditor"), Qt::Key_Tab);
        QTest::keyClicks(pane.find<QLineEdit>("fieldEditor"), QStringLiteral("abc"));
        pane.tabs.sendCurrent(); // the cell is still open
        QCOMPARE(pane.sent.size(), 1);
        QCOMPARE(pane.lastSent().entry.headers, (std::vector<collection::Field>{{"X-Trace", "abc", true}}));
        QCOMPARE(table->model()->rowCount(), 2);
    }

    void refusesWhatCannotBeSent()
    {
        Pane pane;
        pane.tabs.newItem();
        auto* problem = pane.tabs.findChild<QLabel*>(QStringLiteral("requestProblem"));
        QVERIFY(!problem->isVisible()); // nobody typed anything yet
        pane.tabs.sendCurrent();
        QVERIFY(problem->isVisible());
        pane.type("requestUrl", "ftp://a.example/");
        pane.tabs.sendCurrent();
        QVERIFY(problem->isVisible());
        QCOMPARE(problem->textFormat(), Qt::PlainText);
        pane.type("requestUrl", "http://a.example/");
        QVERIFY(!problem->isVisible());
        QCOMPARE(pane.sent.size(), 0);
    }

    void refusesALineEndInAHeader()
    {
        Pane pane;
        collection::Item evil = item("a.yml", "GET", "http://a.example/");
        evil.entry.headers = {{"X-A", "1\r\nEvil: 2", true}};
        pane.tabs.openItem(evil);
        pane.tabs.sendCurrent();
        QCOMPARE(pane.sent.size(), 0);
        QVERIFY(pane.find<QLabel>("requestProblem")->text().contains(QStringLiteral("X-A")));
    }

    void sendBecomesCancel()
    {
        Pane pane;
        QSignalSpy cancelled(&pane.tabs, &RequestTabs::cancelRequested);
        pane.tabs.openItem(item("a.yml", "GET", "http://a.example/"));
        pane.tabs.setBusy(true);
        pane.tabs.sendCurrent();
        QCOMPARE(pane.sent.size(), 0);
        QTest::mouseClick(pane.find<QPushButton>("send"), Qt::LeftButton);
        QCOMPARE(cancelled.size(), 1);
        pane.tabs.setBusy(false);
        QTest::mouseClick(pane.find<QPushButton>("send"), Qt::LeftButton);
        QCOMPARE(pane.sent.size(), 1);
    }

    void variablesStandOnPills()
    {
        Pane pane;
        pane.tabs.openItem(item("b.yml", "GET", "{{baseUrl}}/{{nope}}"));
        pane.tabs.setScopes({{"environment", {{"baseUrl", "http://a.example", true, false}}}});
        const auto& pills = pane.find<ui::UrlEdit>("requestUrl")->pills();
        QCOMPARE(pills.size(), std::size_t(2));
        QVERIFY(pills[0].value && !pills[1].value);
        pane.tabs.sendCurrent();
        QCOMPARE(pane.sent.size(), 0);
        QVERIFY(pane.find<QLabel>("requestProblem")->text().contains(QStringLiteral("nope")));
    }

    void bodiesGoOutAsTyped()
    {
        Pane pane;
        pane.tabs.openItem(item("a.yml", "POST", "http://a.example/"));
        pane.choosePart(1);
        pane.find<QComboBox>("bodyKind")->setCurrentIndex(1);
        auto* body = pane.find<QPlainTextEdit>("requestBody");
        QTest::keyClicks(body, QStringLiteral("{\"b\":1.0,\"a\":2}"));
        pane.tabs.sendCurrent();
        QCOMPARE(pane.lastSent().entry.body, std::string("{\"b\":1.0,\"a\":2}"));
        QTest::mouseClick(pane.find<QPushButton>("formatBody"), Qt::LeftButton);
        QCOMPARE(body->toPlainText(), QStringLiteral("{\n  \"b\": 1.0,\n  \"a\": 2\n}"));
        body->undo();
        QCOMPARE(body->toPlainText(), QStringLiteral("{\"b\":1.0,\"a\":2}"));
    }

    void lineEndsOfAFileSurviveLookingAtIt()
    {
        Pane pane;
        collection::Item windows = item("a.yml", "POST", "http://a.example/");
        windows.entry.bodyKind = collection::BodyKind::Text;
        windows.entry.body = "one\r\ntwo\r\n";
        pane.tabs.openItem(windows);
        pane.choosePart(1);
        pane.tabs.sendCurrent();
        QVERIFY(pane.lastSent() == windows);
    }

    void theCaptionSaysWhoSends()
    {
        Pane pane;
        pane.tabs.setCollection(sample());
        pane.tabs.openItem(sample().root.items[0]);
        auto* caption = pane.find<QWidget>("authCaption");
        QVERIFY(caption->accessibleName().contains(QStringLiteral("Nobody")));
        pane.tabs.setSession({QStringLiteral("demo"), {}, {}});
        QCOMPARE(caption->accessibleName(),
                 QStringLiteral("Sent as demo with the raw token in Authorization. Change under Auth."));
        pane.choosePart(2);
        QTest::mouseClick(pane.find<QRadioButton>("authNone"), Qt::LeftButton, {}, QPoint(8, 8));
        QCOMPARE(pane.tabs.currentItem().entry.auth, collection::AuthMode::None);
        QVERIFY(caption->accessibleName().contains(QStringLiteral("without a token")));
    }

    void oneTabARequest()
    {
        Pane pane;
        pane.tabs.openItem(sample().root.items[0]);
        pane.tabs.openItem(sample().root.items[1]);
        pane.tabs.openItem(sample().root.items[0]);
        QCOMPARE(pane.tabs.count(), 2);
        QCOMPARE(pane.tabs.currentIndex(), 0);
    }

    void savingCleansTheTab()
    {
        Pane pane;
        pane.tabs.setCollection(sample());
        pane.tabs.newItem(QStringLiteral("folder"));
        pane.type("requestUrl", "http://a.example/new");
        QCOMPARE(pane.tabs.currentFolder(), QStringLiteral("folder"));
        auto* bar = pane.find<ui::FlatTabBar>("requestTabBar");
        QVERIFY(bar->accessibleTabName(0).contains(QStringLiteral("not saved")));
        pane.tabs.saveCurrent();
        QCOMPARE(pane.saved.size(), 1);
        pane.tabs.markSaved(QString()); // it failed
        QVERIFY(bar->accessibleTabName(0).contains(QStringLiteral("not saved")));
        pane.tabs.saveCurrent();
        pane.tabs.markSaved(QStringLiteral("folder/new-request.yml"));
        QVERIFY(!bar->accessibleTabName(0).contains(QStringLiteral("not saved")));
        QCOMPARE(pane.tabs.currentItem().path, std::string("folder/new-request.yml"));
    }

    void closingAsksWhereSomethingWouldBeLost()
    {
        Pane pane;
        pane.tabs.openItem(sample().root.items[0]);
        pane.tabs.closeCurrent();
        QCOMPARE(pane.tabs.count(), 0);
        pane.tabs.openItem(sample().root.items[0]);
        pane.type("requestUrl", "http://other.example/");
        pane.tabs.closeCurrent();
        auto* question = pane.tabs.findChild<QMessageBox*>(QStringLiteral("unsavedQuestion"));
        QVERIFY(question != nullptr);
        QCOMPARE(QString(question->defaultButton()->text()).remove(u'&'), QStringLiteral("Save"));
        question->findChild<QPushButton*>(QStringLiteral("safeAnswer"))->click();
        QCOMPARE(pane.tabs.count(), 1);
        QTRY_VERIFY(!pane.tabs.findChild<QMessageBox*>(QStringLiteral("unsavedQuestion")));
        pane.tabs.closeCurrent();
        question = pane.tabs.findChild<QMessageBox*>(QStringLiteral("unsavedQuestion"));
        for (QAbstractButton* button : question->buttons())
            if (QString(button->text()).remove(u'&') == QStringLiteral("Discard changes"))
                button->click();
        QTRY_COMPARE(pane.tabs.count(), 0);
    }

    void draftsComeBackAsTyped()
    {
        std::vector<store::Draft> kept;
        {
            Pane pane;
            pane.tabs.setCollection(sample());
            pane.tabs.openItem(sample().root.items[0]);
            pane.type("requestUrl", "http://half.typed/");
            pane.tabs.newItem();
            pane.type("requestUrl", "http://never.saved/");
            kept = pane.tabs.drafts();
        }
        Pane pane;
        pane.tabs.restore(kept, 1);
        pane.tabs.setCollection(sample());
        QCOMPARE(pane.tabs.count(), 2);
        QCOMPARE(pane.tabs.currentIndex(), 1);
        QVERIFY(pane.tabs.drafts() == kept);
        auto* bar = pane.find<ui::FlatTabBar>("requestTabBar");
        QVERIFY(bar->accessibleTabName(0).contains(QStringLiteral("not saved")));
    }

    void aDraftComesBackInItsFolder()
    {
        std::vector<store::Draft> kept;
        {
            Pane pane;
            pane.tabs.setCollection(sample());
            pane.tabs.newItem(QStringLiteral("orders"));
            pane.type("requestUrl", "http://never.saved/");
            kept = pane.tabs.drafts();
        }
        QCOMPARE(kept.front().folder, std::string("orders"));
        collection::Collection now = sample();
        Pane pane;
        pane.tabs.setCollection(now);
        pane.tabs.restore(kept, 0);
        QCOMPARE(pane.tabs.currentFolder(), QStringLiteral("orders"));
        QCOMPARE(pane.tabs.currentItemToSend().path, std::string("orders/new"));
        QVERIFY(pane.tabs.drafts() == kept);
        // In another collection it has none, and is back in it with its own.
        now.directory = "/elsewhere";
        pane.tabs.setCollection(now);
        QCOMPARE(pane.tabs.currentFolder(), QString());
        pane.tabs.setCollection(sample());
        QCOMPARE(pane.tabs.currentFolder(), QStringLiteral("orders"));
    }

    void aDraftWhoseFolderIsNoneGoesIntoTheCollection_data()
    {
        QTest::addColumn<QByteArray>("folder");
        for (const char* folder : {"gone", "orders/gone", "orders/", "..", "../orders", "orders/../..",
                                   "/tmp", "/", "./orders", ".claimcheck"})
            QTest::newRow(folder) << QByteArray(folder);
    }

    void aDraftWhoseFolderIsNoneGoesIntoTheCollection()
    {
        QFETCH(QByteArray, folder);
        store::Draft draft;
        draft.collection = sample().directory;
        draft.entry.url = "http://never.saved/";
        draft.folder = folder.toStdString();
        Pane pane;
        pane.tabs.setCollection(sample());
        pane.tabs.restore({draft}, 0);
        QCOMPARE(pane.tabs.currentItem().entry.url, draft.entry.url);
        QCOMPARE(pane.tabs.currentFolder(), QString());
        QVERIFY(pane.tabs.currentItemToSend().path.empty());
    }

    void tabsShowNamesAsText()
    {
        Pane pane;
        collection::Item evil = item("a.yml", "GET", "http://a.example/");
        evil.entry.name = "<b>x</b>\x1b";
        pane.tabs.openItem(evil);
        const QString shown = pane.find<ui::FlatTabBar>("requestTabBar")->tabText(0);
        QVERIFY(shown.contains(QStringLiteral("<b>x</b>")));
        QVERIFY(!shown.contains(QChar(0x1b)));
    }

    void tabsShowPathsAsText()
    {
        Pane pane;
        pane.tabs.openItem(item("a.yml", "GET", "http://a.example/"));
        pane.tabs.openItem(item("<b>x</b>.yml", "GET", "http://a.example/"));
        const auto* bar = pane.find<ui::FlatTabBar>("requestTabBar");
        QCOMPARE(bar->tabToolTip(0), QStringLiteral("a.yml"));
        QCOMPARE(bar->tabToolTip(1), QStringLiteral("<qt>&lt;b&gt;x&lt;/b&gt;.yml</qt>"));
    }

    void aTabSaysItsNameAndWhatIsNotSaved()
    {
        Pane pane;
        collection::Item named = item("a.yml", "GET", "http://a.example/");
        named.entry.name = "Orders of one customer";
        pane.tabs.openItem(named);
        const auto* bar = pane.find<ui::FlatTabBar>("requestTabBar");
        QCOMPARE(bar->tabToolTip(0), QStringLiteral("Orders of one customer\na.yml"));
        QVERIFY(!bar->isUnsaved(0));
        pane.type("requestUrl", "http://other.example/");
        QVERIFY(bar->isUnsaved(0));
        QCOMPARE(bar->tabToolTip(0), QStringLiteral("Orders of one customer\nNot saved"));
        QCOMPARE(bar->accessibleTabName(0), QStringLiteral("Orders of one customer, not saved"));
        QCOMPARE(bar->tabButton(0, QTabBar::RightSide)->accessibleName(),
                 QStringLiteral("Close Orders of one customer"));
    }

    void thePathsOfWhatIsNotSavedAreTold()
    {
        Pane pane;
        pane.tabs.setCollection(sample());
        pane.tabs.openItem(sample().root.items[0]);
        pane.tabs.newItem();
        pane.type("requestUrl", "http://never.saved/"); // it has no file that could be marked
        QCOMPARE(pane.tabs.unsavedPaths(), QStringList());
        pane.tabs.openItem(sample().root.items[0]);
        pane.type("requestUrl", "http://other.example/");
        QCOMPARE(pane.tabs.unsavedPaths(), QStringList{QStringLiteral("a.yml")});
    }

    void deleteOnTheBarClosesATab()
    {
        Pane pane;
        pane.tabs.openItem(sample().root.items[0]);
        QTest::keyClick(pane.find<ui::FlatTabBar>("requestTabBar"), Qt::Key_Delete);
        QCOMPARE(pane.tabs.count(), 0);
    }

    void everyControlHasAName()
    {
        Pane pane;
        pane.tabs.newItem();
        for (const char* name :
             {"requestUrl", "requestMethod", "requestHeaders", "requestParts", "saveRequest"})
            QVERIFY2(!pane.find<QWidget>(name)->accessibleName().isEmpty(), name);
    }
};

QTEST_MAIN(TestRequestTabs)
#include "tst_requesttabs.moc"
