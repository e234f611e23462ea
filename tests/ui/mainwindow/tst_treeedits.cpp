// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Editing the tree in the window: files, tabs, notice, undo by key and menu go together.

#include <memory>

#include <QtCore/qdir.h>
#include <QtCore/qfileinfo.h>
#include <QtCore/qtemporarydir.h>
#include <QtGui/qclipboard.h>
#include <QtTest/qsignalspy.h>
#include <QtTest/qtest.h>
#include <QtWidgets/qapplication.h>
#include <QtWidgets/qlineedit.h>
#include <QtWidgets/qpushbutton.h>
#include <QtWidgets/qtableview.h>
#include <QtWidgets/qtreeview.h>

#include <base/text.h>
#include <environments/environmentpane.h>
#include <mainwindow/mainwindow.h>
#include <request/requestnote.h>
#include <request/requesttabs.h>
#include <state/environmentmodel.h>
#include <store/files.h>
#include <store/settings.h>
#include <theme/banner.h>
#include <theme/theme.h>

using namespace claimcheck;
using namespace claimcheck::ui;

namespace {

/// One for all tests, since making it takes longer than any of them. Each test has a collection of its own;
/// tabs of the others stay open.
struct Window
{
    QTemporaryDir config;
    std::string root;
    int count = 0;
    workbench::Workbench workbench;
    MainWindow window{workbench, toUtf8(config.path()) + "/config"};

    Window()
    {
        window.setTrash(toUtf8(config.path()) + "/trash");
        store::Settings settings;
        settings.theme = "light"; // the one that is there: changing it takes long, too
        if (!store::saveSettings(toUtf8(config.path()) + "/config", settings))
            qFatal("cannot write");
        window.begin();
        window.resize(1280, 800);
        window.show();
    }
    void openAnother()
    {
        root = toUtf8(config.path()) + "/api-" + std::to_string(++count);
        if (!workbench.createCollection(root, "API"))
            qFatal("no collection");
        QDir().mkpath(toQString(root + "/orders"));
        write("orders/list.yml", "List", "http://a/list");
        write("ping.yml", "Ping", "http://a/ping");
        window.openCollection(toQString(root));
        QApplication::setActiveWindow(&window);
        tree()->setFocus();
    }
    void write(const char* path, const char* name, const char* url) const
    {
        const std::string text = std::string("info:\n  name: ") + name +
                                 "\n  type: http\n  seq: 1\n\nhttp:\n" + "  method: GET\n  url: " + url +
                                 "\n";
        if (!store::writeFileAtomically(root + "/" + path, text, store::Privacy::Shared))
            qFatal("cannot write");
    }
    /// Any file, read at once.
    void put(const char* path, const std::string& text)
    {
        QDir().mkpath(QFileInfo(toQString(root + "/" + path)).path());
        if (!store::writeFileAtomically(root + "/" + path, text, store::Privacy::Shared))
            qFatal("cannot write");
        window.openCollection(toQString(root));
    }
    QString text(const char* path) const
    {
        return toQString(store::readFile(root + "/" + path, 100'000).value_or(std::string()));
    }
    template <typename T>
    T* see(const char* name)
    {
        for (T* widget : window.findChildren<T*>(QLatin1String(name)))
            if (widget->isVisible())
                return widget;
        return nullptr;
    }
    QTreeView* tree() { return window.findChild<QTreeView*>(QStringLiteral("collectionTree")); }
    RequestTabs* tabs() { return window.findChild<RequestTabs*>(); }
    QAction* action(const char* name) { return window.findChild<QAction*>(QLatin1String(name)); }
    QString noted()
    {
        auto* note = see<Banner>("notice");
        return note ? QString(note->word() + u": " + note->sentence()) : QString();
    }
    /// The first word of the note in the tab in front.
    QString tabNote()
    {
        auto* note = see<RequestNote>("requestNote");
        return note ? note->note().word : QString();
    }
    QModelIndex row(const char* name)
    {
        const QModelIndexList found =
            tree()->model()->match(tree()->model()->index(0, 0), Qt::DisplayRole, QString::fromUtf8(name), 1,
                                   Qt::MatchExactly | Qt::MatchRecursive);
        return found.value(0);
    }
    void choose(const char* name) { tree()->setCurrentIndex(row(name)); }
    QLineEdit* nameLine() { return qobject_cast<QLineEdit*>(tree()->indexWidget(tree()->currentIndex())); }
    void rename(const char* name)
    {
        tree()->setFocus();
        QTest::keyClick(tree(), Qt::Key_F2);
        QLineEdit* line = nameLine();
        line->setText(QString::fromUtf8(name));
        QTest::keyClick(line, Qt::Key_Return);
        QTRY_VERIFY(row(name).isValid());
    }
};

} // namespace

class TestTreeEdits : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        applyTheme(*qApp, ThemeName::Light);
        m_window = std::make_unique<Window>();
    }
    void init() { m_window->openAnother(); }
    void cleanupTestCase() { m_window.reset(); }
    void aTabFollowsItsRequest();
    void aTabFollowsItsFolder();
    void aTabFollowsTheFilesItSends();
    void anUnsavedEnvironmentFollowsItsFiles();
    void aDeletedRequestIsOfferedBack();
    void severalDeletedAreCounted();
    void anOfferIsAboutTheLatestEdit();
    void anOfferOutlastsWhatOthersChange();
    void aTabOfADeletedRequestSaysSo();
    void undoAndRedoByKey();
    void undoInATextIsTheTexts();
    void theMenuNamesWhatIsUndone();
    void aNewFolderIsNamedAtOnce();
    void aSaveIsUndoneInItsTab();
    void pastedRequestsAreUndone();
    void whatCannotBeUndoneSaysWhy();
    void aNameIsTypedWhileOthersChangeFiles();
    void editsAreReadOnce();
    void searchingByKey();

private:
    std::unique_ptr<Window> m_window;
};

void TestTreeEdits::aTabFollowsItsRequest()
{
    Window& w = *m_window;
    w.window.openItem(QStringLiteral("ping.yml"));
    w.tabs()->setHeader(QStringLiteral("X-Typed"), QStringLiteral("mine")); // not saved
    w.choose("Ping");
    w.rename("Pong");
    QCOMPARE(w.text("ping.yml"), QString());
    const collection::Item item = w.tabs()->currentItem();
    QCOMPARE(item.path, std::string("pong.yml"));
    QCOMPARE(item.entry.name, std::string("Pong"));
    QCOMPARE(item.entry.headers.size(), std::size_t{1});
    w.action("actionSave")->trigger();
    QVERIFY(w.text("pong.yml").contains(QStringLiteral("X-Typed")));
    QCOMPARE(w.tree()->currentIndex(), w.row("Pong"));
}

void TestTreeEdits::aTabFollowsItsFolder()
{
    Window& w = *m_window;
    w.window.openItem(QStringLiteral("orders/list.yml"));
    const int count = w.tabs()->count();
    w.choose("orders");
    w.rename("Bills");
    QCOMPARE(w.tabs()->currentItem().path, std::string("bills/list.yml"));
    QCOMPARE(w.tabs()->currentFolder(), QStringLiteral("bills"));
    w.action("actionUndo")->trigger();
    QCOMPARE(w.tabs()->currentItem().path, std::string("orders/list.yml"));
    QCOMPARE(w.tabs()->count(), count);
}

/// Saved afterwards, it would have named the old place again.
void TestTreeEdits::aTabFollowsTheFilesItSends()
{
    Window& w = *m_window;
    w.put("ping.yml", "info: {name: Ping, type: http, seq: 1}\nhttp:\n  method: POST\n  url: http://a/ping\n"
                      "  body:\n    type: file\n    data:\n"
                      "      - {filePath: orders/a.bin, contentType: '', selected: true}\n");
    w.window.openItem(QStringLiteral("ping.yml"));
    w.tabs()->setHeader(QStringLiteral("X-Typed"), QStringLiteral("mine")); // not saved
    w.choose("orders");
    w.rename("Bills");
    const collection::Item item = w.tabs()->currentItem();
    QVERIFY(item.details.bodyFile.has_value());
    QCOMPARE(item.details.bodyFile->path, std::string("bills/a.bin"));
    QVERIFY(w.tabNote() != QStringLiteral("Merged") && w.tabNote() != QStringLiteral("Changed"));
    w.action("actionSave")->trigger();
    QVERIFY(w.text("ping.yml").contains(QStringLiteral("X-Typed")));
    QVERIFY(w.text("ping.yml").contains(QStringLiteral("bills/a.bin")));
    QVERIFY(!w.text("ping.yml").contains(QStringLiteral("orders/")));
}

void TestTreeEdits::anUnsavedEnvironmentFollowsItsFiles()
{
    Window& w = *m_window;
    w.put("environments/local.yml", "name: local\ndotEnvFilePath: orders/.env\n"
                                    "variables:\n  - {name: host, value: http://a}\n");
    auto* pane = w.window.findChild<EnvironmentPane*>();
    pane->choose(QStringLiteral("local"));
    auto* variables = w.window.findChild<QTableView*>(QStringLiteral("environmentVariables"))->model();
    const QModelIndex value = variables->index(0, EnvironmentModel::Value);
    variables->setData(value, QStringLiteral("http://typed")); // not saved
    QCOMPARE(pane->drafts().size(), std::size_t{1});
    w.choose("orders");
    w.rename("Bills");
    QCOMPARE(w.window.findChild<QLineEdit*>(QStringLiteral("environmentDotEnv"))->text(),
             QStringLiteral("bills/.env"));
    QCOMPARE(variables->index(0, EnvironmentModel::Value).data().toString(), QStringLiteral("http://typed"));
    QCOMPARE(pane->drafts().front().environment.dotEnvFile, std::string("bills/.env"));
}

void TestTreeEdits::aDeletedRequestIsOfferedBack()
{
    Window& w = *m_window;
    const QString before = w.text("ping.yml");
    w.choose("Ping");
    QTest::keyClick(w.tree(), Qt::Key_Delete);
    QVERIFY(!w.row("Ping").isValid());
    QCOMPARE(w.text("ping.yml"), QString());
    QCOMPARE(w.noted(), QStringLiteral("Deleted: “Ping” is in the trash."));
    w.see<QPushButton>("noticeAction")->click();
    QVERIFY(w.row("Ping").isValid());
    QCOMPARE(w.text("ping.yml"), before);
    QVERIFY(w.noted().isEmpty());
}

void TestTreeEdits::severalDeletedAreCounted()
{
    Window& w = *m_window;
    w.choose("Ping");
    w.tree()->selectionModel()->select(w.row("orders"), QItemSelectionModel::Select);
    QTest::keyClick(w.tree(), Qt::Key_Delete);
    QCOMPARE(w.noted(), QStringLiteral("Deleted: 2 items are in the trash."));
    w.see<QPushButton>("noticeAction")->click();
    QVERIFY(w.row("Ping").isValid());
    QVERIFY(w.row("orders").isValid());
}

void TestTreeEdits::anOfferIsAboutTheLatestEdit()
{
    Window& w = *m_window;
    w.window.openItem(QStringLiteral("orders/list.yml"));
    w.tabs()->setHeader(QStringLiteral("X-Typed"), QStringLiteral("mine"));
    w.choose("Ping");
    w.tree()->setFocus();
    QTest::keyClick(w.tree(), Qt::Key_Delete);
    QVERIFY(w.see<QPushButton>("noticeAction") != nullptr);
    w.action("actionSave")->trigger();
    QVERIFY(w.see<QPushButton>("noticeAction") == nullptr); // it would undo the save now
    w.action("actionUndo")->trigger();
    w.action("actionUndo")->trigger();
    QVERIFY(w.row("Ping").isValid());
}

void TestTreeEdits::anOfferOutlastsWhatOthersChange()
{
    Window& w = *m_window;
    w.choose("Ping");
    QTest::keyClick(w.tree(), Qt::Key_Delete);
    w.write("theirs.yml", "Theirs", "http://b");
    QTRY_VERIFY(w.row("Theirs").isValid());
    w.see<QPushButton>("noticeAction")->click();
    QVERIFY(w.row("Ping").isValid());
    QVERIFY(w.row("Theirs").isValid());
}

void TestTreeEdits::aTabOfADeletedRequestSaysSo()
{
    Window& w = *m_window;
    w.window.openItem(QStringLiteral("ping.yml"));
    w.choose("Ping");
    w.tree()->setFocus();
    QTest::keyClick(w.tree(), Qt::Key_Delete);
    QCOMPARE(w.tabNote(), QStringLiteral("Gone"));
    w.action("actionUndo")->trigger();
    QVERIFY(w.tabNote() != QStringLiteral("Gone"));
    QVERIFY(!w.tabs()->drafts().back().edited);
}

void TestTreeEdits::undoAndRedoByKey()
{
    Window& w = *m_window;
    w.choose("Ping");
    QTest::keyClick(w.tree(), Qt::Key_D, Qt::ControlModifier);
    QVERIFY(w.row("Ping copy").isValid());
    QCOMPARE(w.tree()->currentIndex(), w.row("Ping copy"));
    QTest::keyClick(w.tree(), Qt::Key_Z, Qt::ControlModifier);
    QVERIFY(!w.row("Ping copy").isValid());
    QTest::keyClick(w.tree(), Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(w.row("Ping copy").isValid());
}

void TestTreeEdits::undoInATextIsTheTexts()
{
    Window& w = *m_window;
    w.window.openItem(QStringLiteral("ping.yml"));
    w.choose("Ping");
    w.rename("Pong");
    w.tabs()->focusUrl();
    QWidget* line = QApplication::focusWidget();
    QTest::keyClicks(line, QStringLiteral("typed"));
    QTest::keyClick(line, Qt::Key_Z, Qt::ControlModifier);
    QVERIFY(w.row("Pong").isValid());
}

void TestTreeEdits::theMenuNamesWhatIsUndone()
{
    Window& w = *m_window;
    QVERIFY(!w.action("actionUndo")->isEnabled());
    QCOMPARE(w.action("actionUndo")->text(), QStringLiteral("Undo"));
    w.choose("Ping");
    w.rename("A & B");
    QCOMPARE(w.action("actionUndo")->text(), QStringLiteral("Undo rename of “Ping”"));
    QTest::keyClick(w.tree(), Qt::Key_Delete);
    QCOMPARE(w.action("actionUndo")->text(), QStringLiteral("Undo delete of “A && B”"));
    w.action("actionUndo")->trigger();
    QCOMPARE(w.action("actionRedo")->text(), QStringLiteral("Redo delete of “A && B”"));
    QVERIFY(w.action("actionRedo")->isEnabled());
    w.tree()->selectAll();
    QTest::keyClick(w.tree(), Qt::Key_Delete);
    QCOMPARE(w.action("actionUndo")->text(), QStringLiteral("Undo delete of 2 items"));
    QVERIFY(!w.action("actionRedo")->isEnabled());
}

void TestTreeEdits::aNewFolderIsNamedAtOnce()
{
    Window& w = *m_window;
    w.action("treeNewFolder")->trigger();
    QLineEdit* line = w.nameLine();
    QVERIFY(line != nullptr);
    QCOMPARE(line->text(), QStringLiteral("New folder"));
    line->setText(QStringLiteral("Bills"));
    QTest::keyClick(line, Qt::Key_Return);
    QTRY_VERIFY(w.row("Bills").isValid());
    QVERIFY(w.text("bills/folder.yml").contains(QStringLiteral("name: Bills")));
}

void TestTreeEdits::aSaveIsUndoneInItsTab()
{
    Window& w = *m_window;
    const QString before = w.text("ping.yml");
    w.window.openItem(QStringLiteral("ping.yml"));
    w.tabs()->setHeader(QStringLiteral("X-Typed"), QStringLiteral("mine"));
    w.action("actionSave")->trigger();
    QCOMPARE(w.action("actionUndo")->text(), QStringLiteral("Undo save of “Ping”"));
    w.action("actionUndo")->trigger();
    QCOMPARE(w.text("ping.yml"), before);
    QVERIFY(w.tabs()->currentItem().entry.headers.empty());
}

void TestTreeEdits::pastedRequestsAreUndone()
{
    Window& w = *m_window;
    w.window.takeCommand(QStringLiteral("curl -F a=b http://a.example/upload"), {});
    w.see<QPushButton>("closeReport")->click();
    QVERIFY(w.action("actionUndo")->text().startsWith(QStringLiteral("Undo paste of “")));
    const qsizetype with = QDir(toQString(w.root)).entryList(QDir::Files).size();
    w.action("actionUndo")->trigger();
    QCOMPARE(QDir(toQString(w.root)).entryList(QDir::Files).size(), with - 1);
    QVERIFY(w.row("Ping").isValid());
}

void TestTreeEdits::whatCannotBeUndoneSaysWhy()
{
    Window& w = *m_window;
    w.choose("Ping");
    w.rename("Pong");
    w.write("pong.yml", "Theirs", "http://b");
    w.action("actionUndo")->trigger();
    QVERIFY2(w.noted().contains(QStringLiteral("was changed by another program")), qPrintable(w.noted()));
    QVERIFY(!w.action("actionUndo")->isEnabled());
    QVERIFY(w.row("Theirs").isValid());
}

void TestTreeEdits::aNameIsTypedWhileOthersChangeFiles()
{
    Window& w = *m_window;
    w.choose("Ping");
    QTest::keyClick(w.tree(), Qt::Key_F2);
    w.nameLine()->setText(QStringLiteral("Pong"));
    w.write("orders/theirs.yml", "Theirs", "http://b");
    w.write("ping.yml", "Ping", "http://changed");
    QTRY_VERIFY(w.row("Theirs").isValid());
    QLineEdit* line = w.nameLine();
    QVERIFY(line != nullptr);
    QCOMPARE(line->text(), QStringLiteral("Pong"));
    QTest::keyClick(line, Qt::Key_Return);
    QTRY_VERIFY(w.row("Pong").isValid());
    QVERIFY(w.text("pong.yml").contains(QStringLiteral("http://changed")));
}

/// What the window did itself is no change of another program's: the tree is set once.
void TestTreeEdits::editsAreReadOnce()
{
    Window& w = *m_window;
    QSignalSpy changed(&w.workbench, &workbench::Workbench::collectionChanged);
    w.choose("Ping");
    w.rename("Pong");
    w.choose("orders");
    QTest::keyClick(w.tree(), Qt::Key_D, Qt::ControlModifier);
    QTest::keyClick(w.tree(), Qt::Key_Delete);
    QCOMPARE(changed.size(), 3);
    w.write("theirs.yml", "Theirs", "http://b"); // the watch tells of it after all that was before
    QTRY_VERIFY(w.row("Theirs").isValid());
    QCOMPARE(changed.size(), 4);
}

void TestTreeEdits::searchingByKey()
{
    Window& w = *m_window;
    w.window.openItem(QStringLiteral("ping.yml"));
    QTest::keyClick(&w.window, Qt::Key_F, Qt::ControlModifier | Qt::ShiftModifier);
    auto* find = w.see<QLineEdit>("findRequest");
    QVERIFY(find->hasFocus());
    QTest::keyClicks(find, QStringLiteral("a/LIST"));
    QCOMPARE(w.tree()->model()->rowCount(), 1);
    QVERIFY(w.row("List").isValid());
}

QTEST_MAIN(TestTreeEdits)
#include "tst_treeedits.moc"
