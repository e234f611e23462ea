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
};

QTEST_GUILESS_MAIN(TestComparison)
#include "tst_comparison.moc"
