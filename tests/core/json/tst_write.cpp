// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Writing: quoting, the streaming writer in both layouts, and formatting that changes white space only.

#include <json/document.h>
#include <json/write.h>

#include <support/result.h>

#include <QtTest/qtest.h>

#include <cmath>

using namespace claimcheck;
using json::Layout;
using json::Writer;

class TestWrite : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void quotes();
    void quotesEveryByte();
    void quotesAtEveryPlace();
    void writesByHand();
    void writesLines();
    void streamsCompact();
    void streamsPretty();
    void writesNumbers();
    void formatsWithoutChangingValues();
};

void TestWrite::quotes()
{
    QCOMPARE(json::quoted(""), std::string("\"\""));
    QCOMPARE(json::quoted("a\"b\\c/"), std::string(R"("a\"b\\c/")"));
    QCOMPARE(json::quoted(std::string("\0\n\x1f\x7f", 4)), std::string("\"\\u0000\\n\\u001f\x7f\""));
    QCOMPARE(json::quoted("é€😀"), std::string("\"é€😀\""));
    QCOMPARE(json::quoted("a\xFFz"), std::string("\"a\uFFFDz\""));
}

void TestWrite::quotesEveryByte()
{
    std::string ascii;
    for (char c = 0; c < 127; ++c)
        ascii += c;
    const auto document = json::parse(json::quoted(ascii));
    QVERIFY_RESULT(document);
    QCOMPARE(document->root().string(), ascii);
    std::string bytes;
    for (int c = 0; c < 256; ++c)
        bytes += static_cast<char>(c);
    QVERIFY_RESULT(json::parse(json::quoted(bytes)));
}

// Plain bytes are passed over eight at a time, and the last eight may overlap: no place may hide one that is
// not plain.
void TestWrite::quotesAtEveryPlace()
{
    for (const std::string special : {"\"", "\\", "\n", "\x01", "\x1f", "é", "€"})
        for (std::size_t length = 0; length < 40; ++length)
            for (std::size_t place = 0; place <= length; ++place) {
                const std::string text =
                    std::string(place, 'a') + special + std::string(length - place, 'b') + special;
                const auto document = json::parse(json::quoted(text));
                QVERIFY_RESULT(document);
                QCOMPARE(document->root().string(), text);
            }
}

void TestWrite::writesByHand()
{
    Writer writer;
    writer.beginObject().member("a").value(1).member("b").byHand() += "[2]";
    writer.byHand() += R"("c":3,"d":4)";
    writer.member("e").value(5).endObject();
    QCOMPARE(writer.take(), std::string(R"({"a":1,"b":[2],"c":3,"d":4,"e":5})"));
}

void TestWrite::writesLines()
{
    Writer writer;
    for (const char* const name : {"a", "b", "c"}) {
        writer.beginObject().member(name).value(1).endObject().endLine();
        if (*name == 'a')
            writer.clear();
    }
    QCOMPARE(std::string(writer.lines()), std::string("{\"b\":1}\n{\"c\":1}\n"));
}

static void writeSample(Writer& writer)
{
    writer.beginObject().member("a").value(1).member("b").beginArray().value(true).null().beginObject();
    writer.endObject().beginArray().endArray().endArray().member("c\n").raw("1.0").member("d").beginObject();
    writer.member("e").value("x").endObject().endObject();
}

void TestWrite::streamsCompact()
{
    Writer writer;
    writeSample(writer);
    QCOMPARE(writer.take(), std::string(R"({"a":1,"b":[true,null,{},[]],"c\n":1.0,"d":{"e":"x"}})"));
}

void TestWrite::streamsPretty()
{
    Writer writer(Layout::Pretty);
    writeSample(writer);
    const std::string expected = "{\n  \"a\": 1,\n  \"b\": [\n    true,\n    null,\n    {},\n    []\n  ],\n"
                                 "  \"c\\n\": 1.0,\n  \"d\": {\n    \"e\": \"x\"\n  }\n}";
    const std::string text = writer.take();
    QCOMPARE(text, expected);
    QCOMPARE(json::format(json::parse(text)->root(), Layout::Pretty), expected);
}

void TestWrite::writesNumbers()
{
    const auto text = [](auto number) {
        Writer writer;
        writer.value(number);
        return writer.take();
    };
    QCOMPARE(text(std::numeric_limits<std::int64_t>::min()), std::string("-9223372036854775808"));
    QCOMPARE(text(0.1), std::string("0.1"));
    QCOMPARE(text(1763900000.5), std::string("1763900000.5"));
    QCOMPARE(text(std::nan("")), std::string("null"));
    QCOMPARE(text(HUGE_VAL), std::string("null"));
}

void TestWrite::formatsWithoutChangingValues()
{
    const auto document = json::parse("{ \"a\" : 1.00 ,\"a\":[ ], \"\\u0041\":\"{\\\"[,: \" ,\"o\":{ } }");
    QVERIFY_RESULT(document);
    const std::string compact = R"({"a":1.00,"a":[],"\u0041":"{\"[,: ","o":{}})";
    QCOMPARE(json::format(document->root(), Layout::Compact), compact);
    const std::string pretty =
        "{\n  \"a\": 1.00,\n  \"a\": [],\n  \"\\u0041\": \"{\\\"[,: \",\n  \"o\": {}\n}";
    QCOMPARE(json::format(document->root(), Layout::Pretty), pretty);
    QCOMPARE(json::format(*document->root().find("o"), Layout::Pretty), std::string("{}"));
}

QTEST_GUILESS_MAIN(TestWrite)
#include "tst_write.moc"
