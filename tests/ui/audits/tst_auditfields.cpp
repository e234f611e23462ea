// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The form of an audit: a method that may change data is asked about, whatever it is called.

#include <audits/auditfields.h>
#include <theme/theme.h>

#include <QtTest/qsignalspy.h>
#include <QtTest/qtest.h>
#include <QtWidgets/qapplication.h>
#include <QtWidgets/qcheckbox.h>
#include <QtWidgets/qlabel.h>

using namespace claimcheck;
using namespace claimcheck::ui;

namespace {

workbench::PlannedRoute routeOf(const std::string& method)
{
    workbench::PlannedRoute route;
    route.method = method;
    route.url = "http://127.0.0.1/orders";
    return route;
}

} // namespace

class TestAuditFields : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ThemeName::Light); }
    void asksBeforeSomethingIsChanged();
    void aLongMethodDoesNotWidenTheForm();
    void methodsThatMayChangeDataAreTickedForEachRoute();
};

void TestAuditFields::asksBeforeSomethingIsChanged()
{
    AuditFields fields;
    auto* const writes = fields.findChild<QCheckBox*>(QStringLiteral("auditWrites"));
    auto* const methods = fields.findChild<QLabel*>(QStringLiteral("auditMethods"));
    fields.setRoutes({routeOf("GET")});
    QVERIFY(writes->isHidden() && methods->isHidden());
    fields.setRoutes({routeOf("GET"), routeOf("POST"), routeOf("POST")});
    QVERIFY(!writes->isHidden() && !methods->isHidden());
    QCOMPARE(methods->text(), QStringLiteral("POST may change data"));
    QVERIFY(fields.mayWrite().empty());
    writes->setChecked(true);
    QCOMPARE(fields.mayWrite(), (std::set<std::size_t>{1, 2}));
    fields.setRoutes({routeOf("POST")}); // the same methods: the answer still holds
    QCOMPARE(fields.mayWrite(), std::set<std::size_t>{0});
    fields.setRoutes({routeOf("POST"), routeOf("DELETE")});
    QVERIFY(!writes->isChecked());
    QVERIFY(fields.mayWrite().empty());
}

void TestAuditFields::aLongMethodDoesNotWidenTheForm()
{
    AuditFields fields;
    fields.setRoutes({routeOf("GET")});
    const int before = fields.minimumSizeHint().width();
    fields.setRoutes({routeOf(std::string(3000, 'M'))});
    QVERIFY(!fields.findChild<QCheckBox*>(QStringLiteral("auditWrites"))->isHidden());
    QCOMPARE(fields.minimumSizeHint().width(), before);
}

void TestAuditFields::methodsThatMayChangeDataAreTickedForEachRoute()
{
    AuditFields fields;
    fields.setRoutes({routeOf("GET")});
    for (const char* method : {"POST", "PUT", "PATCH", "DELETE"}) {
        const auto* box =
            fields.findChild<QCheckBox*>(QStringLiteral("auditMethod_") + QLatin1String(method));
        QVERIFY2(box != nullptr && !box->isChecked() && box->isEnabled(), method);
    }
    QVERIFY(fields.methods().empty());
    QSignalSpy changed(&fields, &AuditFields::familiesChanged);
    auto* const erasing = fields.findChild<QCheckBox*>(QStringLiteral("auditMethod_DELETE"));
    erasing->setChecked(true);
    QCOMPARE(changed.size(), 1);
    QCOMPARE(fields.methods(), std::vector<std::string>{"DELETE"});
    fields.setRoutes({}); // it is planned anew
    fields.setRoutes({routeOf("GET")});
    QCOMPARE(fields.methods(), std::vector<std::string>{"DELETE"});
    // They go with the group that they belong to.
    auto* const ways = fields.findChild<QCheckBox*>(QStringLiteral("auditFamily_ways"));
    ways->setChecked(false);
    QVERIFY(fields.methods().empty() && !erasing->isEnabled());
    ways->setChecked(true);
    QVERIFY(!fields.methods().empty());
    // What may be done to one route may not be done to another.
    workbench::PlannedRoute other = routeOf("GET");
    other.url = "http://127.0.0.1/users";
    fields.setRoutes({other});
    QVERIFY(fields.methods().empty() && !erasing->isChecked());
}

QTEST_MAIN(TestAuditFields)
#include "tst_auditfields.moc"
