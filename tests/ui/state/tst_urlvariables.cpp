// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Variables in the URL line: where they are, and what their tool tips say of them.

#include <state/urlvariables.h>

#include <QtTest/qtest.h>

#include <run/scopes.h>

using namespace claimcheck;

class TestUrlVariables : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void areFoundByUnits()
    {
        const auto found = ui::variablesOf(QStringLiteral("é{{baseUrl}}/{{nope}}"),
                                           {{"environment local", {{"baseUrl", "http://127.0.0.1:3000"}}}});
        QCOMPARE(found.size(), std::size_t(2));
        QCOMPARE(found[0].position, 1);
        QCOMPARE(found[0].length, 11);
        QCOMPARE(found[0].value, std::optional<QString>(QStringLiteral("http://127.0.0.1:3000")));
        QVERIFY(!found[1].value);
    }

    void tipsKeepSecrets_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("tip");
        const auto row = [](const char* name, const QString& tip) {
            QTest::newRow(name) << QString(QStringLiteral("{{") + QLatin1String(name) + QStringLiteral("}}"))
                                << tip;
        };
        row("markup", QStringLiteral("<qt>markup = &lt;img src=x&gt; &amp; more</qt>"));
        row("reversed", QStringLiteral("<qt>reversed = a&lt;U+202E&gt;b</qt>"));
        row("password", QStringLiteral("<qt>password = a secret</qt>"));
        row("awaited", QStringLiteral("<qt>awaited = a secret</qt>"));
        row("$guid", QStringLiteral("<qt>$guid = a new value each time that it is sent</qt>"));
        row("$guess", QStringLiteral("<qt>$guess = not defined</qt>"));
        row("nope", QStringLiteral("<qt>nope = not defined</qt>"));
        row("<b>", QStringLiteral("<qt>&lt;b&gt; = not defined</qt>"));
        row("HOST", QStringLiteral("<qt>HOST = localhost:3000 (of the .env file or of the process)</qt>"));
        row("process.env.HOST",
            QStringLiteral("<qt>process.env.HOST = localhost:3000 (of the .env file or of "
                           "the process)</qt>"));
        const QString hidden =
            QStringLiteral("a value of the .env file or of the process, which is not shown");
        row("DB", QStringLiteral("<qt>DB = %1</qt>").arg(hidden));
        row("API_KEY", QStringLiteral("<qt>API_KEY = %1</qt>").arg(hidden));
        row("process.env.API_KEY", QStringLiteral("<qt>process.env.API_KEY = %1</qt>").arg(hidden));
        row("both", QStringLiteral("<qt>both = of the environment</qt>"));
    }

    /// What a .env file holds is no secret variable, and is not called one.
    void tipsKeepSecrets()
    {
        QFETCH(QString, url);
        run::Outside outside;
        outside.dotEnv = {{"HOST", "localhost:3000"},
                          {"DB", "Zx81-9f3kQ0plM4r"},
                          {"API_KEY", "plain"},
                          {"both", "of the file"}};
        collection::Collection collection;
        collection.environments = {{.name = "local",
                                    .variables = {{"markup", "<img src=x> & more"},
                                                  {"reversed", "a\u202eb"},
                                                  {"password", "hunter2", true, true},
                                                  {"both", "of the environment"}}}};
        auto scopes = run::scopesFor(collection, {}, "local", outside);
        scopes.push_back({"secrets", {{"awaited", "", true, true}}});
        const auto found = ui::variablesOf(url, scopes);
        QCOMPARE(found.size(), std::size_t(1));
        QTEST(ui::tipOf(found[0]), "tip");
        for (const char* secret : {"hunter2", "Zx81-9f3kQ0plM4r", "plain"})
            QVERIFY(found[0].value.value_or(QString()) != QLatin1String(secret));
    }
};

QTEST_GUILESS_MAIN(TestUrlVariables)
#include "tst_urlvariables.moc"
