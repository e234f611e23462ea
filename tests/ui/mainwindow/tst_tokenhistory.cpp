// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The token history through the window: nothing is kept until it is turned on; then the list has the token of
// a sign-in with its claims, and no file has its signature.

#include <memory>
#include <string>

#include <QtCore/qdir.h>
#include <QtCore/qdiriterator.h>
#include <QtCore/qfile.h>
#include <QtCore/qtemporarydir.h>
#include <QtTest/qsignalspy.h>
#include <QtTest/qtest.h>
#include <QtWidgets/qapplication.h>
#include <QtWidgets/qlabel.h>
#include <QtWidgets/qlineedit.h>
#include <QtWidgets/qplaintextedit.h>
#include <QtWidgets/qpushbutton.h>
#include <QtWidgets/qtabbar.h>
#include <QtWidgets/qtableview.h>

#include <base/text.h>
#include <demo/demoapi.h>
#include <keychain/memory.h>
#include <mainwindow/mainwindow.h>
#include <theme/theme.h>
#include <workbench/secrets.h>

using namespace claimcheck;
using namespace claimcheck::ui;

namespace {

struct Window
{
    QTemporaryDir folder;
    workbench::Workbench workbench;
    std::unique_ptr<MainWindow> window;
    QSignalSpy login{&workbench, &workbench::Workbench::loginFinished};

    explicit Window(bool hasKeychain = true)
    {
        workbench.secrets().setKeychain(hasKeychain ? std::make_unique<keychain::MemoryKeychain>() : nullptr);
        window = std::make_unique<MainWindow>(workbench, toUtf8(folder.path()));
        window->keepTokens(toUtf8(folder.path()) + "/tokens");
        window->keepHistory(toUtf8(folder.path()) + "/history");
        if (!window->begin())
            qFatal("the window cannot begin");
        window->resize(1280, 800);
        window->show();
        window->startDemo();
    }
    template <typename Widget>
    Widget* find(const char* name)
    {
        auto* const widget = window->findChild<Widget*>(QLatin1String(name));
        if (widget == nullptr)
            qFatal("there is no %s", name);
        return widget;
    }
    /// The token that the demo API gave.
    std::string signIn()
    {
        const auto before = login.size();
        window->showPage(Page::Session);
        find<QLineEdit>("loginPassword")->setText(toQString(demo::demoPassword));
        find<QPushButton>("signIn")->click();
        if (!QTest::qWaitFor([&] { return login.size() > before; }, 60'000))
            qFatal("the sign-in does not end");
        const auto result = login.back()[0].value<workbench::LoginResult>();
        return result.token ? result.token->found.text : std::string();
    }
    void showTokens()
    {
        window->showPage(Page::History);
        find<QTabBar>("historyTabs")->setCurrentIndex(1);
    }
    QTableView* table() { return find<QTableView>("tokenHistoryTable"); }
    QByteArray everyFile() const
    {
        QByteArray all;
        QDirIterator files(folder.path(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            if (!file.open(QIODevice::ReadOnly))
                qFatal("cannot read what was written");
            all += file.readAll();
        }
        return all;
    }
};

QByteArray signatureOf(const std::string& token)
{
    return QByteArray::fromStdString(token.substr(token.rfind('.') + 1));
}

} // namespace

class TestWindowTokenHistory : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ThemeName::Light); }
    void nothingIsKeptUntilItIsTurnedOn();
    void keepsTheTokenOfASignInWithoutItsSignature();
    void withoutAKeychainItStaysOff();
};

void TestWindowTokenHistory::nothingIsKeptUntilItIsTurnedOn()
{
    Window w;
    QVERIFY(!w.signIn().empty());
    w.showTokens();
    QVERIFY(w.find<QLabel>("tokenHistoryOff")->isVisible());
    QVERIFY(!w.table()->isVisible());
    QVERIFY(!QDir(w.folder.filePath(QStringLiteral("tokens"))).exists());
    // What came before is not kept afterwards either.
    w.find<QPushButton>("turnOnTokenHistory")->click();
    QTRY_VERIFY(w.table()->isVisible());
    QCOMPARE(w.table()->model()->rowCount(), 0);
}

void TestWindowTokenHistory::keepsTheTokenOfASignInWithoutItsSignature()
{
    Window w;
    w.showTokens();
    w.find<QPushButton>("turnOnTokenHistory")->click();
    QTRY_VERIFY(w.table()->isVisible());
    const std::string token = w.signIn();
    const QByteArray signature = signatureOf(token);
    QVERIFY(signature.size() > 40);
    w.showTokens();
    QTRY_COMPARE(w.table()->model()->rowCount(), 1);
    w.table()->selectRow(0);
    const auto* const shown = w.find<QPlainTextEdit>("keptToken");
    QTRY_VERIFY(shown->toPlainText().contains(QStringLiteral("\"HS256\"")));
    QVERIFY(shown->toPlainText().contains(QStringLiteral("\"exp\"")));
    QVERIFY(shown->toPlainText().contains(QStringLiteral("body .token")));
    QVERIFY(!shown->toPlainText().contains(QString::fromLatin1(signature)));
    // With what the window writes when it goes.
    w.window.reset();
    const QByteArray all = w.everyFile();
    QVERIFY(all.contains("HS256")); // the search looks at what was kept
    QVERIFY(!all.contains(signature));
    QVERIFY(!all.contains(QByteArray::fromBase64(signature, QByteArray::Base64UrlEncoding)));
    QVERIFY(!all.contains(QByteArray::fromStdString(token)));
}

void TestWindowTokenHistory::withoutAKeychainItStaysOff()
{
    Window w(false);
    w.showTokens();
    w.find<QPushButton>("turnOnTokenHistory")->click();
    QVERIFY(!w.signIn().empty());
    w.showTokens();
    QVERIFY(w.find<QLabel>("tokenHistoryOff")->isVisible());
    QVERIFY(!QDir(w.folder.filePath(QStringLiteral("tokens"))).exists());
}

QTEST_MAIN(TestWindowTokenHistory)
#include "tst_tokenhistory.moc"
