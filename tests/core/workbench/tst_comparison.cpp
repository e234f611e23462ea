// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Answers side by side: what is marked, and in which rows.

#include <workbench/comparison.h>

#include <QtTest/qtest.h>

using namespace claimcheck;
using workbench::compareAnswers;
using workbench::ComparedRow;
using workbench::Comparison;
using workbench::IdentityAnswer;

namespace {

IdentityAnswer answer(const std::string& name, int status, const std::string& body)
{
    IdentityAnswer made{name, {}};
    made.exchange.response.emplace();
    made.exchange.response->status = status;
    if (!made.exchange.response->body.append(body))
        qFatal("no body");
    return made;
}

const ComparedRow* row(const Comparison& comparison, const std::string& place)
{
    for (const ComparedRow& each : comparison.rows)
        if (each.place == place)
            return &each;
    return nullptr;
}

} // namespace

class TestComparison : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void marksWhatDiffersFromTheFirst()
    {
        const Comparison found =
            compareAnswers({answer("alice", 200, R"({"id":1,"roles":["a"],"same":true})"),
                            answer("bob", 403, R"({"id":2,"roles":[],"same":true})"),
                            answer("-", 200, R"({"id":1,"extra":null,"same":true})")});
        QCOMPARE(found.names, (std::vector<std::string>{"alice", "bob", "-"}));
        QCOMPARE(row(found, "status")->differs, (std::vector<bool>{false, true, false}));
        QCOMPARE(row(found, "body .id")->cells, (std::vector<std::string>{"1", "2", "1"}));
        QCOMPARE(row(found, "body .id")->differs, (std::vector<bool>{false, true, false}));
        QCOMPARE(row(found, "body .roles[0]")->differs, (std::vector<bool>{false, true, true}));
        QCOMPARE(row(found, "body .extra")->cells, (std::vector<std::string>{"", "", "null"}));
        QVERIFY(row(found, "body .same")->isSame());
        QVERIFY(row(found, "size")->isSame()); // said, not marked
    }
    /// Answers that are alike say nothing of who may what where nobody was told from another.
    void saysWhereAllWereSentAlike()
    {
        const auto sent = [](const std::string& name, const std::string& field) {
            IdentityAnswer made = answer(name, 200, "{}");
            made.exchange.hops.emplace_back().requestHead = "GET / HTTP/1.1\r\n" + field + "\r\n";
            return made;
        };
        IdentityAnswer failed{"carol", {}};
        failed.exchange.error = Error{ErrorKind::Refused, "cannot sign in", "closed", "", std::nullopt};
        QVERIFY(compareAnswers({sent("alice", ""), sent("bob", ""), failed}).isSentAlike);
        QVERIFY(!compareAnswers({sent("alice", "Authorization: Bearer a\r\n"), sent("-", "")}).isSentAlike);
        QVERIFY(
            !compareAnswers({sent("alice", "Cookie: s=1\r\n"), sent("bob", "Cookie: s=2\r\n")}).isSentAlike);
        QVERIFY(!compareAnswers({sent("alice", ""), failed}).isSentAlike);
        QVERIFY(!compareAnswers({answer("alice", 200, "{}"), answer("bob", 200, "{}")}).isSentAlike);
    }
    void otherBodiesGoLineByLine()
    {
        const Comparison found =
            compareAnswers({answer("alice", 200, "one\r\ntwo\n"), answer("bob", 200, "one\nthree\n")});
        QVERIFY(row(found, "body, line 1")->isSame());
        QCOMPARE(row(found, "body, line 2")->cells, (std::vector<std::string>{"two", "three"}));
    }
    void anErrorIsAStatus()
    {
        IdentityAnswer failed{"bob", {}};
        failed.exchange.error = Error{ErrorKind::Refused, "cannot sign in", "closed", "", std::nullopt};
        const Comparison found = compareAnswers({answer("alice", 200, "{}"), failed});
        QVERIFY(row(found, "status")->cells[1].find("cannot sign in") != std::string::npos);
        QVERIFY(row(found, "status")->differs[1]);
    }
    void longBodiesAreCut()
    {
        std::string many;
        for (int i = 0; i < 5000; ++i)
            many += "line " + std::to_string(i) + "\n";
        const Comparison found = compareAnswers({answer("alice", 200, many), answer("bob", 200, many)});
        QVERIFY(found.isCut);
        QVERIFY(found.rows.size() <= 2003);
    }
    /// As long a name as many values inside: the way to each would be a megabyte.
    void longNamesAreCut()
    {
        std::string values = "0";
        for (int i = 0; i < 500'000; ++i)
            values += ",0";
        const auto body = [&](const char* end) {
            return "{\"" + std::string(1'000'000, 'n') + end + "\":[" + values + "]}";
        };
        const Comparison found =
            compareAnswers({answer("alice", 200, body("a")), answer("bob", 200, body("b"))});
        QVERIFY(found.isCut);
        QVERIFY(found.rows.size() <= 2003);
        std::size_t bytes = 0;
        for (const ComparedRow& each : found.rows)
            bytes += each.place.size();
        QVERIFY(bytes < 4'000'000);
    }
    void cutNamesAreNotOne()
    {
        const std::string name(2000, 'n');
        const std::string one = "{\"" + name + "a\":1,\"" + name + "b\":2}";
        const std::string other = "{\"" + name + "a\":3,\"" + name + "b\":2}";
        const Comparison found = compareAnswers({answer("alice", 200, one), answer("bob", 200, other)});
        QVERIFY(std::ranges::any_of(found.rows, [](const ComparedRow& each) { return !each.isSame(); }));
        QCOMPARE(found.rows.size(), std::size_t(5));
    }
};

QTEST_GUILESS_MAIN(TestComparison)
#include "tst_comparison.moc"
