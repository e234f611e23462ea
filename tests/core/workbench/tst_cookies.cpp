// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A jar for each environment: what a server set under one goes to no server under another, can be seen,
// edited and emptied, and is gone with the Workbench.

#include <core/http/rawserver.h>
#include <core/store/folder.h>
#include <workbench/workbench.h>

#include <QtTest/qsignalspy.h>
#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::workbench;
using namespace claimcheck::test;

class TestCookies : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void keepsThemByEnvironment();
    void canBeEdited();
};

namespace {

Answer setsACookie(const Seen& seen)
{
    return ok("x", seen.target() == "/set" ? "Set-Cookie: sid=from-server; HttpOnly\r\n" : "");
}

class Fixture
{
public:
    Fixture() : server(setsACookie)
    {
        for (const char* name : {"dev", "prod"})
            folder.write(std::string("environments/") + name + ".yml", std::string("name: ") + name + "\n");
        if (!workbench.openCollection(folder.root))
            qFatal("cannot open the collection");
    }
    /// The Cookie field that it went out with.
    std::string send(const std::string& path)
    {
        QSignalSpy finished(&workbench, &Workbench::exchangeFinished);
        collection::Item item;
        item.entry.url = server.url(path);
        workbench.send(item);
        if (!finished.wait())
            qFatal("no answer");
        const std::string& head = server.seen.back().head;
        const std::size_t at = head.find("\r\nCookie: ");
        return at == std::string::npos ? "" : head.substr(at + 10, head.find('\r', at + 10) - at - 10);
    }

    CollectionFolder folder;
    RawServer server;
    Workbench workbench;
};

} // namespace

void TestCookies::keepsThemByEnvironment()
{
    Fixture fixture;
    QSignalSpy changed(&fixture.workbench, &Workbench::cookiesChanged);
    fixture.workbench.selectEnvironment("dev");
    QCOMPARE(changed.count(), 1);
    QCOMPARE(fixture.send("/set"), std::string());
    QCOMPARE(changed.count(), 2);
    QCOMPARE(fixture.send("/"), std::string("sid=from-server"));
    const auto cookies = fixture.workbench.cookies();
    QCOMPARE(cookies.size(), 1U);
    QCOMPARE(cookies[0].domain, std::string("127.0.0.1"));
    QVERIFY(cookies[0].httpOnly && !cookies[0].expires);
    fixture.workbench.selectEnvironment("prod");
    QVERIFY(fixture.workbench.cookies().empty());
    QCOMPARE(fixture.send("/"), std::string());
    fixture.workbench.selectEnvironment("");
    QCOMPARE(fixture.send("/"), std::string());
    fixture.workbench.selectEnvironment("dev");
    QCOMPARE(fixture.send("/"), std::string("sid=from-server"));
}

void TestCookies::canBeEdited()
{
    Fixture fixture;
    QSignalSpy changed(&fixture.workbench, &Workbench::cookiesChanged);
    http::Cookie cookie;
    cookie.name = "mine";
    cookie.value = "1";
    cookie.domain = "127.0.0.1";
    const Result<void> set = fixture.workbench.setCookie(cookie);
    QVERIFY_RESULT(set);
    QCOMPARE(fixture.send("/"), std::string("mine=1"));
    cookie.value = "2; other=3";
    QVERIFY(!fixture.workbench.setCookie(cookie));
    QCOMPARE(changed.count(), 1);
    QCOMPARE(fixture.send("/set"), std::string("mine=1"));
    fixture.workbench.removeCookie(fixture.workbench.cookies().at(0));
    QCOMPARE(fixture.send("/"), std::string("sid=from-server"));
    fixture.workbench.clearCookies();
    QCOMPARE(fixture.send("/"), std::string());
    QCOMPARE(changed.count(), 4);
}

QTEST_GUILESS_MAIN(TestCookies)
#include "tst_cookies.moc"
