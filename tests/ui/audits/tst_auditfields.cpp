// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The form of an audit: a method that may change data is asked about, whatever it is called.

#include <audits/auditfields.h>
#include <theme/theme.h>

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

QTEST_MAIN(TestAuditFields)
#include "tst_auditfields.moc"
