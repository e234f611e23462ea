// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Details as they are typed: untouched they are what they were, and URL and parameters follow each other.

#include <state/credentialkinds.h>
#include <state/requestform.h>

#include <QtTest/qsignalspy.h>
#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::ui;
using collection::AuthMode;

namespace {

collection::Content sample()
{
    collection::Content content;
    content.entry.url = "{{host}}/orders/:id?page=2";
    content.entry.auth = AuthMode::None;
    content.entry.kept = {"multipart-form", "basic", {}};
    content.entry.variables = {{"v", "1", true, false}};
    content.details.parameters = {
        {"page", "2", false, true}, {"id", "7", true, true}, {"off", "x", false, false}};
    content.details.parts = {{"f", true, {"a.txt", "b, c.txt"}, "text/plain", true},
                             {"n", false, {"hi"}, "", false}};
    content.details.credentials = {"basic", {{"type", "basic"}, {"username", "me"}}};
    content.details.assertions = {{"res.status", "eq", "200", true}, {"res.body", "isJson", {}, false}};
    content.details.captures = {{"res.body.t", "t", true}};
    content.details.settings = {100, false, 3, true};
    content.details.tags = {"a"};
    return content;
}

void type(FieldTableModel* table, int row, int column, const char* text)
{
    table->setData(table->index(row, column), QString::fromUtf8(text));
}

} // namespace

class TestDetailsForm : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void untouchedIsWhatItWas();
    void theUrlAndItsParametersFollowEachOther();
    void parametersOfTheFileThatAreNotSentAreOff();
    void partsChecksAndCaptures();
    void choosesAuthorisation();
    void complainsAboutWhatWasLeftOut();
};

void TestDetailsForm::untouchedIsWhatItWas()
{
    RequestForm form;
    form.setContent(sample());
    QVERIFY(form.content() == sample());
    QCOMPARE(form.details()->query()->rowCount(), 3);
    QCOMPARE(form.details()->path()->rowCount(), 1);
    // A file may name no parameters although its URL has some: the table shows them all the same.
    collection::Content plain;
    plain.entry.url = "h/:x?a=1";
    form.setContent(plain);
    QVERIFY(form.content() == plain);
    QCOMPARE(form.details()->query()->enabledCount(), 1);
}

void TestDetailsForm::theUrlAndItsParametersFollowEachOther()
{
    RequestForm form;
    form.setContent(sample());
    QSignalSpy url(&form, &RequestForm::urlChanged);
    type(form.details()->query(), 0, FieldTableModel::Value, "3&4");
    QCOMPARE(url.constLast()[0].toString(), QStringLiteral("{{host}}/orders/:id?page=3%264"));
    QCOMPARE(form.content().details.parameters[0], (collection::Parameter{"page", "3%264", false, true}));
    form.details()->query()->setData(form.details()->query()->index(1, FieldTableModel::Enabled), Qt::Checked,
                                     Qt::CheckStateRole);
    QCOMPARE(form.entry().url, std::string("{{host}}/orders/:id?page=3%264&off=x"));
    type(form.details()->path(), 0, FieldTableModel::Value, "8");
    QCOMPARE(form.content().details.parameters[1], (collection::Parameter{"id", "8", true, true}));
    form.setUrl(QStringLiteral("{{host}}/:other?z=1"));
    QCOMPARE(form.content().details.parameters,
             (std::vector<collection::Parameter>{{"z", "1", false, true}, {"other", "", true, true}}));
    QCOMPARE(form.details()->path()->index(0, FieldTableModel::Name).data().toString(),
             QStringLiteral("other"));
}

void TestDetailsForm::parametersOfTheFileThatAreNotSentAreOff()
{
    collection::Content content;
    content.entry.url = "h";
    content.details.parameters = {{"a", "1", false, true}};
    RequestForm form;
    form.setContent(content);
    QVERIFY(form.content() == content);
    QCOMPARE(form.details()->query()->index(0, FieldTableModel::Enabled).data(Qt::CheckStateRole).toInt(),
             static_cast<int>(Qt::Unchecked));
}

void TestDetailsForm::partsChecksAndCaptures()
{
    RequestForm form;
    form.setContent(sample());
    DetailsForm* details = form.details();
    type(details->parts(), 1, DetailsForm::PartName, "m");
    // The part that was not touched keeps a path with a comma in it.
    QCOMPARE(details->details().parts[0].values, (std::vector<std::string>{"a.txt", "b, c.txt"}));
    QCOMPARE(details->details().parts[1], (collection::Part{"m", false, {"hi"}, "", false}));
    details->addFile("d.bin");
    QCOMPARE(details->details().parts[2], (collection::Part{"file", true, {"d.bin"}, "", true}));
    type(details->checks(), 2, DetailsForm::CheckExpression, "res.body.id");
    QCOMPARE(details->details().assertions[2], (collection::Assertion{"res.body.id", "eq", "", true}));
    type(details->checks(), 2, DetailsForm::CheckOperator, "isNumber");
    QCOMPARE(details->details().assertions[2], (collection::Assertion{"res.body.id", "isNumber", {}, true}));
    QCOMPARE(details->details().assertions[1], (collection::Assertion{"res.body", "isJson", {}, false}));
    details->captures()->removeRow(0);
    QVERIFY(details->details().captures.empty());
    type(form.variables(), 1, FieldTableModel::Name, "w");
    QCOMPARE(form.content().entry.variables.size(), std::size_t(2));
}

void TestDetailsForm::choosesAuthorisation()
{
    RequestForm form;
    form.setContent(sample());
    form.setOwnAuth("digest");
    QCOMPARE(form.content().entry.kept.auth, std::string("digest"));
    QCOMPARE(form.content().details.credentials.field("username"), std::string("me"));
    form.details()->setCredential("password", "");
    QVERIFY(!form.content().details.credentials.fields.contains("password"));
    form.details()->setCredential("password", "{{p}}");
    form.setAuth(AuthMode::SessionBearer);
    QCOMPARE(form.content().entry.kept.auth, std::string());
    QCOMPARE(form.content().details.credentials.field("token"), std::string("{{token}}"));
    form.setOwnAuth("bearer");
    QCOMPARE(form.content().entry.auth, AuthMode::None);
    QVERIFY(credentialKind("awsv4") != nullptr);
    QVERIFY(credentialKind("hawk") == nullptr);
    // What another program wrote beside the fields that we know can be seen.
    QCOMPARE(credentialFields({"basic", {{"realm", "x"}}}).back().name, std::string("realm"));
}

void TestDetailsForm::complainsAboutWhatWasLeftOut()
{
    RequestForm form;
    collection::Content content = sample();
    content.entry.url = "http://a.example/";
    content.details.credentials.fields["password"] = "[left out]";
    form.setContent(content);
    QCOMPARE(form.problemOf(FormField::Auth)->blocks, true);
    form.setAuth(AuthMode::None);
    QVERIFY(!form.problemOf(FormField::Auth));
    QVERIFY(form.canSend());
}

QTEST_GUILESS_MAIN(TestDetailsForm)
#include "tst_detailsform.moc"
