// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A day's work in the window and on the command line with secrets of every kind, in folders of its own. Then
// every byte of every file that was written (collection, history, settings, drafts, reports, logs) is
// searched for them. What went over the wire, written into the same place, is found: the search works, and
// there was something to find.

#include "leakyshop.h"

#include <archive/history.h>
#include <core/http/authority.h>
#include <environments/secretdialog.h>
#include <keychain/memory.h>
#include <mainwindow/mainwindow.h>
#include <request/requesttabs.h>
#include <runner/runnerpane.h>
#include <store/permissions.h>
#include <store/trash.h>
#include <support/commandline.h>
#include <theme/flattabbar.h>
#include <theme/theme.h>
#include <workbench/secrets.h>

#include <QtTest/qsignalspy.h>
#include <QtWidgets/qaction.h>
#include <QtWidgets/qapplication.h>
#include <QtWidgets/qcombobox.h>
#include <QtWidgets/qlineedit.h>
#include <QtWidgets/qmessagebox.h>
#include <QtWidgets/qplaintextedit.h>
#include <QtWidgets/qpushbutton.h>
#include <QtWidgets/qtableview.h>

using namespace claimcheck;
using namespace claimcheck::test;
using namespace claimcheck::ui;

namespace {

constexpr int answerWithin = 60'000; ///< ms

/// Everything that a program of this test writes lands below this folder.
class Home
{
public:
    Home()
    {
        for (const char* variable : {"CLAIMCHECK_CONFIG_DIR", "CLAIMCHECK_DATA_DIR"})
            qunsetenv(variable);
        qputenv("HOME", m_folder.path().toUtf8());
        for (const char* variable :
             {"XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "TMPDIR"}) {
            const QString folder = path(QString::fromLatin1(variable).toLower());
            QDir().mkpath(folder);
            qputenv(variable, folder.toUtf8());
        }
        qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere"); // no keychain of this machine
    }
    QString root() const { return m_folder.path(); }
    QString path(const QString& relative) const { return m_folder.filePath(relative); }
    void write(const QString& relative, const QByteArray& bytes) const
    {
        QDir().mkpath(QFileInfo(path(relative)).path());
        QFile file(path(relative));
        if (!file.open(QIODevice::Append) || file.write(bytes) != bytes.size())
            qFatal("cannot write %s", qPrintable(relative));
    }

private:
    QTemporaryDir m_folder;
};

/// The window as app/gui/main.cpp makes it, in the folders that the environment names.
struct Program
{
    workbench::Workbench workbench;
    MainWindow window{workbench, store::configDirectory()};
    QSignalSpy logins{&workbench, &workbench::Workbench::loginFinished};
    QSignalSpy answers{&workbench, &workbench::Workbench::exchangeFinished};

    /// The secrets of the collection may go to `server`; the window's own tests say when that is asked.
    Program(const QString& collection, const std::string& server)
    {
        workbench.secrets().setKeychain(std::make_unique<keychain::MemoryKeychain>());
        store::Permissions permissions;
        for (const char* secret : {"password", "apiKey"})
            permissions.release(collection.toStdString(), {"local", secret, http::originOf(server)});
        permissions.release(collection.toStdString(), {"", "SHIPPING", http::originOf(server)});
        workbench.secrets().setPermissions(permissions);
        window.setTrash(store::trashDirectory());
        if (!window.begin(collection))
            qFatal("the window cannot begin");
        window.keepHistory(archive::historyDirectory());
        window.resize(1280, 800);
        window.show();
        if (!QTest::qWaitForWindowActive(&window))
            qFatal("the window does not become active");
    }
    /// The widget of that name which a person can see now.
    template <typename Widget>
    Widget* see(const char* name)
    {
        for (Widget* widget : window.findChildren<Widget*>(QLatin1String(name)))
            if (widget->isVisible())
                return widget;
        qFatal("nobody can see a widget of that name: %s", name);
    }
    void click(const char* name) { QTest::mouseClick(see<QPushButton>(name), Qt::LeftButton); }
    void type(const char* name, const QByteArray& text) { type(see<QLineEdit>(name), text); }
    static void type(QLineEdit* edit, const QByteArray& text)
    {
        edit->setFocus();
        edit->selectAll();
        edit->insert(QString::fromUtf8(text));
    }
    void act(const char* action) { window.findChild<QAction*>(QLatin1String(action))->trigger(); }
    void part(int index) { see<FlatTabBar>("requestParts")->setCurrentIndex(index); }
    void chooseEnvironment(const char* name)
    {
        auto* box = see<QComboBox>("environment");
        box->setCurrentIndex(box->findText(QLatin1String(name)));
        Q_EMIT box->activated(box->currentIndex());
    }
    bool waitForAnswers(qsizetype count)
    {
        return QTest::qWaitFor([&] { return answers.size() >= count; }, answerWithin);
    }
    /// Sends what is in front, and gives the secret that is asked for.
    bool sendGiving(const QByteArray& secret)
    {
        const qsizetype before = answers.size();
        click("send");
        const auto question = [this]() -> SecretDialog* {
            for (auto* dialog : window.findChildren<SecretDialog*>())
                if (dialog->isVisible())
                    return dialog;
            return nullptr;
        };
        if (!QTest::qWaitFor([&] { return question() != nullptr; }, answerWithin))
            return false;
        type(question()->findChild<QLineEdit*>(QStringLiteral("secretValue")), secret);
        QTest::mouseClick(question()->findChild<QPushButton*>(QStringLiteral("sendWithSecrets")),
                          Qt::LeftButton);
        return waitForAnswers(before + 1);
    }
};

/// Qt Test's own.
QtMessageHandler printMessage = nullptr;

void logWindowsMessages(QtMsgType type, const QMessageLogContext& context, const QString& message)
{
    QFile log(qEnvironmentVariable("HOME") + QStringLiteral("/window.log"));
    if (log.open(QIODevice::Append))
        log.write(message.toUtf8() + '\n');
    printMessage(type, context, message);
}

} // namespace

class TestWindowSecrets : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void theSearchFindsEverySpelling();
    void signsInAndLooksAtTokens();
    void sendsWithSecretsThatItAsksFor();
    void sendsWhatIsTypedAndDoesNotSaveIt();
    void keepsAnAnswerAsAnExample();
    void runsInTheWindow();
    void nothingIsInAFileWhileItRuns() { search(); }
    void logsInAndSendsOnTheCommandLine();
    void opensAKeyOnTheCommandLine();
    void runsWithEveryReporter();
    void importsACommand();
    void nothingIsInAFileInTheEnd();
    void theWireTrafficIsFound();

private:
    QByteArray at(const char* path) const { return QByteArray::fromStdString(m_shop.url(path)); }
    void search() const;
    CommandResult run(const char* name, const QStringList& arguments, const QByteArray& input = {},
                      const std::map<QString, QString>& environment = {}) const;

    Home m_home;
    UsedSecrets m_used;
    LeakyShop m_shop{m_used};
    std::unique_ptr<CollectionFolder> m_folder;
    QStringList m_ownFiles;
    std::unique_ptr<Program> m_program;
};

void TestWindowSecrets::initTestCase()
{
    applyTheme(*qApp, ThemeName::Light);
    m_folder = std::make_unique<CollectionFolder>();
    m_shop.fill(*m_folder);
    m_home.write(QStringLiteral("rows.json"), "[{\"password\": \"" + m_used.row + "\"}]");
    const QString collection = toQString(m_folder->root).mid(m_home.root().size() + 1);
    m_ownFiles = {QStringLiteral("rows.json"), collection + QStringLiteral("/.env")};
    printMessage = qInstallMessageHandler(logWindowsMessages);
    m_program = std::make_unique<Program>(toQString(m_folder->root), m_shop.url());
    m_program->chooseEnvironment("local");
}

void TestWindowSecrets::theSearchFindsEverySpelling()
{
    const std::vector<KnownSecret> all = m_used.all();
    QCOMPARE(searchForLeaks(m_home.root(), all).leaks.size(), 2); // our own two
    for (const KnownSecret& secret : all)
        for (const auto& [how, text] : spellingsOf(secret.value)) {
            const QByteArray junk = QByteArray(4099, '\0') + "x" + text + "y" + QByteArray(77, '\xFF');
            QVERIFY2(!leaksIn(junk, QStringLiteral("junk"), {secret}).isEmpty(), how);
        }
    for (const KnownSecret& secret : all)
        for (const char* before : {"", "a", "ab", "user:"})
            for (const auto alphabet : {QByteArray::Base64Encoding, QByteArray::Base64UrlEncoding}) {
                const QByteArray text = before + secret.value + "behind";
                QVERIFY2(!leaksIn(text.toBase64(alphabet), QStringLiteral("base64"), {secret}).isEmpty(),
                         before);
            }
}

void TestWindowSecrets::search() const
{
    const Searched searched = searchForLeaks(m_home.root(), m_used.all(), m_ownFiles);
    QVERIFY2(searched.leaks.isEmpty(), qPrintable(searched.leaks.join(u'\n')));
    for (const char* written : {"settings.json", "drafts.json", "history.sqlite"})
        QVERIFY2(!searched.files.filter(QLatin1String(written)).isEmpty(), written);
}

void TestWindowSecrets::signsInAndLooksAtTokens()
{
    m_program->window.showPage(Page::Session);
    m_program->type("loginUrl", at("/login"));
    m_program->type("loginUser", "erika");
    m_program->type("loginPassword", m_used.loginPassword);
    m_program->type("loginSecret", m_used.verifyKey);
    m_program->click("signIn");
    QTRY_COMPARE_WITH_TIMEOUT(m_program->logins.size(), 1, answerWithin);
    QVERIFY(m_program->workbench.session() != nullptr);
    m_program->window.showPage(Page::Token);
    m_program->see<QPlainTextEdit>("tokenText")->setPlainText(QString::fromUtf8(m_used.pastedToken));
}

void TestWindowSecrets::sendsWithSecretsThatItAsksFor()
{
    m_program->window.showPage(Page::Work);
    m_program->window.openItem(QStringLiteral("login.yml"));
    QVERIFY(m_program->sendGiving(m_used.envPassword));
    m_program->workbench.secrets().give(m_folder->root, "local", "apiKey",
                                        Secret(m_used.apiKey.toStdString()), workbench::Remember::InKeychain);
}

/// The tab stays as it is, unsaved: it goes into the drafts.
void TestWindowSecrets::sendsWhatIsTypedAndDoesNotSaveIt()
{
    m_program->act("actionNewRequest");
    m_program->type("requestUrl", at("/typed?access_token=") + m_used.typedQuery);
    m_program->part(1);
    QAbstractItemModel* headers = m_program->see<QTableView>("requestHeaders")->model();
    headers->setData(headers->index(0, 1), QStringLiteral("X-Api-Key"));
    headers->setData(headers->index(0, 2), QString::fromUtf8(m_used.typedHeader));
    m_program->part(2);
    auto* kind = m_program->see<QComboBox>("bodyKind");
    kind->setCurrentIndex(kind->findText(QStringLiteral("JSON")));
    auto* body = m_program->see<QPlainTextEdit>("requestBody");
    body->insertPlainText(
        QStringLiteral("{\"client_secret\": \"%1\"}").arg(QString::fromUtf8(m_used.typedBody)));
    m_program->click("send");
    QVERIFY(m_program->waitForAnswers(2));
    m_program->act("actionSave");
    auto* question = m_program->see<QMessageBox>("secretQuestion");
    question->findChild<QPushButton*>(QStringLiteral("safeAnswer"))->click();
    const auto isKept = [] {
        const auto drafts = store::readFile(store::configDirectory() + "/drafts.json", 1'000'000);
        return drafts && drafts->find("/typed?") != std::string::npos;
    };
    QTRY_VERIFY_WITH_TIMEOUT(isKept(), answerWithin);
}

void TestWindowSecrets::keepsAnAnswerAsAnExample()
{
    m_program->window.openItem(QStringLiteral("login.yml"));
    m_program->act("actionKeepExample");
    m_program->act("actionSave");
    const auto saved = store::readFile(m_folder->path("login.yml"), 1'000'000);
    QVERIFY2(saved && saved->find("examples:") != std::string::npos, saved.value_or("gone").c_str());
}

void TestWindowSecrets::runsInTheWindow()
{
    m_program->window.showPage(Page::Runner);
    m_program->click("startRun");
    const RunControl& control = m_program->window.findChild<RunnerPane*>()->control();
    QTRY_VERIFY_WITH_TIMEOUT(control.report().has_value(), answerWithin);
    QCOMPARE(control.report()->results.size(), std::size_t(6));
}

/// What it says on standard error is a log; a run's standard output, too.
CommandResult TestWindowSecrets::run(const char* name, const QStringList& arguments, const QByteArray& input,
                                     const std::map<QString, QString>& environment) const
{
    CommandInput with;
    with.standardInput = input.toStdString();
    with.environment = environment;
    with.timeout = answerWithin;
    const CommandResult result = runCommand(arguments, with);
    const QString log = QStringLiteral("logs/") + QLatin1String(name);
    m_home.write(log, QByteArray::fromStdString(result.err));
    if (arguments.value(0) == QStringLiteral("run") || arguments.value(0) == QStringLiteral("import"))
        m_home.write(log, QByteArray::fromStdString(result.out));
    return result;
}

void TestWindowSecrets::logsInAndSendsOnTheCommandLine()
{
    const QString url = QString::fromUtf8(at("/login"));
    const CommandResult login = run(
        "login", words("login --user erika --password-stdin --url") + QStringList{url}, m_used.loginPassword);
    QVERIFY2(login.status == 0 || login.status == 1, login.err.c_str());
    const std::map<QString, QString> token{{QStringLiteral("CLI_TOKEN"), QString::fromUtf8(m_used.cliToken)}};
    const QStringList extra{
        QStringLiteral("-H"), QStringLiteral("X-Api-Key: ") + QString::fromUtf8(m_used.cliHeader),
        QStringLiteral("--cookie"), QStringLiteral("sid=") + QString::fromUtf8(m_used.cliCookie)};
    for (const char* path : {"/echo", "/refused"}) {
        const CommandResult sent =
            run("send",
                words("send -v --token-env CLI_TOKEN GET") + QStringList{QString::fromUtf8(at(path))} + extra,
                {}, token);
        QVERIFY2(sent.status == 0, sent.err.c_str());
        QVERIFY2(sent.err.find("X-Api-Key") != std::string::npos, sent.err.c_str()); // the log is a real one
    }
    const CommandResult basic =
        run("basic",
            words("send -v --user erika --password-stdin GET") + QStringList{QString::fromUtf8(at("/echo"))},
            m_used.cliPassword);
    QVERIFY2(basic.status == 0, basic.err.c_str());
}

void TestWindowSecrets::opensAKeyOnTheCommandLine()
{
    const Authority authority;
    RawServer server([](const Seen&) { return ok("welcome"); },
                     tlsServer(authority.issue("IP:127.0.0.1"), authority.pem(), Clients::WithCertificate));
    const QByteArray bundle =
        Authority::bundle(authority.issue("email:me@example.org"), m_used.keyPassphrase.constData());
    const QStringList call =
        words("send -v --key-passphrase-env P GET") +
        QStringList{toQString(server.url("/", "https")), QStringLiteral("--cacert"),
                    toQString(authority.file("ca.pem", authority.pem())), QStringLiteral("--cert"),
                    toQString(authority.file("me.p12", bundle))};
    const CommandResult sent =
        run("passphrase", call, {}, {{QStringLiteral("P"), QString::fromUtf8(m_used.keyPassphrase)}});
    QVERIFY2(sent.status == 0, sent.err.c_str());
    QCOMPARE(server.seen.size(), std::size_t(1));
    // The same passphrase for what it does not open.
    const CommandResult failed =
        run("passphrase", call, {}, {{QStringLiteral("P"), QString::fromUtf8(m_used.keyPassphrase) + u'x'}});
    QCOMPARE(failed.status, 2);
}

void TestWindowSecrets::runsWithEveryReporter()
{
    QDir().mkpath(m_home.path(QStringLiteral("reports")));
    const auto call = [this](const QString& name, const QStringList& more) {
        QStringList all = words("run --env local --allow-process-env SHOP_KEY --allow-origin") +
                          QStringList{QString::fromUtf8(at(""))} + more +
                          QStringList{toQString(m_folder->root)};
        all += {QStringLiteral("--env-var"), QStringLiteral("apiKey=") + QString::fromUtf8(m_used.apiKey)};
        for (const char* kind : {"junit", "json", "html", "tap"})
            all += {QStringLiteral("--reporter"),
                    QStringLiteral("%1=%2/reports/%3.%1").arg(QLatin1String(kind), m_home.root(), name)};
        return run("run", all, {}, {{QStringLiteral("SHOP_KEY"), QString::fromUtf8(m_used.process)}});
    };
    const CommandResult given =
        call(QStringLiteral("given"), {QStringLiteral("--env-var"),
                                       QStringLiteral("password=") + QString::fromUtf8(m_used.envPassword)});
    QVERIFY2(given.out.find("0 passed, 6 failed") != std::string::npos, (given.out + given.err).c_str());
    QVERIFY2(given.out.find("[left out]") != std::string::npos, given.out.c_str());
    const CommandResult rows =
        call(QStringLiteral("rows"), {QStringLiteral("--data"), m_home.path(QStringLiteral("rows.json"))});
    QVERIFY2(rows.out.find("0 passed, 6 failed") != std::string::npos, (rows.out + rows.err).c_str());
    QCOMPARE(QDir(m_home.path(QStringLiteral("reports"))).entryList(QDir::Files).size(), 8);
}

void TestWindowSecrets::importsACommand()
{
    const QByteArray line = "curl -X POST 'https://api.example/orders?api_key=" + m_used.importedToken +
                            "' -H 'Authorization: Bearer " + m_used.importedToken +
                            "' -d '{\"password\": \"" + m_used.importedPassword +
                            "\"}' -u 'erika:" + m_used.importedPassword + "'\n";
    const CommandResult result = run("import",
                                     {QStringLiteral("import"), QStringLiteral("-"), QStringLiteral("--to"),
                                      m_home.path(QStringLiteral("imported"))},
                                     line);
    QVERIFY2(result.status == 0, result.err.c_str());
    QVERIFY(QFile::exists(m_home.path(QStringLiteral("imported/opencollection.yml"))));
}

void TestWindowSecrets::nothingIsInAFileInTheEnd()
{
    m_program->window.close();
    m_program.reset();
    search();
}

/// The must-fail twin.
void TestWindowSecrets::theWireTrafficIsFound()
{
    m_home.write(QStringLiteral("traffic"), m_shop.traffic);
    const Searched searched = searchForLeaks(m_home.root(), m_used.wired(), m_ownFiles);
    for (const KnownSecret& secret : m_used.wired())
        QVERIFY2(!searched.leaks.filter(QString::fromUtf8(secret.name) + u',').isEmpty(),
                 secret.name.constData());
    QVERIFY(searched.leaks.filter(QStringLiteral("in traffic")).size() == searched.leaks.size());
}

QTEST_MAIN(TestWindowSecrets)
#include "tst_windowsecrets.moc"
