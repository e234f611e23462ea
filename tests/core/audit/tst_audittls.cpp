// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// TLS verification stays on in an audit: who cannot prove to be the server gets no token, good or forged.

#include "api.h"

#include <core/http/authority.h>
#include <core/http/rawserver.h>

#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::test;
using audit::Outcome;

class TestAuditTls : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void whoCannotProveItGetsNoToken_data();
    void whoCannotProveItGetsNoToken();
    void whoCanIsAudited();
    void noForgeryTurnsItOff();

private:
    RawServer::Handler onlyForGood() const
    {
        return [good = m_material.good.text](const Seen& seen) {
            return seen.has("Bearer " + good + "\r\n")
                       ? ok(openBody)
                       : Answer{"HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n"};
        };
    }

    Authority m_authority;
    audit::Material m_material = materialFor("HS256", issuerKey("HS256"));
};

void TestAuditTls::whoCannotProveItGetsNoToken_data()
{
    QTest::addColumn<QByteArray>("names");
    QTest::addColumn<bool>("isTrusted");
    QTest::newRow("an authority that nobody knows") << QByteArray("IP:127.0.0.1") << false;
    QTest::newRow("the name of another") << QByteArray("DNS:other.example") << true;
}

void TestAuditTls::whoCannotProveItGetsNoToken()
{
    QFETCH(const QByteArray, names);
    QFETCH(const bool, isTrusted);
    RawServer server(onlyForGood(), tlsServer(m_authority.issue(names.constData()), m_authority.pem()));
    audit::Route route = routeTo(server.url("/protected", "https"), m_material);
    if (isTrusted)
        route.target.request.tls.caFile = m_authority.file("ca.pem", m_authority.pem());
    audit::Auditor auditor({route}, allAtOnce({"alg-none", "payload-changed"}));
    const audit::Report report = audited(auditor);
    QVERIFY(server.seen.empty());
    const std::string& why = report.routes.front().objection;
    QVERIFY2(why.starts_with("the good token got no answer: "), why.c_str());
    QVERIFY(areAll(rowsOf(report, "alg-none"), Outcome::NotRun));
    QVERIFY(!audit::isJudged(report));
}

void TestAuditTls::whoCanIsAudited()
{
    RawServer server(onlyForGood(), tlsServer(m_authority.issue("IP:127.0.0.1"), m_authority.pem()));
    audit::Route route = routeTo(server.url("/protected", "https"), m_material);
    route.target.request.tls.caFile = m_authority.file("ca.pem", m_authority.pem());
    audit::Auditor auditor({route}, allAtOnce({"alg-none", "payload-changed"}));
    const audit::Report report = audited(auditor);
    QCOMPARE(report.routes.front().objection, std::string());
    QVERIFY(areAll(rowsOf(report, "alg-none"), Outcome::Refused));
    QCOMPARE(server.seen.size(), report.requests);
}

void TestAuditTls::noForgeryTurnsItOff()
{
    const audit::Route route = routeTo("https://api.example/orders", m_material);
    const audit::Plan plan = audit::planOf(route, allAtOnce());
    QVERIFY(plan.forgeries.size() > 50);
    for (const audit::Forgery& forgery : plan.forgeries)
        QVERIFY2(audit::forgedRequest(route.target, forgery, "m").tls.verify, forgery.attack.c_str());
}

QTEST_GUILESS_MAIN(TestAuditTls)
#include "tst_audittls.moc"
