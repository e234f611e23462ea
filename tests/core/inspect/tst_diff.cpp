// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Two tokens side by side.

#include <QtTest/qtest.h>

#include <inspect/diff.h>

#include "tokens.h"

using namespace claimcheck;
using namespace claimcheck::test;
using inspect::compareTokens;
using inspect::TokenDifference;
using json::Change;

class TestDiff : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void comparesClaimByClaim();
    void sameTokensAreTheSame();
    void comparesWhatIsNoJson();
    void leavesWhatIsUnreadableAsItStands();
};

static std::vector<TokenDifference> differencesOf(const std::string& left, const std::string& right)
{
    std::vector<TokenDifference> all = compareTokens(jose::decode(left), jose::decode(right));
    std::erase_if(all, [](const TokenDifference& difference) { return difference.change == Change::Same; });
    return all;
}

void TestDiff::comparesClaimByClaim()
{
    const auto found =
        differencesOf(token(R"({"alg":"HS256","kid":"a"})", R"({"exp":1800000000,"a":{"b":[1,2]},"x":1})"),
                      token(R"({"kid":"b","alg":"HS256"})", R"({"a":{"b":[1,3]},"exp":1800003600,"y":"z"})"));
    QCOMPARE(found.size(), 6u);
    QCOMPARE(found[0], (TokenDifference{"header", "kid", Change::Changed, R"("a")", R"("b")", {}}));
    QCOMPARE(found[1], (TokenDifference{"payload", "exp", Change::Changed, "1800000000", "1800003600",
                                        "60 min later"}));
    QCOMPARE(found[2], (TokenDifference{"payload", "a.b.1", Change::Changed, "2", "3", {}}));
    QCOMPARE(found[3], (TokenDifference{"payload", "x", Change::Removed, "1", {}, {}}));
    QCOMPARE(found[4], (TokenDifference{"payload", "y", Change::Added, {}, R"("z")", {}}));
    QCOMPARE(found[5].part, std::string("signature"));
}

void TestDiff::sameTokensAreTheSame()
{
    const std::string text = token(header, goodClaims);
    QVERIFY(differencesOf(text, text).empty());
    QCOMPARE(compareTokens(jose::decode(text), jose::decode(text)).size(), 9u);
    const auto earlier = differencesOf(token(header, R"({"nbf":10})"), token(header, R"({"nbf":5})"));
    QCOMPARE(earlier.front().note, std::string("5 s earlier"));
    const auto odd = differencesOf(token(header, R"({"nbf":10})"), token(header, R"({"nbf":"x"})"));
    QCOMPARE(odd.front().note, std::string());
}

void TestDiff::comparesWhatIsNoJson()
{
    const auto found = differencesOf(join(R"({"alg":"HS256"})", "text", ""), join("\xff", R"({"a":1})", "s"));
    QCOMPARE(found.size(), 3u);
    QCOMPARE(found[0], (TokenDifference{"header", {}, Change::Changed, R"({"alg":"HS256"})", "_w", {}}));
    QCOMPARE(found[1], (TokenDifference{"payload", {}, Change::Changed, "text", R"({"a":1})", {}}));
    QCOMPARE(found[2], (TokenDifference{"signature", {}, Change::Added, {}, "cw", {}}));
    QCOMPARE(differencesOf(join("{}", "", "s"), join("{}", "", ""))[0].change, Change::Removed);
}

void TestDiff::leavesWhatIsUnreadableAsItStands()
{
    // Not base64url, of an impossible length, with unused bits, and with padding: none of it is written anew.
    const auto header = [](const std::string& left, const std::string& right) {
        return differencesOf(left + ".e30.s", right + ".e30.s").front();
    };
    QCOMPARE(header("YQ!x", "YQ!y"), (TokenDifference{"header", {}, Change::Changed, "YQ!x", "YQ!y", {}}));
    QCOMPARE(header("_____", "____-"),
             (TokenDifference{"header", {}, Change::Changed, "_____", "____-", {}}));
    QCOMPARE(header("_x", "_w"), (TokenDifference{"header", {}, Change::Changed, "_x", "_w", {}}));
    QCOMPARE(header("YWI=", "YWI"), (TokenDifference{"header", {}, Change::Changed, "YWI=", "ab", {}}));
}

QTEST_GUILESS_MAIN(TestDiff)
#include "tst_diff.moc"
