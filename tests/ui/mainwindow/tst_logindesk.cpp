// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Identities of a collection added, edited, tried, duplicated and deleted in the window: what is saved, where
// its secret goes, and how it is taken back.

#include <core/workbench/identityshop.h>
#include <keychain/memory.h>
#include <mainwindow/identitydesk.h>
#include <mainwindow/mainwindow.h>
#include <mainwindow/noticebar.h>
#include <sessions/identityeditor.h>
#include <sessions/identitylist.h>
#include <sessions/identityrow.h>
#include <store/identities.h>
#include <theme/theme.h>

#include <QtCore/qfile.h>
#include <QtGui/qaction.h>
#include <QtTest/qsignalspy.h>
#include <QtTest/qtest.h>
#include <QtWidgets/qapplication.h>
#include <QtWidgets/qcombobox.h>
#include <QtWidgets/qlabel.h>
#include <QtWidgets/qlineedit.h>
#include <QtWidgets/qplaintextedit.h>
#include <QtWidgets/qpushbutton.h>

using namespace claimcheck;
using namespace claimcheck::test;
using namespace claimcheck::ui;

namespace {

struct Window
{
    QTemporaryDir config;
    IdentityShop shop;
    MainWindow window;

    Window() : window(shop.workbench, config.path().toStdString())
    {
        window.begin(toQString(shop.folder.root));
        window.resize(1280, 800);
        window.show();
        shop.workbench.selectEnvironment("local");
        shop.letGo({"local", "password"}, http::originOf(shop.server.url()));
        window.showPage(Page::Session);
    }
    template <typename Widget>
    Widget* find(const char* name)
    {
        return window.findChild<Widget*>(QLatin1String(name));
    }
    IdentityEditor* editor() { return window.findChild<IdentityEditor*>(); }
    void press(const char* name) { find<QPushButton>(name)->click(); }
    void trigger(const char* name) { find<QAction>(name)->trigger(); } // of the first row
    void type(const char* name, const QString& text)
    {
        auto* line = find<QLineEdit>(name);
        line->clear();
        QTest::keyClicks(line, text);
    }
    std::string text(const std::string& relative)
    {
        return store::readFile(shop.folder.path(relative), 100'000).value_or("not there");
    }
    std::vector<collection::Identity> identities()
    {
        return store::readIdentities(shop.folder.root).value_or(std::vector<collection::Identity>());
    }
    bool hasSaved()
    {
        return QTest::qWaitFor([this] { return editor() == nullptr; });
    }
};

} // namespace

class TestLoginDesk : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ThemeName::Light); }
    void addsOneWhoseSecretIsInNoFile();
    void makesTheFirstEnvironmentForASecret();
    void makesNoneBesideOthers();
    void editsAndRenames();
    void triesWhatIsTyped();
    void saysWhatBecameOfTheTokensOfATrial();
    void duplicates();
    void deletesAndTakesBack();
    void saysWhyItIsNotSaved();
    void fillsInWhatTheIssuerSays();
    void whatItWouldLoseIsNotEdited();
    void saysWhatCannotBeDoneWithoutIt();
};

void TestLoginDesk::addsOneWhoseSecretIsInNoFile()
{
    Window w;
    w.shop.workbench.secrets().setKeychain(std::make_unique<keychain::MemoryKeychain>());
    w.press("addIdentity");
    QVERIFY(w.editor() != nullptr);
    w.type("editName", QStringLiteral("carol"));
    w.type("editUrl", QStringLiteral("{{host}}/login"));
    w.type("editUser", QStringLiteral("carol"));
    w.type("editPasswordValue", QStringLiteral("typed-word"));
    w.press("saveIdentity");
    QVERIFY(w.hasSaved());
    QCOMPARE(w.identities().size(), std::size_t(3));
    QCOMPARE(w.identities().back().credentials->password, std::string("{{carolPassword}}"));
    QVERIFY(w.text("environments/local.yml").find("carolPassword") != std::string::npos);
    for (const char* file : {"environments/local.yml", store::sessionsFile, "opencollection.yml"})
        QVERIFY2(w.text(file).find("typed-word") == std::string::npos, file);
    std::optional<Secret> kept;
    w.shop.workbench.secrets().keychain()->read(
        keychain::entryOf(w.shop.folder.root, "local", "carolPassword"), this,
        [&kept](const Result<std::optional<Secret>>& found) { kept = found.value_or(std::nullopt); });
    QTRY_VERIFY(kept);
    QCOMPARE(kept->reveal(), std::string_view("typed-word"));
    w.shop.letGo({"local", "carolPassword"}, http::originOf(w.shop.server.url()));
    w.shop.identities().signIn("carol");
    QVERIFY(w.shop.isSignedIn("carol"));
    QVERIFY(w.shop.server.seen.back().body.find("typed-word") != std::string::npos);
}

/// Its value has a place without anybody having made one.
void TestLoginDesk::makesTheFirstEnvironmentForASecret()
{
    Window w;
    QVERIFY(QFile::remove(toQString(w.shop.folder.path("environments/local.yml"))));
    QVERIFY_RESULT(w.shop.workbench.openCollection(w.shop.folder.root));
    QVERIFY(w.shop.workbench.collection()->environments.empty());
    w.shop.workbench.selectEnvironment({});
    w.press("addIdentity");
    const auto* note = w.find<QLabel>("newEnvironmentNote");
    QVERIFY(note != nullptr && note->isVisible());
    w.type("editName", QStringLiteral("carol"));
    w.type("editUrl", QStringLiteral("https://api.example/login"));
    w.type("editUser", QStringLiteral("carol"));
    w.type("editPasswordValue", QStringLiteral("typed-word"));
    w.press("saveIdentity");
    QVERIFY(w.hasSaved());
    QCOMPARE(w.shop.workbench.environment(), std::string("default"));
    const std::string file = w.text("environments/default.yml");
    QVERIFY2(file.find("carolPassword") != std::string::npos, file.c_str());
    QVERIFY(file.find("typed-word") == std::string::npos);
    w.press("addIdentity"); // there is one now
    QVERIFY(w.find<QLabel>("newEnvironmentNote") == nullptr);
    w.press("cancelIdentityEditor");
}

void TestLoginDesk::makesNoneBesideOthers()
{
    Window w;
    w.shop.workbench.selectEnvironment({});
    w.press("addIdentity");
    QVERIFY(w.find<QLabel>("newEnvironmentNote") == nullptr);
    w.type("editName", QStringLiteral("carol"));
    w.type("editUrl", QStringLiteral("https://api.example/login"));
    w.type("editUser", QStringLiteral("carol"));
    w.type("editPasswordValue", QStringLiteral("typed-word"));
    w.press("saveIdentity");
    QVERIFY(w.editor() != nullptr); // which of them is not ours to say
    QCOMPARE(w.identities().size(), std::size_t(2));
    QCOMPARE(w.text("environments/default.yml"), std::string("not there"));
}

void TestLoginDesk::editsAndRenames()
{
    Window w;
    w.trigger("editIdentity");
    QCOMPARE(w.find<QLineEdit>("editName")->text(), QStringLiteral("alice"));
    w.type("editName", QStringLiteral("alicia"));
    w.type("editUser", QStringLiteral("alicia"));
    w.press("saveIdentity");
    QVERIFY(w.hasSaved());
    QCOMPARE(w.identities().front().name, std::string("alicia"));
    QCOMPARE(w.identities().front().credentials->user, std::string("alicia"));
    QVERIFY(w.text(store::sessionsFile).find("password: \"{{password}}\"") != std::string::npos);
    QTRY_COMPARE(w.window.findChild<IdentityRow*>()->name(), std::string("alicia"));
}

void TestLoginDesk::triesWhatIsTyped()
{
    Window w;
    w.trigger("editIdentity");
    w.type("editPasswordValue", QStringLiteral("another-word"));
    w.press("tryLogin");
    auto* word = w.find<QLabel>("trialWord");
    QTRY_VERIFY2(word->text().contains(QStringLiteral("Signed in")), qPrintable(word->text()));
    QVERIFY(w.shop.server.seen.back().body.find("another-word") != std::string::npos);
    const QString steps = w.find<QPlainTextEdit>("trialSteps")->toPlainText();
    QVERIFY(steps.contains(QStringLiteral("/login")));
    QVERIFY(!steps.contains(QStringLiteral("another-word")) && !steps.contains(QStringLiteral("t-alice-1")));
    QVERIFY(!w.shop.state("alice").isSignedIn);
    w.shop.isOpen = false;
    w.press("tryLogin");
    QTRY_VERIFY2(word->text().contains(QStringLiteral("403")), qPrintable(word->text()));
    QVERIFY(w.find<QPlainTextEdit>("trialSteps")->toPlainText().contains(QStringLiteral("closed")));
    QVERIFY(w.text(store::sessionsFile).find("another-word") == std::string::npos);
}

/// Beside the next trial, and in the window when the editor is gone.
void TestLoginDesk::saysWhatBecameOfTheTokensOfATrial()
{
    Window w;
    w.trigger("editIdentity");
    w.press("tryLogin");
    auto* word = w.find<QLabel>("trialWord");
    QTRY_VERIFY2(word->text().contains(QStringLiteral("Signed in")), qPrintable(word->text()));
    auto* ended = w.find<QLabel>("trialEnded");
    QVERIFY(ended->isHidden());
    w.press("tryLogin");
    QTRY_VERIFY(!ended->isHidden());
    QVERIFY2(ended->text().contains(QStringLiteral("access token")), qPrintable(ended->text()));
    QTRY_COMPARE(w.shop.logins, 2);
    QTRY_VERIFY2(word->text().contains(QStringLiteral("Signed in")), qPrintable(word->text()));
    auto* notice = w.window.findChild<NoticeBar*>();
    QVERIFY(!notice->text().contains(QStringLiteral("The trial of alice")));
    w.press("cancelIdentityEditor");
    QTRY_VERIFY2(notice->text().contains(QStringLiteral("The trial of alice is over")),
                 qPrintable(notice->text()));
    QVERIFY2(notice->text().contains(QStringLiteral("access token")), qPrintable(notice->text()));
}

void TestLoginDesk::duplicates()
{
    Window w;
    w.trigger("duplicateIdentity");
    QCOMPARE(w.find<QLineEdit>("editName")->text(), QStringLiteral("alice 2"));
    w.press("saveIdentity");
    QVERIFY(w.hasSaved());
    QCOMPARE(w.identities().size(), std::size_t(3));
    collection::Identity copy = w.identities().back();
    QCOMPARE(copy.name, std::string("alice 2"));
    copy.name = "alice";
    QCOMPARE(copy, w.identities().front());
}

void TestLoginDesk::deletesAndTakesBack()
{
    Window w;
    const std::string before = w.text(store::sessionsFile);
    w.trigger("deleteIdentity");
    QCOMPARE(w.identities().size(), std::size_t(1));
    auto* notice = w.window.findChild<NoticeBar*>();
    QVERIFY(notice->isVisible() && notice->text().contains(QStringLiteral("alice")));
    QPushButton* undo = nullptr;
    for (QPushButton* button : notice->findChildren<QPushButton*>())
        if (button->text() == QStringLiteral("Undo"))
            undo = button;
    QVERIFY(undo != nullptr);
    undo->click();
    QCOMPARE(w.text(store::sessionsFile), before);
    QTRY_COMPARE(w.shop.identities().states().size(), std::size_t(2));
}

void TestLoginDesk::saysWhyItIsNotSaved()
{
    Window w;
    w.trigger("editIdentity");
    w.type("editUser", QStringLiteral("mine"));
    w.shop.writeIdentities("{{other}}"); // another program
    w.press("saveIdentity");
    QVERIFY(w.editor() != nullptr);
    auto* problem = w.find<QLabel>("identityEditorProblem");
    QVERIFY(problem->isVisible());
    QVERIFY2(problem->text().contains(QStringLiteral("another program")), qPrintable(problem->text()));
    QVERIFY(w.text(store::sessionsFile).find("mine") == std::string::npos);
}

void TestLoginDesk::fillsInWhatTheIssuerSays()
{
    Window w;
    std::string issuer;
    RawServer server([&issuer](const Seen&) {
        return ok("{\"issuer\":\"" + issuer + "\",\"token_endpoint\":\"" + issuer + "/token\"}",
                  "Content-Type: application/json\r\n");
    });
    issuer = http::originOf(server.url());
    w.press("addIdentity");
    auto* kind = w.find<QComboBox>("editKind");
    kind->setCurrentIndex(kind->findData(static_cast<int>(LoginKind::ClientCredentials)));
    w.type("editIssuer", toQString(issuer));
    w.press("lookUpIssuer");
    QTRY_COMPARE(w.find<QLineEdit>("editTokenUrl")->text(), toQString(issuer + "/token"));
    w.type("editIssuer", QStringLiteral("http://id.example"));
    w.press("lookUpIssuer");
    auto* word = w.find<QLabel>("issuerWord");
    const QString refused =
        QStringLiteral("the issuer cannot be used: it is http, where anybody on the way could "
                       "put in keys of their own (give its https address; http is for this "
                       "machine alone)");
    QTRY_COMPARE(word->text(), refused);
    QVERIFY(word->isVisible());
}

void TestLoginDesk::whatItWouldLoseIsNotEdited()
{
    Window w;
    w.shop.folder.write(store::sessionsFile,
                        "sessions:\n  a:\n    oauth2: {grant: \"{{grant}}\", clientId: c, tokenUrl: t}\n");
    QVERIFY_RESULT(w.shop.workbench.openCollection(w.shop.folder.root));
    QTRY_COMPARE(w.window.findChildren<IdentityRow*>().size(), 1);
    w.trigger("editIdentity");
    QVERIFY(w.editor() == nullptr);
    QVERIFY(w.window.findChild<NoticeBar*>()->text().contains(QStringLiteral("cannot be edited here")));
}

/// Another program took it out of the file a moment ago.
void TestLoginDesk::saysWhatCannotBeDoneWithoutIt()
{
    Window w;
    w.shop.folder.write(store::sessionsFile, "sessions: {}\n");
    const auto* notice = w.window.findChild<NoticeBar*>();
    for (const char* deed : {"edit", "duplicate"}) {
        w.trigger((std::string(deed) + "Identity").c_str());
        QVERIFY(w.editor() == nullptr);
        const QString said = QStringLiteral("Cannot %1 the identity alice").arg(QLatin1String(deed));
        QVERIFY2(notice->text().contains(said), qPrintable(notice->text()));
    }
}

QTEST_MAIN(TestLoginDesk)
#include "tst_logindesk.moc"
