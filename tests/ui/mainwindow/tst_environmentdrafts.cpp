// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Nothing that is typed into an environment is lost: not when the window closes, another collection is opened
// or another environment is saved. What was done to environments and cookies can be undone.

#include <core/store/folder.h>
#include <environments/environmentpane.h>
#include <keychain/memory.h>
#include <mainwindow/mainwindow.h>
#include <state/environmentmodel.h>
#include <theme/banner.h>
#include <theme/theme.h>
#include <workbench/secrets.h>

#include <QtTest/qtest.h>
#include <QtWidgets/qapplication.h>
#include <QtWidgets/qlineedit.h>
#include <QtWidgets/qlistwidget.h>
#include <QtWidgets/qmessagebox.h>
#include <QtWidgets/qpushbutton.h>
#include <QtWidgets/qtableview.h>

using namespace claimcheck;
using namespace claimcheck::test;
using namespace claimcheck::ui;

namespace {

struct Window
{
    CollectionFolder folder;
    QTemporaryDir config;
    std::unique_ptr<workbench::Workbench> workbench;
    std::unique_ptr<MainWindow> window;

    Window()
    {
        folder.write("environments/alpha.yml", "name: alpha\nvariables:\n  - {name: host, value: http://a}\n"
                                               "  - {secret: true, name: password}\n");
        folder.write("environments/beta.yml", "name: beta\nvariables:\n  - {name: host, value: http://b}\n");
        begin();
    }
    void begin()
    {
        window.reset();
        workbench = std::make_unique<workbench::Workbench>();
        workbench->secrets().setKeychain(std::make_unique<keychain::MemoryKeychain>());
        window = std::make_unique<MainWindow>(*workbench, toUtf8(config.path()));
        window->setTrash(toUtf8(config.path()) + "/trash");
        window->begin(toQString(folder.root));
        window->resize(1280, 800);
        window->show();
        window->showPage(Page::Environments);
        choose("alpha");
    }
    template <typename T>
    T* find(const char* name)
    {
        auto* found = window->findChild<T*>(QLatin1String(name));
        if (found == nullptr)
            qFatal("there is no %s", name);
        return found;
    }
    void click(const char* button) { QTest::mouseClick(find<QPushButton>(button), Qt::LeftButton); }
    void choose(const char* name)
    {
        auto* list = find<QListWidget>("environmentList");
        for (int row = 0; row < list->count(); ++row)
            if (isNamed(list->item(row)->text(), QLatin1String(name)))
                list->setCurrentRow(row);
    }
    /// One that is edited has a mark behind its name.
    static bool isNamed(const QString& text, QLatin1String name)
    {
        return text == name || (text.startsWith(name) && !text.at(name.size()).isLetterOrNumber() &&
                                text.size() <= name.size() + 2);
    }
    QAbstractItemModel* variables() { return find<QTableView>("environmentVariables")->model(); }
    void type(int row, int column, const char* text)
    {
        variables()->setData(variables()->index(row, column), QString::fromUtf8(text));
    }
    QString value(int row) { return variables()->index(row, EnvironmentModel::Value).data().toString(); }
    std::string file(const char* path) { return store::readFile(folder.path(path), 10'000).value_or("gone"); }
    QMessageBox* question()
    {
        for (QMessageBox* box : window->findChildren<QMessageBox*>(QStringLiteral("typedSecretsQuestion")))
            if (box->isVisible())
                return box; // one that was answered goes a little later
        return nullptr;
    }
    /// A button of the question, by its words.
    void answer(const char* words)
    {
        for (QAbstractButton* button : question()->buttons())
            if (button->text().remove(u'&') == QLatin1String(words))
                return button->click();
        qFatal("there is no button %s", words);
    }
};

} // namespace

class TestEnvironmentDrafts : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ThemeName::Light); }
    void isThereAfterARestart();
    void isThereAfterAnotherCollection();
    void isThereAfterAnotherOneIsSavedOrMade();
    void isThereWhenItsFileIsBack();
    void asksAboutTypedSecrets();
    void keepsNoSecretInADraft();
    void undoesASave();
    void undoesADeletion();
    void theOfferIsForTheDeletionAlone();
    void bringsCookiesBack();
    void saysThatPermissionsCannotBeRead();
};

void TestEnvironmentDrafts::isThereAfterARestart()
{
    Window w;
    w.type(0, EnvironmentModel::Value, "http://typed");
    w.type(2, EnvironmentModel::Name, "size");
    w.type(2, EnvironmentModel::Value, "5");
    w.type(2, EnvironmentModel::Kind, "Number");
    QTest::keyClicks(w.find<QLineEdit>("environmentName"), QStringLiteral("-two"));
    const std::string before = w.file("environments/alpha.yml");
    const auto mark = [&w] {
        return w.find<QListWidget>("environmentList")->item(0)->data(Qt::UserRole + 1);
    };
    const auto said = [&w] {
        return w.find<QListWidget>("environmentList")->item(0)->data(Qt::AccessibleTextRole).toString();
    };
    QVERIFY(mark().toBool());
    QCOMPARE(said(), QStringLiteral("alpha, not saved"));
    w.window->close();
    w.begin();
    QCOMPARE(w.find<QLineEdit>("environmentName")->text(), QStringLiteral("alpha-two"));
    QVERIFY(mark().toBool());
    QCOMPARE(w.value(0), QStringLiteral("http://typed"));
    QCOMPARE(w.value(2), QStringLiteral("5"));
    QCOMPARE(w.variables()->index(2, EnvironmentModel::Kind).data().toString(), QStringLiteral("Number"));
    QCOMPARE(w.file("environments/alpha.yml"), before);
    w.click("saveEnvironment");
    QVERIFY(w.file("environments/alpha-two.yml").find("http://typed") != std::string::npos);
    QVERIFY(!mark().toBool());
    QCOMPARE(said(), QStringLiteral("alpha-two"));
    w.window->close();
    w.begin();
    QVERIFY(!w.find<QPushButton>("revertEnvironment")->isEnabled());
}

void TestEnvironmentDrafts::isThereAfterAnotherCollection()
{
    Window w;
    w.type(0, EnvironmentModel::Value, "http://typed");
    w.type(1, EnvironmentModel::Value, "typed-s3cret");
    const CollectionFolder other;
    other.write("environments/alpha.yml", "name: alpha\nvariables:\n  - {name: host, value: http://other}\n");
    QVERIFY(w.window->openCollection(toQString(other.root)));
    w.window->showPage(Page::Environments);
    w.choose("alpha");
    QCOMPARE(w.value(0), QStringLiteral("http://other"));
    w.type(0, EnvironmentModel::Value, "http://other-typed");
    QVERIFY(w.window->openCollection(toQString(w.folder.root)));
    w.window->showPage(Page::Environments);
    w.choose("alpha");
    QCOMPARE(w.value(0), QStringLiteral("http://typed"));
    w.click("saveEnvironment");
    QVERIFY(w.file("environments/alpha.yml").find("http://typed") != std::string::npos);
    w.window->close(); // the secret went to the keychain with it
    QVERIFY(w.question() == nullptr);
    w.begin();
    QVERIFY(w.window->openCollection(toQString(other.root)));
    w.window->showPage(Page::Environments);
    w.choose("alpha");
    QCOMPARE(w.value(0), QStringLiteral("http://other-typed"));
}

void TestEnvironmentDrafts::isThereAfterAnotherOneIsSavedOrMade()
{
    Window w;
    w.type(0, EnvironmentModel::Value, "http://typed");
    w.choose("beta");
    QTest::keyClicks(w.find<QLineEdit>("environmentName"), QStringLiteral("-two"));
    w.click("saveEnvironment"); // another file: for a moment the first one of the list is shown
    QVERIFY(w.file("environments/beta-two.yml") != "gone");
    w.choose("alpha");
    QCOMPARE(w.value(0), QStringLiteral("http://typed"));
    w.click("duplicateEnvironment");
    w.choose("alpha");
    QCOMPARE(w.value(0), QStringLiteral("http://typed"));
    w.choose("beta-two");
    w.click("deleteEnvironment");
    w.choose("alpha");
    QCOMPARE(w.value(0), QStringLiteral("http://typed"));
}

/// A checkout of another branch takes it away for a while.
void TestEnvironmentDrafts::isThereWhenItsFileIsBack()
{
    Window w;
    w.type(0, EnvironmentModel::Value, "http://typed");
    const std::string text = w.file("environments/alpha.yml");
    QVERIFY(QFile::remove(toQString(w.folder.path("environments/alpha.yml"))));
    QVERIFY(w.workbench->openCollection(w.folder.root));
    QCOMPARE(w.find<QListWidget>("environmentList")->count(), 1);
    w.folder.write("environments/alpha.yml", text);
    QVERIFY(w.workbench->openCollection(w.folder.root));
    w.choose("alpha");
    QCOMPARE(w.value(0), QStringLiteral("http://typed"));
}

void TestEnvironmentDrafts::asksAboutTypedSecrets()
{
    Window w;
    w.type(1, EnvironmentModel::Value, "typed-s3cret");
    w.window->showPage(Page::Work);
    w.window->close();
    QVERIFY(w.window->isVisible());
    QVERIFY(w.question() != nullptr);
    QVERIFY2(w.question()->text().endsWith(QStringLiteral(": in alpha.")), qPrintable(w.question()->text()));
    w.answer("Show the environments");
    QVERIFY(w.find<QTableView>("environmentVariables")->isVisible());
    QTRY_VERIFY(w.question() == nullptr);
    CollectionFolder other;
    QVERIFY(w.workbench->openCollection(other.root));
    w.window->close();
    const QString named = QStringLiteral(": in alpha (%1).").arg(toQString(w.folder.root));
    QVERIFY2(w.question()->text().endsWith(named), qPrintable(w.question()->text()));
    w.answer("Quit without them");
    QVERIFY(!w.window->isVisible());
}

void TestEnvironmentDrafts::keepsNoSecretInADraft()
{
    Window w;
    w.type(1, EnvironmentModel::Value, "typed-s3cret");
    w.type(2, EnvironmentModel::Name, "apiKey");
    w.type(2, EnvironmentModel::Value, "sk-live-0123456789abcdef");
    w.window->close();
    w.answer("Quit without them");
    const std::string kept =
        store::readFile(toUtf8(w.config.path()) + "/environment-drafts.json", 100'000).value_or("none");
    QVERIFY2(kept.find("apiKey") != std::string::npos, kept.c_str());
    QVERIFY2(kept.find("s3cret") == std::string::npos, kept.c_str());
    QVERIFY2(kept.find("sk-live") == std::string::npos, kept.c_str());
    w.begin();
    const std::string before = w.file("environments/alpha.yml");
    w.click("saveEnvironment"); // and the mark for what was left out does not become the value
    QCOMPARE(w.file("environments/alpha.yml"), before);
    const auto* banner = w.find<Banner>("environmentBanner");
    QVERIFY(banner->isVisible());
    QVERIFY2(banner->sentence().contains(QStringLiteral("apiKey")), qPrintable(banner->sentence()));
}

void TestEnvironmentDrafts::undoesASave()
{
    Window w;
    const std::string before = w.file("environments/alpha.yml");
    w.type(0, EnvironmentModel::Value, "http://saved");
    w.click("saveEnvironment");
    auto* undo = w.find<QAction>("actionUndo");
    QVERIFY2(undo->text().contains(QStringLiteral("alpha")), qPrintable(undo->text()));
    undo->trigger();
    QCOMPARE(w.file("environments/alpha.yml"), before);
    QCOMPARE(w.value(0), QStringLiteral("http://a"));
    w.find<QAction>("actionRedo")->trigger();
    QVERIFY(w.file("environments/alpha.yml").find("http://saved") != std::string::npos);
}

void TestEnvironmentDrafts::undoesADeletion()
{
    Window w;
    const std::string before = w.file("environments/alpha.yml");
    w.workbench->secrets().give(w.folder.root, "alpha", "password", Secret("kept-s3cret"),
                                workbench::Remember::InKeychain);
    w.click("deleteEnvironment");
    QCOMPARE(w.file("environments/alpha.yml"), std::string("gone"));
    w.find<QAction>("actionUndo")->trigger();
    QCOMPARE(w.file("environments/alpha.yml"), before);
    w.find<QAction>("actionRedo")->trigger();
    QCOMPARE(w.file("environments/alpha.yml"), std::string("gone"));
    w.find<QAction>("actionUndo")->trigger();
    w.choose("alpha");
    const QModelIndex source = w.variables()->index(1, EnvironmentModel::Source);
    QTRY_COMPARE(source.data().toString(), QStringLiteral("Keychain"));
}

void TestEnvironmentDrafts::theOfferIsForTheDeletionAlone()
{
    Window w;
    w.click("deleteEnvironment");
    auto* offer = w.find<QPushButton>("undoDelete");
    QVERIFY(offer->isVisible());
    w.choose("beta");
    w.type(0, EnvironmentModel::Value, "http://saved");
    w.click("saveEnvironment"); // undo would take this back
    QVERIFY(!offer->isVisible());
    w.find<QAction>("actionUndo")->trigger();
    QVERIFY(!offer->isVisible());
    w.find<QAction>("actionUndo")->trigger();
    QVERIFY(w.file("environments/alpha.yml") != "gone");
}

void TestEnvironmentDrafts::bringsCookiesBack()
{
    Window w;
    http::Cookie cookie;
    cookie.domain = "a.example";
    cookie.path = "/";
    for (const char* name : {"one", "two"}) {
        cookie.name = name;
        cookie.value = "v";
        QVERIFY_RESULT(w.workbench->setCookie(cookie));
    }
    const std::vector<http::Cookie> before = w.workbench->cookies();
    w.window->showPage(Page::Cookies);
    w.click("deleteCookies");
    QVERIFY(w.workbench->cookies().empty());
    cookie.name = "two";
    cookie.value = "newer";
    QVERIFY_RESULT(w.workbench->setCookie(cookie)); // an answer came meanwhile
    w.click("undoCookies");
    QCOMPARE(w.workbench->cookies().size(), std::size_t(2));
    QCOMPARE(w.workbench->cookies().at(0).value, std::string("v"));
    QCOMPARE(w.workbench->cookies().at(1).value, std::string("newer"));
    QVERIFY(!w.find<QPushButton>("undoCookies")->isVisible());
    w.click("deleteCookies");
    w.workbench->selectEnvironment("beta"); // that is another jar
    QVERIFY(!w.find<QPushButton>("undoCookies")->isVisible());
    QVERIFY(w.workbench->cookies().empty());
}

void TestEnvironmentDrafts::saysThatPermissionsCannotBeRead()
{
    Window w;
    w.window->close();
    QFile file(w.config.filePath(QStringLiteral("permissions.json")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("{");
    file.close();
    w.begin();
    bool isSaid = false;
    for (const Banner* banner : w.window->findChildren<Banner*>())
        isSaid =
            isSaid || (banner->isVisible() && banner->word().contains(QStringLiteral("permissions.json")));
    QVERIFY(isSaid);
}

QTEST_MAIN(TestEnvironmentDrafts)
#include "tst_environmentdrafts.moc"
