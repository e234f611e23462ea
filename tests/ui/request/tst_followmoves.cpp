// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What tabs name follows a folder that is renamed or moved: the files that they send, saved or not.

#include <QtTest/qtest.h>
#include <QtWidgets/qapplication.h>
#include <QtWidgets/qpushbutton.h>

#include <request/requestnote.h>
#include <request/requesttabs.h>
#include <theme/theme.h>

#include "requestpane.h"

using namespace claimcheck;
using ui::test::RequestPane;

namespace {

const store::Moves toBills = {{"orders", "bills"}};

/// The first request of it sends a file of the folder "orders".
collection::Collection sending(const char* path)
{
    collection::Collection result = ui::test::sample();
    result.root.items[0].entry.kept.body = "file";
    result.root.items[0].details.bodyFile = collection::BodyFile{path, "image/png"};
    return result;
}

QString noteIn(RequestPane& pane)
{
    for (const auto* note : pane.tabs.findChildren<ui::RequestNote*>())
        if (note->parentWidget()->isVisible())
            return note->note().sentence;
    return {};
}

std::string fileOf(const collection::Item& item)
{
    return item.details.bodyFile ? item.details.bodyFile->path : std::string();
}

} // namespace

class TestFollowMoves : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { ui::applyTheme(*qApp, ui::ThemeName::Light); }

    void anEditedTabNamesItsFileWhereItLies()
    {
        RequestPane pane;
        collection::Collection open = sending("orders/a.png");
        pane.tabs.setCollection(open);
        pane.tabs.openItem(open.root.items[0]);
        pane.type("requestUrl", "http://mine.example/");
        pane.tabs.follow(toBills);
        QCOMPARE(fileOf(pane.tabs.currentItem()), std::string("bills/a.png"));
        // The file says the same then: no edit stands against another one.
        open = sending("bills/a.png");
        open.root.items[0].fingerprint = "rewritten";
        pane.tabs.setCollection(open);
        QCOMPARE(noteIn(pane), QString());
        pane.tabs.saveCurrent();
        const auto saved = pane.saved.constLast()[0].value<collection::Item>();
        QCOMPARE(fileOf(saved), std::string("bills/a.png"));
        QCOMPARE(saved.entry.url, std::string("http://mine.example/"));
        QCOMPARE(saved.fingerprint, std::string("rewritten"));
    }

    void aTabWithoutEditsHasNone()
    {
        RequestPane pane;
        const collection::Collection open = sending("orders/a.png");
        pane.tabs.setCollection(open);
        pane.tabs.openItem(open.root.items[0]);
        pane.tabs.follow(toBills);
        QVERIFY(!pane.tabs.drafts()[0].edited);
        pane.tabs.follow({{"bills", "orders"}}); // undone
        QCOMPARE(fileOf(pane.tabs.currentItem()), std::string("orders/a.png"));
    }

    void partsOfARequestThatWasNeverSaved()
    {
        RequestPane pane;
        pane.tabs.setCollection(ui::test::sample());
        collection::Content typed;
        typed.entry.kept.body = "multipart-form";
        typed.details.parts = {{"files", true, {"orders/a.png", "orders-x/b.png"}, "", true},
                               {"text", false, {"orders/a.png"}, "", true}};
        pane.tabs.newContent(typed, QStringLiteral("orders"));
        pane.tabs.follow(toBills);
        const auto parts = pane.tabs.currentItem().details.parts;
        QCOMPARE(parts.size(), std::size_t{2});
        QCOMPARE(parts[0].values, (std::vector<std::string>{"bills/a.png", "orders-x/b.png"}));
        QCOMPARE(parts[1].values, (std::vector<std::string>{"orders/a.png"}));
        collection::Collection moved = ui::test::sample();
        for (collection::Folder& folder : moved.root.folders)
            if (folder.path == "orders")
                folder.path = folder.name = "bills";
        pane.tabs.setCollection(moved); // a folder that is not there is none to save into
        QCOMPARE(pane.tabs.currentFolder(), QStringLiteral("bills"));
    }

    void whatCanBeBroughtBack()
    {
        RequestPane pane;
        collection::Collection open = sending("orders/a.png");
        pane.tabs.setCollection(open);
        pane.tabs.openItem(open.root.items[0]);
        pane.type("requestUrl", "http://mine.example/");
        open.root.items[0].entry.url = "http://theirs.example/";
        open.root.items[0].fingerprint = "theirs";
        pane.tabs.setCollection(open);
        QTest::mouseClick(pane.find<QPushButton>("reloadFromDisk"), Qt::LeftButton);
        pane.tabs.follow(toBills);
        QTest::mouseClick(pane.find<QPushButton>("bringBack"), Qt::LeftButton);
        QCOMPARE(pane.tabs.currentItem().entry.url, std::string("http://mine.example/"));
        QCOMPARE(fileOf(pane.tabs.currentItem()), std::string("bills/a.png"));
    }

    void aTabOfAnotherCollectionStays()
    {
        RequestPane pane;
        pane.tabs.setCollection(ui::test::sample());
        store::Draft draft;
        draft.collection = "/elsewhere";
        draft.path = "a.yml";
        draft.entry.kept.body = "file";
        draft.details.bodyFile = collection::BodyFile{"orders/a.png", "image/png"};
        pane.tabs.restore({draft}, 0);
        pane.tabs.follow(toBills);
        QCOMPARE(pane.tabs.drafts()[0].details.bodyFile->path, std::string("orders/a.png"));
    }
};

QTEST_MAIN(TestFollowMoves)
#include "tst_followmoves.moc"
