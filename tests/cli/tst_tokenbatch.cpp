// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// `claimcheck-cli token verify --batch` from outside: many tokens, an answer for each line.

#include "openbatch.h"
#include "verifying.h"

#include <QtCore/qtemporarydir.h>
#include <QtTest/qtest.h>

#include <core/inspect/nonces.h>
#include <jose/sign.h>
#include <json/document.h>
#include <support/commandline.h>
#include <support/result.h>

using namespace claimcheck;
using namespace claimcheck::test;
using namespace claimcheck::test::verifying;

static QStringList batch(const QString& file)
{
    return words("token verify --secret-env S --at 1800000000 --batch") + QStringList{file};
}

class TestTokenBatch : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void verifiesABatch();
    void batchKeepsOrderOverManyBlocks();
    void batchReadsStandardInput();
    void batchAnswersAsItComes();
    void batchReadsPastAByteOrderMark();
    void batchWithoutATokenJudgesNothing();
    void batchIsBounded();
    void batchFindsReusedNonces();

private:
    QString write(const char* name, const std::string& bytes) const
    {
        return written(m_directory.filePath(QString::fromUtf8(name)), bytes);
    }

    QTemporaryDir m_directory;
};

void TestTokenBatch::verifiesABatch()
{
    const QString file =
        write("batch", good + "\n\n  Bearer " + good + "\r\nbroken\n" + sign(R"({"exp":1})"));
    const CommandResult result = runCommand(batch(file), withSecret);
    QCOMPARE(result.status, 1);
    const QStringList lines = text(result.out).split(u'\n', Qt::SkipEmptyParts);
    QCOMPARE(lines.size(), 4);
    const std::pair<int, const char*> expected[] = {
        {1, "verified"}, {3, "verified"}, {4, "malformed"}, {5, "expired"}};
    for (int i = 0; i < 4; ++i) {
        const auto document = json::parse(lines[i].toStdString());
        QVERIFY_RESULT(document);
        QCOMPARE(document->root().members().front().name, std::string("line"));
        QCOMPARE(document->root().find("line")->integer(), std::optional<std::int64_t>(expected[i].first));
        QCOMPARE(document->root().find("verdict")->string(), std::string(expected[i].second));
    }
    QCOMPARE(runCommand(batch(write("all", good + "\n" + good + "\n")), withSecret).status, 0);
    QCOMPARE(runCommand(batch(u"/nonexistent"_qs), withSecret).status, 2);
    QCOMPARE(runCommand(batch(file) + QStringList{text(good)}, withSecret).status, 2);
}

void TestTokenBatch::batchKeepsOrderOverManyBlocks()
{
    static constexpr int count = 6000; // more than a megabyte: several blocks
    std::string lines;
    for (int i = 0; i < count; ++i)
        lines += (i % 1000 == 7 ? "broken" : good) + "\n";
    const CommandResult result = runCommand(batch(write("many", lines)), withSecret);
    QCOMPARE(result.status, 1);
    const QStringList out = text(result.out).split(u'\n', Qt::SkipEmptyParts);
    QCOMPARE(out.size(), count);
    for (int i = 0; i < count; ++i) {
        const QString verdict = i % 1000 == 7 ? u"malformed"_qs : u"verified"_qs;
        const QString start =
            QString(u"{\"line\":%1,\"verdict\":\"%2\""_qs).arg(QString::number(i + 1), verdict);
        QVERIFY2(out[i].startsWith(start), qPrintable(out[i].left(60)));
    }
}

void TestTokenBatch::batchReadsStandardInput()
{
    CommandInput input = withSecret;
    input.standardInput = good; // no line end
    const CommandResult result = runCommand(batch(u"-"_qs), input);
    QCOMPARE(result.status, 0);
    QVERIFY(text(result.out)
                .startsWith(u"{\"line\":1,\"verdict\":\"verified\",\"valid\":true,\"reason\":\"\""_qs));
    QVERIFY(text(result.out).endsWith(u"}\n"_qs));
}

/// Who writes the pipe may wait for each answer before going on.
void TestTokenBatch::batchAnswersAsItComes()
{
    OpenBatch open(words("--secret-env S --at 1800000000"), withSecret.environment);
    for (const int line : {1, 2, 3}) {
        const bool isBroken = line == 2;
        const std::string answer = open.answerTo(isBroken ? "broken" : good);
        const QString start = QString(u"{\"line\":%1,\"verdict\":\"%2\""_qs)
                                  .arg(QString::number(line), isBroken ? u"malformed"_qs : u"verified"_qs);
        QVERIFY2(text(answer).startsWith(start), answer.c_str());
    }
    QCOMPARE(open.end().status, 1);
}

/// As editors write files: the mark is no part of the first token.
void TestTokenBatch::batchReadsPastAByteOrderMark()
{
    const CommandResult result =
        runCommand(batch(write("marked", "\xEF\xBB\xBF" + good + "\r\n")), withSecret);
    QCOMPARE(result.status, 0);
}

void TestTokenBatch::batchWithoutATokenJudgesNothing()
{
    for (const std::string content : {"", "\n", "  \r\n\n\t\n"}) {
        const CommandResult result = runCommand(batch(write("none", content)), withSecret);
        QCOMPARE(result.status, 4);
        QCOMPARE(result.out, std::string());
        QVERIFY(text(result.err).contains(u"there is no token in it, so nothing was judged"_qs));
    }
    CommandInput input = withSecret;
    input.standardInput.clear();
    const CommandResult piped = runCommand(batch(u"-"_qs), input);
    QCOMPARE(piped.status, 4);
    QVERIFY(text(piped.err).contains(u"standard input"_qs));
    QCOMPARE(runCommand(batch(write("broken", "x")), withSecret).status, 1); // judged, and malformed
}

void TestTokenBatch::batchIsBounded()
{
    // One line of ten megabytes is one broken token, not ten megabytes to hold and to print.
    const CommandResult result =
        runCommand(batch(write("long", std::string(10'000'000, 'a') + "\n" + good)), withSecret);
    QCOMPARE(result.status, 1);
    const QStringList out = text(result.out).split(u'\n', Qt::SkipEmptyParts);
    QCOMPARE(out.size(), 2);
    QVERIFY(out[0].startsWith(u"{\"line\":1,\"verdict\":\"malformed\""_qs));
    QVERIFY(out[0].size() < 10'000);
    QVERIFY(out[1].startsWith(u"{\"line\":2,\"verdict\":\"verified\""_qs));
}

/// Which of two tokens comes first is a matter of the file, not of the threads.
void TestTokenBatch::batchFindsReusedNonces()
{
    const jose::Key key = jose::generateKey(*jose::findAlgorithm("ES256")).value();
    const std::string first = signedWithNonce(key, R"({"a":1})", 7);
    const std::string other = signedWithNonce(key, R"({"b":1})", 8);
    const std::string again = signedWithNonce(key, R"({"c":1})", 7);
    const std::string filler(1000, 'x');
    std::string lines = first + "\n" + other + "\n" + first + "\n"; // the same token twice is nothing new
    for (int i = 0; i < 300; ++i)                                   // several blocks
        lines += filler + "\n";
    lines += again + "\n" + other + "\n" + again + "\n";
    const QString keyFile = write("ec.pem", jose::publicPem(key).value());
    const CommandResult result = runCommand(words("token verify --at 1800000000 --key") +
                                            QStringList{keyFile, u"--batch"_qs, write("nonces", lines)});
    QCOMPARE(result.status, 1); // the fillers
    const QStringList out = text(result.out).split(u'\n', Qt::SkipEmptyParts);
    QCOMPARE(out.size(), 306);
    QStringList found;
    for (qsizetype i = 0; i < out.size(); ++i) {
        QVERIFY2(out[i].startsWith(u"{\"line\":%1,"_qs.arg(i + 1)), qPrintable(out[i].left(60)));
        QVERIFY_RESULT(json::parse(out[i].toStdString()));
        if (out[i].contains(u"SIG-REUSED-R"_qs))
            found.append(QString::number(i + 1));
    }
    QCOMPARE(found, QStringList({u"304"_qs, u"306"_qs}));
}

QTEST_GUILESS_MAIN(TestTokenBatch)
#include "tst_tokenbatch.moc"
