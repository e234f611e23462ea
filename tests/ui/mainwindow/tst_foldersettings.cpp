// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a folder or the collection says for all its requests, edited in the window: only the lines that differ
// change, undo takes it back, nothing typed is thrown away unasked.

#include "settingswindow.h"

#include <theme/banner.h>
#include <theme/theme.h>

#include <QtTest/qtest.h>
#include <QtWidgets/qapplication.h>
#include <QtWidgets/qcombobox.h>
#include <QtWidgets/qlineedit.h>
#include <QtWidgets/qmessagebox.h>
#include <QtWidgets/qplaintextedit.h>
#include <QtWidgets/qradiobutton.h>
#include <QtWidgets/qtableview.h>

using namespace claimcheck;
using namespace claimcheck::test;
using namespace claimcheck::ui;

namespace {

const std::string folderText = "info: {name: Orders, type: folder} # ours\n"
                               "request:\n"
                               "  headers:\n"
                               "    - {name: A, value: '1'} # why\n"
                               "docs: about\n";

struct Window : SettingsWindow
{
    Window()
        : SettingsWindow({{"orders/folder.yml", folderText},
                          {"orders/list.yml",
                           "info: {name: List, type: http}\nhttp: {method: GET, url: \"http://h/\", auth: "
                           "inherit}\n"}})
    {}
    static void type(FolderDialog* dialog, const char* table, int row, int column, const char* value)
    {
        auto* model = dialog->findChild<QTableView*>(QLatin1String(table))->model();
        model->setData(model->index(row, column), QString::fromUtf8(value));
    }
    http::Headers sent()
    {
        const collection::Item* item = collection::findItem(*workbench.collection(), "orders/list.yml");
        http::Headers headers;
        for (const collection::Field& field :
             collection::withInherited(*workbench.collection(), *item).headers)
            headers.push_back({field.name, field.value});
        return headers;
    }
};

std::string with(std::string text, const std::string& from, const std::string& to)
{
    return text.replace(text.find(from), from.size(), to);
}

} // namespace

class TestFolderSettings : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ThemeName::Light); }
    void changesOneLineAndIsUndone();
    void returnSaves();
    void editsEveryPage();
    void editsTheCollectionItself();
    void saysHowItsRequestsAreSent();
    void asksBeforeItDiscards();
    void saysWhyItCannotBeSaved();
};

void TestFolderSettings::changesOneLineAndIsUndone()
{
    Window w;
    FolderDialog* dialog = w.openFolder("orders");
    QVERIFY2(dialog->windowTitle().contains(QStringLiteral("Orders")), qPrintable(dialog->windowTitle()));
    Window::type(dialog, "folderHeaders", 0, 2, "2");
    Window::click(dialog, "saveFolder");
    QVERIFY(!dialog->isVisible());
    const std::string after = with(folderText, "'1'", "'2'");
    QCOMPARE(w.text("orders/folder.yml"), after);
    QCOMPARE(w.sent(), (http::Headers{{"A", "2"}}));
    QVERIFY2(w.undo()->text().contains(QStringLiteral("Orders")), qPrintable(w.undo()->text()));
    w.undo()->trigger();
    QCOMPARE(w.text("orders/folder.yml"), folderText);
    QCOMPARE(w.sent(), (http::Headers{{"A", "1"}}));
    w.redo()->trigger();
    QCOMPARE(w.text("orders/folder.yml"), after);
}

void TestFolderSettings::returnSaves()
{
    Window w;
    FolderDialog* dialog = w.openFolder("orders");
    Window::type(dialog, "folderHeaders", 0, 2, "2");
    QTest::keyClick(dialog, Qt::Key_Return);
    QVERIFY(!dialog->isVisible());
    QCOMPARE(w.text("orders/folder.yml"), with(folderText, "'1'", "'2'"));
}

void TestFolderSettings::editsEveryPage()
{
    Window w;
    FolderDialog* dialog = w.openFolder("orders");
    dialog->findChild<QRadioButton*>(QStringLiteral("authBearer"))->click();
    Window::type(dialog, "folderVariables", 0, 1, "size");
    Window::type(dialog, "folderVariables", 0, 2, "5");
    dialog->findChild<QPlainTextEdit*>(QStringLiteral("requestDocs"))
        ->setPlainText(QStringLiteral("about it"));
    QVERIFY(!dialog->findChild<QRadioButton*>(QStringLiteral("authNone"))->isVisibleTo(dialog));
    Window::click(dialog, "saveFolder");
    const auto defaults = store::readDefaults(w.folder.root, "orders");
    QVERIFY_RESULT(defaults);
    QCOMPARE(defaults->auth, collection::AuthMode::SessionBearer);
    QCOMPARE(defaults->variables, (std::vector<variables::Variable>{{"size", "5"}}));
    QCOMPARE(defaults->docs, std::string("about it"));
    QVERIFY(w.text("orders/folder.yml").starts_with(folderText.substr(0, folderText.find("docs:"))));
}

void TestFolderSettings::editsTheCollectionItself()
{
    Window w;
    const std::string before = w.text("opencollection.yml");
    FolderDialog* dialog = w.openFolder("");
    Window::type(dialog, "folderHeaders", 0, 1, "X-All");
    Window::type(dialog, "folderHeaders", 0, 2, "yes");
    Window::click(dialog, "saveFolder");
    QVERIFY(w.text("opencollection.yml") != before);
    QCOMPARE(w.sent().size(), std::size_t(2));
    w.undo()->trigger();
    QCOMPARE(w.text("opencollection.yml"), before);
}

/// What a request leaves to its folder can be said there, and is shown beside the request.
void TestFolderSettings::saysHowItsRequestsAreSent()
{
    Window w;
    FolderDialog* dialog = w.openFolder("orders");
    const auto* follow = dialog->findChild<QComboBox*>(QStringLiteral("settingFollow"));
    QCOMPARE(follow->currentText(), QStringLiteral("As the folder says: Yes")); // what counts by itself
    dialog->findChild<QComboBox*>(QStringLiteral("settingFollow"))->setCurrentIndex(2);
    dialog->findChild<QLineEdit*>(QStringLiteral("settingTimeout"))->setText(QStringLiteral("500"));
    Window::click(dialog, "saveFolder");
    QVERIFY(!dialog->isVisible());
    const auto defaults = store::readDefaults(w.folder.root, "orders");
    QVERIFY_RESULT(defaults);
    QCOMPARE(defaults->settings.followRedirects, std::optional(false));
    QCOMPARE(defaults->settings.timeout, std::optional<std::int64_t>(500));
    w.openRequest("orders/list.yml");
    follow = w.tabs->findChildren<QComboBox*>(QStringLiteral("settingFollow")).constLast();
    QCOMPARE(follow->currentText(), QStringLiteral("As the folder says: No"));
    const auto* timeout = w.tabs->findChildren<QLineEdit*>(QStringLiteral("settingTimeout")).constLast();
    QVERIFY2(timeout->placeholderText().contains(QStringLiteral("500")),
             qPrintable(timeout->placeholderText()));
    w.undo()->trigger();
    QCOMPARE(w.text("orders/folder.yml"), folderText);
    QCOMPARE(follow->currentText(), QStringLiteral("As the folder says: Yes"));
    follow = w.openFolder("")->findChild<QComboBox*>(QStringLiteral("settingFollow"));
    QCOMPARE(follow->currentText(), QStringLiteral("Yes, unless said below"));
}

void TestFolderSettings::asksBeforeItDiscards()
{
    Window w;
    FolderDialog* dialog = w.openFolder("orders");
    QTest::keyClick(dialog, Qt::Key_Escape); // untouched, it goes
    QVERIFY(!dialog->isVisible());
    dialog = w.openFolder("orders");
    Window::type(dialog, "folderHeaders", 0, 2, "2");
    Window::click(dialog, "cancelFolder");
    QVERIFY(dialog->isVisible());
    auto* question = dialog->findChild<QMessageBox*>(QStringLiteral("discardQuestion"));
    QVERIFY(question != nullptr && question->isVisible());
    for (QAbstractButton* button : question->buttons())
        if (question->buttonRole(button) == QMessageBox::DestructiveRole)
            button->click();
    QVERIFY(!dialog->isVisible());
    QCOMPARE(w.text("orders/folder.yml"), folderText);
}

void TestFolderSettings::saysWhyItCannotBeSaved()
{
    Window w;
    FolderDialog* dialog = w.openFolder("orders");
    Window::type(dialog, "folderHeaders", 0, 2, "2");
    const std::string theirs = with(folderText, "about", "theirs");
    w.folder.write("orders/folder.yml", theirs);
    Window::click(dialog, "saveFolder");
    QVERIFY(dialog->isVisible());
    auto* banner = dialog->findChild<Banner*>(QStringLiteral("folderBanner"));
    QVERIFY(banner->isVisible());
    QVERIFY2(banner->sentence().contains(QStringLiteral("open the settings again")),
             qPrintable(banner->sentence()));
    QCOMPARE(w.text("orders/folder.yml"), theirs);
}

QTEST_MAIN(TestFolderSettings)
#include "tst_foldersettings.moc"
