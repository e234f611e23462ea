// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Every exchange of the window is kept, and nothing secret of it: a search of everything that was written
// finds no password, token, cookie or key, in clear or in base64.

#include <core/store/folder.h>
#include <demo/demoapi.h>
#include <support/result.h>
#include <workbench/historykeeper.h>
#include <workbench/identities.h>
#include <workbench/secrets.h>

#include <QtCore/qdir.h>
#include <QtCore/qdiriterator.h>
#include <QtCore/qtemporarydir.h>
#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::test;
using workbench::HistoryKeeper;
using workbench::Workbench;

class TestHistoryKeeper : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void keepsExchanges();
    void keepsNothingWhenSwitchedOff();
    void keepsClaimsOnlyWhereAsked();
    void whatIsWrittenHoldsNoSecret();
    void cutsWhatAHostileAnswerRepeats();
    void keepsNoPartOfALargeAnswersSecrets();
    void keepsComparedAnswers();
    void keepsWhatAnIdentitySignsInWith();
    void keepsExchangesOfRuns();

private:
    void login();
    void get(const std::string& path, const http::Headers& headers = {});
    std::size_t count() const { return *m_keeper->history()->count({}); }
    QByteArray everything() const;
    void tell(const http::Exchange& exchange);

    demo::DemoServer m_server;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Workbench> m_workbench;
    std::unique_ptr<HistoryKeeper> m_keeper;
};

void TestHistoryKeeper::init()
{
    if (m_server.url().empty())
        QVERIFY(m_server.start());
    m_folder = std::make_unique<QTemporaryDir>();
    m_keeper.reset();
    m_workbench = std::make_unique<Workbench>();
    m_keeper = std::make_unique<HistoryKeeper>(*m_workbench);
    const std::string folder = m_folder->path().toStdString();
    QVERIFY_RESULT(m_keeper->open(folder + "/history", folder));
}

void TestHistoryKeeper::login()
{
    auth::Login login;
    login.url = m_server.url() + "/login";
    login.user = demo::demoUser;
    login.password = Secret(demo::demoPassword);
    m_workbench->login(login);
    QTRY_VERIFY(m_workbench->session() != nullptr);
}

void TestHistoryKeeper::get(const std::string& path, const http::Headers& headers)
{
    const std::size_t before = count();
    http::Request request;
    request.url = m_server.url() + path;
    request.headers = headers;
    m_workbench->sendRequest(request);
    QTRY_COMPARE(count(), before + 1);
}

QByteArray TestHistoryKeeper::everything() const
{
    QByteArray all;
    QDirIterator files(m_folder->path(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        if (!file.open(QIODevice::ReadOnly))
            qFatal("cannot read what was written");
        all += file.readAll();
    }
    return all;
}

/// As if the workbench had sent it.
void TestHistoryKeeper::tell(const http::Exchange& exchange)
{
    const std::size_t before = count();
    workbench::ExchangeResult result;
    result.exchange = exchange;
    Q_EMIT m_workbench->exchangeFinished(result);
    QTRY_COMPARE(count(), before + 1);
}

void TestHistoryKeeper::keepsExchanges()
{
    login();
    QCOMPARE(count(), std::size_t(1));
    get("/protected");
    const auto list = m_keeper->history()->list({}, 10);
    QCOMPARE(list->at(0).url, m_server.url() + "/protected");
    QCOMPARE(list->at(0).status, 403);
    QCOMPARE(list->at(1).name, std::string("Sign in"));
    QCOMPARE(list->at(1).status, 200);
}

void TestHistoryKeeper::keepsNothingWhenSwitchedOff()
{
    m_keeper->setOptions({false, false, 1'000'000});
    login();
    QCOMPARE(count(), std::size_t(0));
    HistoryKeeper again(*m_workbench);
    const std::string folder = m_folder->path().toStdString();
    QVERIFY_RESULT(again.open(folder + "/history", folder));
    QVERIFY(!again.options().isOn);
}

void TestHistoryKeeper::keepsClaimsOnlyWhereAsked()
{
    login();
    QCOMPARE(m_keeper->history()->read(m_keeper->history()->list({}, 1)->at(0).id)->claims, std::string());
    m_keeper->setOptions({true, true, 100'000'000});
    login();
    QTRY_COMPARE(count(), std::size_t(2));
    const auto record = m_keeper->history()->read(m_keeper->history()->list({}, 1)->at(0).id);
    QVERIFY2(record->claims.find("\"exp\":") != std::string::npos, record->claims.c_str());
}

void TestHistoryKeeper::whatIsWrittenHoldsNoSecret()
{
    login();
    const std::string token(m_workbench->session()->token.reveal());
    const std::string apiKey = "key-4f9d2c1b7a";
    const std::string opaque = "opaque-refresh-98f1e2";
    m_workbench->secrets().redactor().add(apiKey);
    get("/protected", {{"Authorization", token}});
    get("/protected?access_token=" + opaque, {{"X-Api-Key", apiKey}, {"Cookie", "sid=" + opaque}});
    get("/echo?key=" + apiKey,
        {{"X-Debug", "b64 " + QByteArray::fromStdString("u:" + apiKey).toBase64().toStdString()}});
    m_keeper.reset();
    const QByteArray all = everything();
    QVERIFY(all.contains("/protected")); // the search can find something
    QVERIFY(!all.contains(R"("password":"demo")"));
    for (const std::string& secret : {token, token.substr(token.find('.') + 1), apiKey, opaque}) {
        const QByteArray bytes = QByteArray::fromStdString(secret);
        QVERIFY2(!all.contains(bytes), bytes.constData());
        QVERIFY(!all.contains(bytes.toBase64(QByteArray::OmitTrailingEquals)));
        QVERIFY(
            !all.contains(bytes.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals)));
    }
}

namespace {

/// What came back repeats what was sent and set: in the body, in a header, in the address it redirects to.
http::Exchange repeating(const std::string& secrets, const std::string& filling)
{
    http::Exchange exchange;
    exchange.request.method = "POST";
    exchange.request.url = "https://api.example/cb?code=1&access_token=opaque-in-url-1";
    exchange.request.headers = {{"Authorization", "Bearer opaque-bearer-2"},
                                {"Cookie", "theme=dark; sid=opaque-cookie-3"},
                                {"Content-Type", "application/x-www-form-urlencoded"}};
    exchange.request.body = "user=demo&password=opaque-password-4";
    exchange.request.hasBody = true;
    exchange.hops.emplace_back();
    http::Response response;
    response.status = 200;
    response.reason = "OK " + secrets;
    response.headers = {{"Set-Cookie", "next=opaque-set-cookie-5; Path=/; HttpOnly"},
                        {"X-Echo", secrets},
                        {"Location", "/again?q=" + secrets}};
    if (!response.body.append(filling + "<p>" + secrets + "</p>" + filling))
        qFatal("no room for a body");
    exchange.response = std::move(response);
    return exchange;
}

const QByteArrayList opaque{"opaque-in-url-1", "opaque-bearer-2", "opaque-cookie-3", "opaque-password-4",
                            "opaque-set-cookie-5"};

} // namespace

void TestHistoryKeeper::cutsWhatAHostileAnswerRepeats()
{
    tell(repeating(opaque.join(' ').toStdString(), "harmless"));
    http::Exchange later; // and what it set is cut out of what comes later, too
    later.request.url = "https://api.example/later";
    later.hops.emplace_back();
    later.response.emplace().status = 200;
    QVERIFY(later.response->body.append("you are " + opaque.join(" and ").toStdString()));
    tell(later);
    m_keeper.reset();
    const QByteArray all = everything();
    QVERIFY(all.contains("https://api.example/cb") && all.contains("harmless") && all.contains("you are "));
    for (const QByteArray& secret : opaque)
        QVERIFY2(!all.contains(secret), secret.constData());
}

void TestHistoryKeeper::keepsNoPartOfALargeAnswersSecrets()
{
    std::string filling;
    while (filling.size() < 2 * archive::largestInDatabase)
        filling += "a line of a large answer\n";
    tell(repeating(opaque.join(' ').toStdString(), filling));
    QCOMPARE(QDir(m_folder->path() + QStringLiteral("/history/bodies")).entryList(QDir::Files).size(), 1);
    m_keeper.reset();
    const QByteArray all = everything();
    QVERIFY(all.contains("<p>[left out]"));
    for (const QByteArray& secret : opaque)
        QVERIFY2(!all.contains(secret), secret.constData());
}

void TestHistoryKeeper::keepsComparedAnswers()
{
    http::Exchange answered = repeating("harmless", {});
    http::Exchange refused;
    refused.error = Error{ErrorKind::Usage, "cannot send", "it has no token", "sign in", std::nullopt};
    Q_EMIT m_workbench->comparisonFinished(
        {{"alice", answered}, {workbench::Identities::nobody, answered}, {"bob", refused}});
    QCOMPARE(count(), std::size_t(2));
    const auto list = m_keeper->history()->list({}, 10);
    QVERIFY(list->at(0).name.ends_with(" (as nobody)"));
    QVERIFY(list->at(1).name.ends_with(" (as alice)"));
}

void TestHistoryKeeper::keepsWhatAnIdentitySignsInWith()
{
    Q_EMIT m_workbench->identities().exchanged(QStringLiteral("alice"),
                                               repeating(opaque.join(' ').toStdString(), "harmless"));
    QCOMPARE(count(), std::size_t(1));
    QCOMPARE(m_keeper->history()->list({}, 1)->at(0).name, std::string("Sign in as alice"));
    m_keeper.reset();
    const QByteArray all = everything();
    QVERIFY(all.contains("harmless"));
    for (const QByteArray& secret : opaque)
        QVERIFY2(!all.contains(secret), secret.constData());
}

/// What a request of the run captured under a plain name is a secret that the run alone knows.
void TestHistoryKeeper::keepsExchangesOfRuns()
{
    const std::string captured = "captured-value-1";
    run::Redactor known;
    known.learn(captured);
    const archive::Origin origin{"/c", "local", "a.yml", "Log in"};
    std::string filling;
    while (filling.size() < 128u * 1024u)
        filling += "a line of an answer\n";
    m_keeper->keepOfRun(origin, repeating(captured, {}), known);
    m_keeper->keepOfRun(origin, repeating(captured, filling), known);
    QTRY_COMPARE(count(), std::size_t(2));
    const auto record = m_keeper->history()->read(m_keeper->history()->list({}, 1)->at(0).id);
    QVERIFY(record->origin == origin);
    m_keeper.reset();
    QVERIFY(everything().contains("https://api.example/cb"));
    QVERIFY(!everything().contains(QByteArray::fromStdString(captured)));
}

QTEST_GUILESS_MAIN(TestHistoryKeeper)
#include "tst_historykeeper.moc"
