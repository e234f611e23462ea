// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// An audit on its way, in the window: what it says of itself, and that its end is an end, however it comes.

#include <core/http/rawserver.h>
#include <core/store/folder.h>
#include <theme/theme.h>

#include <QtCore/qtemporarydir.h>
#include <QtGui/qaction.h>
#include <QtTest/qtest.h>
#include <QtWidgets/qapplication.h>
#include <QtWidgets/qlabel.h>
#include <QtWidgets/qpushbutton.h>
#include <QtWidgets/qspinbox.h>

#include <memory>

#include "auditwindow.h"

using namespace claimcheck;
using namespace claimcheck::test;
using namespace claimcheck::ui;
using State = workbench::Auditing::State;

namespace {

using Window = AuditWindow;

constexpr const char* goodToken = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbGljZSJ9.c2lnbmF0dXJlLXNpZ25hdHVyZQ";

/// A protected route of a server in here, and a collection with the request of it.
struct ProtectedRoute
{
    RawServer server{[](const Seen& seen) {
        return seen.has(std::string("Bearer ") + goodToken + "\r\n")
                   ? ok(R"({"orders": [1, 2, 3]})")
                   : Answer{"HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n"};
    }};
    CollectionFolder folder;

    ProtectedRoute()
    {
        folder.write("orders.yml",
                     "info: {name: Orders, type: http}\nhttp: {method: GET, url: \"" + server.url("/orders") +
                         "\", headers: [{name: Authorization, value: \"Bearer " + goodToken + "\"}]}\n");
    }
    std::size_t seen() const { return server.seen.size(); }
    /// Slowly enough to be met on the way.
    bool isAuditedIn(Window& w) const
    {
        if (!w.window.openCollection(toQString(folder.root)))
            return false;
        w.window.openItem(QStringLiteral("orders.yml"));
        w.find<QAction>("actionAudit")->trigger();
        if (!w.reaches(State::Planned))
            return false;
        w.find<QSpinBox>("auditRate")->setValue(50);
        w.click("startAudit");
        return QTest::qWaitFor([&] { return seen() >= 4; }, auditPatience);
    }
};

} // namespace

class TestAuditRun : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ThemeName::Light); }
    void whatRunsSaysHowMuchItSends();
    void nothingIsSentAfterTheEnd_data();
    void nothingIsSentAfterTheEnd();
};

void TestAuditRun::whatRunsSaysHowMuchItSends()
{
    ProtectedRoute route;
    Window w;
    QVERIFY(route.isAuditedIn(w));
    QCOMPARE(w.auditing().mostRequests(), std::size_t(300));
    const auto* summary = w.find<QLabel>("auditSummary");
    QTRY_VERIFY(summary->text().contains(QLatin1String(" of at most 300 requests sent")));
    QVERIFY(w.find<QPushButton>("stopAudit")->isEnabled());
    w.click("stopAudit");
    QVERIFY(w.reaches(State::Ended));
    QVERIFY(w.auditing().report()->isInterrupted);
    QVERIFY(w.auditing().sent() < w.auditing().requests());
}

void TestAuditRun::nothingIsSentAfterTheEnd_data()
{
    QTest::addColumn<int>("way");
    QTest::newRow("stopped") << 0;
    QTest::newRow("another collection") << 1;
    QTest::newRow("the window is closed") << 2;
    QTest::newRow("the window is gone") << 3;
}

void TestAuditRun::nothingIsSentAfterTheEnd()
{
    QFETCH(int, way);
    ProtectedRoute route;
    auto w = std::make_unique<Window>();
    QVERIFY(route.isAuditedIn(*w));
    const std::string another = toUtf8(w->config.path()) + "/another";
    if (way == 0) {
        w->find<QAction>("actionCancel")->trigger();
        QVERIFY(w->reaches(State::Ended));
    } else if (way == 1) {
        QVERIFY(w->workbench.createCollection(another, "Another"));
        QVERIFY(w->window.openCollection(toQString(another)));
        QVERIFY(w->auditing().state() == State::Idle);
    } else if (way == 2) {
        QVERIFY(w->window.close());
        QVERIFY(w->reaches(State::Ended));
    } else {
        w.reset();
    }
    const std::size_t sent = route.seen();
    // Long enough for ten more at this pace; the one that was on its way may still come in.
    QVERIFY(!QTest::qWaitFor([&] { return route.seen() > sent + 1; }, 200));
}

QTEST_MAIN(TestAuditRun)
#include "tst_auditrun.moc"
