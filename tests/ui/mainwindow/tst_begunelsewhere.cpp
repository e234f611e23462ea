// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A request that was begun in one collection, in the window: the files of two collections, and a restart
// between them.

#include <functional>

#include <QtCore/qdir.h>
#include <QtCore/qfile.h>
#include <QtCore/qtemporarydir.h>
#include <QtGui/qaction.h>
#include <QtTest/qtest.h>
#include <QtWidgets/qapplication.h>
#include <QtWidgets/qlineedit.h>
#include <QtWidgets/qmessagebox.h>
#include <QtWidgets/qpushbutton.h>

#include <base/text.h>
#include <collections/collectionpane.h>
#include <mainwindow/mainwindow.h>
#include <request/requesttabs.h>
#include <theme/theme.h>
#include <workbench/workbench.h>

using namespace claimcheck;
using namespace claimcheck::ui;

namespace {

struct Window
{
    workbench::Workbench workbench;
    MainWindow window;

    explicit Window(const QTemporaryDir& config) : window(workbench, toUtf8(config.path()))
    {
        window.begin();
        window.resize(1280, 800);
        window.show();
    }
    RequestTabs* tabs() { return window.findChild<RequestTabs*>(); }
    void trigger(const char* action) { window.findChild<QAction*>(QLatin1String(action))->trigger(); }
    void answer(const char* words)
    {
        for (auto* box : window.findChildren<QMessageBox*>(QStringLiteral("otherCollectionQuestion")))
            for (QAbstractButton* button : box->buttons())
                if (box->isVisible() && QString(button->text()).remove(u'&') == QLatin1String(words))
                    return button->click();
        qFatal("nothing asks that: %s", words);
    }
    void beginDraft()
    {
        typeInto([this] { trigger("actionNewRequest"); });
    }
    void beginDraftIn(const char* folder)
    {
        typeInto([&] {
            window.showPage(Page::Work);
            Q_EMIT window.findChild<CollectionPane*>()->newRequestRequested(QLatin1String(folder));
        });
    }
    void typeInto(const std::function<void()>& begin)
    {
        begin();
        for (auto* edit : window.findChildren<QLineEdit*>(QStringLiteral("requestUrl")))
            if (edit->isVisible())
                QTest::keyClicks(edit, QStringLiteral("http://127.0.0.1/draft"));
    }
};

/// Two collections without a request.
struct Places
{
    QTemporaryDir config;
    QTemporaryDir first;
    QTemporaryDir second;

    Places()
    {
        for (const QTemporaryDir* place : {&first, &second}) {
            QFile file(place->filePath(QStringLiteral("opencollection.yml")));
            if (!file.open(QIODevice::WriteOnly) ||
                file.write("opencollection: \"1.0.0\"\n\ninfo:\n  name: Sample\n") < 0)
                qFatal("cannot write a collection");
        }
    }
    /// In the first one.
    void makeFolder(const QString& name) const
    {
        QFile file(first.filePath(name + u"/folder.yml"));
        if (!QDir(first.path()).mkdir(name) || !file.open(QIODevice::WriteOnly) ||
            file.write("info: {name: Orders, type: folder}\n") < 0)
            qFatal("cannot write a folder");
    }
    static QStringList filesOf(const QTemporaryDir& place)
    {
        return QDir(place.path()).entryList({QStringLiteral("*.yml")}, QDir::Files, QDir::Name);
    }
};

const QStringList none{QStringLiteral("opencollection.yml")};

} // namespace

class TestBegunElsewhere : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ThemeName::Light); }
    void aDraftGoesIntoItsOwnCollection();
    void aDraftGoesElsewhereWhereThatIsChosen();
    void aDraftGoesIntoItsFolder();
    void aDraftWhoseFolderIsGoneGoesIntoItsCollection();
};

void TestBegunElsewhere::aDraftGoesIntoItsOwnCollection()
{
    const Places places;
    {
        Window w(places.config);
        QVERIFY(w.window.openCollection(places.first.path()));
        w.beginDraft();
        QVERIFY(w.window.openCollection(places.second.path()));
        w.trigger("actionSave");
        QCOMPARE(Places::filesOf(places.second), none);
        w.answer("Keep editing");
        QVERIFY(w.window.close());
    }
    Window w(places.config); // the second one is open again, the draft is there and belongs to the first
    QCOMPARE(w.tabs()->count(), 1);
    w.trigger("actionSave");
    QCOMPARE(Places::filesOf(places.second), none);
    w.answer("Open that collection");
    QTRY_COMPARE(toQString(w.workbench.collection()->directory), QDir(places.first.path()).canonicalPath());
    QCOMPARE(w.tabs()->currentItem().entry.url, std::string("http://127.0.0.1/draft"));
    w.trigger("actionSave");
    QCOMPARE(Places::filesOf(places.first).size(), 2);
    QCOMPARE(Places::filesOf(places.second), none);
}

void TestBegunElsewhere::aDraftGoesElsewhereWhereThatIsChosen()
{
    const Places places;
    Window w(places.config);
    QVERIFY(w.window.openCollection(places.first.path()));
    w.beginDraft();
    QVERIFY(w.window.openCollection(places.second.path()));
    w.trigger("actionSave");
    w.answer("Save it here");
    QCOMPARE(Places::filesOf(places.second).size(), 2);
    QCOMPARE(Places::filesOf(places.first), none);
}

/// Begun in a folder of the tree, with a restart before it is saved.
void TestBegunElsewhere::aDraftGoesIntoItsFolder()
{
    const Places places;
    places.makeFolder(QStringLiteral("orders"));
    {
        Window w(places.config);
        QVERIFY(w.window.openCollection(places.first.path()));
        w.beginDraftIn("orders");
        QVERIFY(w.window.close());
    }
    Window w(places.config);
    w.trigger("actionSave");
    QCOMPARE(Places::filesOf(places.first), none);
    QCOMPARE(QDir(places.first.filePath(QStringLiteral("orders"))).entryList(QDir::Files).size(), 2);
    QVERIFY(w.tabs()->currentItem().path.starts_with("orders/"));
}

void TestBegunElsewhere::aDraftWhoseFolderIsGoneGoesIntoItsCollection()
{
    const Places places;
    places.makeFolder(QStringLiteral("orders"));
    {
        Window w(places.config);
        QVERIFY(w.window.openCollection(places.first.path()));
        w.beginDraftIn("orders");
        QVERIFY(w.window.close());
    }
    QVERIFY(QDir(places.first.filePath(QStringLiteral("orders"))).removeRecursively());
    Window w(places.config);
    QCOMPARE(w.tabs()->currentItem().entry.url, std::string("http://127.0.0.1/draft"));
    w.trigger("actionSave");
    QCOMPARE(Places::filesOf(places.first).size(), 2);
    QVERIFY(!QDir(places.first.filePath(QStringLiteral("orders"))).exists());
}

QTEST_MAIN(TestBegunElsewhere)
#include "tst_begunelsewhere.moc"
