// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the request form objects to, and what it lets through.

#include <state/requestform.h>

#include <QtTest/qsignalspy.h>
#include <QtTest/qtest.h>

#include <base/text.h>

using namespace claimcheck;
using ui::FormField;
using ui::RequestForm;

namespace {

collection::Entry entryFor(const char* url)
{
    collection::Entry entry;
    entry.url = url;
    return entry;
}

const std::vector<variables::Scope> scopes{
    {"environment local", {{"baseUrl", "http://127.0.0.1:3000", true, false}}},
    {"secrets", {{"awaited", "", true, true}}}};

} // namespace

class TestRequestForm : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void keepsEveryFieldOfAnEntry()
    {
        collection::Entry entry = entryFor("https://a.example/");
        entry.name = "Log in";
        entry.sequence = 7;
        entry.method = "PATCH";
        entry.headers = {{"A", "1", true}, {"B", "2", false}};
        entry.bodyKind = collection::BodyKind::Form;
        entry.body = "kept\r\n";
        entry.formFields = {{"user", "x", true}};
        entry.auth = collection::AuthMode::SessionBearer;
        entry.variables = {{"v", "1", true, false}};
        entry.docs = "docs";
        RequestForm form;
        form.setEntry(entry);
        QVERIFY(form.entry() == entry);
    }

    void urls_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<bool>("good");
        QTest::newRow("https") << QStringLiteral("https://a.example/x?y=1") << true;
        QTest::newRow("variable") << QStringLiteral("{{baseUrl}}/protected") << true;
        QTest::newRow("empty") << QString() << false;
        QTest::newRow("blank") << QStringLiteral("  ") << false;
        QTest::newRow("no host") << QStringLiteral("http://") << false;
        QTest::newRow("foreign scheme") << QStringLiteral("ftp://a.example/") << false;
        QTest::newRow("script") << QStringLiteral("javascript:alert(1)") << false;
        QTest::newRow("undefined variable") << QStringLiteral("{{nope}}/x") << false;
        QTest::newRow("line end") << QStringLiteral("http://a.example/\r\nX: y") << false;
        QTest::newRow("awaited whole") << QStringLiteral("{{awaited}}") << true;
        QTest::newRow("awaited origin") << QStringLiteral("{{awaited}}/x?y=1") << true;
        QTest::newRow("awaited scheme") << QStringLiteral("{{awaited}}://a.example/") << true;
        QTest::newRow("awaited host") << QStringLiteral("https://{{awaited}}/x") << true;
        QTest::newRow("awaited port") << QStringLiteral("http://a.example:{{awaited}}/x") << true;
        QTest::newRow("awaited origin, URL behind it") << QStringLiteral("{{awaited}}/?u=http://b/") << true;
        QTest::newRow("awaited in the query") << QStringLiteral("{{baseUrl}}/x?y={{awaited}}") << true;
        QTest::newRow("awaited, foreign scheme") << QStringLiteral("ftp://{{awaited}}/") << false;
        QTest::newRow("awaited, script") << QStringLiteral("javascript:{{awaited}}") << false;
        QTest::newRow("awaited, no host") << QStringLiteral("http:///{{awaited}}") << false;
        QTest::newRow("awaited, line end") << QStringLiteral("{{awaited}}/\r\nX: y") << false;
    }
    void urls()
    {
        QFETCH(QString, url);
        QFETCH(bool, good);
        RequestForm form;
        form.setScopes(scopes);
        form.setUrl(url);
        QCOMPARE(form.canSend(), good);
        QCOMPARE(form.problemOf(FormField::Url).has_value(), !good);
    }

    void anUndefinedVariableIsNamed()
    {
        RequestForm form;
        form.setUrl(QStringLiteral("{{nope}}/x"));
        QVERIFY(form.problemOf(FormField::Url)->text.contains(QStringLiteral("nope")));
    }

    void methods()
    {
        RequestForm form;
        form.setEntry(entryFor("http://a.example/"));
        form.setMethod(QStringLiteral("PURGE"));
        QVERIFY(form.canSend());
        for (const QString& bad : {QString(), QStringLiteral("GET X"), QStringLiteral("GET\nX")}) {
            form.setMethod(bad);
            QVERIFY2(form.problemOf(FormField::Method).has_value(), qPrintable(bad));
        }
    }

    void headers_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<bool>("good");
        QTest::newRow("plain") << QByteArray("Accept") << QByteArray("text/plain") << true;
        QTest::newRow("empty value") << QByteArray("X-A") << QByteArray() << true;
        QTest::newRow("CR") << QByteArray("X-A") << QByteArray("a\rb") << false;
        QTest::newRow("LF") << QByteArray("X-A") << QByteArray("a\nEvil: 1") << false;
        QTest::newRow("NUL") << QByteArray("X-A") << QByteArray("a\0b", 3) << false;
        QTest::newRow("space in the name") << QByteArray("X A") << QByteArray("1") << false;
        QTest::newRow("no name") << QByteArray() << QByteArray("1") << false;
        QTest::newRow("undefined variable") << QByteArray("X-A") << QByteArray("{{nope}}") << false;
        QTest::newRow("awaited") << QByteArray("X-A") << QByteArray("Bearer {{awaited}}") << true;
    }
    void headers()
    {
        QFETCH(QByteArray, name);
        QFETCH(QByteArray, value);
        QFETCH(bool, good);
        collection::Entry entry = entryFor("http://a.example/");
        entry.headers = {{name.toStdString(), value.toStdString(), true}};
        RequestForm form;
        form.setScopes(scopes);
        form.setEntry(entry);
        QCOMPARE(form.canSend(), good);
        entry.headers[0].enabled = false;
        form.setEntry(entry);
        QVERIFY(form.canSend()); // what is switched off is not sent
    }

    void brokenJsonIsSaidAndSent()
    {
        collection::Entry entry = entryFor("http://a.example/");
        entry.bodyKind = collection::BodyKind::Json;
        entry.body = "{\"a\": }";
        RequestForm form;
        form.setEntry(entry);
        QVERIFY(form.canSend());
        const auto problem = form.problemOf(FormField::Body);
        QVERIFY(problem && !problem->blocks);
        QVERIFY(problem->text.contains(QStringLiteral("line 1")));
        form.setBody(QStringLiteral("{\"a\": {{n}}}")); // a template need not be JSON
        QVERIFY(!form.problemOf(FormField::Body));
    }

    void typingIsSaid()
    {
        RequestForm form;
        QSignalSpy changed(&form, &RequestForm::changed);
        form.setUrl(QStringLiteral("x"));
        form.headers()->setData(form.headers()->index(0, ui::FieldTableModel::Name), QStringLiteral("A"));
        QCOMPARE(changed.size(), 2);
    }

    void bytesThatAreGoneAreSaid()
    {
        collection::Content content{entryFor("https://a.example/"), {}};
        content.entry.kept.body = std::string(collection::bytesBody);
        content.details.bytes = std::string("\0\xff", 2);
        RequestForm form;
        form.setContent(content);
        QVERIFY(form.canSend());
        QVERIFY(form.content() == content);
        content.details.bytes = "\xff [left out]";
        form.setContent(content);
        QVERIFY(form.problemOf(FormField::Body)->text.contains(QStringLiteral("A secret was cut out")));
        content.details.bytes.clear();
        form.setContent(content);
        QVERIFY(!form.canSend());
        QVERIFY(form.problemOf(FormField::Body)->text.contains(QStringLiteral("not kept in drafts")));
    }

    void captions()
    {
        using collection::AuthMode;
        const QString demo = QStringLiteral("demo");
        QCOMPARE(ui::authCaption({AuthMode::SessionRaw}, demo, false).text(),
                 QStringLiteral("Sent as demo with the raw token in Authorization. Change under Auth."));
        QVERIFY(ui::authCaption({AuthMode::SessionBearer}, demo, false)
                    .text()
                    .contains(QStringLiteral("Bearer")));
        QVERIFY(ui::authCaption({AuthMode::SessionRaw}, {}, false).text().contains(QStringLiteral("Nobody")));
        QVERIFY(ui::authCaption({AuthMode::None}, demo, false).name.isEmpty());
        QVERIFY(
            ui::authCaption({AuthMode::SessionRaw}, demo, true).text().contains(QStringLiteral("as typed")));
    }
};

QTEST_GUILESS_MAIN(TestRequestForm)
#include "tst_requestform.moc"
