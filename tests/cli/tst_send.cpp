// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// `claimcheck-cli send` from outside: what goes over the wire, and what comes out, byte for byte.

#include <core/http/rawserver.h>
#include <http/engines.h>
#include <json/document.h>
#include <support/commandline.h>
#include <support/data.h>
#include <support/result.h>

#include <QtCore/qfile.h>
#include <QtCore/qfileinfo.h>
#include <QtCore/qtemporarydir.h>
#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::test;

namespace {

QStringList send(const char* method, const std::string& url, const QStringList& more = {})
{
    return QStringList{QStringLiteral("send"), QString::fromUtf8(method), QString::fromStdString(url)} + more;
}

Answer hello(const Seen&)
{
    return ok("hello");
}

/// The value of the one field of that name; "(none)" without.
std::string field(const Seen& request, const std::string& name)
{
    const std::size_t at = request.head.find("\r\n" + name + ": ");
    if (at == std::string::npos)
        return "(none)";
    const std::size_t begin = at + name.size() + 4;
    return request.head.substr(begin, request.head.find("\r\n", begin) - begin);
}

} // namespace

// What Qt Network alone cannot do; one by one, so that it is noticed when it can.
#if CLAIMCHECK_CURL
#define EXPECT_REDUCED_ENGINE_FAILS(why) static_cast<void>(0)
#else
#define EXPECT_REDUCED_ENGINE_FAILS(why) QEXPECT_FAIL("", why, Abort)
#endif

class TestSend : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void printsExactBytes();
    void includesTheHeadAsReceived();
    void everyStatusIsAnAnswer();
    void writesAPrivateFile();
    void speaksJson();
    void saysWhatWasSentWithoutSecrets();
    void sendsNoEmptyToken();
    void sendsHeadersAndCookies();
    void sendsBodies();
    void sendsForms();
    void sendsFilesAsMultipart();
    void readsLargeFilesWhileItSends();
    void authorises();
    void authorisesBasic();
    void followsRedirects();
    void keepsSecretsAtHome();
    void tellsOfEachHopsConnection();
    void headHasNoBody();
    void showsWhatCameBehindTheBody();
};

void TestSend::printsExactBytes()
{
    const std::string body("\x1b[31m\0\xff\r\n no line end", 19);
    RawServer server([&](const Seen&) { return ok(body); });
    const auto result = runCommand(send("GET", server.url()));
    QCOMPARE(result.out, body);
    QCOMPARE(result.err, std::string());
    QCOMPARE(result.status, 0);
}

void TestSend::includesTheHeadAsReceived()
{
    RawServer server([](const Seen&) {
        return Answer{
            "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 Fine\r\nx-ONE: a\r\nX-Two:b\r\n"
            "x-one: c\r\nContent-Length: 2\r\n\r\nhi"};
    });
    const auto result = runCommand(send("GET", server.url(), words("-i")));
    EXPECT_REDUCED_ENGINE_FAILS("it takes a 103 for the answer and keeps no raw head");
    QCOMPARE(
        result.out,
        std::string("HTTP/1.1 200 Fine\r\nx-ONE: a\r\nX-Two:b\r\nx-one: c\r\nContent-Length: 2\r\n\r\nhi"));
}

void TestSend::everyStatusIsAnAnswer()
{
    for (const char* status : {"204 No Content", "404 Not Found", "500 Internal Server Error"}) {
        RawServer server([&](const Seen&) { return ok("", "", status); });
        const auto result = runCommand(send("DELETE", server.url(), words("-i")));
        QCOMPARE(result.status, 0);
        QVERIFY(result.out.starts_with("HTTP/1.1 " + std::string(status) + "\r\n"));
    }
}

void TestSend::writesAPrivateFile()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("answer"));
    RawServer server(hello);
    const auto result = runCommand(send("GET", server.url(), {QStringLiteral("-o"), path}));
    QCOMPARE(result.status, 0);
    QCOMPARE(result.out, std::string());
    QCOMPARE(readFile(path), std::string("hello"));
    QCOMPARE(QFileInfo(path).permissions() & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
    // What others could read, and is longer than the answer.
    QFile file(path);
    QVERIFY(file.open(QFile::WriteOnly) && file.write(QByteArray(100, 'x')) == 100);
    file.close();
    QVERIFY(QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner | QFile::ReadGroup |
                                            QFile::ReadOther));
    QCOMPARE(runCommand(send("GET", server.url(), {QStringLiteral("-o"), path})).status, 0);
    QCOMPARE(readFile(path), std::string("hello"));
    QCOMPARE(QFileInfo(path).permissions() & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
    QCOMPARE(runCommand(send("GET", server.url(), words("-o /nonexistent/folder/file"))).status, 2);
}

void TestSend::speaksJson()
{
    RawServer server([](const Seen&) { return ok("\xff", "X-A: 1\r\nX-A: 2\r\n", "418 I'm a teapot"); });
    const auto result = runCommand(send("GET", server.url("/tea"), words("--json")));
    QCOMPARE(result.status, 0);
    const auto document = json::parse(result.out);
    QVERIFY_RESULT(document);
    QVERIFY(document->root().find("status")->integer() == 418);
    QCOMPARE(document->root().find("reason")->string(), std::string("I'm a teapot"));
    QCOMPARE(document->root().find("url")->string(), server.url("/tea"));
    EXPECT_REDUCED_ENGINE_FAILS("it merges fields of one name");
    QCOMPARE(document->root().find("headers")->items().at(1).find("value")->string(), std::string("2"));
    QCOMPARE(document->root().find("body_base64url")->string(), std::string("_w"));
}

void TestSend::saysWhatWasSentWithoutSecrets()
{
    RawServer server([](const Seen&) { return ok("hi", "Set-Cookie: sid=topsecret\r\nX-Plain: shown\r\n"); });
    const auto result =
        runCommand(send("GET", server.url("/x?access_token=topsecret&a=b"),
                        words("-v --token topsecret --cookie a=topsecret -H X-Api-Key:topsecret")));
    QCOMPARE(result.out, std::string("hi"));
    QVERIFY2(result.err.find("topsecret") == std::string::npos, result.err.c_str());
    for (const char* line : {"> GET /x?access_token=[left out]&a=b HTTP/1.1\n", "> X-Api-Key: ••••\n",
                             "> Authorization: Bearer ••••\n", "> Cookie: ••••\n", "< HTTP/1.1 200 OK\n",
                             "< Set-Cookie: ••••\n", "< X-Plain: shown\n"}) {
        EXPECT_REDUCED_ENGINE_FAILS("it does not say what it sent");
        QVERIFY2(result.err.find(line) != std::string::npos, result.err.c_str());
    }
}

void TestSend::sendsNoEmptyToken()
{
    RawServer server(hello);
    CommandInput input;
    input.environment = {{QStringLiteral("EMPTY"), QString()}};
    for (const char* options :
         {"--token-env EMPTY", "--raw --token-env EMPTY", "--token -", "--raw-token -"}) {
        const auto result = runCommand(send("GET", server.url(), words(options)), input);
        QCOMPARE(result.status, 2);
        QVERIFY2(result.err.find("holds no token") != std::string::npos, result.err.c_str());
    }
    QCOMPARE(runCommand(send("GET", server.url(), {QStringLiteral("--raw-token"), QString()})).status, 2);
    QVERIFY(server.seen.empty());
}

void TestSend::sendsHeadersAndCookies()
{
    RawServer server(hello);
    QStringList options = words("--cookie a=1 --cookie b=2=3");
    options << QStringLiteral("-H") << QStringLiteral("X-Empty:") << QStringLiteral("-H")
            << QStringLiteral("x-dup: 1") << QStringLiteral("-H") << QStringLiteral("x-dup: 2");
    QCOMPARE(runCommand(send("purge", server.url("/a/../b?c#d"), options)).status, 0);
    EXPECT_REDUCED_ENGINE_FAILS("it tidies paths, and sends neither empty nor doubled fields");
    QVERIFY(server.seen[0].head.starts_with("purge /a/../b?c HTTP/1.1\r\n"));
    QCOMPARE(field(server.seen[0], "Cookie"), std::string("a=1; b=2=3"));
    QVERIFY(server.seen[0].has("\r\nX-Empty:"));
    QVERIFY(server.seen[0].has("\r\nx-dup: 1\r\n") && server.seen[0].has("\r\nx-dup: 2\r\n"));
    QCOMPARE(field(server.seen[0], "Authorization"), std::string("(none)"));
}

void TestSend::sendsBodies()
{
    RawServer server(hello);
    QCOMPARE(
        runCommand(send("POST", server.url(), {QStringLiteral("--data"), QStringLiteral("{\"a\": 1.0}")}))
            .status,
        0);
    QCOMPARE(server.seen[0].body, std::string("{\"a\": 1.0}"));
    QCOMPARE(field(server.seen[0], "Content-Type"), std::string("application/json"));
    const std::string bytes("\0\xff\r\n", 4);
    QCOMPARE(runCommand(send("PUT", server.url(), words("--data -")), {bytes}).status, 0);
    QCOMPARE(server.seen[1].body, bytes);
    QStringList typed = words("--data []");
    typed << QStringLiteral("-H") << QStringLiteral("content-type: text/x-mine");
    QCOMPARE(runCommand(send("POST", server.url(), typed)).status, 0);
    QCOMPARE(field(server.seen[2], "content-type"), std::string("text/x-mine"));
    QVERIFY(!server.seen[2].has("application/json"));
    QCOMPARE(runCommand(send("POST", server.url(), words("--data @/nonexistent"))).status, 2);
    QCOMPARE(server.seen.size(), std::size_t(3));
}

void TestSend::sendsForms()
{
    RawServer server(hello);
    QStringList options{QStringLiteral("--form"), QStringLiteral("a b=c&d"), QStringLiteral("--form"),
                        QStringLiteral("e=\u00e9=")};
    QCOMPARE(runCommand(send("POST", server.url(), options)).status, 0);
    QCOMPARE(server.seen[0].body, std::string("a+b=c%26d&e=%C3%A9%3D"));
    QCOMPARE(field(server.seen[0], "Content-Type"), std::string("application/x-www-form-urlencoded"));
}

void TestSend::sendsFilesAsMultipart()
{
    const QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("a\"b.bin")));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("\r\n--x\0", 6) == 6);
    file.close();
    RawServer server(hello);
    const QStringList options{QStringLiteral("--form"), QStringLiteral("n=v"), QStringLiteral("--form"),
                              QStringLiteral("f=@") + file.fileName()};
    QCOMPARE(runCommand(send("POST", server.url(), options)).status, 0);
    const std::string type = field(server.seen[0], "Content-Type");
    const std::string start = "multipart/form-data; boundary=";
    QVERIFY2(type.starts_with(start), type.c_str());
    const std::string mark = "--" + type.substr(start.size());
    QCOMPARE(server.seen[0].body,
             mark + "\r\nContent-Disposition: form-data; name=\"n\"\r\n\r\nv\r\n" + mark +
                 "\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a%22b.bin\"\r\nContent-Type: "
                 "application/octet-stream\r\n\r\n" +
                 std::string("\r\n--x\0", 6) + "\r\n" + mark + "--\r\n");
}

/// Above 32 MB. A hole takes no room on the disk.
void TestSend::readsLargeFilesWhileItSends()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("large.bin"));
    constexpr qint64 size = 33'000'000 + 1024 * 1024;
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("{\"begin\"") == 8 && file.resize(size));
    file.close();
    RawServer server(hello);
    const CommandResult data =
        runCommand(send("PUT", server.url(), {QStringLiteral("--data"), QStringLiteral("@") + path}));
    QVERIFY2(data.status == 0, data.err.c_str());
    QCOMPARE(field(server.seen[0], "Content-Length"), std::to_string(size));
    QCOMPARE(server.seen[0].body.size(), static_cast<std::size_t>(size));
    QVERIFY(server.seen[0].body.starts_with("{\"begin\""));
    QCOMPARE(field(server.seen[0], "Content-Type"), std::string("(none)")); // nobody has looked into it
    const CommandResult form = runCommand(send("POST", server.url(),
                                               {QStringLiteral("--form"), QStringLiteral("n=v"),
                                                QStringLiteral("--form"), QStringLiteral("f=@") + path}));
    QVERIFY2(form.status == 0, form.err.c_str());
    const std::string& body = server.seen[1].body;
    QVERIFY(body.size() > static_cast<std::size_t>(size));
    QVERIFY(body.find("name=\"n\"\r\n\r\nv\r\n--claimcheck-") != std::string::npos);
    QVERIFY(body.find("filename=\"large.bin\"") != std::string::npos);
    QVERIFY(body.ends_with("--\r\n"));
}

void TestSend::authorises()
{
    RawServer server(hello);
    const CommandInput input{" Bearer a.b.c \n", {{QStringLiteral("T"), QStringLiteral("d.e.f")}}};
    const auto sent = [&](const char* options) {
        const auto result = runCommand(send("GET", server.url(), words(options)), input);
        return result.status == 0 ? field(server.seen.back(), "Authorization")
                                  : "status " + std::to_string(result.status);
    };
    QCOMPARE(sent("--token -"), std::string("Bearer a.b.c"));
    QCOMPARE(sent("--raw-token -"), std::string("a.b.c"));
    QCOMPARE(sent("--token x.y.z"), std::string("Bearer x.y.z"));
    QCOMPARE(sent("--token-env T"), std::string("Bearer d.e.f"));
    QCOMPARE(sent("--token-env T --raw"), std::string("d.e.f"));
    QCOMPARE(sent("--token-env CLAIMCHECK_NOT_SET"), std::string("status 2"));
    QCOMPARE(sent("--token a --raw-token b"), std::string("status 2"));
    QCOMPARE(sent("--token a -H Authorization:b"), std::string("status 2"));
}

void TestSend::authorisesBasic()
{
    RawServer server(hello);
    QCOMPARE(
        runCommand(send("GET", server.url(), words("--user Aladdin --password-stdin")), {"open sesame\n"})
            .status,
        0);
    // The example of RFC 7617 §2.
    QCOMPARE(field(server.seen[0], "Authorization"), std::string("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="));
    const auto inline_ = runCommand(send("GET", server.url(), words("--user a:b")));
    QCOMPARE(field(server.seen[1], "Authorization"), std::string("Basic YTpi"));
    QVERIFY(inline_.err.find("shell's history") != std::string::npos);
    QCOMPARE(runCommand(send("GET", server.url(), words("--password-stdin")), {"x"}).status, 2);
}

void TestSend::followsRedirects()
{
    RawServer server(
        [](const Seen& request) { return request.target() == "/a" ? redirectTo("/b") : ok("there"); });
    QCOMPARE(runCommand(send("GET", server.url("/a"))).out, std::string("there"));
    const auto shown = runCommand(send("GET", server.url("/a"), words("--no-redirect -i")));
    QVERIFY(shown.out.starts_with("HTTP/1.1 302 Found\r\nLocation: /b\r\n"));
    QCOMPARE(server.seen.size(), std::size_t(3));
}

void TestSend::keepsSecretsAtHome()
{
    RawServer other(hello);
    RawServer server([&](const Seen&) { return redirectTo(other.url("/stolen")); });
    const auto result = runCommand(send("GET", server.url(), words("--token a.b.c --cookie k=v -v")));
    QCOMPARE(result.out, std::string("hello"));
    QCOMPARE(field(server.seen[0], "Authorization"), std::string("Bearer a.b.c"));
    QCOMPARE(field(other.seen[0], "Authorization"), std::string("(none)"));
    QCOMPARE(field(other.seen[0], "Cookie"), std::string("(none)"));
    QVERIFY2(result.err.find("* Authorization was not sent on to another origin\n") != std::string::npos,
             result.err.c_str());
}

/// The first hop opens the connection, the second one finds it there.
void TestSend::tellsOfEachHopsConnection()
{
    RawServer server([](const Seen& seen) { return seen.target() == "/a" ? redirectTo("/b") : ok("end"); });
    const auto result = runCommand(send("GET", server.url("/a"), words("-v")));
    EXPECT_REDUCED_ENGINE_FAILS("it does not say where it is connected to");
    const std::string to = ", connected to " + server.url("").substr(std::string_view("http://").size());
    QVERIFY2(result.err.find("* GET " + server.url("/a") + to + "\n") != std::string::npos,
             result.err.c_str());
    QVERIFY2(result.err.find("* GET " + server.url("/b") + to + " (reused)\n") != std::string::npos,
             result.err.c_str());
}

void TestSend::headHasNoBody()
{
    RawServer server([](const Seen&) { return Answer{"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"}; });
    const auto result = runCommand(send("HEAD", server.url(), words("-i")));
    QCOMPARE(result.status, 0);
    QCOMPARE(result.out, std::string("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"));
}

void TestSend::showsWhatCameBehindTheBody()
{
    RawServer server([](const Seen&) {
        return Answer{
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\nX-Sum: 5\r\n\r\n"};
    });
    const auto spoken = runCommand(send("GET", server.url(), words("-v")));
    QCOMPARE(spoken.out, std::string("hi"));
    EXPECT_REDUCED_ENGINE_FAILS("it does not hand out trailers");
    QVERIFY2(spoken.err.find("* behind the body\n< X-Sum: 5\n") != std::string::npos, spoken.err.c_str());
    const auto document = json::parse(runCommand(send("GET", server.url(), words("--json"))).out);
    QVERIFY_RESULT(document);
    const auto trailers = document->root().find("trailers");
    QVERIFY(trailers);
    QCOMPARE(trailers->items().front().find("value")->string(), std::string("5"));
}

QTEST_GUILESS_MAIN(TestSend)
#include "tst_send.moc"
