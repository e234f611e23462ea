// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A collection that turns the verification of TLS off does not do it silently: each request that this counts
// for says so, as long as it does.

#include <QtTest/qtest.h>
#include <QtWidgets/qapplication.h>

#include <request/requestnote.h>
#include <theme/theme.h>

#include "requestpane.h"

using namespace claimcheck;
using ui::test::item;

namespace {

struct Pane : ui::test::RequestPane
{
    /// Empty: nothing is said.
    QString said()
    {
        for (const ui::RequestNote* note :
             tabs.findChildren<ui::RequestNote*>(QStringLiteral("connectionNote")))
            if (note->isVisible())
                return note->note().tone == ui::Tone::Bad ? note->note().sentence : QStringLiteral("?");
        return {};
    }
};

collection::Collection withLegacy(std::optional<bool> verify)
{
    collection::Collection collection = ui::test::sample();
    collection.root.items = {item("legacy/a.yml", "GET", "https://a.example/"),
                             item("orders/b.yml", "GET", "https://b.example/")};
    collection::ConnectionRule rule;
    rule.path = "legacy";
    rule.verify = verify;
    collection.connections = {rule};
    return collection;
}

} // namespace

class TestConnectionNote : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { ui::applyTheme(*qApp, ui::ThemeName::Light); }
    void whatIsNotVerifiedIsSaid();
    void whatIsVerifiedSaysNothing();
};

void TestConnectionNote::whatIsNotVerifiedIsSaid()
{
    Pane pane;
    const collection::Collection collection = withLegacy(false);
    pane.tabs.setCollection(collection);
    pane.tabs.openItem(collection.root.items[0]);
    QVERIFY2(pane.said().contains(QLatin1String("verifyTls")), qPrintable(pane.said()));
    // Without TLS there is nothing to verify; behind a variable there may be.
    pane.type("requestUrl", "http://a.example/");
    QVERIFY(pane.said().isEmpty());
    pane.type("requestUrl", "{{baseUrl}}/a");
    QVERIFY(!pane.said().isEmpty());
    // It is mended while the tab is open.
    pane.tabs.setCollection(withLegacy(true));
    QVERIFY(pane.said().isEmpty());
    pane.tabs.setCollection(collection);
    QVERIFY(!pane.said().isEmpty());
}

void TestConnectionNote::whatIsVerifiedSaysNothing()
{
    Pane pane;
    const collection::Collection collection = withLegacy(false);
    pane.tabs.setCollection(collection);
    pane.tabs.openItem(collection.root.items[1]); // in another folder
    QVERIFY(pane.said().isEmpty());
    pane.tabs.setCollection(withLegacy(std::nullopt));
    pane.tabs.openItem(collection.root.items[0]);
    QVERIFY(pane.said().isEmpty());
}

QTEST_MAIN(TestConnectionNote)
#include "tst_connectionnote.moc"
