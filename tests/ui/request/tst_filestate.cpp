// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a tab says and does when its file was changed or is gone: read anew, merged, chosen by a person, kept.

#include <QtTest/qtest.h>
#include <QtWidgets/qapplication.h>
#include <QtWidgets/qlineedit.h>
#include <QtWidgets/qmessagebox.h>
#include <QtWidgets/qpushbutton.h>

#include <request/requestnote.h>
#include <request/requesttabs.h>
#include <theme/flattabbar.h>
#include <theme/theme.h>

#include "requestpane.h"

using namespace claimcheck;
using ui::test::sample;

namespace {

struct Pane : ui::test::RequestPane
{
    /// Of the tab that is in front, shown or not.
    ui::Note note()
    {
        const auto* editor = find<QLineEdit>("requestUrl")->window();
        for (const auto* note : editor->findChildren<ui::RequestNote*>())
            if (note->parentWidget()->isVisible())
                return note->note();
        return {};
    }
    void click(const char* name) { QTest::mouseClick(find<QPushButton>(name), Qt::LeftButton); }
    std::string url() { return tabs.currentItem().entry.url; }
};

} // namespace

class TestFileState : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { ui::applyTheme(*qApp, ui::ThemeName::Light); }

    void aSecretThatWasNotKeptIsAskedForAgain()
    {
        Pane pane;
        store::Draft draft;
        draft.redacted = true;
        draft.entry.url = "http://a.example/?token=[left out]";
        pane.tabs.restore({draft}, 0);
        QVERIFY(pane.note().sentence.contains(QStringLiteral("[left out]")));
        pane.type("requestUrl", "http://a.example/?token=x");
        QVERIFY(pane.note().sentence.isEmpty());
        QVERIFY(!pane.tabs.findChild<ui::RequestNote*>()->isVisible());
    }

    void aFileThatChangedIsReadAnewUnlessItWasEdited()
    {
        Pane pane;
        collection::Collection open = sample();
        pane.tabs.setCollection(open);
        pane.tabs.openItem(open.root.items[0]);
        open.root.items[0].entry.url = "http://changed.example/";
        pane.tabs.setCollection(open);
        QCOMPARE(pane.tabs.currentItem().entry.url, std::string("http://changed.example/"));
        pane.type("requestUrl", "http://mine.example/");
        open.root.items[0].entry.url = "http://changed.again/";
        pane.tabs.setCollection(open);
        QCOMPARE(pane.tabs.currentItem().entry.url, std::string("http://mine.example/"));
    }

    void whereBothWereEditedAPersonChooses()
    {
        Pane pane;
        collection::Collection open = sample();
        pane.tabs.setCollection(open);
        pane.tabs.openItem(open.root.items[0]);
        pane.type("requestUrl", "http://mine.example/");
        open.root.items[0].entry.url = "http://theirs.example/";
        open.root.items[0].fingerprint = "theirs";
        pane.tabs.setCollection(open);
        QVERIFY(pane.note().sentence.contains(QStringLiteral("Another program")));
        QCOMPARE(pane.url(), std::string("http://mine.example/"));

        pane.click("reloadFromDisk");
        QCOMPARE(pane.url(), std::string("http://theirs.example/"));
        QCOMPARE(pane.tabs.currentItem().fingerprint, std::string("theirs"));
        pane.click("bringBack"); // nothing that was typed is lost
        QCOMPARE(pane.url(), std::string("http://mine.example/"));
        QVERIFY(pane.note().sentence.isEmpty());
        QVERIFY(pane.find<ui::FlatTabBar>("requestTabBar")
                    ->accessibleTabName(0)
                    .contains(QStringLiteral("not saved")));
    }

    void keepingMineSavesOverTheFileThatWasSeen()
    {
        Pane pane;
        collection::Collection open = sample();
        pane.tabs.setCollection(open);
        pane.tabs.openItem(open.root.items[0]);
        pane.type("requestUrl", "http://mine.example/");
        open.root.items[0].entry.url = "http://theirs.example/";
        open.root.items[0].fingerprint = "theirs";
        pane.tabs.setCollection(open);
        pane.click("keepMine");
        QVERIFY(pane.note().sentence.isEmpty());
        pane.tabs.saveCurrent();
        const auto saved = pane.saved.constLast()[0].value<collection::Item>();
        QCOMPARE(saved.entry.url, std::string("http://mine.example/"));
        QCOMPARE(saved.fingerprint, std::string("theirs"));
    }

    void aMergeIsTold()
    {
        Pane pane;
        collection::Collection open = sample();
        pane.tabs.setCollection(open);
        pane.tabs.openItem(open.root.items[0]);
        pane.type("requestUrl", "http://mine.example/");
        open.root.items[0].entry.method = "PUT";
        pane.tabs.setCollection(open);
        QCOMPARE(pane.tabs.currentItem().entry.method, std::string("PUT"));
        QCOMPARE(pane.url(), std::string("http://mine.example/"));
        QCOMPARE(pane.note().word, QStringLiteral("Merged"));
    }

    void aFileThatIsGoneIsKeptAsANewRequest()
    {
        Pane pane;
        collection::Collection open = sample();
        pane.tabs.setCollection(open);
        pane.tabs.openItem(open.root.items[0]);
        open.root.items.erase(open.root.items.begin());
        pane.tabs.setCollection(open);
        QCOMPARE(pane.note().word, QStringLiteral("Gone"));
        pane.click("keepAsNew");
        pane.tabs.saveCurrent();
        const auto saved = pane.saved.constLast()[0].value<collection::Item>();
        QVERIFY(saved.path.empty());
        QCOMPARE(saved.entry.url, std::string("http://a.example/"));
        pane.tabs.markSaved(QString()); // refused: closing asks
        pane.tabs.closeCurrent();
        QVERIFY(pane.tabs.findChild<QMessageBox*>(QStringLiteral("unsavedQuestion")) != nullptr);
    }

    void aDraftOverAChangedFileSaysSo()
    {
        collection::Collection open = sample();
        store::Draft draft{open.directory, "a.yml", open.root.items[0].entry, false, "before", true};
        draft.entry.url = "http://typed.before.the.restart/";
        open.root.items[0].fingerprint = "after";
        Pane pane;
        pane.tabs.setCollection(open);
        pane.tabs.restore({draft}, 0);
        QCOMPARE(pane.url(), std::string("http://typed.before.the.restart/"));
        QVERIFY(pane.note().actions.size() == 2);
        pane.click("keepMine");
        QCOMPARE(pane.tabs.currentItem().fingerprint, std::string("after"));
    }

    void aTabThatWasNotEditedTakesTheChangedFile()
    {
        collection::Collection open = sample();
        std::vector<store::Draft> kept;
        {
            Pane pane;
            pane.tabs.setCollection(open);
            pane.tabs.openItem(open.root.items[0]);
            kept = pane.tabs.drafts();
        }
        open.root.items[0].entry.url = "http://changed.over.night/";
        open.root.items[0].fingerprint = "after";
        Pane pane;
        pane.tabs.setCollection(open);
        pane.tabs.restore(kept, 0);
        QCOMPARE(pane.url(), std::string("http://changed.over.night/"));
        QVERIFY(pane.note().sentence.isEmpty());
    }
};

QTEST_MAIN(TestFileState)
#include "tst_filestate.moc"
