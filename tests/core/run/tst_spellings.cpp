// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A secret is found in whatever way somebody encoded the text around it.

#include <run/redactor.h>
#include <run/spellings.h>

#include <QtCore/qurl.h>
#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::run;

class TestSpellings : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void findsItInBase64_data();
    void findsItInBase64();
    void findsItInUrlsAndJson();
    void leavesShortOnesAlone();
};

void TestSpellings::findsItInBase64_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("behind");
    for (const char* before : {"", "a", "ab", "abc", "user:"})
        for (const char* behind : {"", "1", "12", "123"})
            QTest::newRow((std::string(before) + "…" + behind).c_str())
                << QByteArray(before) << QByteArray(behind);
}

void TestSpellings::findsItInBase64()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, behind);
    const QByteArray secret("p?ssw\xC3\xB6rd>>>");
    Redactor redactor;
    redactor.add(secret.toStdString());
    for (const auto alphabet : {QByteArray::Base64Encoding, QByteArray::Base64UrlEncoding}) {
        QByteArray text = before;
        text.append(secret).append(behind);
        const std::string encoded = text.toBase64(alphabet).toStdString();
        const std::string cleaned = redactor.clean("x " + encoded + " y");
        QVERIFY2(cleaned.find("[left out]") != std::string::npos, cleaned.c_str());
        QVERIFY2(cleaned.size() < encoded.size() + 4 || encoded.size() < 20, cleaned.c_str());
    }
}

void TestSpellings::findsItInUrlsAndJson()
{
    const std::string secret = "a b/\"c\"\\d";
    Redactor redactor;
    redactor.add(secret);
    for (const char* text :
         {"p=a%20b%2F%22c%22%5Cd", "p=a%20b%2f%22c%22%5cd", "p=a+b%2F%22c%22%5Cd", R"(p=a b/\"c\"\\d)"})
        QCOMPARE(QByteArray::fromStdString(redactor.clean(text)), QByteArray("p=[left out]"));
}

void TestSpellings::leavesShortOnesAlone()
{
    QVERIFY(spellingsOf("demo").empty());
    const auto spellings = spellingsOf("secret");
    QVERIFY(std::ranges::none_of(spellings, [](const std::string& text) { return text.size() < 6; }));
}

QTEST_GUILESS_MAIN(TestSpellings)
#include "tst_spellings.moc"
