// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Hosts that may be tested are remembered, shown and forgotten.

#include <store/confirmedhosts.h>
#include <support/result.h>

#include <QtCore/qfile.h>
#include <QtCore/qtemporarydir.h>
#include <QtTest/qtest.h>

using namespace claimcheck;

class TestConfirmedHosts : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void areKept();
    void theFirstDateStays();
    void areForgotten();
    void whatCannotBeReadIsNotConfirmed();

private:
    const Instant m_noon{Seconds(1'800'000'000)};
};

void TestConfirmedHosts::areKept()
{
    const QTemporaryDir folder;
    const std::string directory = folder.path().toStdString();
    QVERIFY(store::loadConfirmedHosts(directory).value().all().empty());
    store::ConfirmedHosts hosts;
    hosts.add("Test.Example", m_noon);
    hosts.add("10.0.0.7", m_noon + Seconds(60));
    hosts.add("", m_noon);
    QVERIFY_RESULT(store::saveConfirmedHosts(directory, hosts));
    const auto read = store::loadConfirmedHosts(directory);
    QVERIFY_RESULT(read);
    QVERIFY(*read == hosts);
    QCOMPARE(read->all().size(), std::size_t(2));
    QCOMPARE(read->all().front().host, std::string("10.0.0.7"));
    QVERIFY(read->has("test.example") && read->has("TEST.example"));
    QVERIFY(!read->has("example") && !read->has("a.test.example") && !read->has(""));
    const QFile file(folder.filePath(QStringLiteral("confirmed-hosts.json")));
    QVERIFY(file.exists());
    const auto others = QFileDevice::ReadGroup | QFileDevice::ReadOther;
    QVERIFY((file.permissions() & others) == QFileDevice::Permissions());
}

void TestConfirmedHosts::theFirstDateStays()
{
    store::ConfirmedHosts hosts;
    hosts.add("a.example", m_noon);
    hosts.add("A.example", m_noon + Seconds(60));
    QCOMPARE(hosts.all(), (std::vector<store::ConfirmedHost>{{"a.example", m_noon}}));
}

void TestConfirmedHosts::areForgotten()
{
    store::ConfirmedHosts hosts;
    hosts.add("a.example", m_noon);
    QVERIFY(!hosts.forget("b.example"));
    QVERIFY(hosts.forget("A.example"));
    QVERIFY(hosts.all().empty());
}

void TestConfirmedHosts::whatCannotBeReadIsNotConfirmed()
{
    const QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("confirmed-hosts.json")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(R"({"hosts":[{"host":"a.example"},{"host":"b.example","confirmed":"today"},
        {"host":7,"confirmed":"2026-11-23T14:30:05Z"},7,{"host":"c.example","confirmed":"2026-11-23T14:30:05Z"}]})");
    file.close();
    const auto read = store::loadConfirmedHosts(folder.path().toStdString());
    QVERIFY_RESULT(read);
    QCOMPARE(read->all().size(), std::size_t(1));
    QVERIFY(read->has("c.example"));
}

QTEST_GUILESS_MAIN(TestConfirmedHosts)
#include "tst_confirmedhosts.moc"
