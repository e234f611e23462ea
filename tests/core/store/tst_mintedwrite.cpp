// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// How tokens are made for requests, written into sessions.yaml: its own lines alone, no secret, nothing that
// could not be read again.

#include "folder.h"

#include <store/identities.h>
#include <store/mintedwrite.h>

#include <QtCore/qfile.h>
#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::test;
using collection::MintedToken;

namespace {

MintedToken bearerFor(const std::string& path)
{
    MintedToken rule;
    rule.path = path;
    rule.algorithm = "HS256";
    rule.key = "{{signingKey}}";
    rule.name = "Authorization";
    rule.prefix = "Bearer ";
    return rule;
}

/// A rule with everything in it.
MintedToken wholeMinted()
{
    MintedToken rule = bearerFor("orders/list.yml");
    rule.algorithm = "ES256";
    rule.key.clear();
    rule.keyFile = "keys/dev.pem";
    rule.passphrase = "{{keyPass}}";
    rule.allowWeakKey = true;
    rule.header = R"({"kid": "dev-1"})";
    rule.claims = "{\n  \"sub\": \"{{user}}\",\n  \"level\": {{level}}\n}\n";
    rule.lifetime = std::chrono::minutes(5);
    rule.name = "X-Token";
    rule.prefix = "JWT ";
    return rule;
}

const std::string wholeFile = "minted:\n"
                              "  - path: orders/list.yml\n"
                              "    algorithm: ES256\n"
                              "    keyFile: keys/dev.pem\n"
                              "    passphrase: '{{keyPass}}'\n"
                              "    allowWeakKey: true\n"
                              "    header: '{\"kid\": \"dev-1\"}'\n"
                              "    claims: |\n"
                              "      {\n"
                              "        \"sub\": \"{{user}}\",\n"
                              "        \"level\": {{level}}\n"
                              "      }\n"
                              "    expiresIn: 5m\n"
                              "    in: header\n"
                              "    name: X-Token\n"
                              "    prefix: 'JWT '\n";

const std::string commentedMinted = "# ours\n"
                                    "sessions:\n"
                                    "  alice: {request: {file: auth/login.yml}} # who\n"
                                    "\n"
                                    "minted:\n"
                                    "  - path: \"\"              # all of it\n"
                                    "    algorithm: HS256      # by the book\n"
                                    "    key: \"{{signingKey}}\"\n"
                                    "    expiresIn: 300s       # five minutes\n"
                                    "\n"
                                    "  - {path: orders, algorithm: HS384, key: '{{other}}'}\n"
                                    "# the end\n";

MintedToken ofTheCollection()
{
    MintedToken rule = bearerFor("");
    rule.lifetime = std::chrono::minutes(5);
    return rule;
}

std::string writtenMinted(const std::string& source, const store::MaybeMinted& before,
                          const store::MaybeMinted& after)
{
    const auto text = store::withMinted(source, before, after);
    return text ? *text : describe(text.error());
}

std::string replaced(std::string text, const std::string& from, const std::string& to)
{
    const std::size_t at = text.find(from);
    return at == std::string::npos ? "no such text: " + from : text.replace(at, from.size(), to);
}

/// Between what is there now and what is wanted, as a window does it.
Result<store::Change> changeIn(const CollectionFolder& folder, const store::MaybeMinted& after)
{
    store::MaybeMinted before;
    for (const MintedToken& rule : folder.open().minted)
        if (rule.path == after->path)
            before = rule;
    return store::changeMinted(folder.root, before, after);
}

} // namespace

class TestMintedWrite : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aNewFileIsCanonical();
    void onlyItsOwnLinesChange();
    void thePlaceIsSaidAnew_data();
    void thePlaceIsSaidAnew();
    void aRuleGoesAndTheRestStays();
    void theLastRuleOfAPathIsTheOne();
    void whatIsWrittenIsReadAndTakenBack();
    void othersChangesAreNotWrittenOver();
    void refusesWhatMakesNoToken_data();
    void refusesWhatMakesNoToken();
    void whatStoodThereMayStay();
    void aBrokenFileStaysAsItIs();
    void knowsAnObjectByItsTemplate_data();
    void knowsAnObjectByItsTemplate();
};

void TestMintedWrite::aNewFileIsCanonical()
{
    const std::string canonical = replaced(wholeFile, "    in: header\n", ""); // what goes without saying
    QCOMPARE(writtenMinted("", {}, wholeMinted()), canonical);
    QCOMPARE(writtenMinted("# nothing yet\n", {}, wholeMinted()), "# nothing yet\n" + canonical);
    QCOMPARE(writtenMinted("", {}, bearerFor("")),
             std::string("minted:\n  - path: \"\"\n    algorithm: HS256\n    key: '{{signingKey}}'\n"));
    const std::string identities = "sessions:\n  alice: {request: {file: auth/login.yml}} # who\n";
    const std::string beside = writtenMinted(identities, {}, bearerFor("orders"));
    QVERIFY2(beside.starts_with(identities), beside.c_str());
    QVERIFY2(beside.ends_with("minted:\n  - path: orders\n    algorithm: HS256\n    key: '{{signingKey}}'\n"),
             beside.c_str());
}

void TestMintedWrite::onlyItsOwnLinesChange()
{
    const MintedToken before = ofTheCollection();
    MintedToken after = before;
    QCOMPARE(writtenMinted(commentedMinted, before, after), commentedMinted); // 300s are five minutes
    after.algorithm = "HS512";
    QCOMPARE(writtenMinted(commentedMinted, before, after), replaced(commentedMinted, "HS256", "HS512"));
    after.algorithm = "ES256";
    after.keyFile = "keys/dev.pem";
    after.key.clear();
    const std::string otherKey = writtenMinted(commentedMinted, before, after);
    QVERIFY2(otherKey.find("signingKey") == std::string::npos, otherKey.c_str());
    QVERIFY2(otherKey.find("    expiresIn: 300s       # five minutes\n    keyFile: keys/dev.pem\n") !=
                 std::string::npos,
             otherKey.c_str());
    QVERIFY2(otherKey.find("algorithm: ES256      # by the book\n") != std::string::npos, otherKey.c_str());
    QVERIFY2(otherKey.ends_with("  - {path: orders, algorithm: HS384, key: '{{other}}'}\n# the end\n"),
             otherKey.c_str());
    MintedToken inLine = bearerFor("orders");
    inLine.algorithm = "HS384";
    inLine.key = "{{other}}";
    after = inLine;
    after.lifetime = std::chrono::seconds(90);
    QCOMPARE(writtenMinted(commentedMinted, inLine, after),
             replaced(commentedMinted, "'{{other}}'}", "'{{other}}', expiresIn: 90s}"));
}

/// Name and prefix mean something else in a query than in a header: none of the old place is left.
void TestMintedWrite::thePlaceIsSaidAnew_data()
{
    QTest::addColumn<QString>("places");
    QTest::newRow("none of it is said") << QString();
    QTest::newRow("a header of its own") << QStringLiteral("    in: header\n    name: X-Token\n");
    QTest::newRow("all as usual") << QStringLiteral(
        "    in: header\n    name: Authorization\n    prefix: 'Bearer '\n");
    QTest::newRow("raw") << QStringLiteral("    prefix: ''\n");
    QTest::newRow("a query") << QStringLiteral("    in: query\n");
    QTest::newRow("a query, its parameter") << QStringLiteral("    in: query\n    name: jwt\n");
}

void TestMintedWrite::thePlaceIsSaidAnew()
{
    QFETCH(QString, places);
    const CollectionFolder folder;
    const std::string head = "minted:\n  - path: a.yml\n    algorithm: HS256\n    key: '{{k}}'\n";
    const std::string source = head + places.toStdString();
    folder.write(store::sessionsFile, source);
    const auto read = folder.open().minted;
    QCOMPARE(read.size(), std::size_t(1));
    struct Place
    {
        bool inQuery;
        const char* name;
        const char* prefix;
    };
    for (const Place& place : {Place{false, "Authorization", "Bearer "}, Place{false, "Authorization", ""},
                               Place{false, "X-Api", ""}, Place{false, "X-Api", "JWT "},
                               Place{true, "access_token", ""}, Place{true, "jwt", ""}}) {
        MintedToken after = read.front();
        after.inQuery = place.inQuery;
        after.name = place.name;
        after.prefix = place.prefix;
        const auto text = store::withMinted(source, read.front(), after); // reads it again by itself
        QVERIFY_RESULT(text);
        QVERIFY2(text->starts_with(head), text->c_str()); // what is new stands behind
        QCOMPARE(writtenMinted(*text, after, after), *text);
    }
}

void TestMintedWrite::aRuleGoesAndTheRestStays()
{
    QCOMPARE(writtenMinted(commentedMinted, bearerFor("elsewhere"), {}), commentedMinted);
    QCOMPARE(writtenMinted(commentedMinted, bearerFor("orders"), {}),
             replaced(commentedMinted, "  - {path: orders, algorithm: HS384, key: '{{other}}'}\n", ""));
    const std::string alone = writtenMinted(wholeFile, wholeMinted(), {});
    QVERIFY2(trimmed(alone).empty(), alone.c_str());
    const std::string identities = "sessions:\n  alice: {request: {file: auth/login.yml}} # who\n";
    const std::string rest = writtenMinted(identities + wholeFile, wholeMinted(), {});
    QVERIFY2(rest.starts_with(identities) && rest.find("minted") == std::string::npos, rest.c_str());
}

/// As the run takes it.
void TestMintedWrite::theLastRuleOfAPathIsTheOne()
{
    const std::string two = "minted:\n"
                            "  - {path: a.yml, algorithm: HS256, key: '{{k}}'}\n"
                            "  - {path: a.yml, algorithm: HS384, key: '{{k}}'}\n";
    MintedToken rule = bearerFor("a.yml");
    rule.key = "{{k}}";
    rule.algorithm = "HS384";
    MintedToken after = rule;
    after.algorithm = "HS512";
    QCOMPARE(writtenMinted(two, rule, after), replaced(two, "HS384", "HS512"));
    QCOMPARE(writtenMinted(two, rule, {}),
             replaced(two, "  - {path: a.yml, algorithm: HS384, key: '{{k}}'}\n", ""));
}

void TestMintedWrite::whatIsWrittenIsReadAndTakenBack()
{
    const CollectionFolder folder;
    folder.write(store::sessionsFile, commentedMinted);
    const auto change = changeIn(folder, wholeMinted());
    QVERIFY_RESULT(change);
    QVERIFY_RESULT(store::apply(*change));
    auto rules = folder.open().minted;
    QCOMPARE(rules.size(), std::size_t(3));
    QVERIFY(rules.back() == wholeMinted());
    QVERIFY_RESULT(store::apply(store::inverse(*change)));
    QCOMPARE(store::readFile(folder.path(store::sessionsFile), 10'000).value_or(""), commentedMinted);

    const CollectionFolder empty;
    const auto made = changeIn(empty, ofTheCollection());
    QVERIFY_RESULT(made);
    QVERIFY_RESULT(store::apply(*made));
    QVERIFY(empty.open().minted == std::vector{ofTheCollection()});
    QVERIFY_RESULT(store::apply(store::inverse(*made)));
    QVERIFY(!QFile::exists(toQString(empty.path(store::sessionsFile))));
    const auto nothing = store::changeMinted(empty.root, {}, {});
    QVERIFY_RESULT(nothing);
    QVERIFY(nothing->isEmpty());
}

void TestMintedWrite::othersChangesAreNotWrittenOver()
{
    const CollectionFolder folder;
    folder.write(store::sessionsFile, commentedMinted);
    MintedToken stale = ofTheCollection();
    stale.algorithm = "HS384";
    const auto known = std::vector<store::MaybeMinted>{{}, stale};
    for (const store::MaybeMinted& before : known) {
        const auto change = store::changeMinted(folder.root, before, ofTheCollection());
        QVERIFY(!change);
        QCOMPARE(change.error().kind, ErrorKind::Refused);
        QCOMPARE(change.error().what, std::string("cannot save how the token for the collection is made"));
        QVERIFY(change.error().why.find("another program") != std::string::npos);
    }
    QVERIFY(!store::changeMinted(folder.root, bearerFor("nowhere"), {}));
    QVERIFY(store::changeMinted(folder.root, ofTheCollection(), {}).has_value());
}

void TestMintedWrite::refusesWhatMakesNoToken_data()
{
    QTest::addColumn<QString>("part");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("why"); // empty: it is allowed
    const auto row = [](const char* name, const char* part, const char* value, const char* why) {
        QTest::newRow(name) << QString::fromLatin1(part) << QString::fromLatin1(value)
                            << QString::fromLatin1(why);
    };
    row("a variable", "key", "{{signingKey}}", "");
    row("a secret", "key", "s3cret-s3cret", "its key would stand in the file");
    row("a secret beside a variable", "key", "s3cret{{x}}", "its key would stand in the file");
    row("mere braces", "key", "{{s3cret", "its key would stand in the file");
    row("no key", "key", "", "no key");
    row("a file", "keyFile", "keys/dev.pem", "");
    row("a file by a variable", "keyFile", "{{keyFile}}", "");
    row("a file above", "keyFile", "../dev.pem", "lies outside");
    row("an absolute file", "keyFile", "/etc/ssl/key.pem", "lies outside");
    row("two keys", "second", "keys/dev.pem", "two keys");
    row("a passphrase", "passphrase", "s3cret", "passphrase of its key would stand in the file");
    row("its variable", "passphrase", "{{pass}}", "");
    row("no algorithm", "algorithm", "", "no algorithm");
    row("no name", "name", "", "where the token goes");
    row("claims", "claims", "{\"sub\": \"{{user}}\", \"n\": {{n}}}", "");
    row("claims by a variable", "claims", "{{claims}}", "");
    row("no claims", "claims", "", "");
    row("claims cut off", "claims", "{\"sub\": ", "claims would be no JSON object");
    row("claims that are a list", "claims", "[1]", "claims would be no JSON object");
    row("a header that is a text", "header", "\"kid\"", "header would be no JSON object");
    row("a private key", "header",
        "{\"k\": \"-----BEGIN PRIVATE KEY-----MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v_s3cret-----END PRIVATE "
        "KEY-----\"}",
        "header would hold");
}

void TestMintedWrite::refusesWhatMakesNoToken()
{
    QFETCH(QString, part);
    QFETCH(QString, value);
    QFETCH(QString, why);
    const CollectionFolder folder;
    MintedToken rule = bearerFor("orders");
    if (part == QLatin1String("keyFile"))
        rule.key.clear();
    const std::vector<std::pair<const char*, std::string*>> places{
        {"key", &rule.key},       {"keyFile", &rule.keyFile},       {"second", &rule.keyFile},
        {"name", &rule.name},     {"passphrase", &rule.passphrase}, {"algorithm", &rule.algorithm},
        {"claims", &rule.claims}, {"header", &rule.header}};
    for (const auto& [name, place] : places)
        if (part == QLatin1String(name))
            *place = value.toStdString();
    const auto change = store::changeMinted(folder.root, {}, rule);
    QCOMPARE(change.has_value(), why.isEmpty());
    if (change)
        return;
    QCOMPARE(change.error().kind, ErrorKind::Refused);
    QCOMPARE(change.error().what, std::string("cannot save how the token for orders is made"));
    QVERIFY2(change.error().why.find(why.toStdString()) != std::string::npos, change.error().why.c_str());
    QVERIFY(!change.error().fix.empty());
    QVERIFY(describe(change.error()).find("s3cret") == std::string::npos);
}

/// What another program wrote is shown and kept: only what is new may not be a secret.
void TestMintedWrite::whatStoodThereMayStay()
{
    const CollectionFolder folder;
    const std::string theirs = "minted:\n  - path: a.yml\n    algorithm: HS256\n    key: in-the-clear\n";
    folder.write(store::sessionsFile, theirs);
    const MintedToken before = folder.open().minted.front();
    MintedToken after = before;
    after.lifetime = std::chrono::hours(1);
    const auto change = store::changeMinted(folder.root, before, after);
    QVERIFY_RESULT(change);
    QVERIFY_RESULT(store::apply(*change));
    QCOMPARE(store::readFile(folder.path(store::sessionsFile), 1000).value_or(""),
             theirs + "    expiresIn: 1h\n");
    MintedToken other = after;
    other.key = "another-in-the-clear";
    QVERIFY(!store::changeMinted(folder.root, after, other));
}

void TestMintedWrite::aBrokenFileStaysAsItIs()
{
    const CollectionFolder folder;
    folder.write(store::sessionsFile, "minted:\n  - {path: a, algorithm: HS256, secret: x}\n");
    const auto change = store::changeMinted(folder.root, {}, wholeMinted());
    QVERIFY(!change);
    QCOMPARE(change.error().kind, ErrorKind::Malformed);
    QVERIFY(change.error().where.has_value());
}

void TestMintedWrite::knowsAnObjectByItsTemplate_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("isObject");
    const auto row = [](const char* text, bool isObject) {
        QTest::newRow(text) << QString::fromLatin1(text) << isObject;
    };
    row("", true);
    row("  \n", true);
    row("{}", true);
    row("{{all}}", true);
    row(" {{all}}\n", true);
    row(R"({"a": {{n}}, "b": "x{{s}}y", "{{c}}": 1, "{{d}}": 2})", true);
    row(R"({"a": [{{n}}, {{m}}]})", true);
    row("{{a}} {{b}}", false);
    row(R"({"a": {{n})", false);
    row(R"({"a": 1,})", false);
    row(R"({a: 1})", false);
    row("[]", false);
    row("1", false);
    row("null", false);
}

void TestMintedWrite::knowsAnObjectByItsTemplate()
{
    QFETCH(QString, text);
    QTEST(store::isObjectTemplate(text.toStdString()), "isObject");
}

QTEST_GUILESS_MAIN(TestMintedWrite)
#include "tst_mintedwrite.moc"
