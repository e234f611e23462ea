// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The further forms of keys: SSH public keys, chains of certificates, typed secrets that stand for bytes; and
// how the key of a set is chosen by its certificate's thumbprint.

#include "certificates.h"
#include "vectors.h"

#include <base/text.h>
#include <jose/base64.h>

#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::jose;

class TestKeyForms : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsSshKeys_data();
    void readsSshKeys();
    void readsAuthorizedKeys();
    void readsSshBlocks();
    void refusesSshKeys_data();
    void refusesSshKeys();
    void leavesIssuersOut();
    void keepsUnrelatedCertificates();
    void readsCertificatesOfJwks();
    void choosesByCertificate();
    void explainsTheChoice();
    void readsSecretsInEveryForm_data();
    void readsSecretsInEveryForm();
    void decodesBase64();
};

// The key of RFC 8037 A.2, and one that ssh-keygen made for these tests.
static const char* const ed25519Line =
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAINdamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea rfc8037@example";
static const char* const ecLine =
    "ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBF7z8vG4Wt429XH5829Z"
    "Qyxc3UBwhgKwFpRlRDHBHNbshmsEEmGD+c3AhKATGc7M4KS97bY9B/axjWfGUr2kOXo=";

static std::string number(std::size_t value)
{
    std::string text(4, '\0');
    for (std::size_t i = 0; i < 4; ++i)
        text[i] = static_cast<char>(value >> (24 - 8 * i) & 0xFFu);
    return text;
}

static std::string blob(std::initializer_list<std::string_view> parts)
{
    std::string bytes;
    for (const std::string_view part : parts)
        (bytes += number(part.size())) += part;
    return QByteArray::fromStdString(bytes).toBase64().toStdString();
}

static std::string member(const Key& key, const char* name)
{
    return decodeBase64Url(test::textOf(json::parse(publicJwk(key).value())->root(), name)).value();
}

/// The line that ssh-keygen would write for a key.
static std::string sshLine(const char* algorithm, const char* type, const char* curve)
{
    const Key key = generateKey(*findAlgorithm(algorithm)).value();
    if (key.type == KeyType::Rsa)
        return std::string(type) + " " +
               blob({type, member(key, "e"), std::string(1, '\0') + member(key, "n")}) + " " +
               thumbprint(key).value();
    if (key.type == KeyType::Okp)
        return std::string(type) + " " + blob({type, member(key, "x")}) + " " + thumbprint(key).value();
    return std::string(type) + " " + blob({type, curve, "\x04" + member(key, "x") + member(key, "y")}) + " " +
           thumbprint(key).value();
}

void TestKeyForms::readsSshKeys_data()
{
    QTest::addColumn<std::string>("line");
    QTest::addColumn<std::string>("description");
    const auto row = [](const char* name, const std::string& line, const char* description) {
        QTest::newRow(name) << line << std::string(description);
    };
    row("RSA", sshLine("RS256", "ssh-rsa", ""), "RSA 2048-bit public key (OpenSSH public key)");
    row("P-256", sshLine("ES256", "ecdsa-sha2-nistp256", "nistp256"),
        "EC P-256 public key (OpenSSH public key)");
    row("P-384", sshLine("ES384", "ecdsa-sha2-nistp384", "nistp384"),
        "EC P-384 public key (OpenSSH public key)");
    row("P-521", sshLine("ES512", "ecdsa-sha2-nistp521", "nistp521"),
        "EC P-521 public key (OpenSSH public key)");
    row("Ed25519", sshLine("Ed25519", "ssh-ed25519", ""), "Ed25519 public key (OpenSSH public key)");
    row("Ed448", sshLine("Ed448", "ssh-ed448", ""), "Ed448 public key (OpenSSH public key)");
}

void TestKeyForms::readsSshKeys()
{
    QFETCH(std::string, line);
    QFETCH(std::string, description);
    const Key key = test::keyFrom(line);
    QCOMPARE(describe(key), description);
    QVERIFY2(key.refusal.empty() && key.weakness.empty(), key.refusal.c_str());
    QCOMPARE(thumbprint(key).value(), line.substr(line.rfind(' ') + 1));
}

void TestKeyForms::readsAuthorizedKeys()
{
    std::vector<std::string> skipped;
    const std::string text = std::string("# staff\n\n") + ed25519Line +
                             "\r\nfrom=\"10.0.0.*, ssh-rsa AAAA\",no-pty " + ecLine +
                             "\nssh-dss AAAAB3NzaC1kc3MAAACB me\nnonsense\n";
    const auto keys = readKeys(text, {}, &skipped);
    QVERIFY_RESULT(keys);
    QCOMPARE(keys->size(), std::size_t(2));
    // RFC 8037 A.3: the same key as a JWK.
    QCOMPARE(thumbprint(keys->at(0)).value(), std::string("kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"));
    QCOMPARE(keys->at(1).curve, std::string("P-256"));
    QCOMPARE(skipped.size(), std::size_t(1));
    QVERIFY2(skipped[0].starts_with("SSH key 3 was left out"), skipped[0].c_str());
}

void TestKeyForms::readsSshBlocks()
{
    const std::string line(ed25519Line);
    const std::string body = line.substr(12, line.rfind(' ') - 12);
    const std::string block = "---- BEGIN SSH2 PUBLIC KEY ----\r\nComment: \"a comment that is \\\r\n"
                              "continued: here\"\r\nx-private: 1\r\n" +
                              body.substr(0, 40) + "\r\n" + body.substr(40) +
                              "\r\n---- END SSH2 PUBLIC KEY ----\r\n";
    const auto keys = readKeys(block + "\n" + block);
    QVERIFY_RESULT(keys);
    QCOMPARE(keys->size(), std::size_t(2));
    QCOMPARE(describe(keys->at(1)), std::string("Ed25519 public key (SSH public key (RFC 4716))"));
    QCOMPARE(thumbprint(keys->at(0)).value(), std::string("kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"));
}

void TestKeyForms::refusesSshKeys_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::string>("word");
    const auto row = [](const char* name, std::string text, const char* word) {
        QTest::newRow(name) << std::move(text) << std::string(word);
    };
    const std::string point(65, '\x04');
    row("DSA", "ssh-dss " + blob({"ssh-dss", "x"}), "'ssh-dss'");
    row("certificate", "ssh-rsa-cert-v01@openssh.com " + blob({"ssh-rsa-cert-v01@openssh.com", "x"}),
        "cert-v01");
    row("another type inside", "ssh-rsa " + blob({"ssh-ed25519", std::string(32, 'x')}), "its type");
    row("cut off", std::string(ed25519Line).substr(0, 40), "damaged");
    row("tail", "ssh-ed25519 " + blob({"ssh-ed25519", std::string(32, 'x'), "y"}), "damaged");
    row("length beyond the end",
        "ssh-ed25519 " +
            QByteArray::fromStdString(number(11) + "ssh-ed25519" + number(99) + "x").toBase64().toStdString(),
        "damaged");
    row("negative modulus", "ssh-rsa " + blob({"ssh-rsa", "\x03", "\xFFxyz"}), "damaged");
    row("another curve's name", "ecdsa-sha2-nistp256 " + blob({"ecdsa-sha2-nistp256", "nistp384", point}),
        "damaged");
    row("compressed point",
        "ecdsa-sha2-nistp256 " + blob({"ecdsa-sha2-nistp256", "nistp256", "\x02" + std::string(32, 'x')}),
        "damaged");
    row("no Base64", "ssh-ed25519 AAAA*AAA", "whole Base64");
    row("block without end", "---- BEGIN SSH2 PUBLIC KEY ----\nAAAA\n", "END line");
    row("block of rubbish", "---- BEGIN SSH2 PUBLIC KEY ----\n!\n---- END SSH2 PUBLIC KEY ----\n",
        "whole Base64");
}

void TestKeyForms::refusesSshKeys()
{
    QFETCH(std::string, text);
    QFETCH(std::string, word);
    const auto keys = readKeys(text);
    QVERIFY(!keys);
    QCOMPARE(keys.error().kind, ErrorKind::Unreadable);
    const std::string sentence = describe(keys.error());
    QVERIFY2(sentence.find(word) != std::string::npos, sentence.c_str());
    // A key that breaks a rule of policy is one, refused: a short point among them.
    const Key bad = test::keyFrom("ssh-ed25519 " + blob({"ssh-ed25519", "short"}));
    QVERIFY(bad.refusal.find("5 bytes") != std::string::npos);
}

void TestKeyForms::leavesIssuersOut()
{
    const test::Chain chain;
    for (const std::string& text :
         {chain.leaf + chain.intermediate + chain.root, chain.root + chain.leaf + chain.intermediate}) {
        std::vector<std::string> skipped;
        const auto keys = readKeys(text, {}, &skipped);
        QVERIFY_RESULT(keys);
        QCOMPARE(keys->size(), std::size_t(1));
        QCOMPARE(thumbprint(keys->front()).value(), thumbprint(test::keyFrom(chain.leaf)).value());
        QCOMPARE(skipped.size(), std::size_t(2));
        QVERIFY(skipped[0].find("issued another one") != std::string::npos);
    }
}

void TestKeyForms::keepsUnrelatedCertificates()
{
    const test::Chain one;
    const test::Chain other;
    const auto keys = readKeys(one.leaf + other.leaf + one.root);
    QVERIFY_RESULT(keys);
    QCOMPARE(keys->size(), std::size_t(3)); // the root issued the intermediate one, which is not there
    QCOMPARE(readKeys(one.root)->size(), std::size_t(1));
}

void TestKeyForms::readsCertificatesOfJwks()
{
    const test::Chain chain;
    const Key leaf = test::keyFrom(chain.leaf);
    QCOMPARE(leaf.certificateThumbprint->size(), std::size_t(43));
    QCOMPARE(test::keyFrom(publicJwk(leaf).value()).certificateThumbprint, leaf.certificateThumbprint);
    Key bare = leaf;
    bare.certificateThumbprint.reset();
    const std::string jwk = publicJwk(bare).value();
    const std::string open = jwk.substr(0, jwk.size() - 1);
    const Key fitting = test::keyFrom(open + R"(,"x5c":[")" + chain.leafBase64 + "\"]}");
    QVERIFY2(fitting.refusal.empty(), fitting.refusal.c_str());
    QCOMPARE(fitting.certificateThumbprint, leaf.certificateThumbprint);
    const Key named = test::keyFrom(open + R"(,"x5t#S256":"abc"})");
    QCOMPARE(named.certificateThumbprint, std::optional<std::string>("abc"));
    QVERIFY(test::keyFrom(open + R"(,"x5c":["rubbish"]})").refusal.empty());
    const std::string other = publicJwk(generateKey(*findAlgorithm("ES256")).value()).value();
    const Key foreign =
        test::keyFrom(other.substr(0, other.size() - 1) + R"(,"x5c":[")" + chain.leafBase64 + "\"]}");
    QVERIFY2(foreign.refusal.find("another key") != std::string::npos, foreign.refusal.c_str());
}

static Key memberOfSet(const char* kid, const char* thumbprint)
{
    Key key = generateKey(*findAlgorithm("ES256")).value();
    key.source = KeySource::Jwk;
    key.isFromSet = true;
    if (kid != nullptr)
        key.kid = kid;
    if (thumbprint != nullptr)
        key.certificateThumbprint = thumbprint;
    return key;
}

static Jws signedWith(const Key& key, const char* header)
{
    return decode(sign(*findAlgorithm("ES256"), key, "{}", {.header = header})->reveal());
}

void TestKeyForms::choosesByCertificate()
{
    const std::vector<Key> set{memberOfSet(nullptr, "one"), memberOfSet(nullptr, "two")};
    const Jws two = signedWith(set[1], R"({"alg":"ES256","x5t#S256":"two"})");
    const auto check = verifySignature(two, set);
    QVERIFY_VALID(check);
    QCOMPARE(check.choice, std::string("2 keys in the set, 1 fits: key 2, without kid"));
    // The right key under another certificate's name is not tried.
    QCOMPARE(verifySignature(signedWith(set[1], R"({"alg":"ES256","x5t#S256":"one"})"), set).verdict,
             SignatureVerdict::Invalid);
    const auto none = verifySignature(signedWith(set[1], R"({"alg":"ES256","x5t#S256":"three"})"), set);
    QCOMPARE(none.verdict, SignatureVerdict::NoKey);
    QVERIFY2(none.why.find("x5t#S256 'three'") != std::string::npos, none.why.c_str());
    // A key without certificate may be the one.
    QVERIFY_VALID(verifySignature(two, std::vector{set[0], memberOfSet(nullptr, nullptr), set[1]}));
    Key single = set[1];
    single.isFromSet = false;
    const auto alone =
        verifySignature(signedWith(single, R"({"alg":"ES256","x5t#S256":"one"})"), std::span(&single, 1));
    QVERIFY_VALID(alone);
    QVERIFY(alone.warnings.at(0).find("another certificate") != std::string::npos);
}

void TestKeyForms::explainsTheChoice()
{
    std::vector<Key> set{memberOfSet("a", nullptr), memberOfSet("b", nullptr), memberOfSet("c", nullptr)};
    set[2].use = "enc";
    QCOMPARE(verifySignature(signedWith(set[1], R"({"alg":"ES256","kid":"b"})"), set).choice,
             std::string("3 keys in the set, 1 fits: kid 'b'"));
    QCOMPARE(verifySignature(signedWith(set[1], R"({"alg":"ES256"})"), set).choice,
             std::string("3 keys in the set, 2 fit: kid 'a'; kid 'b'"));
    QCOMPARE(verifySignature(signedWith(set[0], R"({"alg":"ES256","kid":"c"})"), set).choice,
             std::string("3 keys in the set, none fits"));
    QCOMPARE(verifySignature(signedWith(set[0], R"({"alg":"ES256","kid":"d"})"), set).why,
             std::string("no key has the token's kid 'd'; 3 keys in the set: kid 'a'; kid 'b'; kid 'c'"));
    // Of many keys the first five are named.
    std::vector<Key> many(7, set.front());
    for (std::size_t index = 0; index < many.size(); ++index)
        many[index].kid = std::to_string(index);
    many[1].kid.reset();
    QCOMPARE(
        verifySignature(signedWith(set[0], R"({"alg":"ES256","kid":"d"})"), many).why,
        std::string("no key has the token's kid 'd'; 7 keys in the set: kid '0'; key 2, without kid; kid "
                    "'2'; kid '3'; kid '4'; and 2 more"));
    set.front().isFromSet = false;
    QVERIFY(
        verifySignature(signedWith(set[0], R"({"alg":"ES256"})"), std::span(set.data(), 1)).choice.empty());
}

void TestKeyForms::readsSecretsInEveryForm_data()
{
    QTest::addColumn<std::string>("typed");
    QTest::addColumn<std::string>("description");
    // What is tried, for the secret "\xFB\xEF" and 30 times 'x'.
    const std::string bytes = "\xFB\xEF\xBE" + std::string(30, 'x');
    const std::string base64 = QByteArray::fromStdString(bytes).toBase64().toStdString();
    QTest::newRow("base64") << base64 << std::string("secret of 33 bytes (from base64)");
    QTest::newRow("base64url") << encodeBase64Url(bytes)
                               << std::string("secret of 33 bytes (from base64url)");
    QTest::newRow("hex") << toHex(bytes) << std::string("secret of 33 bytes (from hex)");
}

void TestKeyForms::readsSecretsInEveryForm()
{
    QFETCH(std::string, typed);
    QFETCH(std::string, description);
    const Key key = secretKey(Secret("\xFB\xEF\xBE" + std::string(30, 'x')));
    const std::vector<Key> keys = secretKeys(Secret(typed));
    const auto sign256 = [](const Key& by) {
        return decode(sign(*findAlgorithm("HS256"), by, "{}", {.kid = "any"})->reveal());
    };
    const auto check = verifySignature(sign256(key), keys);
    QVERIFY_VALID(check);
    QCOMPARE(describe(keys[*check.key]), description);
    QVERIFY(check.warnings.empty());
    const auto asText = verifySignature(sign256(secretKey(Secret(typed))), keys);
    QVERIFY_VALID(asText);
    QVERIFY(describe(keys[*asText.key]).ends_with("(as text)"));
    const auto wrong = verifySignature(sign256(secretKey(Secret("another"))), keys);
    QCOMPARE(wrong.verdict, SignatureVerdict::Invalid);
    QVERIFY2(wrong.choice.starts_with("tried as text, from "), wrong.choice.c_str());
    // A text that can be nothing else says nothing about forms.
    QCOMPARE(secretKeys(Secret("your secret key")).size(), std::size_t(1));
    QCOMPARE(describe(secretKeys(Secret("your secret key"))[0]), std::string("secret of 15 bytes"));
}

void TestKeyForms::decodesBase64()
{
    QCOMPARE(decodeBase64("+/8="), std::optional<std::string>("\xFB\xFF"));
    QCOMPARE(decodeBase64("-_8"), std::optional<std::string>("\xFB\xFF"));
    for (const char* text : {"", "=", "+_8=", "AA=A", "A===", "+/8==", "AAA=A", "+/9=", "A A="})
        QVERIFY2(!decodeBase64(text), text);
}

QTEST_GUILESS_MAIN(TestKeyForms)
#include "tst_keyforms.moc"
