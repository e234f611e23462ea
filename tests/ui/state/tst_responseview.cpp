// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the response pane says: status, phases, credentials masked, verdict lines, bodies.

#include <state/responseview.h>

#include <QtCore/qfileinfo.h>
#include <QtCore/qtemporarydir.h>
#include <QtTest/qtest.h>

#include <base/text.h>
#include <state/bodyfile.h>
#include <state/bodytext.h>

using namespace claimcheck;
using ui::Mood;

namespace {

const Instant now = fromUnixSeconds(1'700'000'000);

http::Response response(const char* type, std::string body)
{
    http::Response result;
    result.status = 200;
    result.headers = {{"Content-Type", type}};
    if (!result.body.append(body))
        qFatal("the body could not be kept");
    return result;
}

inspect::Inspection inspection(inspect::Verdict verdict, int expiresIn)
{
    inspect::Inspection result;
    result.token.segments = 3;
    result.verdict = verdict;
    result.expiresAt = now + Seconds(expiresIn);
    return result;
}

} // namespace

class TestResponseView : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void statusLines()
    {
        http::Exchange exchange;
        exchange.response = response("application/json", "{}");
        exchange.timings.total = 12;
        ui::StatusLine line = ui::statusLine(exchange);
        QCOMPARE(line.status, QStringLiteral("200 OK")); // HTTP/2 has no reason phrase
        QCOMPARE(line.time, QStringLiteral("12 ms"));
        QCOMPARE(line.size, QStringLiteral("2 B"));
        QCOMPARE(line.mood, Mood::Good);
        exchange.response->status = 401;
        exchange.response->reason = "<b>No\x1b";
        line = ui::statusLine(exchange);
        QCOMPARE(line.mood, Mood::Bad);
        QVERIFY(line.status.startsWith(QStringLiteral("401 <b>No")));
        QVERIFY(!line.status.contains(QChar(0x1b)));
        exchange.response.reset();
        QVERIFY(ui::statusLine(exchange).status.isEmpty());
    }

    void onlyPhasesThatHappened()
    {
        http::Timings timings;
        timings.send = 1;
        timings.wait = 10;
        timings.receive = 2;
        const auto phases = ui::phasesOf(timings);
        QCOMPARE(phases.size(), std::size_t(3));
        QCOMPARE(phases[2].start, 11.0);
    }

    void credentialsAreMaskedUntilRevealed()
    {
        http::Exchange exchange;
        http::Hop hop;
        hop.requestHead = "GET / HTTP/1.1\r\nAuthorization: Bearer s3cret\r\nauthorization: s3cret\r\n"
                          "Cookie: a=s3cret; b=s3cret\r\nAccept: */*\r\n\r\n";
        exchange.hops = {hop};
        const std::string masked = ui::sentRequest(exchange, ui::Credentials::Masked);
        QVERIFY(masked.find("s3cret") == std::string::npos);
        QVERIFY(masked.find("Authorization: Bearer ") != std::string::npos);
        QVERIFY(masked.find("Accept: */*") != std::string::npos);
        const std::string revealed = ui::sentRequest(exchange, ui::Credentials::Revealed);
        QVERIFY(revealed.find("s3cret") != std::string::npos);
    }

    void verdictLines()
    {
        using inspect::Verdict;
        QCOMPARE(ui::verdictLine(inspection(Verdict::Verified, 3540), now),
                 QStringLiteral("verified · 59 min"));
        QVERIFY(
            ui::verdictLine(inspection(Verdict::Expired, -180), now).startsWith(QStringLiteral("expired ")));
        const QString both = ui::verdictLine(inspection(Verdict::SignatureInvalid, -180), now);
        QVERIFY(both.startsWith(QStringLiteral("signature invalid")) &&
                both.contains(QStringLiteral("expired")));
        QCOMPARE(ui::moodOf(Verdict::Verified), Mood::Good);
        QCOMPARE(ui::moodOf(Verdict::NotVerified), Mood::Neutral); // decoded only is never good
        QCOMPARE(ui::moodOf(Verdict::SignatureInvalid), Mood::Bad);
        QCOMPARE(ui::moodOf(Verdict::RejectedByPolicy), Mood::Bad);
    }

    void failuresAreThreeSentences()
    {
        const Error error{
            ErrorKind::Unreachable, "cannot reach a.example", "connection refused", "start it", {}};
        const ui::Failure failure = ui::failureOf(error);
        QCOMPARE(failure.what, QStringLiteral("Cannot reach a.example."));
        QCOMPARE(failure.why, QStringLiteral("Connection refused."));
        QCOMPARE(failure.fix, QStringLiteral("Start it."));
    }

    void failuresAreOneLineWithoutGaps()
    {
        Error error{ErrorKind::Unreachable, "cannot reach a.example", "", "start it", {}};
        QCOMPARE(ui::failureText(error), QStringLiteral("Cannot reach a.example. Start it."));
        error.setting = Setting::Authorities;
        QVERIFY(ui::failureText(error).contains(QStringLiteral("connections.yaml")));
    }

    void jsonKeepsItsNumbersAndOrder()
    {
        const auto body =
            ui::readBody(response("application/json", R"({"b":9007199254740993,"a":1.00,"b":2})"));
        QCOMPARE(body.format, ui::BodyFormat::Json);
        QVERIFY(body.pretty.has_value());
        QCOMPARE(*body.pretty->text,
                 std::string("{\n  \"b\": 9007199254740993,\n  \"a\": 1.00,\n  \"b\": 2\n}"));
        QVERIFY(body.note.isEmpty());
    }

    void whatIsNoJsonIsShownAsReceived()
    {
        const auto body = ui::readBody(response("application/json", "<html>no</html>"));
        QVERIFY(!body.pretty);
        QCOMPARE(*body.raw.text, std::string("<html>no</html>"));
        QVERIFY(body.note.contains(QStringLiteral("Not valid JSON")));
    }

    void largeJsonIsNotReformattedAndSaysSo()
    {
        ui::BodyLimits limits;
        limits.pretty = 4;
        const auto body = ui::readBody(response("application/json", "[1,2,3]"), limits);
        QVERIFY(!body.pretty);
        QVERIFY(body.note.contains(QStringLiteral("as received")));
        limits.shown = 3;
        const auto cut = ui::readBody(response("text/plain", "abcdef"), limits);
        QCOMPARE(*cut.raw.text, std::string("abc"));
        QVERIFY(cut.note.contains(QStringLiteral("6 B")));
    }

    void deepJsonDoesNoHarm()
    {
        const auto body = ui::readBody(response("application/json", std::string(500'000, '[')));
        QVERIFY(!body.pretty);
        QVERIFY(!body.note.isEmpty());
    }

    void fileNamesAreOnlyNames()
    {
        http::Response answer = response("application/json", "{}");
        QCOMPARE(ui::suggestedFileName(answer, "http://a.example/"), QStringLiteral("response.json"));
        QCOMPARE(ui::suggestedFileName(answer, "http://a.example/orders/7?x=1"), QStringLiteral("7.json"));
        answer.headers.push_back({"Content-Disposition", "attachment; filename=\"../../.bashrc\""});
        QCOMPARE(ui::suggestedFileName(answer, "http://a.example/"), QStringLiteral("bashrc.json"));
        answer.headers.back().value = "attachment; filename=report.pdf; size=3";
        QCOMPARE(ui::suggestedFileName(answer, "http://a.example/"), QStringLiteral("report.pdf"));
        answer.headers.back().value = "attachment; filename=\"c:\\x\\a b\ncon.txt\"";
        QCOMPARE(ui::suggestedFileName(answer, "http://a.example/"), QStringLiteral("a-b-con.txt"));
    }

    void bodiesAreTheirOwners()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("body.json"));
        QFile before(path); // one that all may read, from before
        QVERIFY(before.open(QIODevice::WriteOnly));
        before.close();
        QVERIFY(before.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ReadGroup |
                                      QFile::ReadOther));
        for (const QString& file : {path, folder.filePath(QStringLiteral("new.json"))}) {
            QVERIFY(ui::saveBody(response("application/json", R"({"a":1})").body, file).has_value());
            QCOMPARE(QFileInfo(file).size(), 7);
            QCOMPARE(QFileInfo(file).permissions() & (QFile::ReadGroup | QFile::ReadOther),
                     QFile::Permissions());
        }
    }

    void formats()
    {
        QCOMPARE(ui::formatOf("application/problem+json", "{}"), ui::BodyFormat::Json);
        QCOMPARE(ui::formatOf("", " {\"a\":1}"), ui::BodyFormat::Json);
        QCOMPARE(ui::formatOf("text/html; charset=utf-8", "<p>"), ui::BodyFormat::Html);
        QCOMPARE(ui::formatOf("image/png", std::string("\x89PNG\0", 5)), ui::BodyFormat::Picture);
        QCOMPARE(ui::formatOf("image/svg+xml", "<svg/>"), ui::BodyFormat::Text);
        QCOMPARE(ui::formatOf("application/zip", std::string("PK\0", 3)), ui::BodyFormat::Binary);
        QCOMPARE(ui::formatOf("application/json", ""), ui::BodyFormat::Empty);
    }
};

QTEST_GUILESS_MAIN(TestResponseView)
#include "tst_responseview.moc"
