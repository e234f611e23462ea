// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The whole flow against the embedded demo API: sign in, look at the token, call the protected route, save.

#include "recorder.h"

#include <QtCore/qdir.h>
#include <QtCore/qfileinfo.h>
#include <QtCore/qtemporarydir.h>

#include <base/text.h>

using namespace claimcheck;
using namespace claimcheck::test;

class TestWorkbench : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void theMainJob();
    void opensTheDemoCollection();
    void sendsFromTheDemoCollection();
    void refusedLoginKeepsTheSession();
    void sendWithoutASession();
    void makesValuesAnew();
    void theTokenStaysAtHome();
    void findsTokensInResponses();
    void signsOut();
    void newKeysJudgeTheSessionAnew();
    void savesItems();
    void savesItemsIntoACollectionThatCannotBeReadAgain();
    void savesTheDemoCollectionElsewhere();

private:
    void signIn(const std::string& path = "/login");

    std::unique_ptr<Workbench> m_workbench;
    std::unique_ptr<Recorder> m_seen;
    std::string m_url;
};

void TestWorkbench::init()
{
    m_workbench = std::make_unique<Workbench>();
    m_seen = std::make_unique<Recorder>(*m_workbench);
    const auto url = m_workbench->startDemo();
    QVERIFY_RESULT(url);
    m_url = *url;
}

void TestWorkbench::cleanup()
{
    m_workbench.reset();
    m_seen.reset();
}

void TestWorkbench::signIn(const std::string& path)
{
    m_workbench->login(demoLogin(m_url, path));
    QTRY_COMPARE(m_seen->logins.size(), std::size_t(1));
    QVERIFY2(!m_seen->logins[0].error,
             m_seen->logins[0].error ? describe(*m_seen->logins[0].error).c_str() : "");
}

void TestWorkbench::theMainJob()
{
    signIn();
    QVERIFY(m_seen->logins[0].token->inspection.verdict == inspect::Verdict::Verified);
    QCOMPARE(m_seen->sessions.size(), std::size_t(1));
    QCOMPARE(m_seen->sessions[0].name, std::string("demo"));
    QCOMPARE(m_seen->sessions[0].place, std::string("body .token"));
    QVERIFY(m_seen->sessions[0].expiresAt.value() - m_seen->sessions[0].issuedAt.value() == Seconds(3600));
    QCOMPARE(m_seen->inspections.size(), std::size_t(1));
    m_workbench->send(get(m_url + "/protected"));
    QVERIFY(m_workbench->isBusy());
    QTRY_COMPARE(m_seen->exchanges.size(), std::size_t(1));
    QVERIFY(!m_workbench->isBusy());
    QCOMPARE(m_seen->started, 1);
    QCOMPARE(m_seen->exchanges[0].exchange.response->status, 200);
    QVERIFY(body(m_seen->exchanges[0]).starts_with(R"({"message":"This is a protected route")"));
}

void TestWorkbench::opensTheDemoCollection()
{
    const auto& collection = m_workbench->collection();
    QVERIFY(collection.has_value());
    QCOMPARE(collection->name, std::string("Demo API"));
    QCOMPARE(m_workbench->environment(), std::string("demo"));
    QCOMPARE(collection->root.items.size(), std::size_t(6));
    QCOMPARE(collection->root.folders.size(), std::size_t(2));
    QCOMPARE(collection->root.folders[0].items.size(), std::size_t(6));
    for (const collection::Item& item : collection->root.items)
        QVERIFY2(!item.problem, item.path.c_str());
    const QFileInfo folder(QString::fromStdString(collection->directory));
    QVERIFY(!folder.permission(QFile::ReadGroup) && !folder.permission(QFile::ReadOther));
    m_workbench.reset();
    QVERIFY(!QFileInfo::exists(folder.filePath()));
}

void TestWorkbench::sendsFromTheDemoCollection()
{
    signIn();
    const std::pair<const char*, int> expected[] = {{"Log in", 200},
                                                    {"Protected route", 200},
                                                    {"Protected route, Bearer", 200},
                                                    {"Protected route without a token", 403},
                                                    {"Public keys", 200}};
    for (const auto& [name, status] : expected) {
        m_seen->exchanges.clear();
        m_workbench->send(itemNamed(m_workbench->collection()->root, name));
        QTRY_COMPARE(m_seen->exchanges.size(), std::size_t(1));
        const auto& exchange = m_seen->exchanges[0].exchange;
        QVERIFY2(!exchange.error, exchange.error ? describe(*exchange.error).c_str() : "");
        QCOMPARE(exchange.response->status, status);
    }
}

void TestWorkbench::refusedLoginKeepsTheSession()
{
    signIn();
    auth::Login wrong = demoLogin(m_url);
    wrong.password = Secret("guess");
    m_workbench->login(wrong);
    QTRY_COMPARE(m_seen->logins.size(), std::size_t(2));
    QCOMPARE(m_seen->logins[1].error->what, std::string("the login was refused with 401 Unauthorized"));
    QCOMPARE(m_seen->logins[1].exchange->response->status, 401);
    QVERIFY(m_seen->logins[1].exchange->request.body.find("guess") == std::string::npos);
    QVERIFY(m_workbench->session() != nullptr);
    QCOMPARE(m_seen->sessions.size(), std::size_t(1));
}

void TestWorkbench::sendWithoutASession()
{
    m_workbench->send(get(m_url + "/protected"));
    QTRY_COMPARE(m_seen->exchanges.size(), std::size_t(1));
    QCOMPARE(m_seen->exchanges[0].exchange.response->status, 403);
}

/// As a run does: with the session of the form, and without one.
void TestWorkbench::makesValuesAnew()
{
    const auto sent = [this](std::size_t count) {
        m_workbench->send(get(m_url + "/protected?id={{$guid}}"));
        return QTest::qWaitFor([&] { return m_seen->exchanges.size() == count; });
    };
    QVERIFY(sent(1));
    signIn();
    QVERIFY(sent(2));
    for (const auto& each : m_seen->exchanges) {
        QVERIFY(each.exchange.response);
        QVERIFY(each.exchange.request.url.find("?id=") != std::string::npos);
        QVERIFY(each.exchange.request.url.find('{') == std::string::npos);
    }
    QVERIFY(m_seen->exchanges[0].exchange.request.url != m_seen->exchanges[1].exchange.request.url);
}

void TestWorkbench::theTokenStaysAtHome()
{
    signIn();
    demo::DemoServer other;
    const auto started = other.start();
    QVERIFY_RESULT(started);
    m_workbench->send(get(other.url() + "/protected"));
    QCOMPARE(m_seen->exchanges.size(), std::size_t(1));
    QCOMPARE(m_seen->exchanges[0].exchange.error->kind, ErrorKind::Refused);
    QCOMPARE(m_seen->started, 0);
}

void TestWorkbench::findsTokensInResponses()
{
    m_workbench->send(itemNamed(m_workbench->collection()->root, "Log in"));
    QTRY_COMPARE(m_seen->exchanges.size(), std::size_t(1));
    QCOMPARE(m_seen->exchanges[0].tokens.size(), std::size_t(1));
    QCOMPARE(m_seen->exchanges[0].tokens[0].found.place, std::string("body .token"));
    QVERIFY(m_seen->exchanges[0].tokens[0].inspection.verdict == inspect::Verdict::Verified);
    QCOMPARE(m_seen->inspections.size(), std::size_t(1));
    QVERIFY(m_workbench->session() == nullptr);
}

void TestWorkbench::signsOut()
{
    signIn();
    m_workbench->signOut();
    QVERIFY(m_workbench->session() == nullptr);
    QCOMPARE(m_seen->sessions.size(), std::size_t(2));
    QVERIFY(m_seen->sessions[1].name.empty());
}

void TestWorkbench::newKeysJudgeTheSessionAnew()
{
    signIn();
    inspect::KeyRing wrong;
    wrong.keys.push_back(jose::secretKey(Secret("another secret")));
    m_workbench->setKeyRing(wrong);
    QCOMPARE(m_seen->sessions.size(), std::size_t(2));
    QVERIFY(m_seen->sessions[1].inspection->verdict == inspect::Verdict::SignatureInvalid);
    m_workbench->setKeyRing({});
    QVERIFY(m_seen->sessions[2].inspection->verdict == inspect::Verdict::NotVerified);
    const std::string pasted =
        "  Authorization: Bearer " + std::string(m_workbench->session()->token.reveal()) + "\n";
    QCOMPARE(m_workbench->inspectToken(pasted).claims.size(), std::size_t(3));
}

void TestWorkbench::savesItems()
{
    int changes = 0;
    connect(m_workbench.get(), &Workbench::collectionChanged, this, [&changes] { ++changes; });
    collection::Item item = get("{{baseUrl}}/protected?x=1");
    item.entry.name = "Mine";
    const auto path = m_workbench->saveItem("", item);
    QVERIFY_RESULT(path);
    QCOMPARE(changes, 1);
    const auto* saved = collection::findItem(*m_workbench->collection(), *path);
    QVERIFY(saved != nullptr);
    QCOMPARE(saved->entry.url, item.entry.url);
    QVERIFY(saved->entry.auth == collection::AuthMode::SessionRaw);
    Workbench empty;
    QCOMPARE(empty.saveItem("", item).error().why, std::string("no collection is open"));
}

void TestWorkbench::savesItemsIntoACollectionThatCannotBeReadAgain()
{
    int unreadable = 0;
    connect(m_workbench.get(), &Workbench::collectionUnreadable, this, [&unreadable] { ++unreadable; });
    const std::string root = m_workbench->collection()->directory + "/opencollection.yml";
    QFile file(toQString(root));
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    file.write("info: [broken\n");
    file.close();
    const auto* before = collection::findItem(*m_workbench->collection(), "protected-route.yml");
    QVERIFY(before != nullptr);
    collection::Item item = *before;
    item.entry.url = "{{baseUrl}}/protected?again=1";
    const auto path = m_workbench->saveItem("", item);
    QVERIFY_RESULT(path);
    QCOMPARE(unreadable, 1);
    const auto* after = collection::findItem(*m_workbench->collection(), *path);
    QVERIFY(after != nullptr);
    QCOMPARE(after->entry.url, item.entry.url);
    item = *after;
    item.entry.url = "{{baseUrl}}/protected?again=2";
    QVERIFY_RESULT(m_workbench->saveItem("", item)); // its fingerprint is that of the file just saved
}

void TestWorkbench::savesTheDemoCollectionElsewhere()
{
    const QTemporaryDir home;
    const std::string place = toUtf8(home.filePath(QStringLiteral("kept")));
    QVERIFY(m_workbench->isTemporary());
    QVERIFY_RESULT(m_workbench->saveCollectionAs(place, "Kept"));
    QVERIFY(!m_workbench->isTemporary());
    QCOMPARE(m_workbench->collection()->name, std::string("Kept"));
    QCOMPARE(m_workbench->environment(), std::string("demo"));
    QVERIFY(collection::findItem(*m_workbench->collection(), "protected-route.yml") != nullptr);
    QVERIFY(!m_workbench->saveCollectionAs(place, "Twice"));
    QVERIFY(!m_workbench->saveCollectionAs(place + "/inside", "Inside itself"));
    QCOMPARE(m_workbench->collection()->name, std::string("Kept"));
    QCOMPARE(QDir(home.path()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot),
             QStringList(QStringLiteral("kept")));
}

QTEST_GUILESS_MAIN(TestWorkbench)
#include "tst_workbench.moc"
