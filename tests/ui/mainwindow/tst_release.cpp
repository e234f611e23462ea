// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The window asks before a secret goes to a new place, for a single request and for a run, and remembers what
// was allowed.

#include <core/http/rawserver.h>
#include <core/store/folder.h>
#include <environments/releasedialog.h>
#include <environments/secretdialog.h>
#include <keychain/memory.h>
#include <mainwindow/mainwindow.h>
#include <request/requesttabs.h>
#include <runner/runnerpane.h>
#include <theme/theme.h>
#include <workbench/secrets.h>

#include <QtTest/qsignalspy.h>
#include <QtTest/qtest.h>
#include <QtWidgets/qapplication.h>
#include <QtWidgets/qlabel.h>
#include <QtWidgets/qlineedit.h>
#include <QtWidgets/qpushbutton.h>

#include <functional>

using namespace claimcheck;
using namespace claimcheck::test;
using namespace claimcheck::ui;

namespace {

struct Window
{
    QTemporaryDir config;
    CollectionFolder folder;
    RawServer server{[](const Seen&) { return ok("{}"); }};
    workbench::Workbench workbench;
    std::unique_ptr<MainWindow> window;

    explicit Window(const std::function<void(Window&)>& writeMore = {})
    {
        workbench.secrets().setKeychain(std::make_unique<keychain::MemoryKeychain>());
        folder.write("environments/local.yml",
                     "name: local\nvariables:\n  - {secret: true, name: password}\n");
        folder.write("a.yml", "info: {name: Ask, type: http}\nhttp: {method: GET, url: \"" +
                                  server.url("/{{password}}") + "\"}\n");
        if (writeMore)
            writeMore(*this);
        window = std::make_unique<MainWindow>(workbench, config.path().toStdString());
        window->begin(toQString(folder.root));
        window->resize(1280, 800);
        window->show();
        workbench.selectEnvironment("local");
    }
    void give()
    {
        workbench.secrets().give(folder.root, "local", "password", Secret("s3cret-word"),
                                 workbench::Remember::InKeychain);
    }
    void send()
    {
        window->openItem(QStringLiteral("a.yml"));
        window->findChild<RequestTabs*>()->sendCurrent();
    }
    template <typename Dialog>
    Dialog* dialog()
    {
        Dialog* found = nullptr;
        const bool isThere = QTest::qWaitFor([&] {
            for (Dialog* each : window->findChildren<Dialog*>())
                if (each->isVisible())
                    found = each;
            return found != nullptr;
        });
        if (!isThere)
            qFatal("nothing is asked");
        return found;
    }
    static void click(QWidget* dialog, const char* button)
    {
        QTest::mouseClick(dialog->findChild<QPushButton*>(QLatin1String(button)), Qt::LeftButton);
    }
    std::string permissions()
    {
        return store::readFile(config.path().toStdString() + "/permissions.json", 100'000).value_or("none");
    }
};

} // namespace

class TestRelease : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ThemeName::Light); }
    void namesBothAndRemembers();
    void refusedNothingIsSent();
    void returnDoesNotGiveItAway();
    void whatIsTypedIsLetGoWithTheSameAnswer();
    void aRunAsksAndGoesOn();
    void aRunAsksForWhatIsMissing();
    void whatIsCapturedIsAskedAboutApart();
};

void TestRelease::namesBothAndRemembers()
{
    Window w;
    w.give();
    w.send();
    auto* dialog = w.dialog<ReleaseDialog>();
    QCOMPARE(dialog->findChild<QLabel*>(QStringLiteral("releasedSecrets"))->text(),
             QStringLiteral("password, environment local"));
    QCOMPARE(dialog->findChild<QLabel*>(QStringLiteral("releaseDestination"))->text(),
             toQString(http::originOf(w.server.url())));
    QVERIFY(w.server.seen.empty());
    Window::click(dialog, "allowRelease");
    QTRY_COMPARE(w.server.seen.size(), std::size_t(1));
    QVERIFY2(w.permissions().find(http::originOf(w.server.url())) != std::string::npos,
             w.permissions().c_str());
    QTRY_VERIFY(!w.workbench.isBusy());
    w.send();
    QTRY_COMPARE(w.server.seen.size(), std::size_t(2));
}

void TestRelease::refusedNothingIsSent()
{
    Window w;
    w.give();
    QSignalSpy answers(&w.workbench, &workbench::Workbench::exchangeFinished);
    w.send();
    Window::click(w.dialog<ReleaseDialog>(), "refuseRelease");
    QTRY_COMPARE(answers.size(), 1);
    QVERIFY(w.server.seen.empty());
    QCOMPARE(w.permissions(), std::string("none"));
    QVERIFY(!w.workbench.isBusy());
}

void TestRelease::returnDoesNotGiveItAway()
{
    Window w;
    w.give();
    w.send();
    QTest::keyClick(w.dialog<ReleaseDialog>(), Qt::Key_Return);
    QTRY_VERIFY(!w.workbench.isBusy());
    QVERIFY(w.server.seen.empty());
}

void TestRelease::whatIsTypedIsLetGoWithTheSameAnswer()
{
    Window w;
    w.send();
    auto* dialog = w.dialog<SecretDialog>();
    QCOMPARE(dialog->findChild<QLabel*>(QStringLiteral("secretDestination"))->text(),
             QStringLiteral("It is sent to %1.").arg(toQString(http::originOf(w.server.url()))));
    QTest::keyClicks(dialog->findChild<QLineEdit*>(QStringLiteral("secretValue")),
                     QStringLiteral("s3cret-word"));
    Window::click(dialog, "sendWithSecrets");
    QTRY_COMPARE(w.server.seen.size(), std::size_t(1));
}

void TestRelease::aRunAsksAndGoesOn()
{
    Window w;
    w.give();
    w.window->showPage(Page::Runner);
    auto* runner = w.window->findChild<RunnerPane*>();
    runner->setCollection(w.workbench.collection(), "local");
    runner->start();
    Window::click(w.dialog<ReleaseDialog>(), "refuseRelease");
    QTRY_VERIFY(!runner->control().isRunning());
    QVERIFY(w.server.seen.empty());
    runner->start();
    Window::click(w.dialog<ReleaseDialog>(), "allowRelease");
    QTRY_VERIFY(!runner->control().isRunning());
    QCOMPARE(w.server.seen.at(0).target(), std::string("/s3cret-word"));
}

void TestRelease::aRunAsksForWhatIsMissing()
{
    Window w;
    w.window->showPage(Page::Runner);
    auto* runner = w.window->findChild<RunnerPane*>();
    runner->setCollection(w.workbench.collection(), "local");
    runner->start();
    QTest::keyClick(w.dialog<SecretDialog>(), Qt::Key_Escape);
    QVERIFY(!runner->control().isRunning());
    runner->start();
    auto* dialog = w.dialog<SecretDialog>();
    QTest::keyClicks(dialog->findChild<QLineEdit*>(QStringLiteral("secretValue")),
                     QStringLiteral("s3cret-word"));
    Window::click(dialog, "sendWithSecrets");
    Window::click(w.dialog<ReleaseDialog>(), "allowRelease");
    QTRY_VERIFY(!runner->control().isRunning());
    QCOMPARE(w.server.seen.at(0).target(), std::string("/s3cret-word"));
}

/// Letting what the password gave go somewhere does not let the password go there.
void TestRelease::whatIsCapturedIsAskedAboutApart()
{
    RawServer other([](const Seen&) { return ok("{}"); });
    Window w([&other](Window& self) {
        const auto request = [](int number, const std::string& url) {
            return "info: {name: r" + std::to_string(number) +
                   ", type: http, seq: " + std::to_string(number) + "}\nhttp: {method: GET, url: \"" + url +
                   "\"}\n";
        };
        self.folder.write("a.yml", request(1, self.server.url("/{{password}}")) +
                                       "runtime:\n  actions:\n    - type: set-variable\n"
                                       "      phase: after-response\n"
                                       "      selector: {expression: res.status, method: jsonq}\n"
                                       "      variable: {name: given, scope: runtime}\n");
        self.folder.write("b.yml", request(2, other.url("/{{given}}")));
        self.folder.write("c.yml", request(3, other.url("/{{password}}")));
    });
    w.give();
    const auto named = [](ReleaseDialog* dialog) {
        return dialog->findChild<QLabel*>(QStringLiteral("releasedSecrets"))->text();
    };
    w.window->showPage(Page::Runner);
    auto* runner = w.window->findChild<RunnerPane*>();
    runner->setCollection(w.workbench.collection(), "local");
    runner->start();
    Window::click(w.dialog<ReleaseDialog>(), "allowRelease");
    QTRY_COMPARE(w.server.seen.size(), std::size_t(1));
    QCOMPARE(named(w.dialog<ReleaseDialog>()),
             QStringLiteral("what an answer gave for password, environment local"));
    Window::click(w.dialog<ReleaseDialog>(), "allowRelease");
    QTRY_COMPARE(other.seen.size(), std::size_t(1));
    QCOMPARE(named(w.dialog<ReleaseDialog>()), QStringLiteral("password, environment local"));
    Window::click(w.dialog<ReleaseDialog>(), "refuseRelease");
    QTRY_VERIFY(!runner->control().isRunning());
    QCOMPARE(other.seen.size(), std::size_t(1));
}

QTEST_MAIN(TestRelease)
#include "tst_release.moc"
