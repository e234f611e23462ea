// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Looking for a token's secret: the shipped list, words of one's own, progress and cancelling.

#include <QtTest/qtest.h>

#include <openssl/evp.h>

#include <base/text.h>
#include <inspect/guess.h>
#include <support/result.h>

#include "tokens.h"

using namespace claimcheck;
using namespace claimcheck::test;
using inspect::guessSecret;
using inspect::WordSource;

class TestGuess : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void finds_data();
    void finds();
    void triesAllOfThem();
    void readsWords_data();
    void readsWords();
    void cancels();
    void tellsProgress();
    void refuses_data();
    void refuses();
    void isQuick();
};

static WordSource wordsOf(std::vector<std::string> pieces)
{
    return [pieces = std::move(pieces), next = std::size_t{0}](std::string& words) mutable {
        if (next == pieces.size())
            return false;
        words = pieces[next++];
        return true;
    };
}

/// Also with the empty secret, with which `sign` makes nothing.
static jose::Jws signedWith(const std::string& secret)
{
    const std::string whole = token(header, goodClaims, strongSecret);
    const std::string input = whole.substr(0, whole.rfind('.'));
    std::string mac(32, '\0');
    EVP_Q_mac(nullptr, "HMAC", nullptr, "SHA256", nullptr, secret.c_str(), secret.size(),
              reinterpret_cast<const unsigned char*>(input.data()), input.size(),
              reinterpret_cast<unsigned char*>(mac.data()), mac.size(), nullptr);
    return jose::decode(input + "." + jose::encodeBase64Url(mac));
}

void TestGuess::finds_data()
{
    QTest::addColumn<QString>("secret");
    QTest::newRow("the guide's") << u"your_secret_key"_qs;
    QTest::newRow("the first") << u"!)&@%&*$E^$"_qs;
    QTest::newRow("empty") << QString();
}

void TestGuess::finds()
{
    QFETCH(QString, secret);
    const auto outcome = guessSecret(signedWith(toUtf8(secret)), inspect::publishedWords());
    QVERIFY_RESULT(outcome);
    QVERIFY(outcome->secret.has_value());
    QCOMPARE(std::string(outcome->secret->reveal()), toUtf8(secret));
    QVERIFY(!outcome->isCancelled);
}

void TestGuess::triesAllOfThem()
{
    for (const unsigned jobs : {1u, 3u}) {
        const auto outcome = guessSecret(signedWith(strongSecret), inspect::publishedWords(), {.jobs = jobs});
        QVERIFY_RESULT(outcome);
        QVERIFY(!outcome->secret);
        QCOMPARE(outcome->tried, std::uint64_t{103'782}); // 103,781 published, and the empty one
    }
}

void TestGuess::readsWords_data()
{
    QTest::addColumn<QByteArray>("first");
    QTest::addColumn<QByteArray>("second");
    QTest::addColumn<quint64>("tried");
    QTest::newRow("second line") << QByteArray("a\nneedle\n") << QByteArray() << quint64{2};
    QTest::newRow("CR LF") << QByteArray("needle\r\nb\r\n") << QByteArray() << quint64{1};
    QTest::newRow("no line end at the end") << QByteArray("a\nb\n") << QByteArray("needle") << quint64{3};
    QTest::newRow("empty lines") << QByteArray("\n\n") << QByteArray("\nneedle\n") << quint64{4};
}

void TestGuess::readsWords()
{
    QFETCH(QByteArray, first);
    QFETCH(QByteArray, second);
    const WordSource words = inspect::inTurn(wordsOf({first.toStdString()}), wordsOf({second.toStdString()}));
    const auto outcome = guessSecret(signedWith("needle"), words, {.jobs = 1});
    QVERIFY_RESULT(outcome);
    QVERIFY(outcome->secret.has_value());
    QCOMPARE(std::string(outcome->secret->reveal()), std::string("needle"));
    QTEST(quint64{outcome->tried}, "tried");
}

void TestGuess::cancels()
{
    std::atomic<bool> cancel = false;
    int pieces = 0;
    const WordSource endless = [&](std::string& words) {
        words = "a\nb\nc\n";
        cancel = ++pieces == 5;
        return true;
    };
    const auto outcome = guessSecret(signedWith(strongSecret), endless, {.jobs = 1, .cancel = &cancel});
    QVERIFY_RESULT(outcome);
    QVERIFY(outcome->isCancelled);
    QVERIFY(!outcome->secret);
    QCOMPARE(outcome->tried, std::uint64_t{12});
}

void TestGuess::tellsProgress()
{
    std::vector<std::uint64_t> told;
    const auto progress = [&told](std::uint64_t tried) { told.push_back(tried); };
    const auto outcome = guessSecret(signedWith(strongSecret), wordsOf({"a\nb\n", "c\n"}),
                                     {.jobs = 1, .cancel = nullptr, .progress = progress});
    QVERIFY_RESULT(outcome);
    QCOMPARE(told, (std::vector<std::uint64_t>{2, 3}));
}

void TestGuess::refuses_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("why");
    QTest::newRow("key pair") << toQString(token(R"({"alg":"RS256"})", "{}"))
                              << u"the token is signed with alg 'RS256', which has no secret"_qs;
    QTest::newRow("unsigned") << u"eyJhbGciOiJub25lIn0.e30."_qs
                              << u"the token is signed with alg 'none', which has no secret"_qs;
    QTest::newRow("broken") << u"a.b"_qs << QString();
}

void TestGuess::refuses()
{
    QFETCH(QString, text);
    QFETCH(QString, why);
    const auto outcome = guessSecret(jose::decode(toUtf8(text)), inspect::publishedWords());
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().kind, ErrorKind::Refused);
    if (!why.isEmpty())
        QCOMPARE(toQString(outcome.error().why), why);
}

void TestGuess::isQuick()
{
    const jose::Jws jws = signedWith(strongSecret);
    QElapsedTimer timer;
    timer.start();
    const auto outcome = guessSecret(jws, inspect::publishedWords(), {.jobs = 1});
    qInfo("%llu secrets on one core: %lld ms", static_cast<unsigned long long>(outcome->tried),
          static_cast<long long>(timer.elapsed()));
    QVERIFY(timer.elapsed() < 5000); // under sanitizers on a busy machine; 300 ms are the aim
}

QTEST_GUILESS_MAIN(TestGuess)
#include "tst_guess.moc"
