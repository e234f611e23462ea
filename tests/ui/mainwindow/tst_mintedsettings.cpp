// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A token that is made for each request, said in the window for a request, a folder and the collection: it
// stands in sessions.yaml, is taken back by undo, and what is wrong is said below the fields.

#include "connectionwindow.h"

#include <collections/collectionpane.h>
#include <store/identities.h>
#include <theme/theme.h>

#include <QtGui/qevent.h>
#include <QtWidgets/qapplication.h>
#include <QtWidgets/qmessagebox.h>
#include <QtWidgets/qplaintextedit.h>
#include <QtWidgets/qradiobutton.h>

using namespace claimcheck;
using namespace claimcheck::test;
using namespace claimcheck::ui;
using collection::MintedToken;

namespace {

enum Where
{
    BearerPlace,
    RawPlace,
    HeaderPlace,
    QueryPlace
};

const std::string ownRule = "minted:\n"
                            "  - path: orders/list.yml # ours\n"
                            "    algorithm: HS256\n"
                            "    key: '{{signingKey}}'\n";

FileTexts filesWithMinted(const std::string& rules)
{
    FileTexts files{{"orders/folder.yml", "info: {name: Orders, type: folder}\n"},
                    {"orders/list.yml",
                     "info: {name: List, type: http}\nhttp: {method: GET, url: \"https://h/\", auth: "
                     "inherit}\n"},
                    {"keys/dev.pem", "x"}};
    if (!rules.empty())
        files.emplace_back(store::sessionsFile, rules);
    return files;
}

struct Fields : ConnectionFields
{
    void choose(const char* radio) const { find<QRadioButton>(radio)->click(); }
    bool isChosen(const char* radio) const { return find<QRadioButton>(radio)->isChecked(); }
    void typeText(const char* name, const std::string& value) const
    {
        auto* edit = find<QPlainTextEdit>(name);
        edit->setPlainText(toQString(value));
        QFocusEvent left(QEvent::FocusOut);
        QCoreApplication::sendEvent(edit, &left);
    }
    QString problem() const { return said("mintedProblem"); }
    QString caption() const { return find<QLabel>("authPageCaption")->text(); }
};

struct Window : SettingsWindow
{
    explicit Window(const std::string& rules = {}) : SettingsWindow(filesWithMinted(rules)) {}
    Fields request()
    {
        openRequest("orders/list.yml");
        return authorisation();
    }
    Fields authorisation()
    {
        const Fields fields{{tabs}};
        fields.find<FlatTabBar>("requestParts")->setCurrentIndex(3);
        return fields;
    }
    static Fields inDialog(FolderDialog* dialog)
    {
        auto* parts = dialog->findChild<FlatTabBar*>(QStringLiteral("folderParts"));
        for (int i = 0; i < parts->count(); ++i)
            if (parts->tabText(i).startsWith(QLatin1String("Auth")))
                parts->setCurrentIndex(i);
        return {{dialog}};
    }
    bool readAnew()
    {
        const std::string directory = workbench.collection()->directory;
        return workbench.openCollection(directory).has_value();
    }
    const std::vector<MintedToken>& rules() { return workbench.collection()->minted; }
    std::string text() { return SettingsWindow::text(store::sessionsFile); }
};

std::string swapped(std::string text, const std::string& from, const std::string& to)
{
    const std::size_t at = text.find(from);
    return at == std::string::npos ? "no such text: " + from : text.replace(at, from.size(), to);
}

} // namespace

class TestMintedSettings : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ThemeName::Light); }
    void aRequestsRuleIsWrittenAndTakenBack();
    void onlyWhatWasChangedIsWritten();
    void whatIsWrongIsSaid_data();
    void whatIsWrongIsSaid();
    void itGoesWhereItIsSaid();
    void anotherChoiceTakesTheRuleOut();
    void whatTheFolderSaysIsInherited();
    void whatOthersWroteIsShown();
    void whatIsNotFinishedGoesAlong_data();
    void whatIsNotFinishedGoesAlong();
    void aTabAsksBeforeItLosesWhatIsNotFinished();
    void whatIsNotFinishedOutlastsWhatOthersWrite();
    void aRequestWithoutAFileHasNoRule();
    void aFolderIsSavedWithItsDialog();
    void theDialogAsksBeforeItDiscards();
};

void TestMintedSettings::aRequestsRuleIsWrittenAndTakenBack()
{
    Window w;
    const Fields fields = w.request();
    QVERIFY(fields.isChosen("authInherit"));
    QVERIFY(fields.find<QWidget>("mintedKey") == nullptr);
    fields.choose("authMinted");
    QCOMPARE(w.text(), noRules); // it has no key yet, which is not wrong so far
    QVERIFY(fields.problem().isEmpty());
    fields.type("mintedKey", "{{signingKey}}");
    const std::string first = "minted:\n"
                              "  - path: orders/list.yml\n"
                              "    algorithm: HS256\n"
                              "    key: '{{signingKey}}'\n"
                              "    expiresIn: 5m\n";
    QCOMPARE(w.text(), first);
    fields.typeText("mintedClaims", "{\"sub\": \"{{user}}\"}");
    QCOMPARE(w.text(), first + "    claims: '{\"sub\": \"{{user}}\"}'\n");
    QVERIFY(fields.problem().isEmpty());
    QVERIFY(fields.isChosen("authMinted"));
    QVERIFY2(fields.caption().contains(QLatin1String("HS256")), qPrintable(fields.caption()));
    QVERIFY(w.tabs->unsavedPaths().isEmpty()); // nothing of it is the request's file
    QVERIFY2(w.undo()->text().contains(QLatin1String("token")) &&
                 w.undo()->text().contains(QLatin1String("List")),
             qPrintable(w.undo()->text()));
    w.undo()->trigger();
    QCOMPARE(w.text(), first);
    QVERIFY(fields.find<QPlainTextEdit>("mintedClaims")->toPlainText().isEmpty());
    w.undo()->trigger();
    QCOMPARE(w.text(), noRules);
    QVERIFY(fields.isChosen("authInherit"));
    w.redo()->trigger();
    QCOMPARE(w.text(), first);
    QVERIFY(fields.isChosen("authMinted"));
    QCOMPARE(fields.typed("mintedKey"), QStringLiteral("{{signingKey}}"));
}

void TestMintedSettings::onlyWhatWasChangedIsWritten()
{
    Window w(ownRule);
    const Fields fields = w.request();
    QVERIFY(fields.isChosen("authMinted"));
    QVERIFY(fields.typed("mintedLifetime").isEmpty());
    fields.type("mintedKey", "{{signingKey}}"); // left as it was
    QCOMPARE(w.text(), ownRule);
    QVERIFY(!w.undo()->isEnabled());
    fields.pick("mintedAlgorithm",
                fields.find<QComboBox>("mintedAlgorithm")->findText(QStringLiteral("HS384")));
    QCOMPARE(w.text(), swapped(ownRule, "HS256", "HS384"));
    fields.type("mintedLifetime", "1h");
    QCOMPARE(w.text(), swapped(ownRule, "HS256", "HS384") + "    expiresIn: 1h\n");
    fields.type("mintedLifetime", "");
    QCOMPARE(w.text(), swapped(ownRule, "HS256", "HS384"));
    fields.typeText("mintedClaims", "{\n  \"sub\": \"{{user}}\",\n  \"level\": {{level}}\n}");
    QCOMPARE(w.text(), swapped(ownRule, "HS256", "HS384") +
                           "    claims: |\n      {\n        \"sub\": \"{{user}}\",\n        \"level\": "
                           "{{level}}\n      }\n");
    fields.typeText("mintedClaims", "");
    QCOMPARE(w.text(), swapped(ownRule, "HS256", "HS384"));
}

void TestMintedSettings::whatIsWrongIsSaid_data()
{
    QTest::addColumn<QByteArray>("field");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QByteArray>("why");
    const auto row = [](const char* name, const char* field, const char* value, const char* why) {
        QTest::newRow(name) << QByteArray(field) << QByteArray(value) << QByteArray(why);
    };
    row("a secret", "mintedKey", "s3cret", "would stand in the file");
    row("no key", "mintedKey", "", "no key");
    row("two keys", "mintedKeyFile", "keys/dev.pem", "two keys");
    row("a passphrase", "mintedPassphrase", "s3cret", "would stand in the file");
    row("no time", "mintedLifetime", "soon", "Write it as 30s");
    row("no time at all", "mintedLifetime", "0s", "Write it as 30s");
    row("claims cut off", "mintedClaims", "{\"sub\": ", "no JSON object");
    row("claims that are a list", "mintedClaims", "[1]", "no JSON object");
    row("a header that is none", "mintedHeader", "kid", "no JSON object");
}

void TestMintedSettings::whatIsWrongIsSaid()
{
    QFETCH(QByteArray, field);
    QFETCH(QByteArray, value);
    QFETCH(QByteArray, why);
    Window w(ownRule);
    const Fields fields = w.request();
    const auto type = [&](const std::string& text) {
        if (fields.find<QPlainTextEdit>(field.constData()) != nullptr)
            fields.typeText(field.constData(), text);
        else
            fields.type(field.constData(), text);
    };
    const std::string before = field == "mintedKey" ? "{{signingKey}}" : "";
    type(value.toStdString());
    QVERIFY2(fields.problem().contains(QLatin1String(why)), qPrintable(fields.problem()));
    QVERIFY(!fields.problem().contains(QLatin1String("s3cret")));
    QCOMPARE(w.text(), ownRule);
    QVERIFY(!w.undo()->isEnabled());
    type(before); // it can be mended
    QVERIFY2(fields.problem().isEmpty(), qPrintable(fields.problem()));
    QCOMPARE(w.text(), ownRule);
}

void TestMintedSettings::itGoesWhereItIsSaid()
{
    Window w(ownRule);
    const Fields fields = w.request();
    QCOMPARE(fields.picked("mintedWhere"), int(BearerPlace));
    QVERIFY(fields.find<QLineEdit>("mintedName") == nullptr);
    fields.pick("mintedWhere", QueryPlace);
    QCOMPARE(w.text(), ownRule + "    in: query\n");
    QCOMPARE(w.rules().front().name, std::string("access_token"));
    fields.type("mintedName", "jwt");
    QVERIFY(w.rules().front().inQuery && w.rules().front().name == "jwt");
    fields.type("mintedName", "");
    QCOMPARE(w.text(), ownRule + "    in: query\n");
    fields.pick("mintedWhere", HeaderPlace);
    QCOMPARE(w.text(), ownRule + "    in: query\n"); // which one is still to be typed
    fields.type("mintedName", "X-Api");
    QCOMPARE(w.rules().size(), std::size_t(1));
    QVERIFY(!w.rules().front().inQuery && w.rules().front().name == "X-Api");
    QVERIFY(w.rules().front().prefix.empty());
    fields.type("mintedPrefix", "JWT ");
    QCOMPARE(w.rules().front().prefix, std::string("JWT "));
    fields.pick("mintedWhere", RawPlace);
    QVERIFY(w.rules().front().name == "Authorization" && w.rules().front().prefix.empty());
    fields.pick("mintedWhere", BearerPlace);
    QCOMPARE(w.rules().front().prefix, std::string("Bearer "));
    QCOMPARE(w.text(), ownRule); // as a rule says it that says nothing
}

void TestMintedSettings::anotherChoiceTakesTheRuleOut()
{
    const std::string identities = "sessions:\n  alice: {request: {file: orders/list.yml}} # who\n\n";
    Window w(identities + ownRule);
    const Fields fields = w.request();
    fields.choose("authNone");
    QVERIFY(w.rules().empty());
    QVERIFY2(w.text().starts_with("sessions:\n  alice: {request: {file: orders/list.yml}} # who\n"),
             w.text().c_str());
    QVERIFY(fields.isChosen("authNone"));
    QVERIFY(fields.find<QWidget>("mintedKey") == nullptr);
    w.undo()->trigger();
    QCOMPARE(w.text(), identities + ownRule);
    QVERIFY(fields.isChosen("authMinted"));
}

void TestMintedSettings::whatTheFolderSaysIsInherited()
{
    const std::string ofFolder = "minted:\n  - {path: orders, algorithm: ES256, keyFile: keys/dev.pem}\n";
    Window w(ofFolder);
    const Fields fields = w.request();
    QVERIFY(fields.isChosen("authInherit"));
    QVERIFY2(fields.caption().contains(QLatin1String("ES256")), qPrintable(fields.caption()));
    fields.choose("authMinted");
    fields.type("mintedKey", "{{signingKey}}");
    QCOMPARE(w.rules().size(), std::size_t(2));
    QVERIFY2(fields.caption().contains(QLatin1String("HS256")), qPrintable(fields.caption()));
    fields.choose("authInherit");
    QCOMPARE(w.text(), ofFolder);
    QVERIFY2(fields.caption().contains(QLatin1String("ES256")), qPrintable(fields.caption()));
}

/// Another program was faster: nothing is written over it, and the fields show what stands there.
void TestMintedSettings::whatOthersWroteIsShown()
{
    Window w;
    const Fields fields = w.request();
    fields.choose("authMinted");
    const std::string theirs = "minted:\n  - {path: orders/list.yml, algorithm: HS512, key: '{{other}}'}\n";
    w.folder.write(store::sessionsFile, theirs);
    fields.type("mintedKey", "{{signingKey}}");
    QCOMPARE(w.text(), theirs);
    QCOMPARE(fields.choice("mintedAlgorithm"), QStringLiteral("HS512"));
    QCOMPARE(fields.typed("mintedKey"), QStringLiteral("{{other}}"));
    QVERIFY2(fields.problem().contains(QLatin1String("another program")), qPrintable(fields.problem()));
    fields.type("mintedKey", "{{signingKey}}"); // now it is known
    QCOMPARE(w.text(), swapped(theirs, "other", "signingKey"));
    QVERIFY(fields.problem().isEmpty());
}

void TestMintedSettings::whatIsNotFinishedGoesAlong_data()
{
    QTest::addColumn<QByteArray>("rules");
    QTest::addColumn<bool>("isMoved");
    for (const bool isMoved : {false, true}) {
        QTest::addRow("with a rule, %s", isMoved ? "moved" : "renamed")
            << QByteArray(ownRule.c_str()) << isMoved;
        QTest::addRow("with none yet, %s", isMoved ? "moved" : "renamed") << QByteArray() << isMoved;
    }
}

/// What cannot be stored yet stands in the fields alone, and can be finished there.
void TestMintedSettings::whatIsNotFinishedGoesAlong()
{
    QFETCH(QByteArray, rules);
    QFETCH(bool, isMoved);
    Window w(rules.toStdString());
    const Fields fields = w.request();
    fields.choose("authMinted");
    fields.typeText("mintedClaims", "{\"sub\": ");
    QVERIFY(!fields.problem().isEmpty());
    auto* tree = w.window.findChild<CollectionPane*>();
    if (isMoved)
        Q_EMIT tree->moveRequested({QStringLiteral("orders/list.yml")}, QString(), QString());
    else
        Q_EMIT tree->renameRequested(QStringLiteral("orders/list.yml"), QStringLiteral("Other"));
    const std::string path = w.tabs->currentItem().path;
    QVERIFY(path != "orders/list.yml");
    QVERIFY(fields.isChosen("authMinted"));
    QCOMPARE(fields.find<QPlainTextEdit>("mintedClaims")->toPlainText(), QStringLiteral("{\"sub\": "));
    QVERIFY(!fields.problem().isEmpty());
    fields.type("mintedKey", "{{signingKey}}");
    fields.typeText("mintedClaims", "{\"sub\": 1}");
    QVERIFY2(fields.problem().isEmpty(), qPrintable(fields.problem()));
    QCOMPARE(w.rules().size(), std::size_t(1));
    QCOMPARE(w.rules().front().path, path);
    QCOMPARE(w.rules().front().claims, std::string("{\"sub\": 1}"));
}

void TestMintedSettings::aTabAsksBeforeItLosesWhatIsNotFinished()
{
    Window w(ownRule);
    const Fields fields = w.request();
    const int tabs = w.tabs->count();
    fields.typeText("mintedClaims", "{\"sub\": ");
    w.tabs->closeCurrent();
    QCOMPARE(w.tabs->count(), tabs);
    QVERIFY(w.tabs->findChild<QWidget*>(QStringLiteral("unfinishedQuestion")) != nullptr);
    QCOMPARE(fields.find<QPlainTextEdit>("mintedClaims")->toPlainText(), QStringLiteral("{\"sub\": "));

    w.tabs->findChild<QPushButton*>(QStringLiteral("safeAnswer"))->click();
    QTRY_VERIFY(w.tabs->findChild<QWidget*>(QStringLiteral("unfinishedQuestion")) == nullptr);
    QVERIFY(!w.window.close()); // a draft does not keep it, either
    QVERIFY(w.tabs->findChild<QWidget*>(QStringLiteral("unfinishedQuestion")) != nullptr);

    Window whole(ownRule);
    whole.request();
    whole.tabs->closeCurrent();
    QCOMPARE(whole.tabs->count(), tabs - 1);
    QVERIFY(whole.tabs->findChild<QWidget*>(QStringLiteral("unfinishedQuestion")) == nullptr);
}

/// A field that the others did not change keeps what is typed in it; the others' fields are shown.
void TestMintedSettings::whatIsNotFinishedOutlastsWhatOthersWrite()
{
    Window w(ownRule);
    const Fields fields = w.request();
    fields.typeText("mintedClaims", "{\"sub\": ");
    w.folder.write(store::sessionsFile, swapped(ownRule, "HS256", "HS384"));
    QVERIFY(w.readAnew());
    QCOMPARE(fields.choice("mintedAlgorithm"), QStringLiteral("HS384"));
    QCOMPARE(fields.find<QPlainTextEdit>("mintedClaims")->toPlainText(), QStringLiteral("{\"sub\": "));
    QVERIFY(!fields.problem().isEmpty());
    w.folder.write(store::sessionsFile, swapped(ownRule, "HS256", "HS384") + "    claims: '{}'\n");
    QVERIFY(w.readAnew());
    QCOMPARE(fields.find<QPlainTextEdit>("mintedClaims")->toPlainText(), QStringLiteral("{}"));
    QVERIFY2(fields.problem().isEmpty(), qPrintable(fields.problem()));
}

void TestMintedSettings::aRequestWithoutAFileHasNoRule()
{
    Window w;
    w.tabs->newItem();
    QVERIFY(!w.authorisation().find<QRadioButton>("authMinted")->isEnabled());
    QVERIFY(w.request().find<QRadioButton>("authMinted")->isEnabled());
}

void TestMintedSettings::aFolderIsSavedWithItsDialog()
{
    Window w;
    FolderDialog* dialog = w.openFolder("orders");
    const Fields fields = Window::inDialog(dialog);
    fields.choose("authMinted");
    Window::click(dialog, "saveFolder");
    QVERIFY(dialog->isVisible());
    QVERIFY2(fields.problem().contains(QLatin1String("no key")), qPrintable(fields.problem()));
    fields.type("mintedKeyFile", w.folder.path("keys/dev.pem"));
    fields.pick("mintedAlgorithm",
                fields.find<QComboBox>("mintedAlgorithm")->findText(QStringLiteral("ES256")));
    QCOMPARE(w.text(), noRules); // not before it is saved
    Window::click(dialog, "saveFolder");
    QVERIFY(!dialog->isVisible());
    const std::string written = "minted:\n"
                                "  - path: orders\n"
                                "    algorithm: ES256\n"
                                "    keyFile: keys/dev.pem\n"
                                "    expiresIn: 5m\n";
    QCOMPARE(w.text(), written);
    w.undo()->trigger(); // one command
    QCOMPARE(w.text(), noRules);
    w.redo()->trigger();
    dialog = w.openFolder("orders");
    QVERIFY(Window::inDialog(dialog).isChosen("authMinted"));
    Window::inDialog(dialog).choose("authInherit");
    QCOMPARE(w.text(), written);
    Window::click(dialog, "saveFolder");
    QVERIFY(w.rules().empty());
}

void TestMintedSettings::theDialogAsksBeforeItDiscards()
{
    Window w;
    FolderDialog* dialog = w.openFolder("");
    const Fields fields = Window::inDialog(dialog);
    fields.choose("authMinted");
    fields.type("mintedKey", "{{signingKey}}");
    Window::click(dialog, "cancelFolder");
    QVERIFY(dialog->isVisible());
    const auto* question = dialog->findChild<QMessageBox*>(QStringLiteral("discardQuestion"));
    QVERIFY(question != nullptr && question->isVisible());
    QCOMPARE(w.text(), noRules);
}

QTEST_MAIN(TestMintedSettings)
#include "tst_mintedsettings.moc"
