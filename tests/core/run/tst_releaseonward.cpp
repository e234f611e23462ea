// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a secret brought with it goes no further than was allowed: what was captured from an answer to it, and
// a body that holds it when a redirect asks for it once more.

#include <core/http/rawserver.h>
#include <core/run/secretrun.h>

#include <QtCore/qfile.h>
#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::run;
using Run = test::SecretRun;

class TestReleaseOnward : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void whatIsCapturedGoesNoFurther_data();
    void whatIsCapturedGoesNoFurther();
    void whatIsCapturedIsAllowedApart_data();
    void whatIsCapturedIsAllowedApart();
    void aRedirectRepeatsNoSecret_data();
    void aRedirectRepeatsNoSecret();
};

namespace {

/// A request that captures `token` of its answer under this name; none where it is empty.
std::string capturing(const char* name, int sequence, const std::string& url, const std::string& variable)
{
    const std::string request = std::string("info: {name: ") + name +
                                ", type: http, seq: " + std::to_string(sequence) +
                                "}\nhttp: {method: GET, url: \"" + url + "\"}\n";
    return variable.empty()
               ? request
               : request +
                     "runtime:\n  actions:\n    - type: set-variable\n      phase: after-response\n"
                     "      selector: {expression: res.body.token, method: jsonq}\n"
                     "      variable: {name: " +
                     variable + ", scope: runtime}\n";
}

} // namespace

void TestReleaseOnward::whatIsCapturedGoesNoFurther_data()
{
    QTest::addColumn<std::string>("first");
    QTest::addColumn<std::string>("second");
    QTest::addColumn<std::string>("sent");
    QTest::addColumn<bool>("isHeldBack");
    const auto row = [](const char* name, const std::string& first, const std::string& second,
                        const std::string& sent,
                        bool isHeldBack) { QTest::newRow(name) << first << second << sent << isHeldBack; };
    row("what the password gave", "/{{password}}", "/none", "{{one}}", true);
    row("by way of another answer", "/{{password}}", "/{{one}}", "{{two}}", true);
    row("another answer alone", "/{{password}}", "/none", "{{two}}", false);
    row("without a secret", "/none", "/none", "{{one}}", false);
}

/// Whoever writes the collection's files could else take a token from where the password may go to himself.
void TestReleaseOnward::whatIsCapturedGoesNoFurther()
{
    QFETCH(std::string, first);
    QFETCH(std::string, second);
    QFETCH(std::string, sent);
    QFETCH(bool, isHeldBack);
    Run run;
    test::RawServer other([](const test::Seen&) { return test::ok("{}"); });
    run.body = R"({"token":"opaque-value-1"})";
    run.folder.write("a.yml", capturing("a", 1, run.server.url(first), "one"));
    run.folder.write("b.yml", capturing("b", 2, run.server.url(second), "two"));
    run.folder.write("c.yml", capturing("c", 3, other.url("/?t=" + sent), {}));
    const std::string origin = http::originOf(run.server.url());
    run.options.guard.isReleased = [&origin](const SecretName&, const std::string& destination) {
        return destination == origin;
    };
    const Report report = run.toEnd();
    QCOMPARE(report.count(Status::Passed), std::size_t(isHeldBack ? 2 : 3));
    QCOMPARE(other.seen.size(), std::size_t(isHeldBack ? 0 : 1));
    const std::string said = "it takes what an answer gave for password (local) to " +
                             http::originOf(other.url()) + ", where that was not sent before";
    QCOMPARE(report.results.at(2).error.find(said) != std::string::npos, isHeldBack);
    if (!isHeldBack)
        QVERIFY(other.seen.front().has("/?t=opaque-value-1 "));
}

void TestReleaseOnward::whatIsCapturedIsAllowedApart_data()
{
    QTest::addColumn<std::string>("sent");
    QTest::addColumn<std::string>("taken");
    QTest::newRow("what was captured") << std::string("{{one}}") << std::string();
    QTest::newRow("the secret itself") << std::string("{{password}}") << std::string("password (local)");
    QTest::newRow("both") << std::string("{{one}}{{password}}") << std::string("password (local)");
}

/// Who lets a token go somewhere has not let the password go there that it was asked for with.
void TestReleaseOnward::whatIsCapturedIsAllowedApart()
{
    QFETCH(std::string, sent);
    QFETCH(std::string, taken);
    Run run;
    test::RawServer other([](const test::Seen&) { return test::ok("{}"); });
    run.body = R"({"token":"opaque-value-1"})";
    run.folder.write("a.yml", capturing("a", 1, run.server.url("/{{password}}"), "one"));
    run.folder.write("b.yml", capturing("b", 2, other.url("/?t=" + sent), {}));
    const std::string origin = http::originOf(run.server.url());
    run.options.guard.isReleased = [&origin](const SecretName& secret, const std::string& destination) {
        return secret.isCaptured || destination == origin;
    };
    const Report report = run.toEnd();
    QCOMPARE(report.results.size(), std::size_t(2));
    QCOMPARE(other.seen.size(), std::size_t(taken.empty() ? 1 : 0));
    const std::string said = "it takes " + taken + " to " + http::originOf(other.url()) + ", where";
    QCOMPARE(report.results.at(1).error.find(said) != std::string::npos, !taken.empty());
}

void TestReleaseOnward::aRedirectRepeatsNoSecret_data()
{
    QTest::addColumn<std::string>("request");
    QTest::addColumn<bool>("isAllowed");
    QTest::addColumn<bool>("isRepeated");
    const std::string json = "body: {type: json, data: '{\"a\":\"{{password}}\"}'}";
    const std::string form = "body: {type: form-urlencoded, data: [{name: a, value: \"{{password}}\"}]}";
    const std::string part =
        "body: {type: multipart-form, data: [{name: a, type: text, value: \"{{password}}\"}]}";
    const std::string header =
        "headers: [{name: X, value: \"{{password}}\"}], body: {type: text, data: plain}";
    QTest::newRow("JSON") << json << false << false;
    QTest::newRow("a form") << form << false << false;
    QTest::newRow("a part") << part << false << false;
    QTest::newRow("JSON to where it may go") << json << true << true;
    QTest::newRow("a header, which stays back") << header << false << true;
}

/// Where the secret may go says that it is to be sent elsewhere once more.
void TestReleaseOnward::aRedirectRepeatsNoSecret()
{
    QFETCH(std::string, request);
    QFETCH(bool, isAllowed);
    QFETCH(bool, isRepeated);
    Run run;
    test::RawServer other([](const test::Seen&) { return test::ok("{}"); });
    test::RawServer first([&other](const test::Seen&) {
        return test::Answer{"HTTP/1.1 307 Temporary Redirect\r\nLocation: " + other.url("/b") +
                            "\r\nContent-Length: 0\r\n\r\n"};
    });
    QFile::remove(toQString(run.folder.path("b.yml")));
    run.folder.write("a.yml", "info: {name: a, type: http}\nhttp: {method: POST, url: \"" + first.url("/a") +
                                  "\", " + request + "}\n");
    const std::string origin = http::originOf(first.url());
    run.options.guard.isReleased = [&origin](const SecretName&, const std::string& destination) {
        return destination == origin;
    };
    if (isAllowed)
        run.options.allowedOrigins = {http::originOf(other.url())};
    const Report report = run.toEnd();
    QCOMPARE(first.seen.size(), std::size_t(1));
    QCOMPARE(other.seen.size(), std::size_t(isRepeated ? 1 : 0));
    const std::string said =
        "it asks to repeat the body, which has a secret in it, at " + http::originOf(other.url());
    QCOMPARE(report.results.at(0).error.find(said) != std::string::npos, !isRepeated);
    if (isRepeated)
        QCOMPARE(other.seen.front().body.find("s3cret-word") != std::string::npos, isAllowed);
}

QTEST_GUILESS_MAIN(TestReleaseOnward)
#include "tst_releaseonward.moc"
