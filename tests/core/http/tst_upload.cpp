// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Bodies of texts and files that are read while they are sent, over both transports.

#include "rawserver.h"
#include "transports.h"

#include <http/upload.h>
#include <support/result.h>

#include <QtCore/qfile.h>
#include <QtCore/qtemporarydir.h>
#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::http;
using namespace claimcheck::test;

class TestUpload : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase_data() { addTransports(); }

    void readsFromAnywhere();
    void keepsTheFileThatItWasGiven();
    void isSentWithItsLength();
    void isSentAgainToWhereItIsRedirected();
    void aGetHasNone();
    void aFileThatShrinksBreaksItOff();
    void refusesWhatIsNoFile_data();
    void refusesWhatIsNoFile();

private:
    std::string write(const char* name, const std::string& content) const
    {
        QFile file(m_folder.filePath(QLatin1String(name)));
        if (!file.open(QIODevice::WriteOnly) ||
            file.write(content.data(), static_cast<qint64>(content.size())) < 0)
            qFatal("cannot write %s", name);
        return file.fileName().toStdString();
    }
    static std::string all(const Upload& upload)
    {
        std::string text;
        const bool isWhole = upload.forEachPiece([&text](std::string_view piece) {
            text += piece;
            return true;
        });
        return isWhole ? text : "not whole: " + text;
    }
    Request putTo(const std::string& url, std::shared_ptr<const Upload> upload) const
    {
        Request request;
        request.method = "PUT";
        request.url = url;
        request.hasBody = true;
        request.upload = std::move(upload);
        return request;
    }

    QTemporaryDir m_folder;
};

void TestUpload::readsFromAnywhere()
{
    Upload upload;
    upload.append("begin ");
    upload.append("");
    QVERIFY_RESULT(upload.appendFile(write("a", "file")));
    QVERIFY_RESULT(upload.appendFile(write("empty", "")));
    upload.append(" end");
    const std::string whole = "begin file end";
    QCOMPARE(upload.size(), whole.size());
    QCOMPARE(all(upload), whole);
    for (std::size_t from = 0; from <= whole.size(); ++from)
        for (std::size_t count = 1; count <= whole.size(); ++count) {
            std::string got(count, '?');
            const auto read = upload.read(got.data(), count, from);
            QVERIFY(read);
            got.resize(*read);
            QCOMPARE(got, whole.substr(from, count));
        }
    QCOMPARE(upload.texts(), std::string("begin \n\n end\n"));
    QVERIFY(!upload.forEachPiece([](std::string_view) { return false; }));
}

void TestUpload::keepsTheFileThatItWasGiven()
{
    const std::string path = write("a", "first");
    Upload upload;
    QVERIFY_RESULT(upload.appendFile(path));
    QVERIFY(QFile::remove(QString::fromStdString(path)));
    write("a", "other");
    QCOMPARE(all(upload), std::string("first"));
}

void TestUpload::isSentWithItsLength()
{
    const std::string content(3'000'000, 'x');
    const auto upload = std::make_shared<Upload>();
    upload->append("head\r\n");
    QVERIFY_RESULT(upload->appendFile(write("large", content)));
    RawServer server([](const Seen&) { return ok("{}"); });
    const Exchange exchange = Sender(transportName()).send(putTo(server.url(), upload));
    QVERIFY(!exchange.error && exchange.response);
    QCOMPARE(server.seen.size(), std::size_t(1));
    QVERIFY(server.seen.front().has("PUT / HTTP/1.1\r\n"));
    QVERIFY(server.seen.front().has("Content-Length: 3000006\r\n"));
    QVERIFY(!server.seen.front().has("Expect:"));
    QVERIFY(server.seen.front().body == "head\r\n" + content);
    QCOMPARE(exchange.request.upload, std::shared_ptr<const Upload>(upload));
}

/// RFC 9110 §15.4.9: 308 keeps method and body.
void TestUpload::isSentAgainToWhereItIsRedirected()
{
    const auto upload = std::make_shared<Upload>();
    QVERIFY_RESULT(upload->appendFile(write("a", std::string(200'000, 'y'))));
    RawServer server([](const Seen& seen) {
        return seen.target() == "/there" ? ok("{}")
                                         : ok("", "Location: /there\r\n", "308 Permanent Redirect");
    });
    const Exchange exchange = Sender(transportName()).send(putTo(server.url("/here"), upload));
    QVERIFY(!exchange.error && exchange.response);
    QCOMPARE(server.seen.size(), std::size_t(2));
    QCOMPARE(server.seen.back().body, std::string(200'000, 'y'));
}

void TestUpload::aGetHasNone()
{
    const auto upload = std::make_shared<Upload>();
    upload->append("text");
    RawServer server([](const Seen& seen) {
        return seen.target() == "/there" ? ok("{}") : ok("", "Location: /there\r\n", "303 See Other");
    });
    const Exchange exchange = Sender(transportName()).send(putTo(server.url("/here"), upload));
    QVERIFY(!exchange.error && exchange.response);
    QVERIFY(server.seen.back().has("GET /there HTTP/1.1\r\n"));
    QVERIFY(server.seen.back().body.empty());
}

void TestUpload::aFileThatShrinksBreaksItOff()
{
    const std::string path = write("a", std::string(100'000, 'z'));
    const auto upload = std::make_shared<Upload>();
    QVERIFY_RESULT(upload->appendFile(path));
    QVERIFY(QFile::resize(QString::fromStdString(path), 10));
    QVERIFY(all(*upload).starts_with("not whole: "));
    RawServer server([](const Seen&) { return ok("{}"); });
    const Exchange exchange = Sender(transportName()).send(putTo(server.url(), upload));
    QVERIFY(exchange.error);
    QCOMPARE(exchange.error->kind, ErrorKind::Unreadable);
    QVERIFY(server.seen.empty());
}

void TestUpload::refusesWhatIsNoFile_data()
{
    QTest::addColumn<QString>("path");
    QTest::newRow("nothing") << QStringLiteral("/nowhere/at/all");
    QTest::newRow("folder") << QStringLiteral("/");
    QTest::newRow("device") << QStringLiteral("/dev/zero");
}

void TestUpload::refusesWhatIsNoFile()
{
    QFETCH(QString, path);
    Upload upload;
    const auto added = upload.appendFile(path.toStdString());
    QVERIFY(!added);
    QCOMPARE(added.error().kind, ErrorKind::Unreadable);
    QCOMPARE(upload.size(), std::uint64_t(0));
    QVERIFY(!fileSize(path.toStdString()));
}

QTEST_GUILESS_MAIN(TestUpload)
#include "tst_upload.moc"
