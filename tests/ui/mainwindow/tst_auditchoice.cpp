// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What is chosen in the tree for an audit: each request once, and none that could not be read.

#include <collections/collectionpane.h>
#include <core/store/folder.h>
#include <mainwindow/auditdesk.h>
#include <mainwindow/mainwindow.h>
#include <mainwindow/noticebar.h>
#include <theme/theme.h>

#include <QtTest/qtest.h>
#include <QtWidgets/qapplication.h>

using namespace claimcheck;
using namespace claimcheck::ui;
using State = workbench::Auditing::State;

namespace {

/// Nothing is sent: the port answers nobody.
std::string protectedRequest(const std::string& name)
{
    return "info: {name: " + name + ", type: http}\nhttp: {method: GET, url: \"http://127.0.0.1:1/" + name +
           "\", headers: [{name: Authorization, value: \"Bearer "
           "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbGljZSJ9.c2lnbmF0dXJlLXNpZ25hdHVyZQ\"}]}\n";
}

struct Window
{
    QTemporaryDir config;
    test::CollectionFolder folder;
    workbench::Workbench workbench;
    std::unique_ptr<MainWindow> window;

    Window()
    {
        folder.write("orders/list.yml", protectedRequest("List"));
        folder.write("orders/one.yml", protectedRequest("One"));
        folder.write("orders/broken.yml", "info: {name: [Broken\n");
        window = std::make_unique<MainWindow>(workbench, toUtf8(config.path()));
        QVERIFY_RESULT(window->begin(toQString(folder.root)));
    }
    /// As the menu of the tree has it.
    void audit(const QStringList& paths) const
    {
        Q_EMIT window->findChild<CollectionPane*>()->auditRequested(paths);
    }
    const workbench::Auditing& auditing() const { return window->audits().auditing(); }
};

} // namespace

class TestAuditChoice : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ThemeName::Light); }
    void aRequestBesideItsFolderIsAuditedOnce_data();
    void aRequestBesideItsFolderIsAuditedOnce();
    void whatCannotBeReadIsNotAudited();
};

void TestAuditChoice::aRequestBesideItsFolderIsAuditedOnce_data()
{
    QTest::addColumn<QStringList>("paths");
    QTest::newRow("the request behind")
        << QStringList{QStringLiteral("orders"), QStringLiteral("orders/list.yml")};
    QTest::newRow("the request in front")
        << QStringList{QStringLiteral("orders/list.yml"), QStringLiteral("orders")};
    QTest::newRow("with one that cannot be read")
        << QStringList{QStringLiteral("orders/broken.yml"), QStringLiteral("orders/one.yml"),
                       QStringLiteral("orders/list.yml")};
}

void TestAuditChoice::aRequestBesideItsFolderIsAuditedOnce()
{
    const Window w;
    QFETCH(QStringList, paths);
    w.audit(paths);
    QTRY_VERIFY(w.auditing().state() == State::Planned);
    QVERIFY(!w.auditing().problem());
    QCOMPARE(w.auditing().routes().size(), std::size_t(2));
}

void TestAuditChoice::whatCannotBeReadIsNotAudited()
{
    const Window w;
    w.audit({QStringLiteral("orders/broken.yml")});
    QVERIFY(w.auditing().state() == State::Idle);
    const QString said = w.window->findChild<NoticeBar*>()->text();
    QVERIFY2(said.startsWith(QLatin1String("There is nothing to audit")), qPrintable(said));
}

QTEST_MAIN(TestAuditChoice)
#include "tst_auditchoice.moc"
