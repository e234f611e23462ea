// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the tree keeps: order, duplicates, number text, positions; and where it says no.

#include <json/document.h>

#include <support/result.h>

#include <QtTest/qtest.h>

using namespace claimcheck;

class TestDocument : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsOrderAndDuplicates();
    void comparesNamesAfterUnescaping();
    void findsDuplicatesAmongMany();
    void knowsPlaces();
    void unescapesStrings_data();
    void unescapesStrings();
    void readsIntegers_data();
    void readsIntegers();
    void readsDoubles();
    void walksNestedValues();
    void countsWhatIsInside();
    void outlivesTheFirstCopy();
    void saysWhere_data();
    void saysWhere();
    void seesEveryByteOfAString();
    void givesTextWithoutCopies();
    void boundsDepth();
    void boundsSize();
    void takesMillionsOfBracketsWithoutStack();
};

static json::Document parsed(std::string text)
{
    return json::parse(std::move(text)).value();
}

void TestDocument::keepsOrderAndDuplicates()
{
    const auto document = parsed(R"({"z": 1.0, "a": 1e2, "z": 12345678901234567890123, "-": -0})");
    const auto members = document.root().members();
    QCOMPARE(members.size(), std::size_t(4));
    QCOMPARE(members[0].name, std::string("z"));
    QCOMPARE(members[0].value.text(), std::string_view("1.0"));
    QCOMPARE(members[1].name, std::string("a"));
    QCOMPARE(members[1].value.text(), std::string_view("1e2"));
    QCOMPARE(members[2].value.text(), std::string_view("12345678901234567890123"));
    QCOMPARE(members[3].value.text(), std::string_view("-0"));
    QCOMPARE(document.root().find("z")->text(), std::string_view("12345678901234567890123"));
    QCOMPARE(document.root().duplicates(), std::vector<std::string>{"z"});
    QVERIFY(!document.root().find("Z"));
}

void TestDocument::comparesNamesAfterUnescaping()
{
    const auto document = parsed(R"({"alg": "none", "al\u0067": "HS256"})");
    QCOMPARE(document.root().duplicates(), std::vector<std::string>{"alg"});
    QCOMPARE(document.root().find("alg")->string(), std::string("HS256"));
    QVERIFY(parsed(R"({"alg": 1, "Alg": 2})").root().duplicates().empty());
}

void TestDocument::findsDuplicatesAmongMany()
{
    std::string text = "{\"first\": 0";
    for (int i = 0; i < 1000; ++i)
        text += ", \"m" + std::to_string(i) + "\": " + std::to_string(i);
    const auto unique = parsed(text + "}");
    QVERIFY(unique.root().duplicates().empty());
    const auto twice = parsed(text + ", \"m7\": 1, \"m7\": 2, \"\\u006d8\": 3}");
    QCOMPARE(twice.root().duplicates(), (std::vector<std::string>{"m7", "m8"}));
    QCOMPARE(twice.root().find("m7")->text(), std::string_view("2"));
}

void TestDocument::knowsPlaces()
{
    const std::string text = "{\n  \"a\": [1, {\"b\": \"x\"}]\n}";
    const auto document = parsed(text);
    const auto member = document.root().members().at(0);
    QCOMPARE(member.nameOffset, text.find("\"a\""));
    QCOMPARE(member.value.offset(), text.find('['));
    QCOMPARE(member.value.text(), std::string_view("[1, {\"b\": \"x\"}]"));
    const auto inner = member.value.items().at(1).find("b").value();
    QCOMPARE(inner.offset(), text.find("\"x\""));
    QCOMPARE(json::positionOf(text, inner.offset()),
             (Position{.in = {}, .offset = 19, .line = 2, .column = 18}));
}

void TestDocument::unescapesStrings_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::string>("expected");
    const auto row = [](const char* name, const char* text, std::string expected) {
        QTest::newRow(name) << std::string(text) << std::move(expected);
    };
    row("empty", R"("")", "");
    row("simple", R"("\"\\\/\b\f\n\r\t")", "\"\\/\b\f\n\r\t");
    row("NUL", R"("a\u0000b")", std::string("a\0b", 3));
    row("two bytes", R"("\u00e9")", "\u00e9");
    row("three bytes", R"("\u20AC")", "\u20AC");
    row("pair", R"("\uD83D\uDE00!")", "\U0001F600!");
    row("lone high", R"("\uD83Dx")", "\uFFFDx");
    row("lone low", R"("\uDE00")", "\uFFFD");
    row("high and no low", R"("\uD83D\u0041")", "\uFFFDA");
    row("high at the end", R"("\uD83D")", "\uFFFD");
    row("two high and one low", R"("\uD83D\uD83D\uDE00")", "\uFFFD\U0001F600");
    row("raw UTF-8", "\"\xF0\x9F\x98\x80\"", "\U0001F600");
}

void TestDocument::unescapesStrings()
{
    QFETCH(std::string, text);
    QFETCH(std::string, expected);
    const auto document = json::parse(text);
    QVERIFY_RESULT(document);
    QCOMPARE(document->root().string(), expected);
    QCOMPARE(document->root().text(), std::string_view(text));
}

void TestDocument::readsIntegers_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<bool>("isInteger");
    QTest::addColumn<qint64>("expected");
    const auto yes = [](const char* text, qint64 expected) {
        QTest::newRow(text) << std::string(text) << true << expected;
    };
    const auto no = [](const char* text) { QTest::newRow(text) << std::string(text) << false << qint64(0); };
    yes("0", 0);
    yes("-0", 0);
    yes("0e99999999999999999999", 0);
    yes("1.0", 1);
    yes("1e3", 1000);
    yes("-12.50E1", -125);
    yes("100e-2", 1);
    yes("9007199254740993", 9007199254740993);
    yes("9223372036854775807", 9223372036854775807);
    yes("-9223372036854775808", std::numeric_limits<qint64>::min());
    yes("9223372036854775807.000", 9223372036854775807);
    no("9223372036854775808");
    no("-9223372036854775809");
    no("1.5");
    no("1e-1");
    no("1e400");
    no("1e99999999999999999999");
    no("1e-99999999999999999999");
    no("\"1\"");
    no("null");
}

void TestDocument::readsIntegers()
{
    QFETCH(std::string, text);
    QFETCH(bool, isInteger);
    QFETCH(qint64, expected);
    const auto document = json::parse(text);
    QVERIFY_RESULT(document);
    const auto integer = document->root().integer();
    QCOMPARE(integer.has_value(), isInteger);
    if (isInteger)
        QCOMPARE(static_cast<qint64>(*integer), expected);
}

void TestDocument::readsDoubles()
{
    QCOMPARE(parsed("0.1").root().number().value(), 0.1);
    QCOMPARE(parsed("1763900000.25").root().number().value(), 1763900000.25);
    QCOMPARE(parsed("-1E+2").root().number().value(), -100.0);
    QCOMPARE(parsed("1e-400").root().number().value(), 0.0);
    QCOMPARE(parsed("0.0000e999999999999999999999").root().number().value(), 0.0);
    QVERIFY(!parsed("1e400").root().number());
    QVERIFY(!parsed("-1e400").root().number());
    QVERIFY(!parsed("\"1\"").root().number());
}

void TestDocument::walksNestedValues()
{
    const auto document = parsed(R"([[], {}, [1, [2, 3], 4], {"a": {"b": [true, false, null]}}, "end"])");
    const auto items = document.root().items();
    QCOMPARE(items.size(), std::size_t(5));
    QCOMPARE(items[0].size(), std::size_t(0));
    QVERIFY(items[0].items().empty());
    QVERIFY(items[1].members().empty());
    QCOMPARE(items[2].items().at(2).text(), std::string_view("4"));
    const auto inner = items[3].find("a")->find("b")->items();
    QVERIFY(inner.at(0).boolean());
    QVERIFY(!inner.at(1).boolean());
    QVERIFY(inner.at(2).isNull());
    QCOMPARE(items[4].string(), std::string("end"));
    QVERIFY(items[4].members().empty() && items[4].items().empty() && !items[4].find("x"));
}

void TestDocument::countsWhatIsInside()
{
    const auto document = parsed(R"([{"a": 1, "b": []}, "x", [2, 3]])");
    QCOMPARE(document.root().totalSize(), std::size_t(10));
    const auto items = document.root().items();
    QCOMPARE(items.at(0).totalSize(), std::size_t(5)); // two names and their values
    QCOMPARE(items.at(1).totalSize(), std::size_t(1));
    QCOMPARE(items.at(2).totalSize(), std::size_t(3));
}

void TestDocument::outlivesTheFirstCopy()
{
    std::optional<json::Document> first = parsed(R"({"a": "kept"})");
    const json::Document second = *first;
    first.reset();
    QCOMPARE(second.root().find("a")->string(), std::string("kept"));
}

void TestDocument::saysWhere_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::size_t>("offset");
    QTest::addColumn<std::string>("word");
    const auto row = [](const char* name, std::string text, std::size_t offset, const char* word) {
        QTest::newRow(name) << std::move(text) << offset << std::string(word);
    };
    row("empty", "", 0, "ends");
    row("white space only", "  ", 2, "ends");
    row("byte order mark", "\xEF\xBB\xBF{}", 0, "byte order mark");
    row("comment", "{/* */}", 1, "comments");
    row("trailing comma", "[1,]", 3, "comma");
    row("trailing comma in object", "{\"a\":1,}", 7, "comma");
    row("NaN", "[NaN]", 1, "NaN");
    row("text behind", "{} x", 3, "behind");
    row("second value", "{}{}", 2, "behind");
    row("single quotes", "{'a':1}", 1, "double quotes");
    row("missing colon", "{\"a\" 1}", 5, "':'");
    row("missing value", "{\"a\":}", 5, "value");
    row("open string", "[\"abc", 5, "inside of a string");
    row("open escape", "\"\\", 2, "inside of a string");
    row("bad escape", "\"\\x\"", 2, "escape");
    row("short unicode escape", "\"\\u12\"", 2, "hexadecimal");
    row("control character", std::string("\"a\nb\""), 2, "control");
    row("NUL behind", std::string("1\0", 2), 1, "behind");
    row("not UTF-8", "\"a\xFF\"", 2, "UTF-8");
    row("overlong", "\"\xC0\xAF\"", 1, "UTF-8");
    row("encoded surrogate", "\"\xED\xA0\x80\"", 1, "UTF-8");
    row("leading zero", "012", 1, "zero");
    row("hexadecimal", "0x10", 1, "behind");
    row("bare minus", "-", 1, "digit");
    row("no digit behind the point", "1.", 2, "digit");
    row("wrong bracket", "[1}", 2, "']'");
    row("capital True", "True", 0, "lower case");
}

void TestDocument::saysWhere()
{
    QFETCH(std::string, text);
    QFETCH(std::size_t, offset);
    QFETCH(std::string, word);
    const auto document = json::parse(text);
    QVERIFY(!document);
    QCOMPARE(document.error().kind, ErrorKind::Malformed);
    QCOMPARE(document.error().where->offset, offset);
    const std::string sentence = describe(document.error());
    QVERIFY2(sentence.find(word) != std::string::npos, sentence.c_str());
}

/// Strings are read in blocks: a wrong byte is found wherever in one it stands.
void TestDocument::seesEveryByteOfAString()
{
    for (std::size_t length = 0; length < 40; ++length) {
        for (std::size_t place = 0; place <= length; ++place) {
            for (const char* const wrong : {"\x01", "\x1F", "\x80", "\xFF", "\xC3", "\\x"}) {
                const std::string text =
                    "[\"" + std::string(place, 'a') + wrong + std::string(length - place, 'b') + "\"]";
                const auto document = json::parse(text);
                QVERIFY(!document);
                const std::size_t offset = 2 + place + (*wrong == '\\' ? 1 : 0);
                QCOMPARE(document.error().where->offset, offset);
                const auto open = json::parse(std::string_view(text).substr(0, 2 + place));
                QCOMPARE(open.error().where->offset, 2 + place);
            }
        }
    }
}

void TestDocument::givesTextWithoutCopies()
{
    const auto document = json::parse(R"(["plain", "\u0061b", 1, {}])").value();
    const std::vector<json::Value> items = document.root().items();
    std::string room;
    QCOMPARE(items[0].stringIn(room), std::string_view("plain"));
    QVERIFY(room.empty());
    QCOMPARE(items[1].stringIn(room), std::string_view("ab"));
    QVERIFY(items[2].stringIn(room).empty());
    QVERIFY(items[3].stringIn(room).empty());
}

void TestDocument::boundsDepth()
{
    const auto nested = [](std::size_t levels) {
        return std::string(levels, '[') + std::string(levels, ']');
    };
    QVERIFY(json::parse(nested(64)).has_value());
    const auto deep = json::parse(nested(65));
    QVERIFY(!deep);
    QCOMPARE(deep.error().kind, ErrorKind::TooLarge);
    QCOMPARE(deep.error().where->offset, std::size_t(64));
    QVERIFY(json::parse("1", {.depth = 0}).has_value());
    QVERIFY(!json::parse("[]", {.depth = 0}));
}

void TestDocument::boundsSize()
{
    QVERIFY(json::parse("[1]", {.depth = 4, .bytes = 3}).has_value());
    const auto large = json::parse("[12]", {.depth = 4, .bytes = 3});
    QVERIFY(!large);
    QCOMPARE(large.error().kind, ErrorKind::TooLarge);
}

void TestDocument::takesMillionsOfBracketsWithoutStack()
{
    const std::size_t levels = 3'000'000;
    const auto document = json::parse(std::string(levels, '[') + std::string(levels, ']'), {.depth = levels});
    QVERIFY_RESULT(document);
    QCOMPARE(document->root().size(), std::size_t(1));
    const auto open = json::parse(std::string(levels, '['), {.depth = levels});
    QVERIFY(!open);
    QCOMPARE(open.error().where->offset, levels);
}

QTEST_GUILESS_MAIN(TestDocument)
#include "tst_document.moc"
