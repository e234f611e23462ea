// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// How a server is reached, or a token made for it, changed in the window: one command that is taken back to
// the byte, and never over what another program wrote.

#include <core/store/folder.h>
#include <support/result.h>
#include <workbench/edits.h>
#include <workbench/workbench.h>

#include <QtTest/qsignalspy.h>
#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::test;
using collection::ConnectionRule;
using workbench::Edit;
using workbench::Edits;

namespace {

constexpr const char* file = ".claimcheck/connections.yaml";
constexpr const char* environmentFile = "environments/local.yml";
const std::string localEnvironment = "name: local # ours\n";

struct Desk
{
    CollectionFolder folder;
    workbench::Workbench workbench;
    Edits edits{workbench};

    explicit Desk(const std::string& rules = {})
    {
        folder.write("orders/folder.yml", "info: {name: Orders, type: folder}\n");
        folder.write("orders/list.yml", requestText("List", "1"));
        folder.write("certs/ca.pem", "x");
        if (!rules.empty())
            folder.write(file, rules);
        QVERIFY_RESULT(workbench.openCollection(folder.root));
    }
    std::string text() { return store::readFile(folder.path(file), 100'000).value_or("not there"); }
    const std::vector<ConnectionRule>& rules() { return workbench.collection()->connections; }
};

ConnectionRule unverified(const std::string& path)
{
    ConnectionRule rule;
    rule.path = path;
    rule.verify = false;
    return rule;
}

constexpr const char* mintedFile = ".claimcheck/sessions.yaml";

collection::MintedToken tokenRule(const std::string& path)
{
    collection::MintedToken rule;
    rule.path = path;
    rule.algorithm = "HS256";
    rule.key = "{{signingKey}}";
    rule.name = "Authorization";
    rule.prefix = "Bearer ";
    return rule;
}

} // namespace

class TestConnectionEdits : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void oneCommandThatIsTakenBack();
    void isNamedAfterWhatItIsFor();
    void changesTheRuleThatIsThere();
    void whatOthersWroteStays();
    void whatOthersWroteSinceStaysAtUndo();
    void nothingNewIsNoCommand();
    void whatACollectionMayNotSayIsRefused();
    void nothingWithoutACollection();
    void aCertificateIsOneCommandWithItsSecret();
    void aRefusedCertificateLeavesNoName();
    void aProxyIsOneCommandWithItsSecret();
    void aRefusedProxyLeavesNoName();
    void aTokensRuleIsOneCommand();
    void aTokensRuleIsNotWrittenOverAnothers();
};

void TestConnectionEdits::oneCommandThatIsTakenBack()
{
    Desk desk;
    QSignalSpy changed(&desk.workbench, &workbench::Workbench::collectionChanged);
    const auto saved = desk.edits.saveConnection({{}, unverified("orders/list.yml")});
    QVERIFY_RESULT(saved);
    QCOMPARE(changed.size(), 1);
    QCOMPARE(desk.rules(), std::vector{unverified("orders/list.yml")});
    const std::string after = desk.text();
    const auto undone = desk.edits.undo();
    QVERIFY_RESULT(undone);
    QCOMPARE(desk.text(), std::string("not there"));
    QVERIFY(desk.rules().empty());
    QVERIFY(desk.edits.undoable() == nullptr);
    const auto redone = desk.edits.redo();
    QVERIFY_RESULT(redone);
    QCOMPARE(desk.text(), after);
    QCOMPARE(desk.rules().size(), std::size_t(1));
}

void TestConnectionEdits::isNamedAfterWhatItIsFor()
{
    Desk desk;
    const auto nameFor = [&desk](const std::string& path) {
        const auto saved = desk.edits.saveConnection({{}, unverified(path)});
        const workbench::Command* command = desk.edits.undoable();
        return saved && command && command->edit == Edit::Connection ? command->name : "not saved";
    };
    QCOMPARE(nameFor("orders/list.yml"), std::string("List"));
    QCOMPARE(nameFor("orders"), std::string("Orders"));
    QCOMPARE(nameFor(""), std::string("My API"));
}

void TestConnectionEdits::changesTheRuleThatIsThere()
{
    const std::string before = "connections:\n"
                               "  - path: orders # ours\n"
                               "    verifyTls: false\n"
                               "    minimumTls: '1.3' # why\n";
    Desk desk(before);
    ConnectionRule rule = desk.rules().front();
    rule.caFile = "certs/ca.pem";
    rule.verify.reset();
    const auto saved = desk.edits.saveConnection({desk.rules().front(), rule});
    QVERIFY_RESULT(saved);
    QCOMPARE(desk.rules(), std::vector{rule});
    QVERIFY2(desk.text().find("'1.3' # why") != std::string::npos, desk.text().c_str());
    const auto undone = desk.edits.undo();
    QVERIFY_RESULT(undone);
    QCOMPARE(desk.text(), before);
}

/// The rule is another one by now: it is shown as it is, and nothing was written.
void TestConnectionEdits::whatOthersWroteStays()
{
    Desk desk;
    const std::string theirs = "connections:\n  - {path: orders, verifyTls: true}\n";
    desk.folder.write(file, theirs);
    const auto refused = desk.edits.saveConnection({{}, unverified("orders")});
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, ErrorKind::Refused);
    QVERIFY(!refused.error().what.empty() && !refused.error().why.empty() && !refused.error().fix.empty());
    QCOMPARE(desk.text(), theirs);
    QVERIFY(desk.edits.undoable() == nullptr);
    QCOMPARE(desk.rules().size(), std::size_t(1));
    QVERIFY(desk.rules().front().verify == true);
    // A rule of another place is no obstacle.
    const auto saved = desk.edits.saveConnection({{}, unverified("orders/list.yml")});
    QVERIFY_RESULT(saved);
    QCOMPARE(desk.rules().size(), std::size_t(2));
}

void TestConnectionEdits::whatOthersWroteSinceStaysAtUndo()
{
    Desk desk;
    const auto saved = desk.edits.saveConnection({{}, unverified("orders")});
    QVERIFY_RESULT(saved);
    const std::string theirs = desk.text() + "# theirs\n";
    desk.folder.write(file, theirs);
    QVERIFY(!desk.edits.undo());
    QCOMPARE(desk.text(), theirs);
}

void TestConnectionEdits::nothingNewIsNoCommand()
{
    Desk desk("connections:\n  - {path: orders, verifyTls: false}\n");
    const auto saved = desk.edits.saveConnection({unverified("orders"), unverified("orders")});
    QVERIFY_RESULT(saved);
    QVERIFY(desk.edits.undoable() == nullptr);
}

void TestConnectionEdits::whatACollectionMayNotSayIsRefused()
{
    Desk desk;
    ConnectionRule rule;
    rule.caFile = "../ca.pem";
    const auto refused = desk.edits.saveConnection({{}, rule});
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, ErrorKind::Refused);
    QCOMPARE(desk.text(), std::string("not there"));
}

void TestConnectionEdits::nothingWithoutACollection()
{
    workbench::Workbench empty;
    Edits none(empty);
    QVERIFY(!none.saveConnection({{}, unverified("")}));
    QVERIFY(!none.saveCertificate({"opencollection.yml"}));
    QVERIFY(!none.saveMinted({{}, tokenRule("")}));
}

/// Both stand in the environment's file: they come and go together.
void TestConnectionEdits::aCertificateIsOneCommandWithItsSecret()
{
    Desk desk;
    desk.folder.write(environmentFile, localEnvironment);
    const auto opened = desk.workbench.openCollection(desk.folder.root);
    QVERIFY_RESULT(opened);
    desk.workbench.selectEnvironment("local");
    const collection::ClientCertificate certificate{"a.example", "certs/a.p12", {}, "{{pw}}", true};
    const auto saved = desk.edits.saveCertificate({environmentFile, {}, certificate, {"pw"}});
    QVERIFY_RESULT(saved);
    const auto& environment = desk.workbench.collection()->environments.front();
    QCOMPARE(environment.certificates, std::vector{certificate});
    QCOMPARE(environment.variables.size(), std::size_t(1));
    QVERIFY(environment.variables.front().name == "pw" && environment.variables.front().secret);
    QCOMPARE(desk.edits.undoable()->edit, Edit::Certificate);
    QCOMPARE(desk.edits.undoable()->name, std::string("a.example"));
    const auto undone = desk.edits.undo();
    QVERIFY_RESULT(undone);
    QCOMPARE(store::readFile(desk.folder.path(environmentFile), 1000).value_or(""), localEnvironment);
    const auto redone = desk.edits.redo();
    QVERIFY_RESULT(redone);
    QCOMPARE(desk.workbench.collection()->environments.front().certificates.size(), std::size_t(1));
}

void TestConnectionEdits::aRefusedCertificateLeavesNoName()
{
    Desk desk;
    desk.folder.write(environmentFile, localEnvironment);
    const auto opened = desk.workbench.openCollection(desk.folder.root);
    QVERIFY_RESULT(opened);
    const collection::ClientCertificate outside{"a.example", "../a.p12", {}, "{{pw}}", true};
    QVERIFY(!desk.edits.saveCertificate({environmentFile, {}, outside, {"pw"}})); // no environment is chosen
    desk.workbench.selectEnvironment("local");
    QVERIFY(!desk.edits.saveCertificate({environmentFile, {}, outside, {"pw"}}));
    QCOMPARE(store::readFile(desk.folder.path(environmentFile), 1000).value_or(""), localEnvironment);
    QVERIFY(desk.edits.undoable() == nullptr);
}

/// The rule and the name of its password stand in two files: they come and go together.
void TestConnectionEdits::aProxyIsOneCommandWithItsSecret()
{
    Desk desk;
    desk.folder.write(environmentFile, localEnvironment);
    const auto opened = desk.workbench.openCollection(desk.folder.root);
    QVERIFY_RESULT(opened);
    ConnectionRule rule;
    rule.proxy = "http://me:{{pw}}@p.example:3128";
    const auto noPlace = desk.edits.saveConnection({{}, rule, {"pw"}}); // no environment is chosen
    QVERIFY(!noPlace);
    QVERIFY2(noPlace.error().why.find("no environment") != std::string::npos, noPlace.error().why.c_str());
    QCOMPARE(desk.text(), std::string("not there"));
    desk.workbench.selectEnvironment("local");
    const auto saved = desk.edits.saveConnection({{}, rule, {"pw"}});
    QVERIFY_RESULT(saved);
    QCOMPARE(desk.rules(), std::vector{rule});
    const auto& environment = desk.workbench.collection()->environments.front();
    QCOMPARE(environment.variables.size(), std::size_t(1));
    QVERIFY(environment.variables.front().name == "pw" && environment.variables.front().secret);
    const auto undone = desk.edits.undo();
    QVERIFY_RESULT(undone);
    QCOMPARE(store::readFile(desk.folder.path(environmentFile), 1000).value_or(""), localEnvironment);
    QCOMPARE(desk.text(), std::string("not there"));
    const auto redone = desk.edits.redo();
    QVERIFY_RESULT(redone);
    QCOMPARE(desk.rules(), std::vector{rule});
}

void TestConnectionEdits::aRefusedProxyLeavesNoName()
{
    Desk desk;
    desk.folder.write(environmentFile, localEnvironment);
    const auto opened = desk.workbench.openCollection(desk.folder.root);
    QVERIFY_RESULT(opened);
    desk.workbench.selectEnvironment("local");
    ConnectionRule rule;
    rule.proxy = "http://me:s3cret@p.example:3128";
    QVERIFY(!desk.edits.saveConnection({{}, rule, {"pw"}}));
    QCOMPARE(store::readFile(desk.folder.path(environmentFile), 1000).value_or(""), localEnvironment);
    QCOMPARE(desk.text(), std::string("not there"));
    QVERIFY(desk.edits.undoable() == nullptr);
}

void TestConnectionEdits::aTokensRuleIsOneCommand()
{
    const std::string theirs = "sessions:\n  alice: {request: {file: auth/login.yml}} # who\n";
    Desk desk;
    desk.folder.write(mintedFile, theirs);
    const auto opened = desk.workbench.openCollection(desk.folder.root);
    QVERIFY_RESULT(opened);
    const auto written = [&desk] {
        return store::readFile(desk.folder.path(mintedFile), 10'000).value_or("not there");
    };
    const auto saved = desk.edits.saveMinted({{}, tokenRule("orders/list.yml")});
    QVERIFY_RESULT(saved);
    QCOMPARE(desk.workbench.collection()->minted, std::vector{tokenRule("orders/list.yml")});
    QVERIFY2(written().starts_with(theirs), written().c_str());
    QCOMPARE(desk.edits.undoable()->edit, Edit::Minted);
    QCOMPARE(desk.edits.undoable()->name, std::string("List"));
    const std::string after = written();
    const auto undone = desk.edits.undo();
    QVERIFY_RESULT(undone);
    QCOMPARE(written(), theirs);
    const auto redone = desk.edits.redo();
    QVERIFY_RESULT(redone);
    QCOMPARE(written(), after);
    const auto removed = desk.edits.saveMinted({tokenRule("orders/list.yml"), {}});
    QVERIFY_RESULT(removed);
    QVERIFY(desk.workbench.collection()->minted.empty());
    QVERIFY(written().find("minted") == std::string::npos);
    const auto ofAll = desk.edits.saveMinted({{}, tokenRule("")});
    QVERIFY_RESULT(ofAll);
    QCOMPARE(desk.edits.undoable()->name, std::string("My API"));
}

void TestConnectionEdits::aTokensRuleIsNotWrittenOverAnothers()
{
    Desk desk;
    const std::string theirs = "minted:\n  - {path: orders, algorithm: HS512, key: '{{other}}'}\n";
    desk.folder.write(mintedFile, theirs);
    const auto refused = desk.edits.saveMinted({{}, tokenRule("orders")});
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, ErrorKind::Refused);
    QCOMPARE(store::readFile(desk.folder.path(mintedFile), 1000).value_or(""), theirs);
    QVERIFY(desk.edits.undoable() == nullptr);
    // It is shown as it is now.
    QCOMPARE(desk.workbench.collection()->minted.size(), std::size_t(1));
    QCOMPARE(desk.workbench.collection()->minted.front().algorithm, std::string("HS512"));
    collection::MintedToken inTheClear = tokenRule("orders/list.yml");
    inTheClear.key = "s3cret";
    QVERIFY(!desk.edits.saveMinted({{}, inTheClear}));
    QCOMPARE(store::readFile(desk.folder.path(mintedFile), 1000).value_or(""), theirs);
}

QTEST_GUILESS_MAIN(TestConnectionEdits)
#include "tst_connectionedits.moc"
