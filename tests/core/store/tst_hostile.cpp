// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Files that break a reader: each is an error of its own with a place, in bounded time and memory.

#include <support/data.h>
#include <support/result.h>

#include <store/opencollection.h>

#include "generate.h"

#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::store;

namespace {

std::string repeated(std::string_view piece, std::size_t times)
{
    std::string out;
    out.reserve(piece.size() * times);
    for (std::size_t i = 0; i < times; ++i)
        out += piece;
    return out;
}

std::string aliasBomb()
{
    std::string text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
    for (int i = 1; i < 9; ++i) {
        const std::string inner = "*a" + std::to_string(i - 1);
        text += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + inner +
                repeated(", " + inner, 9) + "]\n";
    }
    return text;
}

std::string numberedKeys(std::size_t count)
{
    std::string text;
    for (std::size_t i = 0; i < count; ++i)
        text += "key" + std::to_string(i) + ": 1\n";
    return text;
}

Error errorOf(const std::string& text)
{
    const auto entry = readEntry(text, "bad.yml");
    return entry ? Error{} : entry.error();
}

} // namespace

class TestHostile : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void refuses_data();
    void refuses();
    void namesThePlace_data();
    void namesThePlace();
    void survivesMutations();
};

void TestHostile::refuses_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("why");
    const auto row = [](const char* name, const std::string& text, const char* why) {
        QTest::newRow(name) << QByteArray::fromStdString(text) << QByteArray(why);
    };
    row("alias bomb", aliasBomb(), "ten times");
    row("alias of itself", "a: &a [*a]\n", "refers to nothing");
    row("nested brackets", repeated("[", 500'000), "deeper than 64");
    row("nested blocks", repeated("- ", 100) + "x", "deeper than 64");
    row("a million brackets", repeated("[],", 1'500'000), "million brackets");
    row("a million values", repeated("- a\n", 1'100'000), "million values");
    row("directives", repeated("%a b\n", 1000), "directives");
    row("one long directive", repeated("%", 100'000), "directives");
    row("duplicate keys", "info: {name: a}\ninfo: {name: b}\n", "stands there twice");
    row("duplicate inner keys", "info: {type: http, name: a, \"name\": b}\n", "stands there twice");
    for (const std::size_t between : {0u, 14u, 15u, 16u, 17u, 100u})
        row(("a key twice, " + std::to_string(between) + " others between").c_str(),
            "first: 1\n" + numberedKeys(between) + "first: 2\n", "the key first stands there twice");
    for (const std::size_t before : {14u, 15u, 16u, 17u, 100u})
        row(("a key twice behind " + std::to_string(before) + " others").c_str(),
            numberedKeys(before) + "last: 1\nlast: 2\n", "the key last stands there twice");
    row("many keys, no request", numberedKeys(100), "info.type is missing");
    row("17 MiB", repeated("# 3456789abcdef\n", 17u * 65536u), "larger than");
    row("NUL", std::string("a: b\0c\n", 7), "control character");
    row("binary",
        "\x7F"
        "ELF\x02\x01\x01",
        "control character");
    row("not UTF-8", "a: \xC3\x28\n", "not UTF-8");
    row("two documents", "info: {type: http}\n---\ninfo: {type: http}\n", "second document");
    row("a key that is a list", "? [a]\n: b\n", "plain text for keys");
    row("empty", "", "no mapping");
    row("a list", "- a\n", "no mapping");
    row("no request", "services:\n  web: {image: x}\n", "info.type is missing");
    row("another kind", "info: {name: q, type: graphql}\ngraphql: {url: x}\n", "of the kind graphql");
    row("headers of another shape", "info: {type: http}\nhttp: {headers: {A: b}}\n",
        "http.headers is not a list");
    row("parameters of another shape", "info: {type: http}\nhttp: {params: {A: b}}\n",
        "http.params is not a list");
    row("assertions of another shape",
        "info: {type: http}\nruntime: {assertions: {expression: res.status, operator: eq, value: '1'}}\n",
        "runtime.assertions is not a list");
    row("captures of another shape", "info: {type: http}\nruntime: {actions: token}\n",
        "runtime.actions is not a list");
    row("scripts of another shape", "info: {type: http}\nruntime: {scripts: test()}\n",
        "runtime.scripts is not a list");
    row("settings of another shape", "info: {type: http}\nsettings: [1]\n",
        "settings is not a mapping of keys to values");
    for (const char* bad : {"timeout: abc", "timeout: -5", "timeout: 1.5", "timeout: [1]", "maxRedirects: -1",
                            "timeout: 99999999999999999999"})
        row(bad, "info: {type: http}\nsettings: {" + std::string(bad) + "}\n",
            "is neither a whole number from 0 on nor inherit");
    for (const char* bad : {"followRedirects: maybe", "encodeUrl: 1"})
        row(bad, "info: {type: http}\nsettings: {" + std::string(bad) + "}\n",
            "is neither true nor false nor inherit");
    row("authorisation of another shape", "info: {type: http}\nhttp: {auth: bearer}\n",
        "http.auth is bearer, which is neither inherit nor a mapping");
    row("parts of another shape", "info: {type: http}\nhttp: {body: {type: multipart-form, data: {a: b}}}\n",
        "http.body.data is no list");
    row("files of another shape", "info: {type: http}\nhttp: {body: {type: file, data: a.bin}}\n",
        "http.body.data is no list");
    row("a header that is a text", "info: {type: http}\nhttp: {headers: [{name: A, value: b}, \"X-A: 1\"]}\n",
        "http.headers[1] is not a mapping of keys to values");
    row("a header without a name", "info: {type: http}\nhttp:\n  headers:\n    - X-A: 1\n",
        "http.headers[0] has no name");
    row("a parameter that is a text", "info: {type: http}\nhttp: {params: [a=1]}\n",
        "http.params[0] is not a mapping of keys to values");
    row("a form field that is a text",
        "info: {type: http}\nhttp: {body: {type: form-urlencoded, data: [a=1]}}\n",
        "http.body.data[0] is not a mapping of keys to values");
    row("a file that is a text", "info: {type: http}\nhttp: {body: {type: file, data: [a.bin]}}\n",
        "http.body.data[0] is not a mapping of keys to values");
    row("a variable that is a text", "info: {type: http}\nruntime: {variables: [a]}\n",
        "runtime.variables[0] is not a mapping of keys to values");
    row("a script that is a text", "info: {type: http}\nruntime: {scripts: [\"test()\"]}\n",
        "runtime.scripts[0] is not a mapping of keys to values");
    row("tags that are a text", "info: {type: http, tags: smoke}\n", "info.tags is not a list");
    row("a tag that is none", "info: {type: http, tags: [{a: b}]}\n", "info.tags[0] is not a text");
    row("URL of another shape", "info: {type: http}\nhttp: {url: [a]}\n", "http.url is not a text");
    row("body of another shape", "info: {type: http}\nhttp: {body: {type: json, data: [1]}}\n",
        "http.body.data");
}

void TestHostile::refuses()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, why);
    const Error error = errorOf(text.toStdString());
    const std::string said = describe(error);
    QVERIFY2(said.find(why.toStdString()) != std::string::npos, said.c_str());
    QVERIFY2(said.starts_with("cannot "), said.c_str());
}

void TestHostile::namesThePlace_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("line");
    QTest::addColumn<int>("column");
    QTest::newRow("never closed") << QByteArray("a: 1\nb: [1, 2\nc: 3\n") << 4 << 1;
    QTest::newRow("no plain text") << QByteArray("a: 1\n@b: 2\n") << 2 << 1;
    QTest::newRow("duplicate") << QByteArray("a: 1\nb:\n  c: 1\n  c: 2\n") << 4 << 3;
    QTest::newRow("control character") << QByteArray("a: 1\nb: \x01\n") << 2 << 4;
}

void TestHostile::namesThePlace()
{
    QFETCH(QByteArray, text);
    QFETCH(int, line);
    QFETCH(int, column);
    const Error error = errorOf(text.toStdString());
    QVERIFY(error.where.has_value());
    QCOMPARE(error.where->in, std::string("bad.yml"));
    QCOMPARE(static_cast<int>(error.where->line), line);
    QCOMPARE(static_cast<int>(error.where->column), column);
}

/// Bytes of a real file changed, cut and doubled: never a crash, and what is read can be written back.
void TestHostile::survivesMutations()
{
    const std::string original =
        test::data("opencollection/bruno-tests-yml-collection/variable-datatypes/form-urlencoded.yml");
    constexpr std::string_view bytes = "\n\r\t :-#&*!|>'\"%@`{}[],?\\a0\x80";
    test::Generator generator(7);
    int read = 0;
    for (int i = 0; i < 800; ++i) {
        std::string text = original;
        for (std::size_t count = 1 + generator.below(4); count > 0; --count) {
            const std::size_t place = generator.below(text.size());
            if (generator.below(3) == 0)
                text.erase(place, generator.below(20));
            else
                text.insert(place, 1, bytes[generator.below(bytes.size())]);
        }
        auto entry = readEntry(text, "mutated.yml");
        if (!entry)
            continue;
        ++read;
        QCOMPARE(editEntry(text, *entry).value_or("error"), text);
        entry->url = "{{changed}}";
        const auto edited = editEntry(text, *entry);
        QVERIFY(!edited || readEntry(*edited, "mutated.yml")->url == "{{changed}}");
    }
    QVERIFY(read > 50);
}

QTEST_GUILESS_MAIN(TestHostile)
#include "tst_hostile.moc"
