// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A run in the window that is sent with the session of an identity, at the demo API, whose short tokens live
// five seconds: renewed for the whole run at a time, and no request fails. CLAIMCHECK_RUN_REQUESTS says how
// many there are: 2000 take a while.

#include <core/store/folder.h>
#include <demo/demoapi.h>
#include <environments/releasedialog.h>
#include <mainwindow/mainwindow.h>
#include <runner/runnerpane.h>
#include <support/result.h>
#include <theme/theme.h>
#include <workbench/identities.h>
#include <workbench/secrets.h>

#include <QtCore/qelapsedtimer.h>
#include <QtCore/qtemporarydir.h>
#include <QtTest/qtest.h>
#include <QtWidgets/qapplication.h>
#include <QtWidgets/qcombobox.h>
#include <QtWidgets/qlabel.h>
#include <QtWidgets/qpushbutton.h>
#include <QtWidgets/qspinbox.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <utility>

using namespace claimcheck;
using namespace claimcheck::ui;

namespace {

int requestCount()
{
    const int wanted = qEnvironmentVariableIntValue("CLAIMCHECK_RUN_REQUESTS");
    return wanted > 0 ? wanted : 40;
}

/// The demo's clock: that of the machine, which goes on by `step` more with each request that it is asked
/// about, so that tokens end without anybody waiting for it.
struct DemoClock
{
    std::atomic<std::int64_t> asked = 0;
    Milliseconds step{0};

    Instant now() { return currentTime() + step * asked.fetch_add(1); }
};

struct Window
{
    QTemporaryDir config;
    DemoClock clock;
    demo::DemoServer server{[this] { return clock.now(); }};
    test::CollectionFolder folder;
    workbench::Workbench workbench;
    MainWindow window{workbench, toUtf8(config.path())};

    explicit Window(Milliseconds step = Milliseconds(0))
    {
        clock.step = step;
        if (!server.start())
            qFatal("the demo API does not start");
        for (const char* name : {"local", "other"})
            folder.write("environments/" + std::string(name) + ".yml",
                         "name: " + std::string(name) + "\nvariables:\n  - {name: host, value: \"" +
                             server.url() + "\"}\n  - {secret: true, name: password}\n");
        writeRequest(server.url());
        folder.write(".claimcheck/sessions.yaml",
                     "sessions:\n  alice:\n    login: {url: \"{{host}}/login-short\", user: " +
                         std::string(demo::demoUser) + ", password: \"{{password}}\"}\n");
        if (!window.begin(toQString(folder.root)))
            qFatal("the window cannot begin");
        window.resize(1280, 800);
        window.show();
        workbench.selectEnvironment("local");
        store::Permissions permissions = workbench.secrets().permissions();
        for (const char* name : {"local", "other"}) {
            workbench.secrets().give(folder.root, name, "password", Secret(demo::demoPassword),
                                     workbench::Remember::InMemory);
            permissions.release(folder.root, {name, "password", http::originOf(server.url())});
        }
        workbench.secrets().setPermissions(std::move(permissions));
        window.showPage(Page::Runner);
        chooseIn("runEnvironment", QStringLiteral("local"));
    }

    void writeRequest(const std::string& host) const
    {
        folder.write("protected.yml",
                     "info: {name: Protected, type: http}\nhttp: {method: GET, url: \"" + host +
                         "/protected\", headers: [{name: Authorization, value: \"Bearer {{token}}\"}]}\n"
                         "runtime: {assertions: [{expression: res.status, operator: eq, value: \"200\"}]}\n");
    }
    template <typename T>
    T* find(const char* name)
    {
        auto* found = window.findChild<T*>(QLatin1String(name));
        if (found == nullptr)
            qFatal("there is no %s", name);
        return found;
    }
    void chooseIn(const char* box, const QString& data)
    {
        auto* combo = find<QComboBox>(box);
        combo->setCurrentIndex(combo->findData(data));
    }
    RunControl& control() { return window.findChild<RunnerPane*>()->control(); }
    /// What ran to its end; null where nothing did.
    const run::Report* runToEnd()
    {
        find<QPushButton>("startRun")->click();
        const bool isOver = QTest::qWaitFor([this] { return control().report().has_value(); }, 280'000);
        return isOver ? &*control().report() : nullptr;
    }
    workbench::IdentityState state()
    {
        for (const workbench::IdentityState& each : workbench.identities().states())
            if (each.name == "alice")
                return each;
        return {};
    }
};

QByteArray firstError(const run::Report& report)
{
    for (const run::RequestResult& result : report.results)
        if (result.status != run::Status::Passed)
            return QByteArray::fromStdString(result.error + result.reason);
    return {};
}

} // namespace

class TestRunSession : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ThemeName::Light); }
    void sendsAsEachRequestSaysAtFirst();
    void renewsAfterARefusalForAllAtATime();
    void renewsAsTheLifetimeDemands();
    void goesOnWithTheSessionAtHand();
    void signsInInTheRunsEnvironment();
    void asksBeforeTheTokenGoesToANewPlace();
    void aSignOutEndsItForTheRun();
    void nobodyTakesNoToken();
    void keepsTheTokensOutOfReports();
    void thereIsNothingToChooseWithoutIdentities();
};

/// What stands in no file is not sent: the variable is unknown.
void TestRunSession::sendsAsEachRequestSaysAtFirst()
{
    Window w;
    auto* sentAs = w.find<QComboBox>("runSentAs");
    QVERIFY(sentAs->isVisible());
    QCOMPARE(sentAs->currentText(), QStringLiteral("As each request says"));
    QCOMPARE(sentAs->count(), 3);
    QCOMPARE(sentAs->itemText(1), QStringLiteral("alice"));
    QCOMPARE(sentAs->itemText(2), QStringLiteral("Nobody"));
    const run::Report* report = w.runToEnd();
    QVERIFY(report != nullptr);
    QCOMPARE(report->count(run::Status::Failed), std::size_t(1));
    QVERIFY2(firstError(*report).contains("token"), firstError(*report).constData());
    QVERIFY(!report->session);
    QVERIFY(!w.state().isSignedIn);
    QVERIFY(!w.find<QLabel>("runSession")->isVisible());
}

/// The server's clock goes a quarter of a second with each request, so that its tokens are refused after at
/// most twenty of them, long before ours says that they are over.
void TestRunSession::renewsAfterARefusalForAllAtATime()
{
    Window w(Milliseconds(250));
    const int count = requestCount();
    w.find<QSpinBox>("runIterations")->setValue(count);
    w.find<QSpinBox>("runJobs")->setValue(4);
    w.chooseIn("runSentAs", QStringLiteral("alice"));
    const run::Report* report = w.runToEnd();
    QVERIFY(report != nullptr);
    QCOMPARE(report->results.size(), static_cast<std::size_t>(count));
    QVERIFY2(report->count(run::Status::Passed) == report->results.size(), firstError(*report).constData());
    QVERIFY(report->session && report->session->wasWanted);
    QCOMPARE(report->session->name, std::string("alice"));
    const auto renewals = static_cast<int>(report->session->renewals);
    QVERIFY2(renewals >= count / 20 - 1 && renewals <= count / 4, qPrintable(QString::number(renewals)));
    // Each request once, a sign-in for each token, and at most one refusal for each request that was out
    // when a token ended.
    const auto asked = static_cast<int>(w.clock.asked.load());
    QVERIFY2(asked >= count + 1 + renewals && asked <= count + 1 + renewals + 4 * renewals,
             qPrintable(QStringLiteral("%1 asked, %2 renewals").arg(asked).arg(renewals)));
    const QString said = w.find<QLabel>("runSession")->text();
    QVERIFY2(said.startsWith(QStringLiteral("Sent as alice")), qPrintable(said));
    QVERIFY2(renewals < 2 || said.contains(QString::number(renewals)), qPrintable(said));
    QVERIFY(w.state().isSignedIn);
}

/// By the clock: five seconds, less what the sign-in takes off and the time ahead that a renewal comes.
void TestRunSession::renewsAsTheLifetimeDemands()
{
    Window w;
    w.find<QSpinBox>("runIterations")->setValue(requestCount());
    w.find<QSpinBox>("runDelay")->setValue(5);
    w.chooseIn("runSentAs", QStringLiteral("alice"));
    QElapsedTimer timer;
    timer.start();
    const run::Report* report = w.runToEnd();
    QVERIFY(report != nullptr);
    QVERIFY2(report->count(run::Status::Passed) == report->results.size(), firstError(*report).constData());
    const double seconds = static_cast<double>(timer.elapsed()) / 1000;
    const auto renewals = static_cast<double>(report->session->renewals);
    // A token is used for four and a half seconds at most, and for three at least on a machine that is busy.
    const double least = std::max(0.0, std::floor(seconds / 5.5 - 2));
    const double most = std::ceil(seconds / 3 + 1);
    const QString figures =
        QStringLiteral("%1 requests, %2 failures, %3 renewals in %4 s; tokens of 5 s demand %5 to %6")
            .arg(report->results.size())
            .arg(report->count(run::Status::Failed))
            .arg(renewals)
            .arg(seconds, 0, 'f', 1)
            .arg(least)
            .arg(most);
    QVERIFY2(renewals >= least && renewals <= most, qPrintable(figures));
    QCOMPARE(report->results.size(), static_cast<std::size_t>(requestCount()));
    qInfo("%s", qPrintable(figures));
}

void TestRunSession::goesOnWithTheSessionAtHand()
{
    Window w;
    w.workbench.identities().signIn("alice");
    QTRY_VERIFY(w.state().isSignedIn);
    QCOMPARE(w.clock.asked.load(), std::int64_t(1));
    w.chooseIn("runSentAs", QStringLiteral("alice"));
    w.find<QSpinBox>("runIterations")->setValue(3);
    const run::Report* report = w.runToEnd();
    QVERIFY(report != nullptr);
    QCOMPARE(report->count(run::Status::Passed), std::size_t(3));
    const auto renewals = static_cast<std::int64_t>(report->session->renewals);
    // None, but on a machine that takes seconds for that.
    QVERIFY(w.clock.asked.load() >= 4 + renewals && (renewals > 0 || w.clock.asked.load() == 4));
}

/// What is chosen at the top is another one, and that identity stays as it is there.
void TestRunSession::signsInInTheRunsEnvironment()
{
    Window w;
    w.chooseIn("runEnvironment", QStringLiteral("other"));
    w.chooseIn("runSentAs", QStringLiteral("alice"));
    const run::Report* report = w.runToEnd();
    QVERIFY(report != nullptr);
    QVERIFY2(report->count(run::Status::Passed) == 1, firstError(*report).constData());
    QVERIFY(!w.state().isSignedIn);
    w.workbench.selectEnvironment("other");
    QVERIFY(w.state().isSignedIn);
}

void TestRunSession::asksBeforeTheTokenGoesToANewPlace()
{
    Window w;
    DemoClock elsewhere;
    demo::DemoServer another([&elsewhere] { return elsewhere.now(); });
    QVERIFY(another.start());
    w.writeRequest(another.url());
    QVERIFY_RESULT(w.workbench.openCollection(w.folder.root));
    w.chooseIn("runSentAs", QStringLiteral("alice"));
    const auto answer = [&w](const char* button) {
        w.find<QPushButton>("startRun")->click();
        ReleaseDialog* dialog = nullptr;
        const bool asks = QTest::qWaitFor([&] {
            dialog = w.window.findChild<ReleaseDialog*>();
            return dialog != nullptr && dialog->isVisible();
        });
        if (!asks)
            qFatal("nothing was asked");
        if (button != nullptr)
            dialog->findChild<QPushButton*>(QLatin1String(button))->click();
        else
            dialog->reject();
        return QTest::qWaitFor([&w] { return w.control().report().has_value(); }, 30'000);
    };
    QVERIFY(answer(nullptr));
    QCOMPARE(elsewhere.asked.load(), std::int64_t(0));
    QCOMPARE(w.control().report()->count(run::Status::Failed), std::size_t(1));
    QTRY_VERIFY(w.window.findChild<ReleaseDialog*>() == nullptr);
    QVERIFY(answer("allowRelease"));
    QVERIFY(elsewhere.asked.load() >= 1); // with one secret for all demos, the token is good there
    QVERIFY2(w.control().report()->count(run::Status::Passed) == 1,
             firstError(*w.control().report()).constData());
}

void TestRunSession::aSignOutEndsItForTheRun()
{
    Window w;
    w.chooseIn("runSentAs", QStringLiteral("alice"));
    w.find<QSpinBox>("runIterations")->setValue(2000);
    bool isSignedOut = false;
    QObject watcher;
    QObject::connect(&w.control(), &RunControl::changed, &watcher, [&w, &isSignedOut] {
        if (w.control().results().count() > 0 && !std::exchange(isSignedOut, true))
            w.workbench.identities().signOut("alice");
    });
    const run::Report* report = w.runToEnd();
    QVERIFY(report != nullptr);
    QVERIFY(report->count(run::Status::Passed) > 0);
    QVERIFY(report->count(run::Status::Failed) > 0);
    QVERIFY2(firstError(*report).contains("signed out"), firstError(*report).constData());
    QVERIFY(!w.state().isSignedIn);
}

void TestRunSession::nobodyTakesNoToken()
{
    Window w;
    w.folder.write("protected.yml",
                   "info: {name: Protected, type: http}\nhttp: {method: GET, url: \"{{host}}/protected\", "
                   "auth: {type: bearer, token: \"{{token}}\"}}\n"
                   "runtime: {assertions: [{expression: res.status, operator: eq, value: \"403\"}]}\n");
    QVERIFY_RESULT(w.workbench.openCollection(w.folder.root));
    w.chooseIn("runSentAs", QStringLiteral("-"));
    const run::Report* report = w.runToEnd();
    QVERIFY(report != nullptr);
    QVERIFY2(report->count(run::Status::Passed) == 1, firstError(*report).constData());
    QCOMPARE(w.clock.asked.load(), std::int64_t(1));
    QVERIFY(!report->session);
}

void TestRunSession::keepsTheTokensOutOfReports()
{
    Window w;
    w.folder.write("protected.yml",
                   "info: {name: Protected, type: http}\n"
                   "http: {method: GET, url: \"{{host}}/protected?who={{token}}\"}\n"
                   "runtime: {assertions: [{expression: res.status, operator: eq, value: \"{{token}}\"}]}\n");
    QVERIFY_RESULT(w.workbench.openCollection(w.folder.root));
    w.chooseIn("runSentAs", QStringLiteral("alice"));
    const run::Report* report = w.runToEnd();
    QVERIFY(report != nullptr);
    const auto held = w.workbench.identities().held("alice");
    QVERIFY(held.has_value());
    const std::string token(held->tokens.accessToken.reveal());
    for (const char* name : {"junit", "json", "html", "tap"})
        QVERIFY2(run::findReporter(name)->write(*report).find(token) == std::string::npos, name);
}

void TestRunSession::thereIsNothingToChooseWithoutIdentities()
{
    Window w;
    w.chooseIn("runSentAs", QStringLiteral("alice"));
    w.folder.write(".claimcheck/sessions.yaml", "sessions: {}\n");
    QVERIFY_RESULT(w.workbench.openCollection(w.folder.root));
    QTRY_VERIFY(w.find<QComboBox>("runSentAs")->isHidden());
    QCOMPARE(w.find<QComboBox>("runSentAs")->currentData().toString(), QString());
}

QTEST_MAIN(TestRunSession)
#include "tst_runsession.moc"
