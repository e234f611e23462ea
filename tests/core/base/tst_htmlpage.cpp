// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The head of a report's page: what it forbids, and that a title is never taken for markup.

#include <QtTest/qtest.h>

#include <base/htmlpage.h>
#include <base/text.h>

using namespace claimcheck;

class TestHtmlPage : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void scriptsAndWhatIsElsewhereAreForbidden()
    {
        const QString head = toQString(htmlHead("Shop", ""));
        QVERIFY(head.contains(QStringLiteral("content=\"default-src 'none'; style-src 'unsafe-inline'; "
                                             "base-uri 'none'; form-action 'none'\"")));
        QVERIFY(head.indexOf(QStringLiteral("Content-Security-Policy")) < // holds from there on
                head.indexOf(QStringLiteral("<title>")));
    }
    void aTitleIsText()
    {
        const QString head = toQString(htmlHead("</title><script>alert(1)</script>", ""));
        QVERIFY(!head.contains(QStringLiteral("<script>")));
        QVERIFY(head.contains(QStringLiteral("<title>&lt;/title&gt;&lt;script&gt;")));
    }
    void theStyleStandsInTheHead()
    {
        const QString head = toQString(htmlHead("Shop", "code { color: red; }\n"));
        QVERIFY(head.startsWith(QStringLiteral("<!DOCTYPE html>\n")));
        QVERIFY(head.contains(QStringLiteral("code { color: red; }\n</style>\n")));
        QVERIFY(head.endsWith(QStringLiteral("</head>\n<body>\n")));
    }
};

QTEST_GUILESS_MAIN(TestHtmlPage)
#include "tst_htmlpage.moc"
