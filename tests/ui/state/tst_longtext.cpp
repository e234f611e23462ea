// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What makes long texts cheap to show: rows, cells, colours and search.

#include <QtTest/qtest.h>

#include <state/foldmap.h>
#include <state/hexdump.h>
#include <state/jsonspans.h>
#include <state/lineindex.h>
#include <state/textrow.h>
#include <state/textsearch.h>

using namespace claimcheck::ui;

class TestLongText : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void rowsAreLines()
    {
        const std::string text = "one\r\ntwo\n\nfour\n";
        const LineIndex index(text);
        QCOMPARE(index.rows(), std::size_t(4));
        QCOMPARE(index.bytes(text, 0), std::string_view("one"));
        QCOMPARE(index.bytes(text, 2), std::string_view(""));
        QCOMPARE(index.bytes(text, 3), std::string_view("four"));
        QCOMPARE(index.lineNumber(3), std::size_t(4));
        QCOMPARE(index.rowAt(5), std::size_t(1));
    }

    void anEmptyTextHasOneRow()
    {
        const LineIndex index("");
        QCOMPARE(index.rows(), std::size_t(1));
        QCOMPARE(index.bytes("", 0), std::string_view(""));
    }

    void longLinesBreakSoftlyBetweenCharacters()
    {
        std::string text(LineIndex::softBreak - 1, 'x');
        text += "éy\nz"; // the é would lie across the break
        const LineIndex index(text);
        QCOMPARE(index.rows(), std::size_t(3));
        QCOMPARE(index.lines(), std::size_t(2));
        QCOMPARE(index.bytes(text, 1), std::string_view("éy"));
        QVERIFY(index.isContinuation(1));
        QCOMPARE(index.lineNumber(1), std::size_t(1));
        QCOMPARE(index.lineNumber(2), std::size_t(2));
        QCOMPARE(index.rowAt(text.size()), std::size_t(2));
    }

    void continuationBytesAloneEndToo()
    {
        const std::string text(3 * LineIndex::softBreak, '\x80');
        QCOMPARE(LineIndex(text).rows(), std::size_t(3));
    }

    void everyCharacterKnowsItsCellAndByte()
    {
        const TextRow row = layOutRow("a\té日x");
        QCOMPARE(row.text, QStringLiteral("a   é日x"));
        QCOMPARE(row.columnOf(2), 4);              // é, behind the tab stop
        QCOMPARE(row.columnOf(4), 5);              // 日, two cells
        QCOMPARE(row.columnOf(7), 7);              // x
        QCOMPARE(row.byteAt(6), std::size_t(4));   // the second cell of 日
        QCOMPARE(row.byteAt(100), std::size_t(8)); // beyond the end
        QCOMPARE(row.width(), 8);
    }

    void whatPretendsIsShown()
    {
        QCOMPARE(layOutRow("\xe2\x80\xae").text, QStringLiteral("<U+202E>"));
        QCOMPARE(layOutRow("\xff").text, QStringLiteral("<0xFF>"));
        QVERIFY(!layOutRow("\x1b[31m").text.contains(QChar(0x1b)));
    }

    void tokensFoldAndLeaveRoomForAChip()
    {
        const std::string line = "\"t\": \"" + std::string(100, 'k') + "\", 1";
        const TextRow row = layOutRow(line, {{6, 100, 5}});
        QCOMPARE(row.text, QStringLiteral("\"t\": \"kkkkkkkkkk…\",      1"));
        QCOMPARE(row.gaps, (std::vector<int>{19}));
        QCOMPARE(row.columnOf(106), 17); // the closing quote, behind the fold
        QCOMPARE(row.columnOf(109), 25); // what follows stands behind the chip
    }

    void jsonParts()
    {
        const std::string_view line = "  \"a\\\"b\": \"v\", \"n\": -1.5e3, \"t\": true, x";
        const auto spans = jsonSpans(line);
        QCOMPARE(spans.size(), std::size_t(6));
        QVERIFY((spans[0] == JsonSpan{JsonPart::Name, 2, 6}));
        QCOMPARE(spans[1].part, JsonPart::String);
        QVERIFY((spans[3] == JsonSpan{JsonPart::Number, 20, 6}));
        QCOMPARE(spans[5].part, JsonPart::Word);
    }

    void jsonPartsOfAnything()
    {
        QCOMPARE(jsonSpans("\"open \\").size(), std::size_t(1));
        QCOMPARE(jsonSpans("\"open \\")[0].length, std::size_t(7));
        QVERIFY(jsonSpans("").empty());
        QVERIFY(jsonSpans("<b>truely</b>").empty());
    }

    void foldedRowsHaveNoLine()
    {
        FoldMap folds(10);
        folds.fold({2, 5});
        folds.fold({7, 8});
        QCOMPARE(folds.lines(), std::size_t(6));
        const std::vector<std::size_t> rows{0, 1, 2, 6, 7, 9};
        for (std::size_t line = 0; line < rows.size(); ++line) {
            QCOMPARE(folds.rowOf(line), rows[line]);
            QCOMPARE(folds.lineOf(rows[line]), line);
        }
        QCOMPARE(folds.lineOf(4), std::size_t(2)); // hidden behind row 2
        folds.fold({3, 4});                        // inside of what is folded already
        QCOMPARE(folds.lines(), std::size_t(6));
        folds.unfold(2);
        QCOMPARE(folds.lines(), std::size_t(8));
        folds.reveal(4);
        folds.reveal(8);
        QCOMPARE(folds.lines(), std::size_t(10));
        folds.fold({9, 9}); // nothing behind it
        QCOMPARE(folds.lines(), std::size_t(10));
    }

    void bracketsFindTheirEnd()
    {
        const std::string text =
            "{\n  \"a\": [\n    1,\n    2\n  ],\n  \"b\": {},\n  \"c\": {\n    \"d\": 1\n  }\n}";
        const LineIndex index(text);
        QCOMPARE(foldRangeAt(text, index, 0), std::optional(FoldRange{0, 8}));
        QCOMPARE(foldRangeAt(text, index, 1), std::optional(FoldRange{1, 3}));
        QVERIFY(!foldRangeAt(text, index, 2));
        QVERIFY(!foldRangeAt(text, index, 5));
        QCOMPARE(foldRangesInside(text, index), (std::vector<FoldRange>{{1, 3}, {6, 7}}));
        const std::string open = "{\n  \"a\": [";
        QVERIFY(!foldRangeAt(open, LineIndex(open), 1));
    }

    void hex()
    {
        QCOMPARE(
            hexDump("hello, claimcheck\n"),
            std::string("00000000  68 65 6c 6c 6f 2c 20 63  6c 61 69 6d 63 68 65 63  |hello, claimchec|\n"
                        "00000010  6b 0a                                             |k.|\n"));
        QCOMPARE(hexDump(""), std::string());
    }

    void search()
    {
        QCOMPARE(findAll("Token tokens TOKEN", "token"), (std::vector<std::size_t>{0, 6, 13}));
        QCOMPARE(findAll("aaaa", "aa"), (std::vector<std::size_t>{0, 2}));
        QVERIFY(findAll("abc", "").empty());
        QVERIFY(findAll("abc", "abcd").empty());
        QCOMPARE(findAll(std::string(50, 'a'), "a", 10).size(), std::size_t(10));
    }
};

QTEST_GUILESS_MAIN(TestLongText)
#include "tst_longtext.moc"
