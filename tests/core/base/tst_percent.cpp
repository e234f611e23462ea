// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Percent-encoding: what stays, what does not, and that a byte above 0x7F is no negative number.

#include <string>

#include <QtTest/qtest.h>

#include <base/percent.h>

using namespace claimcheck;

class TestPercent : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void unreservedCharactersStay()
    {
        const std::string unreserved =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"; // RFC 3986 §2.3
        QCOMPARE(percentEncoded(unreserved), unreserved);
        std::size_t count = 0;
        for (int byte = 0; byte < 256; ++byte)
            count += isUnreserved(static_cast<char>(byte)) ? 1u : 0u;
        QCOMPARE(count, unreserved.size());
    }
    void allElseIsEncodedByteByByte()
    {
        QCOMPARE(percentEncoded("a/b c+d%"), std::string("a%2Fb%20c%2Bd%25"));
        QCOMPARE(percentEncoded("\xC3\xA9\xFF"), std::string("%C3%A9%FF"));
        QCOMPARE(percentEncoded(std::string("\0\x7F", 2)), std::string("%00%7F"));
    }
    void whatElseIsKeptStays()
    {
        QCOMPARE(percentEncoded("/a b/", "/"), std::string("/a%20b/"));
        QCOMPARE(percentEncoded("/a b/", " "), std::string("%2Fa b%2F"));
    }
    void aByteIsAddedBehindTheRest()
    {
        std::string out = "x";
        appendPercentEncoded(out, '\n');
        QCOMPARE(out, std::string("x%0A"));
    }
};

QTEST_GUILESS_MAIN(TestPercent)
#include "tst_percent.moc"
