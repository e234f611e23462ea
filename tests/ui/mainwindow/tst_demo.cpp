// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The demo collection goes when the program ends: the window asks about whatever was written into it, and
// only about that.

#include <QtCore/qtemporarydir.h>
#include <QtGui/qaction.h>
#include <QtTest/qsignalspy.h>
#include <QtTest/qtest.h>
#include <QtWidgets/qapplication.h>
#include <QtWidgets/qlineedit.h>
#include <QtWidgets/qmessagebox.h>
#include <QtWidgets/qpushbutton.h>

#include <base/text.h>
#include <mainwindow/mainwindow.h>
#include <store/files.h>
#include <support/data.h>
#include <theme/theme.h>

using namespace claimcheck;
using namespace claimcheck::ui;

namespace {

struct Window
{
    QTemporaryDir config;
    workbench::Workbench workbench;
    MainWindow window{workbench, toUtf8(config.path())};

    Window()
    {
        window.setTrash(toUtf8(config.path()) + "/trash");
        if (!window.begin())
            qFatal("the window cannot begin");
        window.resize(1280, 800);
        window.show();
        window.startDemo();
        window.showPage(Page::Work);
    }
    void click(const char* button) { window.findChild<QPushButton*>(QLatin1String(button))->click(); }
    QMessageBox* question() { return window.findChild<QMessageBox*>(QStringLiteral("demoQuestion")); }
};

void openARequest(Window& w)
{
    w.window.openItem(QStringLiteral("protected-route.yml"));
    w.window.showPage(Page::Environments);
    w.window.showPage(Page::Work);
}

void changeItElsewhere(Window& w)
{
    QSignalSpy changed(&w.workbench, &workbench::Workbench::collectionChanged);
    const std::string file = w.workbench.collection()->directory + "/theirs.yml";
    QVERIFY(store::writeFileAtomically(file, "info: {name: x, type: http}\nhttp: {method: GET, url: x}\n",
                                       store::Privacy::Shared));
    QTRY_VERIFY(!changed.isEmpty());
}

void makeAFolder(Window& w)
{
    w.window.findChild<QAction*>(QStringLiteral("treeNewFolder"))->trigger();
}

void pasteACommand(Window& w)
{
    w.window.takeCommand(QStringLiteral("curl -F a=b http://a.example/upload"), {});
    w.click("closeReport");
}

void importAnEnvironment(Window& w)
{
    w.window.importFiles(
        {test::dataFolder() +
         QStringLiteral("/postman/newman-disabled-and-duplicates.postman_environment.json")});
    w.click("closeReport");
}

void duplicateAnEnvironment(Window& w)
{
    w.window.showPage(Page::Environments);
    w.click("duplicateEnvironment");
}

void renameAnEnvironment(Window& w)
{
    w.window.showPage(Page::Environments);
    QTest::keyClicks(w.window.findChild<QLineEdit*>(QStringLiteral("environmentName")),
                     QStringLiteral("-two"));
    w.click("saveEnvironment");
}

void deleteAnEnvironment(Window& w)
{
    w.window.showPage(Page::Environments);
    w.click("deleteEnvironment");
}

struct Deed
{
    const char* name;
    void (*done)(Window&);
    bool isAskedAbout;
};

constexpr Deed deeds[] = {
    {"a request is opened", openARequest, false},
    {"another program writes", changeItElsewhere, false},
    {"a folder", makeAFolder, true},
    {"a pasted command", pasteACommand, true},
    {"an import", importAnEnvironment, true},
    {"an environment", duplicateAnEnvironment, true},
    {"an environment's name", renameAnEnvironment, true},
    {"an environment less", deleteAnEnvironment, true},
};

} // namespace

class TestDemo : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ThemeName::Light); }
    void asksAboutWhatWasWritten_data();
    void asksAboutWhatWasWritten();
};

void TestDemo::asksAboutWhatWasWritten_data()
{
    QTest::addColumn<int>("deed");
    int row = 0;
    for (const Deed& deed : deeds)
        QTest::newRow(deed.name) << row++;
}

void TestDemo::asksAboutWhatWasWritten()
{
    QFETCH(int, deed);
    Window w;
    deeds[deed].done(w);
    QCOMPARE(w.window.close(), !deeds[deed].isAskedAbout);
    QCOMPARE(w.question() != nullptr, deeds[deed].isAskedAbout);
}

QTEST_MAIN(TestDemo)
#include "tst_demo.moc"
