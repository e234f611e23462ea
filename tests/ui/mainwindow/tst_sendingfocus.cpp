// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Who sends with the keyboard goes on typing where he was: a key meant for a field must not reach the tree,
// where Delete takes a request away.

#include "settingswindow.h"

#include <theme/theme.h>

#include <QtWidgets/qapplication.h>
#include <QtWidgets/qlineedit.h>

using namespace claimcheck::test;
using namespace claimcheck::ui;

namespace {

struct Window : SettingsWindow
{
    Window()
        : SettingsWindow(FileTexts{
              {"a.yml", "info: {name: A, type: http}\nhttp: {method: GET, url: \"http://127.0.0.1:1/\"}\n"},
              {"b.yml", "info: {name: B, type: http}\nhttp: {method: GET, url: \"http://127.0.0.1:1/\"}\n"}})
    {
        openRequest("a.yml");
        QApplication::setActiveWindow(&window);
    }
    QLineEdit* url() { return tabs->findChild<QLineEdit*>(QStringLiteral("requestUrl")); }
    void send() { window.findChild<QAction*>(QStringLiteral("actionSend"))->trigger(); }
    static QString focus()
    {
        const QWidget* widget = QApplication::focusWidget();
        return widget ? widget->objectName() : QString();
    }
};

} // namespace

class TestSendingFocus : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ThemeName::Light); }
    void staysInTheRequest();
    void comesFromAnotherPage();
};

void TestSendingFocus::staysInTheRequest()
{
    Window w;
    w.window.showPage(Page::Work);
    w.url()->setFocus();
    QCOMPARE(Window::focus(), QStringLiteral("requestUrl"));
    w.send();
    QCOMPARE(Window::focus(), QStringLiteral("requestUrl"));
}

void TestSendingFocus::comesFromAnotherPage()
{
    Window w;
    w.window.showPage(Page::History);
    w.send();
    QCOMPARE(Window::focus(), QStringLiteral("collectionTree"));
}

QTEST_MAIN(TestSendingFocus)
#include "tst_sendingfocus.moc"
