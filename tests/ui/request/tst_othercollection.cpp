// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What is unsaved when another collection is opened: it stays open, says where it belongs, and is saved into
// the open collection only where that was chosen.

#include <QtCore/qtemporarydir.h>
#include <QtTest/qtest.h>
#include <QtWidgets/qapplication.h>
#include <QtWidgets/qmessagebox.h>
#include <QtWidgets/qpushbutton.h>

#include <base/text.h>
#include <request/requestnote.h>
#include <request/requesttabs.h>
#include <theme/theme.h>

#include "requestpane.h"

using namespace claimcheck;
using ui::test::sample;

namespace {

/// Two collections whose folders are there.
struct Pane : ui::test::RequestPane
{
    QTemporaryDir first;
    QTemporaryDir second;
    QSignalSpy wanted{&tabs, &ui::RequestTabs::collectionWanted};

    collection::Collection at(const QTemporaryDir& place) const
    {
        collection::Collection result = sample();
        result.directory = toUtf8(place.path());
        return result;
    }
    void open(const QTemporaryDir& place) { tabs.setCollection(at(place)); }

    /// In the first collection, with the second one open.
    void beginDraft()
    {
        open(first);
        tabs.newItem(QStringLiteral("orders"));
        type("requestUrl", "http://draft.example/");
        open(second);
    }
    ui::Note note()
    {
        for (const auto* note : tabs.findChildren<ui::RequestNote*>())
            if (note->parentWidget()->isVisible() && !note->note().sentence.isEmpty())
                return note->note();
        return {};
    }
    QMessageBox* question()
    {
        for (auto* box : tabs.findChildren<QMessageBox*>(QStringLiteral("otherCollectionQuestion")))
            if (box->isVisible())
                return box;
        return nullptr;
    }
    QAbstractButton* answer(const char* words)
    {
        if (QMessageBox* box = question())
            for (QAbstractButton* button : box->buttons())
                if (QString(button->text()).remove(u'&') == QLatin1String(words))
                    return button;
        return nullptr;
    }
    std::string url() { return tabs.currentItem().entry.url; }
};

} // namespace

class TestOtherCollection : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { ui::applyTheme(*qApp, ui::ThemeName::Light); }

    void aDraftSaysWhereItBelongs()
    {
        Pane pane;
        pane.beginDraft();
        QCOMPARE(pane.tabs.count(), 1);
        QCOMPARE(pane.url(), std::string("http://draft.example/"));
        QVERIFY2(pane.note().sentence.contains(pane.first.path()), qPrintable(pane.note().sentence));
        pane.find<QPushButton>("openItsCollection")->click();
        QCOMPARE(pane.wanted.size(), 1);
        QCOMPARE(pane.wanted[0][0].toString(), pane.first.path());
    }

    void itIsNotSavedIntoAnotherUnasked()
    {
        Pane pane;
        pane.beginDraft();
        pane.tabs.saveCurrent();
        QCOMPARE(pane.saved.size(), 0);
        QVERIFY(pane.question() != nullptr);
        QVERIFY(pane.question()->informativeText().contains(pane.first.path()));
        QCOMPARE(QString(pane.question()->defaultButton()->text()).remove(u'&'),
                 QStringLiteral("Open that collection"));
        pane.answer("Keep editing")->click();
        QTRY_VERIFY(pane.question() == nullptr);
        QCOMPARE(pane.saved.size(), 0);
        QCOMPARE(pane.wanted.size(), 0);
        QCOMPARE(pane.tabs.count(), 1);
        QCOMPARE(pane.url(), std::string("http://draft.example/"));
    }

    void itIsSavedHereWhereThatIsChosen()
    {
        Pane pane;
        pane.beginDraft();
        pane.tabs.saveCurrent();
        QVERIFY(pane.answer("Save it here") != nullptr);
        pane.answer("Save it here")->click();
        QCOMPARE(pane.saved.size(), 1);
        QVERIFY(pane.saved[0][0].value<collection::Item>().path.empty());
        QCOMPARE(pane.tabs.currentFolder(), QString()); // its folder is one of the other collection
        pane.tabs.markSaved(QStringLiteral("a.yml"));
        QVERIFY(pane.note().sentence.isEmpty());
        pane.tabs.saveCurrent(); // from now on it is a request of this one
        QVERIFY(pane.question() == nullptr);
        QCOMPARE(pane.saved.size(), 2);
    }

    void inItsOwnCollectionItIsAsItWas()
    {
        Pane pane;
        pane.beginDraft();
        pane.tabs.saveCurrent();
        QVERIFY(pane.answer("Open that collection") != nullptr);
        pane.answer("Open that collection")->click();
        QCOMPARE(pane.wanted.size(), 1);
        QCOMPARE(pane.saved.size(), 0);
        pane.open(pane.first);
        QVERIFY(pane.note().sentence.isEmpty());
        QCOMPARE(pane.tabs.currentFolder(), QStringLiteral("orders"));
        pane.tabs.saveCurrent();
        QVERIFY(pane.question() == nullptr);
        QCOMPARE(pane.saved.size(), 1);
    }

    void theSameHoldsOfEditsOfAFile()
    {
        Pane pane;
        pane.open(pane.first);
        pane.tabs.openItem(sample().root.items[0]);
        pane.tabs.openItem(sample().root.items[1]);
        pane.type("requestUrl", "http://edited.example/");
        pane.open(pane.second);
        QCOMPARE(pane.tabs.count(), 1); // the untouched one is closed, the edited one stays
        pane.tabs.saveCurrent();
        QCOMPARE(pane.saved.size(), 0);
        QVERIFY(pane.answer("Save it here") != nullptr);
        pane.answer("Save it here")->click();
        const auto item = pane.saved.constLast()[0].value<collection::Item>();
        QCOMPARE(item.entry.url, std::string("http://edited.example/"));
        QVERIFY(item.path.empty());
    }

    void closingAsksWhereToSaveToo()
    {
        Pane pane;
        pane.beginDraft();
        pane.tabs.closeCurrent();
        auto* unsaved = pane.tabs.findChild<QMessageBox*>(QStringLiteral("unsavedQuestion"));
        QVERIFY(unsaved != nullptr);
        unsaved->defaultButton()->click();
        QCOMPARE(pane.saved.size(), 0);
        QVERIFY(pane.answer("Save it here") != nullptr);
        pane.answer("Save it here")->click();
        QCOMPARE(pane.saved.size(), 1);
        pane.tabs.markSaved(QStringLiteral("a.yml"));
        QCOMPARE(pane.tabs.count(), 0);
    }

    void aCollectionThatIsGoneIsNotOffered()
    {
        Pane pane;
        pane.beginDraft();
        QVERIFY(pane.first.remove());
        pane.type("requestUrl", "http://typed.on.example/");
        QVERIFY2(pane.note().sentence.contains(QStringLiteral("not there any more")),
                 qPrintable(pane.note().sentence));
        QVERIFY(pane.note().actions.isEmpty());
        pane.tabs.saveCurrent();
        QVERIFY(pane.answer("Open that collection") == nullptr);
        QVERIFY(pane.answer("Save it here") != nullptr);
    }

    void whatWasBegunWithoutACollectionGoesIntoTheOpenOne()
    {
        Pane pane;
        pane.tabs.newItem();
        pane.type("requestUrl", "http://draft.example/");
        pane.open(pane.first);
        QVERIFY(pane.note().sentence.isEmpty());
        pane.tabs.saveCurrent();
        QVERIFY(pane.question() == nullptr);
        QCOMPARE(pane.saved.size(), 1);
    }
};

QTEST_MAIN(TestOtherCollection)
#include "tst_othercollection.moc"
