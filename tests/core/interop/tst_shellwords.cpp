// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Command lines are taken apart as a POSIX shell does it, and nothing is run.

#include <interop/import/shellwords.h>
#include <support/result.h>

#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::interop;

namespace {

using Words = std::vector<std::string>;

QStringList list(std::initializer_list<const char*> words)
{
    QStringList all;
    for (const char* word : words)
        all += QString::fromUtf8(word);
    return all;
}

Words wordsOf(std::string_view text)
{
    Words words;
    const auto commands = shellCommands(text);
    if (!commands)
        return {"error: " + commands.error().why};
    for (const ShellCommand& command : *commands)
        for (const ShellWord& word : command.words)
            words.push_back(word.text);
    return words;
}

} // namespace

class TestShellWords : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void quotes_data();
    void quotes();
    void commandsArePartedAndRedirectionsTakenOut();
    void nothingIsExpanded();
    void openQuotesAreErrorsWithTheirPlace();
    void quotedTextComesBack();
};

void TestShellWords::quotes_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("words");
    QTest::newRow("plain") << "a  b\tc" << list({"a", "b", "c"});
    QTest::newRow("single") << "'a b' 'it'\\''s'" << list({"a b", "it's"});
    QTest::newRow("double") << R"("a \"b\" \\ \n")" << list({R"(a "b" \ \n)"});
    QTest::newRow("joined") << R"(a'b'"c"d)" << list({"abcd"});
    QTest::newRow("empty") << "'' \"\"" << list({"", ""});
    QTest::newRow("backslash") << R"(a\ b \'c)" << list({"a b", "'c"});
    QTest::newRow("continued") << "a \\\n b\\\r\nc" << list({"a", "bc"});
    QTest::newRow("ansi") << R"($'a\n\x41\101\u00e9\'')" << list({"a\nAAé'"});
    QTest::newRow("surrogates") << R"($'\ud83d\ude00')" << list({"😀"});
    QTest::newRow("half a pair") << R"($'\ud83dx')" << list({"\xef\xbf\xbdx"});
    QTest::newRow("comment") << "a # b\nc" << list({"a", "c"});
    QTest::newRow("hash inside") << "a#b" << list({"a#b"});
}

void TestShellWords::quotes()
{
    QFETCH(QString, text);
    QFETCH(QStringList, words);
    Words wanted;
    for (const QString& word : words)
        wanted.push_back(word.toStdString());
    QCOMPARE(wordsOf(text.toStdString()), wanted);
}

void TestShellWords::commandsArePartedAndRedirectionsTakenOut()
{
    const auto commands = shellCommands("a b; c && d > out.txt 2>&1 | e\nf");
    QVERIFY_RESULT(commands);
    QCOMPARE(commands->size(), std::size_t{5});
    QCOMPARE(commands->at(2).words.size(), std::size_t{1});
    QCOMPARE(commands->at(2).redirections, (Words{"> out.txt", "2>&1"}));
    QCOMPARE(commands->at(4).offset, std::size_t{31});
}

void TestShellWords::nothingIsExpanded()
{
    const auto commands = shellCommands("a \"$TOKEN\" \"${B}c\" '$D' $(rm -rf /) `id` 5$");
    QVERIFY_RESULT(commands);
    const auto& words = commands->at(0).words;
    QCOMPARE(wordsOf("a \"$TOKEN\" \"${B}c\" '$D' $(rm -rf /) `id` 5$"),
             (Words{"a", "$TOKEN", "${B}c", "$D", "$(rm -rf /)", "`id`", "5$"}));
    QCOMPARE(words.at(1).expansions, (Words{"$TOKEN"}));
    QCOMPARE(words.at(2).expansions, (Words{"${B}"}));
    QVERIFY(words.at(3).expansions.empty());
    QCOMPARE(words.at(4).expansions, (Words{"$(rm -rf /)"}));
    QCOMPARE(words.at(5).expansions, (Words{"`id`"}));
    QVERIFY(words.at(6).expansions.empty());
}

void TestShellWords::openQuotesAreErrorsWithTheirPlace()
{
    for (const char* text : {"a\n b 'c", "a\n b \"c", "a\n b $'c", "a\n b \"c\\\""}) {
        const auto commands = shellCommands(text);
        QVERIFY2(!commands, text);
        QCOMPARE(commands.error().kind, ErrorKind::Malformed);
        QVERIFY(commands.error().where.has_value());
        QCOMPARE(commands.error().where->line, std::size_t{2});
        QCOMPARE(commands.error().where->column, std::size_t{4});
    }
}

void TestShellWords::quotedTextComesBack()
{
    for (const char* text : {"", "plain", "a b", "it's", "$(x)", "\"", "a\nb", "\\"})
        QCOMPARE(wordsOf("x " + shellQuoted(text)), (Words{"x", text}));
}

QTEST_GUILESS_MAIN(TestShellWords)
#include "tst_shellwords.moc"
