// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Every file that an import writes is valid against the JSON Schema of OpenCollection 1.0.0.

#include <core/store/schemaof.h>
#include <interop/import.h>
#include <interop/secrets.h>
#include <store/newcollection.h>

#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::interop;

class TestImported : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void isValid_data();
    void isValid();
};

void TestImported::isValid_data()
{
    QTest::addColumn<QString>("file");
    for (const char* file :
         {"postman/adyen-CheckoutService-v71.json", "postman/newman-echo-v2.postman_collection.json",
          "postman/newman-inherited-entities.postman_collection.json",
          "postman/newman-disabled-and-duplicates.postman_environment.json",
          "postman/bruno-Oauth2.postman_collection.json", "curl/complex.txt", "curl/form.txt",
          "curl/multi.txt"})
        QTest::newRow(file) << file;
}

static void checkFolder(const collection::Folder& folder, test::SchemaOf& requests, test::SchemaOf& folders)
{
    for (const collection::Item& item : folder.items) {
        const std::string text = store::writeItem(item);
        const std::string problem = requests.problemOf(text);
        QVERIFY2(problem.empty(), (problem + "\n" + text).c_str());
    }
    for (const collection::Folder& inner : folder.folders) {
        const std::string text = store::writeFolder(inner);
        const std::string problem = folders.problemOf(text);
        QVERIFY2(problem.empty(), (problem + "\n" + text).c_str());
        checkFolder(inner, requests, folders);
    }
}

void TestImported::isValid()
{
    QFETCH(QString, file);
    auto imported = importText(test::data(file.toUtf8().constData()), Format::Automatic);
    QVERIFY(imported.has_value());
    takeSecretsOut(*imported);
    test::SchemaOf requests("HttpRequest");
    test::SchemaOf folders("Folder");
    test::SchemaOf whole("");
    test::SchemaOf environments("Environment");
    const std::string root = store::writeRoot(imported->collection);
    QVERIFY2(whole.problemOf(root).empty(), (whole.problemOf(root) + root).c_str());
    for (const collection::Environment& environment : imported->collection.environments)
        QVERIFY(environments.problemOf(store::writeEnvironment(environment)).empty());
    checkFolder(imported->collection.root, requests, folders);
}

QTEST_GUILESS_MAIN(TestImported)
#include "tst_imported.moc"
