// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What comes from other tools arrives in the window: a pasted cURL line, Postman files with a list of what
// was left out; and a request goes out again as a cURL line without its secrets.

#include <QtCore/qfile.h>
#include <QtCore/qtemporarydir.h>
#include <QtGui/qclipboard.h>
#include <QtTest/qtest.h>
#include <QtWidgets/qapplication.h>
#include <QtWidgets/qdialog.h>
#include <QtWidgets/qlineedit.h>
#include <QtWidgets/qpushbutton.h>
#include <QtWidgets/qtreeview.h>
#include <QtWidgets/qtreewidget.h>

#include <base/text.h>
#include <mainwindow/mainwindow.h>
#include <request/requesttabs.h>
#include <request/urledit.h>
#include <support/data.h>
#include <theme/theme.h>

using namespace claimcheck;
using namespace claimcheck::ui;

namespace {

struct Window
{
    QTemporaryDir config;
    workbench::Workbench workbench;
    MainWindow window{workbench, config.path().toStdString()};

    Window()
    {
        window.begin();
        window.resize(1280, 800);
        window.showPage(Page::Work);
        window.show();
        QApplication::setActiveWindow(&window);
    }
    template <typename T>
    T* see(const char* name)
    {
        for (T* widget : window.findChildren<T*>(QLatin1String(name)))
            if (widget->isVisible())
                return widget;
        return nullptr;
    }
    RequestTabs* tabs() { return window.findChild<RequestTabs*>(); }
    void paste(QWidget* into, const char* text)
    {
        QApplication::clipboard()->setText(QString::fromUtf8(text));
        into->setFocus();
        QTest::keySequence(into, QKeySequence::Paste);
    }
    void run(const char* action) { window.findChild<QAction*>(QLatin1String(action))->trigger(); }
    QString path(const char* name) const { return config.filePath(QString::fromUtf8(name)); }
};

std::string clipboard()
{
    return toUtf8(QApplication::clipboard()->text());
}

} // namespace

class TestImporting : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ThemeName::Light); }
    void aPastedCommandFillsTheRequest();
    void otherTextIsPastedAsItIs();
    void aCommandPastedOverTheTree();
    void partsGoIntoTheCollection();
    void partsWithoutACollectionAreNotLost();
    void aBrokenCommandIsExplained();
    void postmanFilesBecomeACollection();
    void environmentsJoinTheOpenCollection();
    void aRequestIsCopiedWithoutSecrets();
};

void TestImporting::aPastedCommandFillsTheRequest()
{
    Window w;
    w.run("actionNewRequest");
    w.paste(w.see<UrlEdit>("requestUrl"),
            "curl -sX PUT 'https://a.example/x' \\\n  -H 'Accept: */*' \\\n  -u u:p --data-raw '{\"a\": 1}'");
    QCOMPARE(w.tabs()->count(), 1); // nothing was typed into it
    const collection::Entry entry = w.tabs()->currentItem().entry;
    QCOMPARE(entry.method, std::string("PUT"));
    QCOMPARE(entry.url, std::string("https://a.example/x"));
    QCOMPARE(entry.body, std::string("{\"a\": 1}"));
    QCOMPARE(entry.headers.back(), (collection::Field{"Authorization", "Basic dTpw", true}));
    QVERIFY(w.tabs()->drafts().at(0).edited);
    // Something is typed there now: the next one gets a tab of its own.
    w.paste(w.see<UrlEdit>("requestUrl"), "curl b.example/y; curl c.example/z");
    QCOMPARE(w.tabs()->count(), 3);
    QCOMPARE(w.tabs()->currentItem().entry.url, std::string("http://c.example/z"));
}

void TestImporting::otherTextIsPastedAsItIs()
{
    Window w;
    w.run("actionNewRequest");
    w.paste(w.see<UrlEdit>("requestUrl"), "https://a.example/curl?x=y");
    QCOMPARE(w.see<UrlEdit>("requestUrl")->text(), QStringLiteral("https://a.example/curl?x=y"));
    QCOMPARE(w.tabs()->currentItem().entry.url, std::string("https://a.example/curl?x=y"));
}

void TestImporting::aCommandPastedOverTheTree()
{
    Window w;
    QVERIFY(w.workbench.createCollection(toUtf8(w.path("api")), "My API"));
    QVERIFY(w.window.openCollection(w.path("api")));
    w.paste(w.see<QTreeView>("collectionTree"), "curl a.example/x");
    QCOMPARE(w.tabs()->count(), 1);
    QCOMPARE(w.tabs()->currentItem().entry.url, std::string("http://a.example/x"));
    QCOMPARE(w.tabs()->currentItem().entry.name, std::string("/x"));
}

void TestImporting::partsGoIntoTheCollection()
{
    Window w;
    QVERIFY(w.workbench.createCollection(toUtf8(w.path("api")), "My API"));
    QVERIFY(w.window.openCollection(w.path("api")));
    w.paste(w.see<QTreeView>("collectionTree"), "curl a.example/x -F f=@b.png -F password=live-1");
    const collection::Item* item = collection::findItem(*w.workbench.collection(), "x.yml");
    QVERIFY(item != nullptr);
    QCOMPARE(item->details.parts.at(1).values.at(0), std::string("{{password}}"));
    QVERIFY(test::readFile(w.path("api/x.yml")).find("live-1") == std::string::npos);
    QVERIFY(w.see<QDialog>("importReport") != nullptr);
}

void TestImporting::partsWithoutACollectionAreNotLost()
{
    Window w;
    w.run("actionNewRequest");
    for (const char* command : {"curl a.example/x -F f=@b.png", "curl a.example/x --digest -u u:p"}) {
        w.paste(w.see<UrlEdit>("requestUrl"), command);
        QCOMPARE(w.tabs()->currentItem().entry.url, std::string());
        QVERIFY2(w.see<QWidget>("notice") != nullptr, command);
    }
}

void TestImporting::aBrokenCommandIsExplained()
{
    Window w;
    w.run("actionNewRequest");
    w.paste(w.see<UrlEdit>("requestUrl"), "curl 'https://a.example");
    QCOMPARE(w.tabs()->currentItem().entry.url, std::string());
    QVERIFY(w.see<QWidget>("notice") != nullptr);
}

void TestImporting::postmanFilesBecomeACollection()
{
    Window w;
    const QString data = test::dataFolder() + QStringLiteral("/postman/");
    w.window.importFiles({data + QStringLiteral("newman-disabled-and-duplicates.postman_environment.json"),
                          data + QStringLiteral("newman-inherited-entities.postman_collection.json")},
                         w.path("shop"));
    QVERIFY(w.workbench.collection().has_value());
    QCOMPARE(w.workbench.collection()->name, std::string("Inherited Entities"));
    QCOMPARE(w.workbench.collection()->environments.size(), std::size_t{1});
    auto* list = w.see<QTreeWidget>("importLeftOut");
    QVERIFY(list != nullptr);
    QVERIFY(list->topLevelItemCount() > 10);
    QVERIFY(!list->topLevelItem(0)->text(2).isEmpty());
    QTest::mouseClick(w.see<QPushButton>("closeReport"), Qt::LeftButton);
    QTRY_VERIFY(w.see<QDialog>("importReport") == nullptr);
    const std::string root = test::readFile(w.path("shop/opencollection.yml"));
    QVERIFY2(root.find("password: '{{password}}'") != std::string::npos, root.c_str());
}

void TestImporting::environmentsJoinTheOpenCollection()
{
    Window w;
    QVERIFY(w.workbench.createCollection(toUtf8(w.path("api")), "My API"));
    QVERIFY(w.window.openCollection(w.path("api")));
    w.window.importFiles(
        {test::dataFolder() +
         QStringLiteral("/postman/newman-disabled-and-duplicates.postman_environment.json")});
    QCOMPARE(w.workbench.collection()->environments.at(0).name, std::string("disabled-and-duplicates"));
}

void TestImporting::aRequestIsCopiedWithoutSecrets()
{
    Window w;
    w.run("actionNewRequest");
    w.see<UrlEdit>("requestUrl")->setFocus();
    QTest::keyClicks(w.see<UrlEdit>("requestUrl"), QStringLiteral("https://a.example/x?y=1"));
    w.run("actionCopyAsCurl");
    QCOMPARE(clipboard(), std::string("curl 'https://a.example/x?y=1'"));
    QVERIFY(w.workbench.createCollection(toUtf8(w.path("api")), "My API"));
    QVERIFY(w.window.openCollection(w.path("api")));
    collection::Item item;
    item.entry.name = "Mine";
    item.entry.url = "https://a.example/z";
    item.entry.auth = collection::AuthMode::SessionBearer;
    QVERIFY(w.workbench.saveItem("", item));
    w.window.openItem(QStringLiteral("mine.yml"));
    w.run("actionCopyAsCurl");
    QCOMPARE(clipboard(), std::string("curl https://a.example/z \\\n  -H \"Authorization: Bearer $TOKEN\""));
}

QTEST_MAIN(TestImporting)
#include "tst_importing.moc"
