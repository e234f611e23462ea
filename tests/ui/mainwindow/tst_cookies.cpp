// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The cookies of the chosen environment in the window: what the jar holds is shown, and what is typed goes
// into it.

#include <core/store/folder.h>
#include <mainwindow/mainwindow.h>
#include <state/cookiemodel.h>
#include <support/result.h>
#include <theme/theme.h>

#include <QtCore/qtemporarydir.h>
#include <QtTest/qtest.h>
#include <QtWidgets/qapplication.h>
#include <QtWidgets/qdialog.h>
#include <QtWidgets/qlabel.h>
#include <QtWidgets/qlineedit.h>
#include <QtWidgets/qpushbutton.h>
#include <QtWidgets/qtableview.h>

using namespace claimcheck;
using namespace claimcheck::test;
using namespace claimcheck::ui;

class TestWindowCookies : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ThemeName::Light); }
    void init();
    void showsTheJarOfTheEnvironment();
    void changesTheJar();
    void saysWhatTheJarRefuses();

private:
    template <typename T>
    T* find(const char* name) const
    {
        auto* found = m_window->findChild<T*>(QLatin1String(name));
        if (found == nullptr)
            qFatal("there is no %s", name);
        return found;
    }
    void click(const char* button) const { QTest::mouseClick(find<QPushButton>(button), Qt::LeftButton); }
    int rows() const { return find<QTableView>("cookieTable")->model()->rowCount(); }
    http::Cookie put(const char* name) const;

    std::unique_ptr<CollectionFolder> m_folder;
    std::unique_ptr<QTemporaryDir> m_config;
    std::unique_ptr<workbench::Workbench> m_workbench;
    std::unique_ptr<MainWindow> m_window;
};

void TestWindowCookies::init()
{
    m_window.reset();
    m_folder = std::make_unique<CollectionFolder>();
    m_folder->write("environments/dev.yml", "name: dev\n");
    m_config = std::make_unique<QTemporaryDir>();
    m_workbench = std::make_unique<workbench::Workbench>();
    m_window = std::make_unique<MainWindow>(*m_workbench, m_config->path().toStdString());
    const auto begun = m_window->begin(QString::fromStdString(m_folder->root));
    QVERIFY_RESULT(begun);
    m_window->show();
    m_window->showPage(Page::Cookies);
}

http::Cookie TestWindowCookies::put(const char* name) const
{
    http::Cookie cookie;
    cookie.name = name;
    cookie.value = "hunter2";
    cookie.domain = "api.example";
    cookie.path = "/";
    if (const auto set = m_workbench->setCookie(cookie); !set)
        qFatal("%s", describe(set.error()).c_str());
    return cookie;
}

void TestWindowCookies::showsTheJarOfTheEnvironment()
{
    QCOMPARE(rows(), 0);
    put("sid");
    QCOMPARE(rows(), 1);
    m_workbench->selectEnvironment("dev");
    QCOMPARE(rows(), 0);
    QCOMPARE(find<QLabel>("cookiePlace")->text(), QStringLiteral("of dev"));
    m_workbench->selectEnvironment("");
    QCOMPARE(rows(), 1);
}

void TestWindowCookies::changesTheJar()
{
    put("sid");
    put("theme");
    find<QTableView>("cookieTable")->selectRow(0);
    click("editCookie");
    find<QLineEdit>("cookieName")->setText(QStringLiteral("renamed"));
    click("keepCookie");
    std::vector<http::Cookie> cookies = m_workbench->cookies();
    QCOMPARE(cookies.size(), std::size_t(2)); // the old name is gone
    QCOMPARE(cookies[0].name, std::string("renamed"));
    QCOMPARE(cookies[0].value, std::string("hunter2"));
    find<QTableView>("cookieTable")->selectRow(0);
    click("deleteCookie");
    cookies = m_workbench->cookies();
    QCOMPARE(cookies.size(), std::size_t(1));
    QCOMPARE(cookies[0].name, std::string("theme"));
    click("deleteCookies");
    QVERIFY(m_workbench->cookies().empty());
    QCOMPARE(rows(), 0);
}

void TestWindowCookies::saysWhatTheJarRefuses()
{
    click("newCookie");
    find<QLineEdit>("cookieName")->setText(QStringLiteral("sid"));
    find<QLineEdit>("cookieDomain")->setText(QStringLiteral(".com"));
    click("keepCookie");
    QVERIFY(find<QDialog>("cookieDialog")->isVisible());
    QVERIFY(!find<QLabel>("cookieProblem")->text().isEmpty());
    QVERIFY(m_workbench->cookies().empty());
    find<QLineEdit>("cookieDomain")->setText(QStringLiteral("host.example"));
    click("keepCookie");
    QCOMPARE(m_workbench->cookies().size(), std::size_t(1));
    QCOMPARE(rows(), 1);
}

QTEST_MAIN(TestWindowCookies)
#include "tst_cookies.moc"
