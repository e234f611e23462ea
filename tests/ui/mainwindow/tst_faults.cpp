// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What happens to a window: it is killed while somebody types and saves, another branch is checked out below
// it, its disk is full. No edit is lost. And a collection that it opens sends nothing.
//
// `tst_faults --type CONFIG COLLECTION` is the window that is killed. CLAIMCHECK_KILLS, which says how often
// tst_killed kills, makes it a tenth of that here; CLAIMCHECK_KILL_SEED makes other moments.

#include <core/http/rawserver.h>
#include <core/store/folder.h>
#include <core/store/generate.h>
#include <mainwindow/mainwindow.h>
#include <request/requesttabs.h>
#include <support/commandline.h>
#include <support/fulldisk.h>
#include <theme/banner.h>
#include <theme/theme.h>

#include <QtCore/qelapsedtimer.h>
#include <QtCore/qprocess.h>
#include <QtCore/qstandardpaths.h>
#include <QtTest/qsignalspy.h>
#include <QtWidgets/qaction.h>
#include <QtWidgets/qapplication.h>
#include <QtWidgets/qlineedit.h>

#include <algorithm>

using namespace claimcheck;
using namespace claimcheck::test;
using namespace claimcheck::ui;

namespace {

constexpr int soon = 60'000;        ///< ms: when a machine is busy
constexpr int atOnce = 2000;        ///< ms: of what aims at 200, on a machine that does other things
constexpr std::size_t typing = 700; ///< ms: somewhat longer than edits wait to be kept

struct Window
{
    workbench::Workbench workbench;
    MainWindow window;

    Window(const QString& config, const std::string& collection) : window(workbench, toUtf8(config))
    {
        if (!window.begin(toQString(collection)))
            qFatal("the window cannot begin");
        window.resize(1280, 800);
        window.show();
        window.showPage(Page::Work);
    }
    RequestTabs* tabs() { return window.findChild<RequestTabs*>(); }
    std::string url() { return tabs()->currentItem().entry.url; }
    void type(const char* text)
    {
        for (QLineEdit* edit : window.findChildren<QLineEdit*>(QStringLiteral("requestUrl")))
            if (edit->isVisible()) {
                edit->setFocus();
                edit->end(false);
                QTest::keyClicks(edit, QString::fromLatin1(text));
            }
    }
    void save() { window.findChild<QAction*>(QStringLiteral("actionSave"))->trigger(); }
    const Banner* notice()
    {
        const auto* banner = window.findChild<Banner*>(QStringLiteral("notice"));
        return banner->isVisible() ? banner : nullptr;
    }
};

/// A key every millisecond, and a save every fifty keys, until somebody ends the process.
int typeUntilKilled(const QString& config, const QString& collection)
{
    Window w(config, toUtf8(collection));
    if (w.tabs()->count() == 0)
        w.window.openItem(QStringLiteral("a.yml"));
    QTimer timer;
    int keys = 0;
    timer.callOnTimeout(&w.window, [&w, &keys] {
        w.type("1");
        if (++keys % 50 == 0)
            w.save();
    });
    timer.start(1);
    return QApplication::exec();
}

/// The ones that were typed behind the saved URL.
std::size_t typedIn(const std::string& url)
{
    return url.size() - std::min(url.size(), url.find_last_not_of('1') + 1);
}

std::size_t typedInDrafts(const QString& config)
{
    const auto drafts = store::loadDrafts(toUtf8(config));
    return drafts && !drafts->tabs.empty() ? typedIn(drafts->tabs[0].entry.url) : 0;
}

/// In a file that must be whole, as it was before some save or behind it.
std::size_t typedInFile(const CollectionFolder& folder)
{
    const std::string before = requestText("a", "1");
    const std::string text = store::readFile(folder.path("a.yml"), 1'000'000).value_or("gone");
    const std::size_t keys = text.size() - std::min(text.size(), before.size());
    std::string whole = before;
    whole.insert(whole.size() - 1, std::string(keys, '1'));
    if (text != whole)
        QTest::qFail(text.c_str(), __FILE__, __LINE__);
    return keys;
}

int numberOf(const char* variable, int fallback)
{
    bool isNumber = false;
    const int number = qEnvironmentVariableIntValue(variable, &isNumber);
    return isNumber ? number : fallback;
}

} // namespace

class TestFaults : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ThemeName::Light); }
    void whatWasTypedIsOfferedAgainAfterAKill();
    void draftsAreNotOlderThanWhatIsSaved();
    void anotherBranchKeepsWhatIsTyped();
    void aFullDiskLosesNoEdit();
    void openingSendsNothing();

private:
    static void git(const CollectionFolder& folder, const QStringList& arguments);
};

void TestFaults::whatWasTypedIsOfferedAgainAfterAKill()
{
    const int kills = std::max(3, numberOf("CLAIMCHECK_KILLS", 0) / 10);
    const int seed = numberOf("CLAIMCHECK_KILL_SEED", 20'260'729);
    Generator generator(static_cast<std::uint64_t>(seed));
    const CollectionFolder folder;
    const QTemporaryDir config;
    folder.write("a.yml", requestText("a", "1"));
    std::size_t offered = 0;
    int unsaved = 0;
    for (int round = 0; round < kills; ++round) {
        QProcess process;
        process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        process.start(QCoreApplication::applicationFilePath(),
                      {QStringLiteral("--type"), config.path(), toQString(folder.root)});
        QVERIFY(process.waitForStarted());
        // Some more than were there before are on disk, and it types on for a while.
        QTRY_VERIFY_WITH_TIMEOUT(typedInDrafts(config.path()) > offered, soon);
        QVERIFY(!process.waitForFinished(static_cast<int>(generator.below(typing))));
        const std::size_t kept = typedInDrafts(config.path());
        process.kill(); // SIGKILL
        QVERIFY(process.waitForFinished(soon));
        QCOMPARE(process.exitStatus(), QProcess::CrashExit);
        const std::size_t saved = typedInFile(folder);
        Window w(config.path(), folder.root);
        QCOMPARE(w.tabs()->count(), 1);
        offered = typedIn(w.url());
        QVERIFY(offered >= kept && offered >= saved);
        QVERIFY(w.tabs()->currentItem().path == "a.yml");
        QCOMPARE(w.tabs()->drafts().at(0).edited, offered > saved);
        unsaved += offered > saved ? 1 : 0;
        w.window.close();
    }
    qInfo("seed %d: %d kills of a window, unsaved edits behind %d of them, %zu keys", seed, kills, unsaved,
          offered);
}

/// The time after which edits are kept has not come.
void TestFaults::draftsAreNotOlderThanWhatIsSaved()
{
    const CollectionFolder folder;
    const QTemporaryDir config;
    folder.write("a.yml", requestText("a", "1"));
    Window w(config.path(), folder.root);
    w.window.openItem(QStringLiteral("a.yml"));
    w.type("11");
    QVERIFY(typedInFile(folder) == 0);
    w.save();
    QCOMPARE(typedInFile(folder), std::size_t{2});
    QCOMPARE(typedInDrafts(config.path()), std::size_t{2});
    w.window.close();
}

void TestFaults::git(const CollectionFolder& folder, const QStringList& arguments)
{
    QProcess process;
    process.setWorkingDirectory(toQString(folder.root));
    process.start(QStringLiteral("git"), QStringList{QStringLiteral("-c"), QStringLiteral("user.name=t"),
                                                     QStringLiteral("-c"), QStringLiteral("user.email=t@t")} +
                                             arguments);
    QVERIFY(process.waitForFinished(soon));
    QVERIFY2(process.exitCode() == 0, process.readAllStandardError().constData());
}

void TestFaults::anotherBranchKeepsWhatIsTyped()
{
    if (QStandardPaths::findExecutable(QStringLiteral("git")).isEmpty())
        QSKIP("git is not there");
    const CollectionFolder folder;
    const QTemporaryDir config;
    for (int i = 0; i < 50; ++i)
        folder.write("f/r" + std::to_string(i) + ".yml", requestText("r", "1"));
    folder.write("a.yml", requestText("a", "1"));
    git(folder, words("init -q -b one"));
    git(folder, words("add ."));
    git(folder, words("commit -qm one"));
    git(folder, words("checkout -qb two"));
    for (int i = 0; i < 50; ++i)
        folder.write("f/r" + std::to_string(i) + ".yml", requestText("other", "2"));
    folder.write("a.yml", requestText("other", "1"));
    git(folder, words("commit -qam two"));
    git(folder, words("checkout -q one"));
    Window w(config.path(), folder.root);
    w.window.openItem(QStringLiteral("a.yml"));
    w.type("typed");
    QSignalSpy changed(&w.workbench, &workbench::Workbench::collectionChanged);
    git(folder, words("checkout -q two"));
    QElapsedTimer time;
    time.start();
    const auto nameOf = [&w](const char* path) {
        const auto* item = collection::findItem(*w.workbench.collection(), path);
        return item ? item->entry.name : std::string("gone");
    };
    while (nameOf("f/r49.yml") != "other" || nameOf("a.yml") != "other")
        QVERIFY(changed.wait(soon));
    const qint64 took = time.elapsed();
    qInfo("51 files of another branch appeared %lld ms after the checkout was done (aim: 200)", took);
    QVERIFY(took < atOnce);
    QCOMPARE(w.url(), std::string("xtyped"));
    QVERIFY(w.tabs()->drafts().at(0).edited);
    w.window.close();
}

void TestFaults::aFullDiskLosesNoEdit()
{
    const CollectionFolder folder;
    const QTemporaryDir config;
    folder.write("a.yml", requestText("a", "1"));
    Window w(config.path(), folder.root);
    w.window.openItem(QStringLiteral("a.yml"));
    w.type("typed");
    {
        const FullDisk full;
        w.save();
        QVERIFY(w.notice() != nullptr);
        QVERIFY2(w.notice()->sentence().contains(QStringLiteral("Free some space")),
                 qPrintable(w.notice()->sentence()));
    }
    QCOMPARE(store::readFile(folder.path("a.yml"), 1000).value_or("gone"), requestText("a", "1"));
    QVERIFY(w.tabs()->drafts().at(0).edited);
    QCOMPARE(w.url(), std::string("xtyped"));
    w.save(); // there is room again
    QVERIFY(w.notice() == nullptr);
    QVERIFY(store::readFile(folder.path("a.yml"), 1000).value_or("gone").find("xtyped") != std::string::npos);
    QVERIFY(!w.tabs()->drafts().at(0).edited);
    w.window.close();
}

/// Every file of it says where to go, every page is looked at, every request is opened.
void TestFaults::openingSendsNothing()
{
    RawServer server([](const Seen&) { return ok("{}"); });
    const CollectionFolder folder;
    const QTemporaryDir config;
    const std::string url = server.url("/");
    folder.write("opencollection.yml",
                 "opencollection: \"1.0.0\"\ninfo: {name: h}\nconfig: {proxy: {disabled: false, inherit: "
                 "false, config: "
                 "{protocol: http, hostname: 127.0.0.1, port: " +
                     std::to_string(server.port()) +
                     "}}}\nrequest:\n  "
                     "auth: {type: oauth2, flow: client_credentials, accessTokenUrl: \"" +
                     url + "token\"}\n");
    folder.write("environments/local.yml", "name: local\nvariables:\n  - {name: host, value: \"" + url +
                                               "\"}\n  - {secret: true, name: s}\n");
    for (const char* name : {"a", "b", "f/c"})
        folder.write(std::string(name) + ".yml",
                     "info: {name: x, type: http}\nhttp: {method: GET, url: \"{{host}}\", auth: {type: "
                     "digest, username: u, "
                     "password: p}}\nruntime:\n  scripts: [{type: before-request, code: \"fetch('" +
                         url + "')\"}]\n" + "docs: \"![x](" + url + "pixel.png) <img src='" + url + "'>\"\n");
    folder.write(".claimcheck/keys.yaml", "keys:\n  - {jwks: \"" + url + "jwks\"}\n");
    folder.write(".claimcheck/sessions.yaml", "sessions: [{login: {url: \"" + url + "login\"}}]\n");
    Window w(config.path(), folder.root);
    w.workbench.selectEnvironment("local");
    for (const char* path : {"a.yml", "b.yml", "f/c.yml"})
        w.window.openItem(QLatin1String(path));
    for (const Page page : {Page::Token, Page::Session, Page::Runner, Page::History, Page::Environments,
                            Page::Cookies, Page::Work}) {
        w.window.showPage(page);
        QCoreApplication::processEvents();
    }
    // What another program changes is read while it is open: that is when all of this was through.
    QSignalSpy changed(&w.workbench, &workbench::Workbench::collectionChanged);
    folder.write("d.yml", requestText("d", "4"));
    QVERIFY(changed.wait(soon));
    QCOMPARE(server.connections, 0);
    w.window.close();
}

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.value(1) == QStringLiteral("--type"))
        return typeUntilKilled(arguments.value(2), arguments.value(3));
    TestFaults test;
    return QTest::qExec(&test, arguments);
}

#include "tst_faults.moc"
