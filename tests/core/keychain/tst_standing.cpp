// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A sentence of its own for each way in which a keychain service does not serve.

#include <keychain/service.h>

#include <QtTest/qtest.h>

#include <set>

using namespace claimcheck;
using namespace claimcheck::keychain;

class TestStanding : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void eachHasItsOwnSentence();
    void whatServesExplainsNothing();
};

void TestStanding::eachHasItsOwnSentence()
{
    std::set<std::string> whys;
    std::set<std::string> fixes;
    for (const Standing standing : {Standing::NoBus, Standing::NoService, Standing::NoKeyring,
                                    Standing::Locked, Standing::LockedAlone}) {
        const auto error = errorOf(standing, "cannot keep password in the keychain", "");
        QVERIFY(error.has_value());
        QCOMPARE(error->what, std::string("cannot keep password in the keychain"));
        const bool isThere = standing != Standing::NoBus && standing != Standing::NoService;
        QCOMPARE(error->kind, isThere ? ErrorKind::Refused : ErrorKind::Unreachable);
        QCOMPARE(error->why.starts_with("no keychain service answers"), !isThere);
        QVERIFY(error->fix.ends_with("; until then secrets stay in memory only"));
        whys.insert(error->why);
        fixes.insert(error->fix);
    }
    QCOMPARE(whys.size(), std::size_t(5));
    QCOMPARE(fixes.size(), std::size_t(5));
    QCOMPARE(errorOf(Standing::NoService, "w", "its text")->why,
             std::string("no keychain service answers (its text)"));
}

void TestStanding::whatServesExplainsNothing()
{
    QVERIFY(!errorOf(Standing::Open, "w", "t"));
    QVERIFY(!errorOf(Standing::Unknown, "w", "t"));
}

QTEST_GUILESS_MAIN(TestStanding)
#include "tst_standing.moc"
