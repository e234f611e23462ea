// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// How a server is reached, written into connections.yaml: its own lines alone, and nothing that a collection
// may not say.

#include "folder.h"

#include <store/connectionwrite.h>

#include <QtCore/qfile.h>
#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::test;
using collection::ConnectionRule;

namespace {

ConnectionRule ruleFor(const std::string& path)
{
    ConnectionRule rule;
    rule.path = path;
    return rule;
}

/// A rule with everything in it.
ConnectionRule wholeRule()
{
    ConnectionRule rule = ruleFor("legacy");
    rule.verify = false;
    rule.caFile = "certs/ca.pem";
    rule.minimumTls = http::TlsVersion::Tls1_3;
    rule.version = http::HttpVersion::Http1_1;
    rule.proxy = "none";
    return rule;
}

const std::string commented = "# ours\n"
                              "connections:\n"
                              "  - path: \"\"              # all of it\n"
                              "    minimumTls: '1.3'     # by the book\n"
                              "    caFile: certs/ca.pem\n"
                              "\n"
                              "  - {path: legacy, verifyTls: false}\n"
                              "# the end\n";

} // namespace

class TestConnectionWrite : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aNewFileIsCanonical();
    void onlyItsOwnLinesChange();
    void aRuleThatSaysNothingGoes();
    void whatIsWrittenIsRead();
    void itCanBeTakenBack();
    void othersChangesAreNotWrittenOver();
    void refusesWhatAHostileCollectionMayNotSay_data();
    void refusesWhatAHostileCollectionMayNotSay();
    void aBrokenFileStaysAsItIs();
};

void TestConnectionWrite::aNewFileIsCanonical()
{
    const auto text = store::withConnection("", wholeRule());
    QVERIFY_RESULT(text);
    QVERIFY2(text->starts_with("connections:\n"), text->c_str());
    for (const char* part :
         {"path: legacy\n", "verifyTls: false\n", "caFile: certs/ca.pem\n", "proxy: none\n"})
        QVERIFY2(text->find(part) != std::string::npos, text->c_str());
    QVERIFY2(text->find("minimumTls: 1.3\n") == std::string::npos, text->c_str()); // a text, no number
    const auto comments = store::withConnection("# nothing yet\n", wholeRule());
    QVERIFY_RESULT(comments);
    QVERIFY2(comments->starts_with("# nothing yet\nconnections:\n"), comments->c_str());
}

void TestConnectionWrite::onlyItsOwnLinesChange()
{
    ConnectionRule rule = ruleFor("");
    rule.minimumTls = http::TlsVersion::Tls1_3;
    rule.caFile = "certs/other.pem";
    auto text = store::withConnection(commented, rule);
    QVERIFY_RESULT(text);
    std::string wanted = commented;
    wanted.replace(wanted.find("certs/ca.pem"), 12, "certs/other.pem");
    QCOMPARE(*text, wanted);
    rule.caFile.clear();
    text = store::withConnection(commented, rule);
    QVERIFY_RESULT(text);
    wanted = commented;
    const std::string line = "    caFile: certs/ca.pem\n";
    wanted.erase(wanted.find(line), line.size());
    QCOMPARE(*text, wanted);
    ConnectionRule same = ruleFor("legacy");
    same.verify = false;
    text = store::withConnection(commented, same);
    QVERIFY_RESULT(text);
    QCOMPARE(*text, commented);
}

void TestConnectionWrite::aRuleThatSaysNothingGoes()
{
    auto text = store::withConnection(commented, ruleFor("legacy"));
    QVERIFY_RESULT(text);
    QVERIFY2(text->find("legacy") == std::string::npos, text->c_str());
    QVERIFY2(text->find("minimumTls: '1.3'     # by the book\n") != std::string::npos, text->c_str());
    text = store::withConnection(commented, ruleFor("elsewhere"));
    QVERIFY_RESULT(text);
    QCOMPARE(*text, commented);
    text = store::withConnection("connections:\n  - {path: legacy, verifyTls: false}\n", ruleFor("legacy"));
    QVERIFY_RESULT(text);
    QVERIFY2(text->find("legacy") == std::string::npos, text->c_str());
}

void TestConnectionWrite::whatIsWrittenIsRead()
{
    const CollectionFolder folder;
    folder.write(".claimcheck/connections.yaml", commented);
    std::optional<ConnectionRule> before;
    for (const ConnectionRule& rule : folder.open().connections)
        if (rule.path == "legacy")
            before = rule;
    QVERIFY(before.has_value());
    const auto change = store::changeConnection(folder.root, before, wholeRule());
    QVERIFY_RESULT(change);
    QVERIFY_RESULT(store::apply(*change));
    const auto rules = folder.open().connections;
    QCOMPARE(rules.size(), std::size_t(2));
    QVERIFY(rules[1] == wholeRule());
    ConnectionRule fresh = wholeRule();
    fresh.path = "orders/list.yml";
    fresh.proxy = "http://{{user}}:{{password}}@proxy.example:3128";
    const auto more = store::changeConnection(folder.root, std::nullopt, fresh);
    QVERIFY_RESULT(more);
    QVERIFY_RESULT(store::apply(*more));
    QVERIFY(folder.open().connections.back() == fresh);
}

void TestConnectionWrite::itCanBeTakenBack()
{
    const CollectionFolder folder;
    const auto change = store::changeConnection(folder.root, std::nullopt, wholeRule());
    QVERIFY_RESULT(change);
    QVERIFY_RESULT(store::apply(*change));
    QCOMPARE(folder.open().connections.size(), std::size_t(1));
    QVERIFY_RESULT(store::apply(store::inverse(*change)));
    QVERIFY(folder.open().connections.empty());
    QVERIFY(!QFile::exists(toQString(folder.path(store::connectionsFile))));
    const auto nothing = store::changeConnection(folder.root, std::nullopt, ruleFor("a"));
    QVERIFY_RESULT(nothing);
    QVERIFY(nothing->isEmpty());
}

void TestConnectionWrite::othersChangesAreNotWrittenOver()
{
    const CollectionFolder folder;
    folder.write(".claimcheck/connections.yaml", commented);
    const auto change = store::changeConnection(folder.root, std::nullopt, wholeRule());
    QVERIFY(!change);
    QCOMPARE(change.error().kind, ErrorKind::Refused);
    QCOMPARE(change.error().what, std::string("cannot save the connection of legacy"));
}

void TestConnectionWrite::refusesWhatAHostileCollectionMayNotSay_data()
{
    QTest::addColumn<QString>("caFile");
    QTest::addColumn<QString>("proxy");
    QTest::addColumn<bool>("isAllowed");
    const QString none;
    QTest::newRow("inside") << QStringLiteral("certs/ca.pem") << none << true;
    QTest::newRow("a variable") << QStringLiteral("{{ca}}") << none << true;
    QTest::newRow("above") << QStringLiteral("../ca.pem") << none << false;
    QTest::newRow("absolute") << QStringLiteral("/etc/ssl/cert.pem") << none << false;
    QTest::newRow("above, with mere braces") << QStringLiteral("../{{ca.pem") << none << false;
    QTest::newRow("a password with mere braces")
        << none << QStringLiteral("http://me:s3{{cret@proxy.example:3128") << false;
    QTest::newRow("a proxy") << none << QStringLiteral("http://proxy.example:3128") << true;
    QTest::newRow("its user") << none << QStringLiteral("http://me@proxy.example:3128") << true;
    QTest::newRow("its password") << none << QStringLiteral("http://me:s3cret@proxy.example:3128") << false;
    QTest::newRow("a secret") << none << QStringLiteral("http://me:{{pw}}@proxy.example:3128") << true;
}

void TestConnectionWrite::refusesWhatAHostileCollectionMayNotSay()
{
    QFETCH(QString, caFile);
    QFETCH(QString, proxy);
    QFETCH(bool, isAllowed);
    const CollectionFolder folder;
    ConnectionRule rule = ruleFor("");
    rule.caFile = caFile.toStdString();
    if (!proxy.isEmpty())
        rule.proxy = proxy.toStdString();
    const auto change = store::changeConnection(folder.root, std::nullopt, rule);
    QCOMPARE(change.has_value(), isAllowed);
    if (!change) {
        QCOMPARE(change.error().kind, ErrorKind::Refused);
        QCOMPARE(change.error().what, std::string("cannot save the connection of the collection"));
        QVERIFY(describe(change.error()).find("s3cret") == std::string::npos);
    }
}

void TestConnectionWrite::aBrokenFileStaysAsItIs()
{
    const CollectionFolder folder;
    folder.write(".claimcheck/connections.yaml", "connections:\n  - {path: a, verify: false}\n");
    const auto change = store::changeConnection(folder.root, std::nullopt, wholeRule());
    QVERIFY(!change);
    QCOMPARE(change.error().kind, ErrorKind::Malformed);
    QVERIFY(change.error().where.has_value());
}

QTEST_GUILESS_MAIN(TestConnectionWrite)
#include "tst_connectionwrite.moc"
