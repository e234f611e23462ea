// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A request that would take a secret to where it was not let go waits, or is refused; what was allowed once
// counts for that collection, that secret and that place alone.

#include <core/http/rawserver.h>
#include <core/store/folder.h>
#include <core/workbench/letgo.h>
#include <support/result.h>

#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::test;
using workbench::Remember;
using workbench::Workbench;

class TestWorkbenchRelease : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void asksBeforeItIsSent();
    void isAskedOnceForAPlace();
    void anotherPlaceIsAskedAbout();
    void anotherCollectionIsAskedAbout();
    void refusalSendsNothing();
    void withoutAnybodyToAskItIsRefused();
    void whatIsTypedKnowsWhereItGoes();
    void noSecretNoQuestion();
    void keepsWhatWasAllowed();
    void keepsWhatWasCapturedApart();
    void aRedirectRepeatsNoSecret();

private:
    void write(const CollectionFolder& folder, const std::string& url) const;
    void open(const std::string& url);
    void send() { m_workbench->send(m_workbench->collection()->root.items.at(0)); }
    bool isAsked(std::size_t count)
    {
        return QTest::qWaitFor([&] { return m_questions.size() == count; });
    }
    bool isAnswered(std::size_t count)
    {
        return QTest::qWaitFor([&] { return m_answers.size() == count; });
    }

    std::unique_ptr<RawServer> m_server;
    std::unique_ptr<RawServer> m_other;
    std::unique_ptr<CollectionFolder> m_folder;
    std::unique_ptr<Workbench> m_workbench;
    std::vector<workbench::ReleaseQuestion> m_questions;
    std::vector<workbench::ExchangeResult> m_answers;
};

void TestWorkbenchRelease::init()
{
    m_questions.clear();
    m_answers.clear();
    const auto answer = [](const Seen&) { return ok("{}"); };
    m_server = std::make_unique<RawServer>(answer);
    m_other = std::make_unique<RawServer>(answer);
    m_folder = std::make_unique<CollectionFolder>();
    m_workbench = std::make_unique<Workbench>();
    connect(m_workbench.get(), &Workbench::releaseWanted, this,
            [this](const workbench::ReleaseQuestion& question) { m_questions.push_back(question); });
    connect(m_workbench.get(), &Workbench::exchangeFinished, this,
            [this](const workbench::ExchangeResult& result) { m_answers.push_back(result); });
}

void TestWorkbenchRelease::write(const CollectionFolder& folder, const std::string& url) const
{
    folder.write("environments/local.yml", "name: local\nvariables:\n  - {secret: true, name: password}\n");
    folder.write("a.yml", "info: {name: Ask, type: http}\nhttp:\n  method: GET\n  url: \"" + url +
                              "\"\n  auth: {type: basic, username: u, password: \"{{password}}\"}\n");
}

void TestWorkbenchRelease::open(const std::string& url)
{
    write(*m_folder, url);
    QVERIFY_RESULT(m_workbench->openCollection(m_folder->root));
    m_workbench->selectEnvironment("local");
    m_workbench->secrets().give(m_folder->root, "local", "password", Secret("s3cret-word"),
                                Remember::InMemory);
}

void TestWorkbenchRelease::asksBeforeItIsSent()
{
    open(m_server->url());
    send();
    QVERIFY(isAsked(1));
    QVERIFY(m_workbench->isBusy());
    QVERIFY(m_server->seen.empty());
    QCOMPARE(m_questions[0].directory, m_folder->root);
    QCOMPARE(m_questions[0].request, std::string("Ask"));
    QCOMPARE(m_questions[0].release,
             (run::Release{{{"local", "password"}}, http::originOf(m_server->url())}));
    letGo(*m_workbench, m_questions[0]);
    m_workbench->resume();
    QVERIFY(isAnswered(1));
    QVERIFY(m_answers[0].exchange.response);
    QVERIFY(m_server->seen.at(0).has("Authorization: Basic"));
    QVERIFY(!m_workbench->isBusy());
}

void TestWorkbenchRelease::isAskedOnceForAPlace()
{
    open(m_server->url());
    for (std::size_t i = 1; i <= 3; ++i) {
        send();
        if (i == 1) {
            QVERIFY(isAsked(1));
            letGo(*m_workbench, m_questions[0]);
            m_workbench->resume();
        }
        QVERIFY(isAnswered(i));
    }
    QCOMPARE(m_server->seen.size(), std::size_t(3));
    QCOMPARE(m_questions.size(), std::size_t(1));
}

/// What a pull from a repository that somebody else can write to comes down to.
void TestWorkbenchRelease::anotherPlaceIsAskedAbout()
{
    open(m_server->url());
    send();
    QVERIFY(isAsked(1));
    letGo(*m_workbench, m_questions[0]);
    m_workbench->resume();
    QVERIFY(isAnswered(1));
    write(*m_folder, m_other->url());
    QVERIFY_RESULT(m_workbench->openCollection(m_folder->root));
    send();
    QVERIFY(isAsked(2));
    QCOMPARE(m_questions[1].release.destination, http::originOf(m_other->url()));
    QVERIFY(m_other->seen.empty());
    m_workbench->cancel();
    QVERIFY(m_other->seen.empty());
}

void TestWorkbenchRelease::anotherCollectionIsAskedAbout()
{
    open(m_server->url());
    send();
    QVERIFY(isAsked(1));
    letGo(*m_workbench, m_questions[0]);
    m_workbench->cancel();
    const CollectionFolder other;
    write(other, m_server->url());
    QVERIFY_RESULT(m_workbench->openCollection(other.root));
    m_workbench->selectEnvironment("local");
    m_workbench->secrets().give(other.root, "local", "password", Secret("another-word"), Remember::InMemory);
    send();
    QVERIFY(isAsked(2));
    m_workbench->cancel();
}

void TestWorkbenchRelease::refusalSendsNothing()
{
    open(m_server->url());
    send();
    QVERIFY(isAsked(1));
    m_workbench->cancel();
    QCOMPARE(m_answers.size(), std::size_t(1));
    QCOMPARE(m_answers[0].exchange.error->kind, ErrorKind::Cancelled);
    QVERIFY(!m_workbench->isBusy());
    m_workbench->resume(); // nothing waits
    QCOMPARE(m_answers.size(), std::size_t(1));
    QVERIFY(m_server->seen.empty());
}

void TestWorkbenchRelease::withoutAnybodyToAskItIsRefused()
{
    open(m_server->url());
    disconnect(m_workbench.get(), &Workbench::releaseWanted, this, nullptr);
    send();
    QVERIFY(isAnswered(1));
    QVERIFY(m_answers[0].exchange.error);
    QCOMPARE(m_answers[0].exchange.error->kind, ErrorKind::Refused);
    QCOMPARE(m_answers[0].exchange.error->why, "it takes password (local) to " +
                                                   http::originOf(m_server->url()) +
                                                   ", where that was not sent before");
    QVERIFY(m_server->seen.empty());
    QVERIFY(!m_workbench->isBusy());
}

/// So that one question is enough.
void TestWorkbenchRelease::whatIsTypedKnowsWhereItGoes()
{
    std::vector<workbench::SecretQuestion> questions;
    connect(m_workbench.get(), &Workbench::secretsWanted, this,
            [&questions](const workbench::SecretQuestion& question) { questions.push_back(question); });
    open(m_server->url());
    m_workbench->secrets().forget(m_folder->root, "local", "password");
    send();
    QTRY_COMPARE(questions.size(), std::size_t(1));
    QCOMPARE(questions[0].destination, http::originOf(m_server->url()));
    m_workbench->cancel();
}

void TestWorkbenchRelease::noSecretNoQuestion()
{
    open(m_server->url());
    m_folder->write("a.yml",
                    "info: {name: Ask, type: http}\nhttp: {method: GET, url: \"" + m_server->url() + "\"}\n");
    QVERIFY_RESULT(m_workbench->openCollection(m_folder->root));
    send();
    QVERIFY(isAnswered(1));
    QVERIFY(m_answers[0].exchange.response);
    QVERIFY(m_questions.empty());
}

void TestWorkbenchRelease::keepsWhatWasAllowed()
{
    const QTemporaryDir config;
    store::Permissions permissions;
    permissions.release("/a", {"local", "password", "https://h:443"});
    permissions.release("/a", {"local", "password", "https://h:443"});
    permissions.release("/a", {"", "process.env.KEY", "https://h:443 (through http://p:1)"});
    QCOMPARE(permissions.released["/a"].size(), std::size_t(2));
    QVERIFY_RESULT(store::savePermissions(config.path().toStdString(), permissions));
    auto read = store::loadPermissions(config.path().toStdString());
    QVERIFY_RESULT(read);
    QVERIFY(*read == permissions);
    QVERIFY(!read->isReleased("/b", {"local", "password", "https://h:443"}));
    read->moveEnvironment("/a", "local", "live");
    QVERIFY(read->isReleased("/a", {"live", "password", "https://h:443"}));
    QVERIFY(!read->isReleased("/a", {"local", "password", "https://h:443"}));
}

void TestWorkbenchRelease::keepsWhatWasCapturedApart()
{
    const store::ReleasedSecret password{"local", "password", "https://h:443"};
    const store::ReleasedSecret captured{"local", "password", "https://h:443", true};
    const QTemporaryDir config;
    store::Permissions permissions;
    permissions.release("/a", captured);
    QVERIFY(permissions.isReleased("/a", captured));
    QVERIFY(!permissions.isReleased("/a", password));
    QVERIFY_RESULT(store::savePermissions(config.path().toStdString(), permissions));
    const auto read = store::loadPermissions(config.path().toStdString());
    QVERIFY_RESULT(read);
    QVERIFY(*read == permissions);
    store::Permissions itself;
    itself.release("/a", password);
    QVERIFY(itself.isReleased("/a", captured));
    permissions.release("/a", password);
    QVERIFY(permissions.isReleased("/a", password));
}

void TestWorkbenchRelease::aRedirectRepeatsNoSecret()
{
    const RawServer first([this](const Seen&) {
        return Answer{"HTTP/1.1 308 Permanent Redirect\r\nLocation: " + m_other->url("/b") +
                      "\r\nContent-Length: 0\r\n\r\n"};
    });
    open(first.url());
    m_folder->write("a.yml", "info: {name: Ask, type: http}\nhttp: {method: POST, url: \"" + first.url() +
                                 "\", body: {type: text, data: \"{{password}}\"}}\n");
    QVERIFY_RESULT(m_workbench->openCollection(m_folder->root));
    m_workbench->selectEnvironment("local");
    send();
    QVERIFY(isAsked(1));
    letGo(*m_workbench, m_questions[0]);
    m_workbench->resume();
    QVERIFY(isAnswered(1));
    QCOMPARE(first.seen.size(), std::size_t(1));
    QVERIFY(m_other->seen.empty());
    QVERIFY(m_answers[0].exchange.error);
    QCOMPARE(m_answers[0].exchange.error->what, std::string("the redirect was not followed"));
}

QTEST_GUILESS_MAIN(TestWorkbenchRelease)
#include "tst_release.moc"
