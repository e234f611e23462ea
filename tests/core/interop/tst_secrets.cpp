// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// No secret of an imported file reaches a file of ours.

#include <base/text.h>
#include <core/interop/hostile.h>
#include <interop/import.h>
#include <interop/secrets.h>
#include <store/newcollection.h>
#include <support/data.h>
#include <support/result.h>

#include <QtCore/qdiriterator.h>
#include <QtCore/qtemporarydir.h>
#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::interop;

class TestSecrets : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void noneReachesAFile();
    void eachBecomesAVariableThatIsNamed();
    void templatesStay();
};

static Imported cleaned()
{
    Imported imported = *importText(test::hostile, Format::Automatic);
    addEnvironments(imported, *importText(test::environment, Format::Automatic));
    takeSecretsOut(imported);
    return imported;
}

void TestSecrets::noneReachesAFile()
{
    QTemporaryDir directory;
    QVERIFY_RESULT(store::writeCollection(cleaned().collection, toUtf8(directory.path()) + "/c"));
    int files = 0;
    QDirIterator next(directory.path(), QDir::Files, QDirIterator::Subdirectories);
    while (next.hasNext()) {
        const std::string text = test::readFile(next.next());
        ++files;
        QVERIFY2(text.find("live-") == std::string::npos && text.find("eyJ") == std::string::npos,
                 text.c_str());
    }
    QCOMPARE(files, 4);
}

void TestSecrets::eachBecomesAVariableThatIsNamed()
{
    const Imported imported = cleaned();
    const collection::Item& login = imported.collection.root.items.at(0);
    QCOMPARE(login.entry.body, std::string(R"({"username": "demo", "password": "{{password-3}}"})"));
    QCOMPARE(login.entry.url, std::string("{{host}}/login?api_key={{api_key}}"));
    QCOMPARE(login.entry.headers.at(0).value, std::string("Bearer {{authorization}}"));
    QCOMPARE(imported.collection.root.details.credentials.field("password"), std::string("{{password-2}}"));
    // The same value is the same variable.
    QCOMPARE(imported.collection.root.items.at(1).entry.formFields.at(0).value,
             std::string("{{password-3}}"));
    const auto& variables = imported.collection.environments.at(0).variables;
    const auto isSecret = [&variables](const char* name, const char* value) {
        return std::find(variables.begin(), variables.end(), variables::Variable{name, value, true, true}) !=
               variables.end();
    };
    QVERIFY(isSecret("password-3", "live-body"));
    QVERIFY(isSecret("pw", "live-environment"));
    QVERIFY(isSecret("password", "live-named"));
    QVERIFY(isSecret("apiSecret", "live-variable"));
    QCOMPARE(imported.collection.variables.size(), std::size_t{1});
    std::size_t named = 0;
    for (const Omission& omission : imported.leftOut)
        named += omission.what.starts_with("the value of {{") ? 1u : 0u;
    QCOMPARE(named, std::size_t{11});
    for (const Omission& omission : imported.leftOut)
        QVERIFY2(interop::describe(omission).find("live-") == std::string::npos, omission.what.c_str());
}

void TestSecrets::templatesStay()
{
    Imported imported = *importText(
        R"({"item":[{"name":"a","request":{"method":"POST","url":"{{h}}?token={{token}}","header":"Authorization: Bearer {{t}}",)"
        R"("body":{"mode":"raw","raw":"{\"password\": \"{{pw}}\"}"}}}]})",
        Format::Automatic);
    const Imported before = imported;
    takeSecretsOut(imported);
    QCOMPARE(imported, before);
}

QTEST_GUILESS_MAIN(TestSecrets)
#include "tst_secrets.moc"
