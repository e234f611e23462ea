// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a `.env` file or the process gives is a secret under whatever name, and a report stays readable.

#include <run/outsidevalues.h>

#include <QtTest/qtest.h>

using namespace claimcheck::run;

class TestOutsideValues : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void tellsPlainFromSecret_data();
    void tellsPlainFromSecret();
    void aNameMakesAPlainValueASecret();
};

void TestOutsideValues::tellsPlainFromSecret_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<bool>("isPlain");
    const auto row = [](const char* value, bool isPlain) {
        QTest::newRow(value) << QByteArray(value) << isPlain;
    };
    for (const char* value : {"", "production", "eu-west-1", "https://api.example:8443/v1",
                              "http://127.0.0.1:3000", "localhost:3000", "127.0.0.1:8080", "/srv/api",
                              "../certs", "2026-01-31", "3600000000", "The Orders Service"})
        row(value, true);
    for (const char* value : {"process-value-17-Wm", "k9Xq72LmPz", "https://me:hunter2@api.example/",
                              "https://api.example/?api_key=abc", "4f1c2e9a7b", "correct horse 9 battery",
                              "p\xC3\xA4ssword-with-umlaut", "AKIAABCDEFGHIJKLMNOP", "b64/with+signs=="})
        row(value, false);
}

void TestOutsideValues::tellsPlainFromSecret()
{
    QFETCH(QByteArray, value);
    QFETCH(bool, isPlain);
    QCOMPARE(isPlainValue(value.toStdString()), isPlain);
    Redactor redactor;
    addOutsideValues(redactor, {{"OTHER", value.toStdString()}});
    const std::string text = "<" + value.toStdString() + ">";
    QCOMPARE(redactor.clean(text) == text, isPlain);
}

void TestOutsideValues::aNameMakesAPlainValueASecret()
{
    Redactor redactor;
    addOutsideValues(redactor,
                     {{"SHOP_PASSWORD", "correct horse"}, {"DB_PASS", "swordfish"}, {"STAGE", "production"}});
    QCOMPARE(redactor.clean("correct horse and swordfish in production"),
             std::string("[left out] and [left out] in production"));
}

QTEST_GUILESS_MAIN(TestOutsideValues)
#include "tst_outsidevalues.moc"
