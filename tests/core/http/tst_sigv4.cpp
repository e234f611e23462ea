// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// AWS Signature Version 4: the signatures of AWS' own test suite and of its S3 guide, and what becomes of a
// signed request on its way.

#include <http/sigv4.h>
#include <http/upload.h>

#include <QtCore/qtemporaryfile.h>
#include <QtTest/qtest.h>

#include "rawserver.h"
#include "transports.h"

using namespace claimcheck;
using namespace claimcheck::http;
using namespace claimcheck::test;

class SigV4 : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void suite_data();
    void suite();
    void objectOfS3();
    void changesWithWhatIsSigned();
    void keepsAForeignRequestAsItIs();
    void refusesWhatCannotBeSigned_data();
    void refusesWhatCannotBeSigned();
    void refusesAFileThatIsTooLargeToSign();
    void hashesAFileOnce();

    void goesOut_data() { addTransports(); }
    void goesOut();
    void doesNotCrossOrigins_data() { addTransports(); }
    void doesNotCrossOrigins();
};

namespace {

using namespace std::chrono_literals;

/// 2015-08-30T12:36:00Z, as in the test suite.
constexpr Instant suiteTime = std::chrono::sys_days(std::chrono::year(2015) / 8 / 30) + 12h + 36min;

Request suiteRequest(const std::string& method, const std::string& target)
{
    Request request;
    request.method = method;
    request.url = "https://example.amazonaws.com" + target;
    request.authentication.scheme = AuthScheme::AwsSigV4;
    request.authentication.user = "AKIDEXAMPLE";
    request.authentication.password = Secret("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY");
    request.authentication.region = "us-east-1";
    request.authentication.service = "service";
    return request;
}

std::string authorization(const Request& request, Instant now = suiteTime)
{
    return headerValue(signedForAws(request, now).headers, "Authorization").value_or("");
}

std::string signature(const Request& request, Instant now = suiteTime)
{
    const std::string field = authorization(request, now);
    return field.substr(std::min(field.rfind('=') + 1, field.size()));
}

} // namespace

void SigV4::suite_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("field");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("names");
    QTest::addColumn<QByteArray>("signature");
    const auto row = [](const char* name, const char* method, const char* target, const char* field,
                        const char* body, const char* names, const char* signature) {
        QTest::newRow(name) << QByteArray(method) << QByteArray(target) << QByteArray(field)
                            << QByteArray(body) << QByteArray(names) << QByteArray(signature);
    };
    const char* const plain = "host;x-amz-date";
    row("get-vanilla", "GET", "/", "", "", plain,
        "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31");
    row("get-vanilla-query-order-key-case", "GET", "/?Param2=value2&Param1=value1", "", "", plain,
        "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500");
    row("post-vanilla", "POST", "/", "", "", plain,
        "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b");
    row("get-relative-relative", "GET", "/example1/example2/../..", "", "", plain,
        "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31");
    row("get-slash-dot-slash", "GET", "/./", "", "", plain,
        "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31");
    row("get-slashes", "GET", "//", "", "", plain,
        "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31");
    row("get-header-value-trim", "GET", "/", "My-Header1:  value1", "", "host;my-header1;x-amz-date", "");
    row("post-x-www-form-urlencoded", "POST", "/", "Content-Type:application/x-www-form-urlencoded",
        "Param1=value1", "content-type;host;x-amz-date",
        "ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a");
}

void SigV4::suite()
{
    QFETCH(const QByteArray, method);
    QFETCH(const QByteArray, target);
    QFETCH(const QByteArray, field);
    QFETCH(const QByteArray, body);
    QFETCH(const QByteArray, names);
    QFETCH(const QByteArray, signature);
    Request request = suiteRequest(method.toStdString(), target.toStdString());
    request.body = body.toStdString();
    request.hasBody = !body.isEmpty();
    if (const qsizetype colon = field.indexOf(':'); colon > 0)
        request.headers.push_back({field.left(colon).toStdString(), field.mid(colon + 1).toStdString()});
    const std::string expected =
        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=" +
        names.toStdString() + ", Signature=" + signature.toStdString();
    QVERIFY2(authorization(request).starts_with(expected), authorization(request).c_str());
    QVERIFY(headerValue(signedForAws(request, suiteTime).headers, "X-Amz-Date") == "20150830T123600Z");
}

/// "Authenticating Requests: Using the Authorization Header", Amazon S3 API reference, GET object.
void SigV4::objectOfS3()
{
    Request request = suiteRequest("GET", "/");
    request.url = "https://examplebucket.s3.amazonaws.com/test.txt";
    request.authentication.user = "AKIAIOSFODNN7EXAMPLE";
    request.authentication.password = Secret("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");
    request.authentication.service = "s3";
    request.headers = {{"Range", "bytes=0-9"}};
    const Instant then = std::chrono::sys_days(std::chrono::year(2013) / 5 / 24);
    QCOMPARE(signature(request, then),
             std::string("f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"));
    QVERIFY(headerValue(signedForAws(request, then).headers, "x-amz-content-sha256") ==
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

void SigV4::changesWithWhatIsSigned()
{
    const Request request = suiteRequest("POST", "/a%20b?x=1");
    std::vector<std::string> all{signature(request)};
    const auto with = [&](const std::function<void(Request&)>& change) {
        Request changed = request;
        change(changed);
        all.push_back(signature(changed));
    };
    with([](Request& changed) { changed.body = "x"; });
    with([](Request& changed) { changed.method = "PUT"; });
    with([](Request& changed) { changed.url += "&y"; });
    with([](Request& changed) { changed.headers = {{"X-Other", "1"}}; });
    with([](Request& changed) { changed.authentication.region = "eu-west-1"; });
    with([](Request& changed) { changed.authentication.password = Secret("other"); });
    with([](Request& changed) { changed.authentication.sessionToken = Secret("token"); });
    with([](Request& changed) { changed.authentication.service = "s3"; });
    std::ranges::sort(all);
    QVERIFY(std::ranges::adjacent_find(all) == all.end());
    Request same = request; // what a proxy may change is not signed
    same.headers = {{"User-Agent", "x"}, {"Accept-Encoding", "gzip"}, {"Connection", "close"}};
    QCOMPARE(signature(same), signature(request));
    const Request withToken = [&] {
        Request changed = request;
        changed.authentication.sessionToken = Secret("t0ken");
        return signedForAws(changed, suiteTime);
    }();
    QVERIFY(headerValue(withToken.headers, "X-Amz-Security-Token") == "t0ken");
    QVERIFY(authorization(withToken).find("host;x-amz-date;x-amz-security-token") != std::string::npos);
}

void SigV4::keepsAForeignRequestAsItIs()
{
    Request request = suiteRequest("GET", "/");
    request.authentication.scheme = AuthScheme::Digest;
    QVERIFY(signedForAws(request, suiteTime) == request);
}

void SigV4::refusesWhatCannotBeSigned_data()
{
    QTest::addColumn<QByteArray>("user");
    QTest::addColumn<QByteArray>("region");
    QTest::addColumn<QByteArray>("service");
    QTest::newRow("no key id") << QByteArray() << QByteArray("r") << QByteArray("s");
    QTest::newRow("no region") << QByteArray("u") << QByteArray() << QByteArray("s");
    QTest::newRow("no service") << QByteArray("u") << QByteArray("r") << QByteArray();
    QTest::newRow("slash in the region") << QByteArray("u") << QByteArray("r/s") << QByteArray("s");
    QTest::newRow("line end in the key id") << QByteArray("u\r\nX: y") << QByteArray("r") << QByteArray("s");
}

void SigV4::refusesWhatCannotBeSigned()
{
    QFETCH(const QByteArray, user);
    QFETCH(const QByteArray, region);
    QFETCH(const QByteArray, service);
    Request request = suiteRequest("GET", "/");
    request.authentication.user = user.toStdString();
    request.authentication.region = region.toStdString();
    request.authentication.service = service.toStdString();
    const auto checked = validate(request);
    QVERIFY(!checked && checked.error().kind == ErrorKind::Usage);
}

void SigV4::refusesAFileThatIsTooLargeToSign()
{
    QTemporaryFile file; // all of it a hole
    QVERIFY(file.open() && file.resize(256 * 1024 * 1024));
    const auto fits = std::make_shared<Upload>();
    QVERIFY(fits->appendFile(file.fileName().toStdString()));
    Request request = suiteRequest("PUT", "/");
    request.hasBody = true;
    request.upload = fits;
    QVERIFY(validate(request));
    QVERIFY(file.resize(256 * 1024 * 1024 + 1));
    const auto large = std::make_shared<Upload>();
    QVERIFY(large->appendFile(file.fileName().toStdString()));
    request.upload = large;
    const auto checked = validate(request);
    QVERIFY(!checked);
    QCOMPARE(checked.error().kind, ErrorKind::TooLarge);
    QVERIFY(describe(checked.error()).find("256 MiB") != std::string::npos);
    Request unsignedBody = request;
    unsignedBody.headers = {{"X-Amz-Content-Sha256", "UNSIGNED-PAYLOAD"}};
    QVERIFY(validate(unsignedBody));
    Request plain = request;
    plain.authentication = {};
    QVERIFY(validate(plain));
}

/// The hops of one exchange send the same: what was read for the first of them holds for the next.
void SigV4::hashesAFileOnce()
{
    QTemporaryFile file;
    QVERIFY(file.open() && file.write("one") == 3 && file.flush());
    const auto upload = std::make_shared<Upload>();
    QVERIFY(upload->appendFile(file.fileName().toStdString()));
    Request request = suiteRequest("PUT", "/");
    request.hasBody = true;
    request.upload = upload;
    const auto field = [&request](UploadHash* known) {
        return headerValue(signedForAws(request, suiteTime, known).headers, "Authorization").value_or("");
    };
    UploadHash known;
    const std::string first = field(&known);
    QCOMPARE(first, field(nullptr));
    QVERIFY(file.seek(0) && file.write("two") == 3 && file.flush());
    QCOMPARE(field(&known), first);
    QVERIFY(field(nullptr) != first);
    const auto other = std::make_shared<Upload>(*upload);
    request.upload = other; // another body has a hash of its own
    QCOMPARE(field(&known), field(nullptr));
    request.headers = {{"X-Amz-Content-Sha256", "UNSIGNED-PAYLOAD"}};
    known = {};
    QVERIFY(field(&known) != first);
    QVERIFY(!known.upload); // nothing was read
}

/// The server signs what came, and finds the same.
void SigV4::goesOut()
{
    QFETCH(const QString, transport);
    RawServer server([](const Seen&) { return ok("x"); });
    Request request = suiteRequest("POST", "/");
    request.url = server.url("/b//c?z=1&a=%2F");
    request.headers = {{"Content-Type", "application/json"}};
    request.body = R"({"a":1})";
    request.hasBody = true;
    Sender sender(transport);
    const Exchange exchange = sender.send(request);
    QVERIFY_ANSWERED(exchange);
    Request seen = request;
    seen.headers.clear();
    std::string sent;
    const QString head = QString::fromStdString(server.seen.at(0).head);
    for (const QString& line : head.split(QStringLiteral("\r\n"), Qt::SkipEmptyParts).mid(1)) {
        const Header field{line.section(u':', 0, 0).toStdString(),
                           line.section(u':', 1).trimmed().toStdString()};
        if (field.name == "Authorization")
            sent = field.value;
        else if (transport == u"curl" || field.name != "Accept-Language") // Qt adds it after us
            seen.headers.push_back(field);
    }
    QCOMPARE(sent, authorization(seen));
    QVERIFY(sent.find("accept;content-type;host;x-amz-date") != std::string::npos);
    QVERIFY(!headerValue(exchange.request.headers, "Authorization")); // as it was asked for
}

void SigV4::doesNotCrossOrigins()
{
    QFETCH(const QString, transport);
    RawServer other([](const Seen&) { return ok("other"); });
    RawServer server([&](const Seen& seen) {
        return seen.target() == "/first" ? redirectTo("/second")
                                         : redirectTo(other.url("/", "http", "localhost"));
    });
    Request request = suiteRequest("GET", "/");
    request.url = server.url("/first");
    request.authentication.sessionToken = Secret("t0ken");
    Sender sender(transport);
    const Exchange exchange = sender.send(request);
    QVERIFY_ANSWERED(exchange);
    QVERIFY(server.seen.at(1).has("AWS4-HMAC-SHA256")); // signed anew for another path
    QVERIFY(!other.seen.at(0).has("AWS4") && !other.seen.at(0).has("t0ken") && !other.seen.at(0).has("Amz"));
    QCOMPARE(exchange.hops.back().withheld, std::vector<std::string>{"Authorization"});
    QCOMPARE(exchange.redirects(), 2U);
}

QTEST_GUILESS_MAIN(SigV4)
#include "tst_sigv4.moc"
