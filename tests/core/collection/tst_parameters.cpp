// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// URL and list of parameters say the same, whichever of them was edited.

#include <collection/parameters.h>

#include <QtTest/qtest.h>

using namespace claimcheck::collection;
using Parameters = std::vector<Parameter>;

class TestParameters : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void readsTheUrl();
    void keepsWhatTheUrlDoesNotSay();
    void writesTheQuery();
    void isStable_data();
    void isStable();
};

void TestParameters::readsTheUrl()
{
    QCOMPARE(parametersOf("{{host}}/a/:id/b/:id/:x?p=1&q&=3&&r=a=b#f?z=1", {}),
             (Parameters{{"p", "1", false, true},
                         {"q", "", false, true},
                         {"", "3", false, true},
                         {"r", "a=b", false, true},
                         {"id", "", true, true},
                         {"x", "", true, true}}));
    QCOMPARE(parametersOf("http://:secret@h:8080/p?", {}), Parameters());
    QCOMPARE(parametersOf("", {}), Parameters());
    QCOMPARE(parametersOf("h/:", {}), Parameters());
    QCOMPARE(parametersOf("h?u=/:no", {}), (Parameters{{"u", "/:no", false, true}}));
}

void TestParameters::keepsWhatTheUrlDoesNotSay()
{
    const Parameters known{{"a", "1", false, true},
                           {"id", "7", true, true},
                           {"off", "x", false, false},
                           {"gone", "8", true, true},
                           {"b", "2", false, true}};
    QCOMPARE(parametersOf("h/:id?a=5&b=2&c=3", known), (Parameters{{"a", "5", false, true},
                                                                   {"id", "7", true, true},
                                                                   {"off", "x", false, false},
                                                                   {"b", "2", false, true},
                                                                   {"c", "3", false, true}}));
    QCOMPARE(parametersOf("h", known), (Parameters{{"off", "x", false, false}}));
}

void TestParameters::writesTheQuery()
{
    const Parameters some{{"a b", "1&2", false, true},
                          {"id", "7", true, true},
                          {"off", "x", false, false},
                          {"", "", false, true},
                          {"c=", "d=#", false, true}};
    QCOMPARE(withQuery("h/:id?old=1#top", some), std::string("h/:id?a b=1%262&c%3D=d=%23#top"));
    QCOMPARE(withQuery("h?old=1", {}), std::string("h"));
}

void TestParameters::isStable_data()
{
    QTest::addColumn<QByteArray>("url");
    for (const char* url : {"h", "h?a=1", "{{u}}/:x?y={{z}}&w=%20#f", "https://h/p?a=b=c&d="})
        QTest::newRow(url) << QByteArray(url);
}

void TestParameters::isStable()
{
    QFETCH(QByteArray, url);
    QCOMPARE(withQuery(url.toStdString(), parametersOf(url.toStdString(), {})), url.toStdString());
}

QTEST_GUILESS_MAIN(TestParameters)
#include "tst_parameters.moc"
