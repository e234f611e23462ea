// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A request that needs secrets: found in their places, asked for once, never at another collection's entry.

#include <core/store/folder.h>
#include <core/workbench/letgo.h>
#include <demo/demoapi.h>
#include <keychain/memory.h>
#include <support/result.h>
#include <workbench/secrets.h>
#include <workbench/workbench.h>

#include <QtTest/qsignalspy.h>
#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::test;
using workbench::Remember;
using workbench::Workbench;

class TestWorkbenchSecrets : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void asksForWhatIsMissing();
    void keepsTheAnswerInTheKeychain();
    void staysInMemoryWithoutAKeychain();
    void findsWhatTheKeychainHolds();
    void cancelEndsTheQuestion();
    void anotherRequestEndsTheQuestion();
    void withoutAnybodyToAskTheNameIsMissed();
    void asksNothingThatIsNotUsed();
    void namesWhatIsAwaited();
    void readsTheProcessOnlyWhereAllowed();
    void aPermissionCountsFromTheNextRequest();
    void movesWithItsEnvironment();

private:
    void open(const char* body = R"('{"username":"demo","password":"{{password}}"}')");
    void send();
    int status() const;

    demo::DemoServer m_server;
    std::unique_ptr<CollectionFolder> m_folder;
    std::unique_ptr<Workbench> m_workbench;
    keychain::MemoryKeychain* m_keychain = nullptr;
    std::vector<workbench::SecretQuestion> m_questions;
    std::vector<workbench::ExchangeResult> m_answers;
};

void TestWorkbenchSecrets::init()
{
    m_questions.clear();
    m_answers.clear();
    if (m_server.url().empty())
        QVERIFY(m_server.start());
    m_folder = std::make_unique<CollectionFolder>();
    m_workbench = std::make_unique<Workbench>();
    auto keychain = std::make_unique<keychain::MemoryKeychain>();
    m_keychain = keychain.get();
    m_workbench->secrets().setKeychain(std::move(keychain));
    connect(m_workbench.get(), &Workbench::secretsWanted, this,
            [this](const workbench::SecretQuestion& question) { m_questions.push_back(question); });
    connect(m_workbench.get(), &Workbench::releaseWanted, this,
            [this](const workbench::ReleaseQuestion& question) { // tst_release.cpp says when it is asked
                letGo(*m_workbench, question);
                m_workbench->resume();
            });
    connect(m_workbench.get(), &Workbench::exchangeFinished, this,
            [this](const workbench::ExchangeResult& result) { m_answers.push_back(result); });
}

void TestWorkbenchSecrets::open(const char* body)
{
    m_folder->write("environments/local.yml", "name: local\nvariables:\n  - {name: host, value: " +
                                                  m_server.url() + "}\n  - {secret: true, name: password}\n");
    m_folder->write("login.yml",
                    std::string("info: {name: Log in, type: http}\nhttp:\n  method: POST\n  url: "
                                "\"{{host}}/login\"\n  body: {type: json, data: ") +
                        body + "}\n");
    QVERIFY_RESULT(m_workbench->openCollection(m_folder->root));
    m_workbench->selectEnvironment("local");
}

void TestWorkbenchSecrets::send()
{
    m_workbench->send(m_workbench->collection()->root.items.at(0));
}

int TestWorkbenchSecrets::status() const
{
    return m_answers.empty() || !m_answers.back().exchange.response
               ? 0
               : m_answers.back().exchange.response->status;
}

void TestWorkbenchSecrets::asksForWhatIsMissing()
{
    open();
    send();
    QTRY_COMPARE(m_questions.size(), std::size_t(1));
    QVERIFY(m_workbench->isBusy());
    QCOMPARE(m_questions[0].wanted.size(), std::size_t(1));
    QCOMPARE(m_questions[0].wanted[0].environment, std::string("local"));
    QCOMPARE(m_questions[0].wanted[0].name, std::string("password"));
    QVERIFY(m_questions[0].hasKeychain);
    m_workbench->secrets().give(m_folder->root, "local", "password", Secret("demo"), Remember::InMemory);
    m_workbench->resume();
    QTRY_COMPARE(status(), 200);
    QVERIFY(!m_workbench->isBusy());
    QCOMPARE(m_keychain->size(), std::size_t(0));
    send(); // known by now
    QTRY_COMPARE(m_answers.size(), std::size_t(2));
    QCOMPARE(m_questions.size(), std::size_t(1));
}

void TestWorkbenchSecrets::keepsTheAnswerInTheKeychain()
{
    open();
    m_workbench->secrets().give(m_folder->root, "local", "password", Secret("demo"), Remember::InKeychain);
    QCOMPARE(m_keychain->size(), std::size_t(1));
    send();
    QTRY_COMPARE(status(), 200);
    QVERIFY(m_questions.empty());
}

void TestWorkbenchSecrets::staysInMemoryWithoutAKeychain()
{
    open();
    m_keychain->failWith({ErrorKind::Unreachable, "cannot keep password", "there is none", "", std::nullopt});
    std::vector<Error> problems;
    connect(&m_workbench->secrets(), &workbench::Secrets::problem, this,
            [&problems](const Error& error) { problems.push_back(error); });
    m_workbench->secrets().give(m_folder->root, "local", "password", Secret("demo"), Remember::InKeychain);
    QTRY_COMPARE(problems.size(), std::size_t(1));
    send();
    QTRY_COMPARE(status(), 200);
}

void TestWorkbenchSecrets::findsWhatTheKeychainHolds()
{
    open();
    m_keychain->write(keychain::entryOf(m_folder->root, "local", "password"), Secret("demo"), this,
                      [](const Result<void>&) {});
    send();
    QTRY_COMPARE(status(), 200);
    QVERIFY(m_questions.empty());
    const CollectionFolder hostile;
    hostile.write("environments/local.yml", "name: local\nvariables:\n  - {secret: true, name: password}\n");
    hostile.write("login.yml", "info: {name: x, type: http}\nhttp: {method: GET, url: \"" + m_server.url() +
                                   "/{{password}}\"}\n");
    QVERIFY_RESULT(m_workbench->openCollection(hostile.root));
    send();
    QTRY_COMPARE(m_questions.size(), std::size_t(1));
    m_workbench->cancel();
}

void TestWorkbenchSecrets::cancelEndsTheQuestion()
{
    open();
    send();
    QTRY_COMPARE(m_questions.size(), std::size_t(1));
    m_workbench->cancel();
    QCOMPARE(m_answers.size(), std::size_t(1));
    QCOMPARE(m_answers[0].exchange.error->kind, ErrorKind::Cancelled);
    QVERIFY(!m_workbench->isBusy());
    m_workbench->resume(); // nothing waits
    QCOMPARE(m_answers.size(), std::size_t(1));
}

void TestWorkbenchSecrets::anotherRequestEndsTheQuestion()
{
    open();
    send();
    QTRY_COMPARE(m_questions.size(), std::size_t(1));
    http::Request request;
    request.url = m_server.url() + "/";
    m_workbench->sendRequest(request);
    QTRY_COMPARE(m_answers.size(), std::size_t(2));
    QCOMPARE(m_answers[0].exchange.error->kind, ErrorKind::Cancelled);
    QCOMPARE(status(), 200);
}

void TestWorkbenchSecrets::withoutAnybodyToAskTheNameIsMissed()
{
    open();
    disconnect(m_workbench.get(), &Workbench::secretsWanted, this, nullptr);
    send();
    QTRY_COMPARE(m_answers.size(), std::size_t(1));
    QVERIFY(describe(*m_answers[0].exchange.error).find("password") != std::string::npos);
}

void TestWorkbenchSecrets::asksNothingThatIsNotUsed()
{
    open(R"('{"username":"demo","password":"demo"}')");
    send();
    QTRY_COMPARE(status(), 200);
    QVERIFY(m_questions.empty());
}

void TestWorkbenchSecrets::namesWhatIsAwaited()
{
    QVERIFY(m_workbench->awaitedSecrets().variables.empty());
    open();
    const std::vector<variables::Variable> expected{{"password", "", true, true}};
    QVERIFY(m_workbench->awaitedSecrets().variables == expected);
    m_workbench->selectEnvironment({});
    QVERIFY(m_workbench->awaitedSecrets().variables.empty());
}

void TestWorkbenchSecrets::readsTheProcessOnlyWhereAllowed()
{
    qputenv("password", "demo");
    open();
    send();
    QTRY_COMPARE(m_questions.size(), std::size_t(1));
    m_workbench->cancel();
    store::Permissions permissions;
    permissions.allow(m_folder->root, "password", true);
    m_workbench->secrets().setPermissions(permissions);
    send();
    QTRY_COMPARE(status(), 200);
    qunsetenv("password");
}

/// `{{process.env.NAME}}` is no secret variable that anybody asks for: each request looks anew.
void TestWorkbenchSecrets::aPermissionCountsFromTheNextRequest()
{
    qputenv("SHOP_API_KEY", "opaque-process-9");
    m_folder->write("a.yml", "info: {name: A, type: http}\nhttp:\n  method: GET\n  url: \"" + m_server.url() +
                                 "/protected?a={{process.env.SHOP_API_KEY}}\"\n");
    QVERIFY_RESULT(m_workbench->openCollection(m_folder->root));
    const auto allow = [this](bool isAllowed) {
        store::Permissions permissions;
        permissions.allow(m_folder->root, "SHOP_API_KEY", isAllowed);
        m_workbench->secrets().setPermissions(permissions);
        send();
    };
    allow(true);
    QTRY_COMPARE(status(), 403);
    QCOMPARE(m_workbench->secrets().redactor().clean("x opaque-process-9"), std::string("x [left out]"));
    const std::size_t answered = m_answers.size();
    allow(false);
    QTRY_COMPARE(m_answers.size(), answered + 1);
    QVERIFY(!m_answers.back().exchange.response);
    qunsetenv("SHOP_API_KEY");
}

void TestWorkbenchSecrets::movesWithItsEnvironment()
{
    open();
    workbench::Secrets& secrets = m_workbench->secrets();
    secrets.give(m_folder->root, "local", "password", Secret("demo"), Remember::InKeychain);
    secrets.moveEnvironment(m_workbench->collection()->environments.at(0), m_folder->root, "staging");
    std::optional<Secret> moved;
    const auto readIt = [&] {
        m_keychain->read(keychain::entryOf(m_folder->root, "staging", "password"), this,
                         [&moved](const Result<std::optional<Secret>>& found) { moved = *found; });
        return moved.has_value();
    };
    QTRY_VERIFY(readIt());
    QCOMPARE(*moved, Secret("demo"));
    QTRY_COMPARE(m_keychain->size(), std::size_t(1));
}

QTEST_GUILESS_MAIN(TestWorkbenchSecrets)
#include "tst_secrets.moc"
