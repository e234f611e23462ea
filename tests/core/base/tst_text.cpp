// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <base/random.h>
#include <base/result.h>
#include <base/secret.h>
#include <base/text.h>
#include <base/utf8.h>

#include <QtTest/qtest.h>

#include <sstream>

using namespace claimcheck;
using std::string_literals::operator""s;

class TestText : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void trims();
    void comparesWithoutCase();
    void refusesWhatIsNoUtf8_data();
    void refusesWhatIsNoUtf8();
    void makesHidingCharactersVisible_data();
    void makesHidingCharactersVisible();
    void escapesMarkup();
    void replacesEachPlace();
    void formatsSizes_data();
    void formatsSizes();
    void formatsDurations();
    void readsHex();
    void shortensBetweenCharacters_data();
    void shortensBetweenCharacters();
    void secretPrintsAsDots();
    void secretComparesAndMoves();
    void secretsAreCutOut_data();
    void secretsAreCutOut();
    void randomBytesDiffer();
    void describesErrors();
};

void TestText::trims()
{
    QCOMPARE(trimmed(" \t\r\n a b \n"), "a b");
    QCOMPARE(trimmed("   "), "");
    QCOMPARE(trimmed(""), "");
    QCOMPARE(bareText(" \xEF\xBB\xBF\n a b \n"), "a b");
    QCOMPARE(bareText("\xEF\xBB\xBF"), "");
    QCOMPARE(bareText("\xEF\xBB x"), "\xEF\xBB x");
    QCOMPARE(bareText(""), "");
}

void TestText::comparesWithoutCase()
{
    QVERIFY(equalsIgnoringCase("Content-TYPE", "content-type"));
    QVERIFY(!equalsIgnoringCase("Content-Type", "Content-Typ"));
    QVERIFY(!equalsIgnoringCase("\xC3\x84", "\xC3\xA4")); // only ASCII has case here
    QVERIFY(startsWithIgnoringCase("bEaReR x", "Bearer "));
    QVERIFY(!startsWithIgnoringCase("Bear", "Bearer "));
    QCOMPARE(toLowerAscii("AZ@["), "az@[");
}

void TestText::refusesWhatIsNoUtf8_data()
{
    QTest::addColumn<std::string>("bytes");
    QTest::addColumn<int>("offset");
    QTest::newRow("ascii") << "abc"s << -1;
    QTest::newRow("two, three and four bytes") << "\xC3\xA4\xE2\x82\xAC\xF0\x9F\x98\x80"s << -1;
    QTest::newRow("highest") << "\xF4\x8F\xBF\xBF"s << -1;
    QTest::newRow("nul is a character") << "a\0b"s << -1;
    QTest::newRow("above U+10FFFF") << "\xF4\x90\x80\x80"s << 0;
    QTest::newRow("overlong slash") << "a\xC0\xAF"s << 1;
    QTest::newRow("overlong, three bytes") << "\xE0\x80\xAF"s << 0;
    QTest::newRow("overlong, four bytes") << "\xF0\x80\x80\xAF"s << 0;
    QTest::newRow("surrogate") << "ab\xED\xA0\x80"s << 2;
    QTest::newRow("lone continuation") << "\x80"s << 0;
    QTest::newRow("cut off") << "x\xE2\x82"s << 1;
    QTest::newRow("0xFF") << "\xFF"s << 0;
}

void TestText::refusesWhatIsNoUtf8()
{
    QFETCH(std::string, bytes);
    QFETCH(int, offset);
    const auto found = firstInvalidUtf8(bytes);
    QCOMPARE(found ? static_cast<int>(*found) : -1, offset);
}

void TestText::makesHidingCharactersVisible_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::string>("shown");
    QTest::newRow("plain") << "grün <b>x</b>"s
                           << "grün <b>x</b>"s;
    QTest::newRow("escape") << "\x1B[31mred"s
                            << "␛[31mred"s;
    QTest::newRow("nul") << "a\0b"s
                         << "a␀b"s;
    QTest::newRow("delete") << "a\x7F"s
                            << "a␡"s;
    QTest::newRow("C1 control") << "\xC2\x9B"s
                                << "<U+009B>"s;
    QTest::newRow("right-to-left override") << "\xE2\x80\xAEtxt"s
                                            << "<U+202E>txt"s;
    QTest::newRow("isolate") << "\xE2\x81\xA6x"s
                             << "<U+2066>x"s;
    QTest::newRow("zero width") << "a\xE2\x80\x8B"s
                                << "a<U+200B>"s;
    QTest::newRow("byte order mark") << "\xEF\xBB\xBFx"s
                                     << "<U+FEFF>x"s;
    QTest::newRow("tag character") << "\xF3\xA0\x81\x81"s
                                   << "<U+E0041>"s;
    QTest::newRow("not UTF-8") << "\xFFz"s
                               << "<0xFF>z"s;
    QTest::newRow("line end") << "a\nb"s
                              << "a␊b"s;
}

void TestText::makesHidingCharactersVisible()
{
    QFETCH(std::string, text);
    QFETCH(std::string, shown);
    QCOMPARE(visible(text), shown);
    QCOMPARE(visible("a\r\n\tb", LineEnds::Keep), "a\r\n\tb");
}

void TestText::escapesMarkup()
{
    QCOMPARE(escapedMarkup("<a b=\"c\" d='e'>&"), "&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;");
    QCOMPARE(escapedMarkup("one\ntwo\x1b"), "one␊two␛");
    QCOMPARE(escapedMarkup("\xef\xbf\xbd\xef\xbf\xbe\xef\xbf\xbf"),
             "\xef\xbf\xbd&lt;U+FFFE&gt;&lt;U+FFFF&gt;");
    QCOMPARE(escapedMarkup("one\ntwo\x1b", LineEnds::Keep), "one\ntwo␛");
}

void TestText::replacesEachPlace()
{
    QCOMPARE(withReplaced("a.b.c", ".", ".."), "a..b..c");
    QCOMPARE(withReplaced("aaa", "a", ""), "");
    QCOMPARE(withReplaced("abc", "", "x"), "abc");
}

void TestText::formatsSizes_data()
{
    QTest::addColumn<quint64>("bytes");
    QTest::addColumn<std::string>("text");
    QTest::newRow("0") << quint64{0} << "0 B"s;
    QTest::newRow("999") << quint64{999} << "999 B"s;
    QTest::newRow("1000") << quint64{1000} << "1 kB"s;
    QTest::newRow("1449") << quint64{1449} << "1.4 kB"s;
    QTest::newRow("999949") << quint64{999'949} << "999.9 kB"s;
    QTest::newRow("999950") << quint64{999'950} << "1 MB"s;
    QTest::newRow("1.4 MB") << quint64{1'400'000} << "1.4 MB"s;
    QTest::newRow("largest") << quint64{UINT64_MAX} << "18.4 EB"s;
}

void TestText::formatsSizes()
{
    QFETCH(quint64, bytes);
    QFETCH(std::string, text);
    QCOMPARE(formatSize(bytes), text);
}

void TestText::formatsDurations()
{
    QCOMPARE(formatDuration(0.44), "0.4 ms");
    QCOMPARE(formatDuration(12.4), "12 ms");
    QCOMPARE(formatDuration(999.6), "1.00 s");
    QCOMPARE(formatDuration(1240), "1.24 s");
    QCOMPARE(formatDuration(125'000), "2 min 5 s");
}

void TestText::readsHex()
{
    QCOMPARE(fromHex("00fF").value_or("-"), "\x00\xFF"s);
    QVERIFY(!fromHex("0"));
    QVERIFY(!fromHex("0g"));
    QCOMPARE(toHex("\x00\xAB"s), "00ab");
}

void TestText::shortensBetweenCharacters_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::string>("shown");
    QTest::newRow("shorter") << "abc"s
                             << "abc"s;
    QTest::newRow("as long") << "abcd"s
                             << "abcd"s;
    QTest::newRow("longer") << "abcde"s
                            << "abcd…"s;
    QTest::newRow("inside of two bytes") << "abc\xC3\xA4"s
                                         << "abc…"s;
    QTest::newRow("inside of four bytes") << "a\xF0\x9F\x98\x80"s
                                          << "a…"s;
    QTest::newRow("between characters") << "ab\xC3\xA4z"s
                                        << "ab\xC3\xA4…"s;
    QTest::newRow("no UTF-8") << "\x80\x80\x80\x80\x80\x80"s
                              << "\x80…"s;
}

void TestText::shortensBetweenCharacters()
{
    QFETCH(std::string, text);
    QFETCH(std::string, shown);
    QCOMPARE(shortened(text, 4), shown);
}

void TestText::secretPrintsAsDots()
{
    std::ostringstream stream;
    stream << Secret("hunter2");
    QCOMPARE(stream.str(), "••••");
}

void TestText::secretComparesAndMoves()
{
    Secret first("abc");
    QVERIFY(first == Secret("abc"));
    QVERIFY(!(first == Secret("abd")));
    QVERIFY(!(first == Secret("ab")));
    const Secret second = std::move(first);
    QCOMPARE(second.reveal(), "abc");
    QVERIFY(first.isEmpty()); // NOLINT(bugprone-use-after-move): that it is wiped is the point
    Secret copy;
    copy = second;
    QVERIFY(copy == second);
    Secret* self = &copy;
    copy = *self;
    QCOMPARE(copy.reveal(), "abc");
}

void TestText::secretsAreCutOut_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::string>("rest");
    QTest::newRow("none") << "nothing of it"s
                          << "nothing of it"s;
    QTest::newRow("one") << "bad hunter2!"s
                         << "bad ••••!"s;
    QTest::newRow("at both ends") << "hunter2 or hunter2"s
                                  << "•••• or ••••"s;
    // Whichever is looked for first, nothing of the other one stays.
    QTest::newRow("one holds another") << "hunter2-the-second."s
                                       << "••••."s;
    QTest::newRow("one overlaps another") << "a second-try b"s
                                          << "a •••• b"s;
    QTest::newRow("one overlaps itself") << "ababababa."s
                                         << "••••."s;
    QTest::newRow("too short to be one") << "the sum"s
                                         << "the sum"s;
    QTest::newRow("empty") << ""s
                           << ""s;
}

void TestText::secretsAreCutOut()
{
    QFETCH(std::string, text);
    QFETCH(std::string, rest);
    const std::vector<Secret> secrets{Secret("hunter2"),
                                      Secret("hunter2-the-second"),
                                      Secret("second-t"),
                                      Secret("-try"),
                                      Secret("ababa"),
                                      Secret("sum"),
                                      Secret()};
    QCOMPARE(cutOut(text, secrets), rest);
    const std::vector<Secret> backwards(secrets.rbegin(), secrets.rend());
    QCOMPARE(cutOut(text, backwards), rest);
    QCOMPARE(cutOut(text, {}), text);
}

void TestText::randomBytesDiffer()
{
    QVERIFY(randomBytes(0).empty());
    const std::string bytes = randomBytes(64);
    QCOMPARE(bytes.size(), std::size_t(64));
    QVERIFY(bytes != randomBytes(64));
    QVERIFY(bytes.find_first_not_of(bytes.front()) != std::string::npos);
}

void TestText::describesErrors()
{
    const Error plain{ErrorKind::Unreadable, "cannot read k.pem", "permission denied", "check its mode"};
    QCOMPARE(describe(plain), "cannot read k.pem: permission denied (check its mode)");
    const Error token{ErrorKind::Malformed, "token", "not base64url", "", Position{"header", 7}};
    QCOMPARE(describe(token), "token: not base64url at header, byte 7");
    const Error file{ErrorKind::Malformed, "a.yml", "bad", "", Position{"", 7, 2, 3}};
    QCOMPARE(describe(file), "a.yml: bad at line 2, column 3");
}

QTEST_GUILESS_MAIN(TestText)
#include "tst_text.moc"
