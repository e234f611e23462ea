// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Text in a tool tip: nothing in it is markup, its line ends stay.

#include <state/plaintip.h>

#include <QtTest/qtest.h>

using claimcheck::ui::plainTip;

class TestPlainTip : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void emptyTextHasNoTip() { QCOMPARE(plainTip({}), QString()); }

    void markupIsEscaped()
    {
        QCOMPARE(plainTip(QStringLiteral("<img src=\"http://a/\"> & more")),
                 QStringLiteral("<qt>&lt;img src=&quot;http://a/&quot;&gt; &amp; more</qt>"));
        QCOMPARE(plainTip(QStringLiteral("</qt><br>")), QStringLiteral("<qt>&lt;/qt&gt;&lt;br&gt;</qt>"));
        QCOMPARE(plainTip(QStringLiteral("&amp;")), QStringLiteral("<qt>&amp;amp;</qt>"));
    }

    void lineEndsStay()
    {
        QCOMPARE(plainTip(QStringLiteral("one\ntwo\n")), QStringLiteral("<qt>one<br>two<br></qt>"));
    }
};

QTEST_GUILESS_MAIN(TestPlainTip)
#include "tst_plaintip.moc"
