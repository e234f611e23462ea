// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A public key is no secret, in whatever form it is pasted (RFC 8725 §2.1); beside it what looks like one and
// is an ordinary secret.

#include "certificates.h"
#include "vectors.h"

#include <base/text.h>
#include <jose/deflate.h>
#include <jose/publicnumbers.h>
#include <jose/publicsecret.h>

#include <QtTest/qtest.h>

#include <functional>

using namespace claimcheck;
using namespace claimcheck::jose;

class TestPublicSecret : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void refusesEveryForm_data();
    void refusesEveryForm();
    void refusesOtherStructures_data();
    void refusesOtherStructures();
    void saysWhatAKeyPairIs();
    void takesOrdinarySecrets_data();
    void takesOrdinarySecrets();
    void saysWhatASecretReadsAs_data();
    void saysWhatASecretReadsAs();
    void readsNothingIntoRandomBytes_data();
    void readsNothingIntoRandomBytes();
    void unzipsNothingElse();
    void readsNothingIntoDamagedKeys();
    void isQuickWithLongSecrets();
};

static Key made(const char* algorithm)
{
    return algorithm == std::string_view("X25519") ? generateKeyFor("X25519").value()
                                                   : generateKey(*findAlgorithm(algorithm)).value();
}

/// Uncompressed (SEC1 §2.3.3).
static std::string pointOf(const char* algorithm)
{
    const auto jwk = json::parse(publicJwk(made(algorithm)).value()).value();
    const auto coordinate = [&jwk](const char* name) {
        return decodeBase64Url(jwk.root().find(name)->string()).value();
    };
    return "\x04" + coordinate("x") + coordinate("y");
}

/// SEC1 §2.3.3: x alone, and whether y is odd.
static std::string compressedPointOf(const char* algorithm)
{
    const std::string point = pointOf(algorithm);
    const bool isOdd = (static_cast<unsigned char>(point.back()) & 1u) != 0;
    return (isOdd ? "\x03" : "\x02") + point.substr(1, (point.size() - 1) / 2);
}

static std::string modulusOf(const Key& key)
{
    const auto jwk = json::parse(publicJwk(key).value()).value();
    return decodeBase64Url(jwk.root().find("n")->string()).value();
}

static std::string base64(std::string_view bytes)
{
    return QByteArray(bytes.data(), static_cast<qsizetype>(bytes.size())).toBase64().toStdString();
}

static std::string replaced(std::string text, std::string_view what, std::string_view with)
{
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size()))
        text.replace(at, what.size(), with);
    return text;
}

/// What stands between the BEGIN and the END line.
static std::string bodyOf(const std::string& pem)
{
    const std::size_t begin = pem.find('\n') + 1;
    return pem.substr(begin, pem.find("-----END") - begin);
}

static std::string derOf(const std::string& pem)
{
    return QByteArray::fromBase64(QByteArray::fromStdString(bodyOf(pem))).toStdString();
}

static std::string pemOf(const std::string& label, const std::string& der)
{
    const std::string digits = base64(der);
    std::string pem = "-----BEGIN " + label + "-----\n";
    for (std::size_t at = 0; at < digits.size(); at += 64)
        pem += digits.substr(at, 64) + "\n";
    return pem + "-----END " + label + "-----\n";
}

/// In two bytes a character; `first` is 0 for little, 1 for big endian.
static std::string utf16Of(const std::string& text, std::size_t first)
{
    std::string bytes(text.size() * 2, '\0');
    for (std::size_t at = 0; at < text.size(); ++at)
        bytes[2 * at + first] = text[at];
    return bytes;
}

/// As encodeURIComponent() writes it; a form has "+" for a blank.
static std::string percentEncoded(const std::string& text)
{
    return QByteArray::fromStdString(text).toPercentEncoding().toStdString();
}

/// Four bytes, little-endian.
static std::string wordOf(std::uint32_t value)
{
    std::string bytes;
    for (int byte = 0; byte < 4; ++byte, value >>= 8u)
        bytes += static_cast<char>(value & 0xFFu);
    return bytes;
}

/// RFC 1952 §2.2, §8.
static std::string gzipOf(const std::string& text)
{
    std::uint32_t sum = 0xFFFFFFFFu;
    for (const char byte : text) {
        sum ^= static_cast<unsigned char>(byte);
        for (int bit = 0; bit < 8; ++bit)
            sum = (sum & 1u) != 0 ? sum >> 1u ^ 0xEDB88320u : sum >> 1u;
    }
    const Secret content = deflate(text).value();
    return std::string("\x1F\x8B\x08\0\0\0\0\0\0\x03", 10) + std::string(content.reveal()) + wordOf(~sum) +
           wordOf(static_cast<std::uint32_t>(text.size()));
}

/// RFC 1950; Qt writes the length in front.
static std::string zlibOf(const std::string& text)
{
    return qCompress(QByteArray::fromStdString(text)).mid(4).toStdString();
}

/// PKCS#1 (RFC 8017 A.1.1) is what the BIT STRING of an RSA key's SPKI holds, behind a byte of zero.
static std::string pkcs1Of(const std::string& spki)
{
    return spki.substr(spki.find(std::string("\x00\x30\x82", 3)) + 1);
}

namespace {

struct Form
{
    const char* name;
    std::function<std::string(const std::string& pem)> write;
};

} // namespace

static const std::vector<Form>& forms()
{
    static const std::vector<Form> all{
        {"PEM", [](const std::string& pem) { return pem; }},
        {"without its last line end", [](const std::string& pem) { return pem.substr(0, pem.size() - 1); }},
        {"CRLF", [](const std::string& pem) { return replaced(pem, "\n", "\r\n"); }},
        {"CR", [](const std::string& pem) { return replaced(pem, "\n", "\r"); }},
        {"no line breaks", [](const std::string& pem) { return replaced(pem, "\n", ""); }},
        {"blanks for line breaks", [](const std::string& pem) { return replaced(pem, "\n", " "); }},
        {"no white space", [](const std::string& pem) { return replaced(replaced(pem, "\n", ""), " ", ""); }},
        {"white space around", [](const std::string& pem) { return "\n \t" + pem + " \r\n\n"; }},
        {"line ends as two characters", [](const std::string& pem) { return replaced(pem, "\n", "\\n"); }},
        {"CRLF as four characters", [](const std::string& pem) { return replaced(pem, "\n", "\\r\\n"); }},
        {"escaped twice", [](const std::string& pem) { return replaced(pem, "\n", "\\\\n"); }},
        {"indented", [](const std::string& pem) { return "    " + replaced(pem, "\n", "\n    "); }},
        {"quotes", [](const std::string& pem) { return "\"" + pem + "\""; }},
        {"single quotes, one line",
         [](const std::string& pem) { return "'" + replaced(pem, "\n", "\\n") + "'"; }},
        {"byte order mark", [](const std::string& pem) { return "\xEF\xBB\xBF" + pem; }},
        {"twice", [](const std::string& pem) { return pem + pem; }},
        {"text before", [](const std::string& pem) { return "subject=CN = api\n\n" + pem; }},
        {"behind a block that is none",
         [](const std::string& pem) { return pemOf("NOTE", std::string(60, 'n')) + pem; }},
        {"without its END line", [](const std::string& pem) { return pem.substr(0, pem.find("-----END")); }},
        {"without its BEGIN line", [](const std::string& pem) { return pem.substr(pem.find('\n') + 1); }},
        {"body in lines", [](const std::string& pem) { return bodyOf(pem); }},
        {"body in one line", [](const std::string& pem) { return replaced(bodyOf(pem), "\n", ""); }},
        {"body, escaped", [](const std::string& pem) { return replaced(bodyOf(pem), "\n", "\\n"); }},
        {"DER", [](const std::string& pem) { return derOf(pem); }},
        {"DER and a line end", [](const std::string& pem) { return derOf(pem) + "\r\n"; }},
        {"hex of DER", [](const std::string& pem) { return toHex(derOf(pem)); }},
        {"base64url of DER", [](const std::string& pem) { return encodeBase64Url(derOf(pem)); }},
        {"hex of PEM", [](const std::string& pem) { return toHex(pem); }},
        {"base64 of PEM", [](const std::string& pem) { return base64(pem); }},
        {"base64url of PEM", [](const std::string& pem) { return encodeBase64Url(pem); }},
        {"UTF-16LE", [](const std::string& pem) { return utf16Of(pem, 0); }},
        {"UTF-16BE", [](const std::string& pem) { return utf16Of(pem, 1); }},
        {"UTF-16LE, marked", [](const std::string& pem) { return "\xFF\xFE" + utf16Of(pem, 0); }},
        {"UTF-16BE, marked", [](const std::string& pem) { return "\xFE\xFF" + utf16Of(pem, 1); }},
        {"UTF-16BE, cut inside of its last line end",
         [](const std::string& pem) { return utf16Of(pem, 1).substr(0, 2 * pem.size() - 1); }},
        {"base64 of UTF-16LE", [](const std::string& pem) { return base64(utf16Of(pem, 0)); }},
        {"percent-encoding", [](const std::string& pem) { return percentEncoded(pem); }},
        {"percent-encoding of a form",
         [](const std::string& pem) { return replaced(percentEncoded(pem), "%20", "+"); }},
        {"gzip", [](const std::string& pem) { return gzipOf(pem); }},
        {"gzip and a line end", [](const std::string& pem) { return gzipOf(pem) + "\n"; }},
        {"gzip of DER", [](const std::string& pem) { return gzipOf(derOf(pem)); }},
        {"base64 of gzip", [](const std::string& pem) { return base64(gzipOf(pem)); }},
        {"hex of gzip", [](const std::string& pem) { return toHex(gzipOf(pem)); }},
        {"zlib", [](const std::string& pem) { return zlibOf(pem); }},
        {"percent-encoding of white space alone",
         [](const std::string& pem) { return replaced(replaced(pem, "\n", "%0A"), " ", "%20"); }},
    };
    return all;
}

void TestPublicSecret::refusesEveryForm_data()
{
    QTest::addColumn<std::string>("secret");
    std::vector<std::pair<std::string, std::string>> keys;
    for (const char* algorithm : {"RS256", "ES256", "ES256K", "ES512", "Ed25519", "Ed448", "X25519"})
        keys.emplace_back(std::string("SPKI ") + algorithm, publicPem(made(algorithm)).value());
    keys.emplace_back("PKCS#1", pemOf("RSA PUBLIC KEY", pkcs1Of(derOf(keys.front().second))));
    keys.emplace_back("X.509", test::Chain().leaf);
    for (const auto& [kind, pem] : keys)
        for (const Form& form : forms())
            QTest::newRow((kind + ", " + form.name).c_str()) << form.write(pem);
}

/// By itself, and in every reading that is made of a typed text.
void TestPublicSecret::refusesEveryForm()
{
    QFETCH(std::string, secret);
    const std::string refusal = refusalOfPublicSecret(secret);
    QVERIFY2(refusal.starts_with("the secret is the text or bytes of a public key"), refusal.c_str());
    for (const Key& key : secretKeys(Secret(secret))) {
        QVERIFY2(!key.refusal.empty(), key.format.c_str());
        QVERIFY(!sign(*findAlgorithm("HS256"), key, "{}"));
    }
    // A server that was configured with it takes what everybody can sign; this program does not.
    Key forger = generateKey(*findAlgorithm("HS256")).value();
    forger.secret = Secret(secret);
    const Result<Secret> token = sign(*findAlgorithm("HS256"), forger, "{}");
    QVERIFY_RESULT(token);
    const std::vector<Key> keys = secretKeys(Secret(secret));
    const SignatureCheck check = verifySignature(decode(token->reveal()), keys,
                                                 {.allowedAlgorithms = {"HS256"}, .allowWeakKeys = true});
    QCOMPARE(check.verdict, SignatureVerdict::Refused);
    QVERIFY2(check.why.find("public key") != std::string::npos, check.why.c_str());
}

void TestPublicSecret::refusesOtherStructures_data()
{
    QTest::addColumn<std::string>("secret");
    const auto row = [](const char* name, const std::string& secret) { QTest::newRow(name) << secret; };
    for (const char* algorithm : {"RS256", "ES256", "Ed25519"}) {
        const std::string jwk = publicJwk(made(algorithm)).value();
        const auto named = [algorithm](const char* form) { return std::string(algorithm) + ", " + form; };
        row(named("JWK").c_str(), jwk);
        row(named("JWK, white space").c_str(), " \r\n" + replaced(jwk, ",", " ,\n\t") + "\n");
        row(named("JWK, byte order mark").c_str(), "\xEF\xBB\xBF" + jwk);
        row(named("JWK in quotes").c_str(), "'" + jwk + "'");
        row(named("JWK as a JSON string").c_str(), "\"" + replaced(jwk, "\"", "\\\"") + "\"");
        row(named("JWK, escaped").c_str(), replaced(jwk, "\"", "\\\""));
        row(named("JWK in base64").c_str(), base64(jwk));
        row(named("JWK in hex").c_str(), toHex(jwk));
        row(named("JWK in UTF-16").c_str(), "\xFF\xFE" + utf16Of(jwk, 0));
        row(named("JWK, percent-encoded").c_str(), percentEncoded(jwk));
        row(named("JWK in a form").c_str(), replaced(percentEncoded(replaced(jwk, ",", ", ")), "%20", "+"));
        row(named("JWK set").c_str(), "{\"keys\":[" + jwk + "]}");
        row(named("JWK set with a secret").c_str(),
            R"({"keys":[{"kty":"oct","k":"c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0LXNlY3I"},)" + jwk + "]}");
        row(named("list of JWKs").c_str(), "[" + jwk + "]");
        row(named("JWK in an answer").c_str(), R"({"status":"ok","data":{"key":)" + jwk + "}}");
        row(named("JWK set in an answer").c_str(), R"({"jwks":{"keys":[)" + jwk + "]}}");
    }
    for (const char* algorithm : {"ES256", "ES256K", "ES384", "ES512"}) {
        const std::string point = pointOf(algorithm);
        row((std::string(algorithm) + ", point").c_str(), point);
        row((std::string(algorithm) + ", point in base64").c_str(), base64(point));
        row((std::string(algorithm) + ", point in hex").c_str(), toHex(point));
    }
    row("JWK that breaks a rule", R"({"kty":"RSA","kty":"RSA","n":"AQAB","e":"AA","use":"nonsense"})");
    row("JWK of ML-DSA", R"({"kty":"AKP","alg":"ML-DSA-44","pub":")" + std::string(80, 'A') + "\"}");
    const std::string line =
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAINdamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea rfc8037@example";
    const std::string blob = line.substr(12, line.rfind(' ') - 12);
    row("SSH line", line);
    row("SSH line, quoted, with a line end", "\"" + line + "\r\n\"");
    row("SSH line with options", "from=\"10.0.0.*\",no-pty " + line);
    row("SSH blob", blob);
    row("SSH blob in binary", QByteArray::fromBase64(QByteArray::fromStdString(blob)).toStdString());
    row("SSH line in base64", base64(line));
    row("SSH block", "---- BEGIN SSH2 PUBLIC KEY ----\nComment: me\n" + blob.substr(0, 40) + "\n" +
                         blob.substr(40) + "\n---- END SSH2 PUBLIC KEY ----\n");
    row("ECDSA line",
        "ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBF7z8vG4Wt429XH58"
        "29ZQyxc3UBwhgKwFpRlRDHBHNbshmsEEmGD+c3AhKATGc7M4KS97bY9B/axjWfGUr2kOXo=");
    const std::string spki = base64(derOf(publicPem(made("RS256")).value()));
    row("SPKI in an issuer's answer",
        R"({"realm":"m","public_key":")" + spki + R"(","token-service":"http://x"})");
    row("XML of .NET", "<RSAKeyValue><Modulus>" + spki + "</Modulus><Exponent>AQAB</Exponent></RSAKeyValue>");
    row("printed by openssl",
        "RSA Public-Key: (2048 bit)\nModulus:\n    00:c0:ff:ee\nExponent: 65537 (0x10001)\n");
    // A type that nothing here verifies with: SPKI of DSA, cut short to what tells it.
    row("SPKI of an unknown type",
        std::string("\x30\x2E\x30\x09\x06\x07\x2A\x86\x48\xCE\x38\x04\x01\x03\x21\x00", 16) +
            std::string(32, '\x02'));
    row("PEM of an unknown structure",
        pemOf("TRUSTED CERTIFICATE", "\x30\x03\x02\x01\x01" + std::string(60, 'x')));
}

void TestPublicSecret::refusesOtherStructures()
{
    QFETCH(std::string, secret);
    const Key key = secretKey(Secret(secret));
    QVERIFY2(key.refusal.find("public key") != std::string::npos, key.refusal.c_str());
    QVERIFY(!sign(*findAlgorithm("HS256"), key, "{}"));
}

void TestPublicSecret::saysWhatAKeyPairIs()
{
    for (const char* algorithm : {"RS256", "ES256", "Ed25519"}) {
        const Secret pair = privateJwk(made(algorithm)).value();
        const std::string refusal = refusalOfPublicSecret(pair.reveal());
        QVERIFY2(refusal.find("the text of a key pair") != std::string::npos, refusal.c_str());
        QVERIFY2(refusal.find("private key (JWK)") != std::string::npos, refusal.c_str());
    }
}

void TestPublicSecret::takesOrdinarySecrets_data()
{
    QTest::addColumn<std::string>("secret");
    const auto row = [](const char* name, const std::string& secret) { QTest::newRow(name) << secret; };
    row("words", "your_secret_key");
    row("ssh-rsa alone", "ssh-rsa");
    row("ssh-rsa and words", "ssh-rsa is the word that this long secret of a server begins with, no more");
    row("ssh-rsa and A's", "ssh-rsa " + std::string(120, 'A'));
    row("an SSH line cut short", "ssh-rsa AAAAB3NzaC1yc2EAAAADAQAB");
    row("random base64", "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAq1w2e3r4t5y6u7i8o9p0");
    row("base64", base64(std::string(64, '\x5A') + std::string(32, '\x17')));
    row("hex", std::string(128, 'a'));
    row("words in UTF-16", "\xFF\xFE" + utf16Of("a secret of a server, as an editor saved it", 0));
    row("percent signs", "100%25 of a secret that is long enough %zz to be looked at closely %4");
    row("32 bytes that begin as DER does", "\x30\x1E\x02\x03" + std::string(28, 'x'));
    row("64 bytes that begin as DER does", "\x30\x3E\x02\x03" + std::string(60, 'x'));
    std::string beside = pointOf("ES256");
    beside.back() = static_cast<char>(beside.back() ^ 1);
    row("65 bytes beside the curve", beside);
    row("65 bytes that begin as a point does", "\x04" + std::string(64, 'x'));
    row("compressed point", compressedPointOf("ES256"));
    row("gzip of words", gzipOf("a secret of a server, which is long enough to be looked at closely"));
    row("what begins as gzip does", "\x1F\x8B\x08" + std::string(61, 'x'));
    row("what begins as zlib does", "x^ and words that are long enough to be looked at closely");
    row("oct JWK", R"({"kty":"oct","k":"c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0LXNlY3I","alg":"HS256"})");
    row("JSON", R"({"name":"a secret of a server that is JSON","kty":17,"keys":[1,"n"]})");
    row("RSA in name only", R"({"kty":"RSA","note":"no number of a key is in here at all"})");
    row("BEGIN line alone", "-----BEGIN PUBLIC KEY-----");
    row("words in PEM",
        "-----BEGIN PUBLIC KEY----- this is only my password, no key -----END PUBLIC KEY-----");
    const Key rsa = made("RS256");
    const auto jwk = json::parse(publicJwk(rsa).value()).value();
    row("modulus as text", jwk.root().find("n")->string());
    row("modulus", modulusOf(rsa));
    for (const Key& key : {rsa, made("ES256"), made("Ed25519")}) {
        const std::string pem(toPem(key).value().reveal());
        row(("private PEM of " + describe(key)).c_str(), pem);
        row(("private DER of " + describe(key)).c_str(), derOf(pem));
    }
}

void TestPublicSecret::takesOrdinarySecrets()
{
    QFETCH(std::string, secret);
    const Key key = secretKey(Secret(secret));
    QVERIFY2(key.refusal.empty(), key.refusal.c_str());
    const Result<Secret> token = sign(*findAlgorithm("HS256"), key, "{}");
    QVERIFY_RESULT(token);
    QVERIFY_VALID(test::verified(token->reveal(), key));
}

/// What random bytes may be as well is taken, and said.
void TestPublicSecret::saysWhatASecretReadsAs_data()
{
    QTest::addColumn<std::string>("secret");
    QTest::addColumn<std::string>("seen");
    const auto rows = [](const std::string& name, const std::string& bytes, const std::string& seen) {
        QTest::newRow(name.c_str()) << bytes << seen;
        QTest::newRow((name + " in hex").c_str()) << toHex(bytes) << seen;
        QTest::newRow((name + " in base64").c_str()) << base64(bytes) + "\n" << seen;
        QTest::newRow((name + " in base64url").c_str()) << encodeBase64Url(bytes) << seen;
    };
    const std::string point = "a compressed point of ";
    rows("P-256", compressedPointOf("ES256"), point + "P-256");
    rows("P-384", compressedPointOf("ES384"), point + "P-384");
    rows("P-521", compressedPointOf("ES512"), point + "P-521");
    rows("RSA", modulusOf(made("RS256")), "an RSA modulus of 2048 bits");
    rows("RSA as in DER", std::string(1, '\0') + modulusOf(made("RS256")), "an RSA modulus of 2048 bits");
    rows("RSA 3072", modulusOf(generateKey(*findAlgorithm("RS256"), {.bits = 3072}).value()),
         "an RSA modulus of 3072 bits");
}

void TestPublicSecret::saysWhatASecretReadsAs()
{
    QFETCH(std::string, secret);
    QFETCH(std::string, seen);
    QCOMPARE(resemblanceToPublic(secret), seen);
    QCOMPARE(refusalOfPublicSecret(secret), std::string());
    // Half of the points of secp256k1 have an x of P-256, too.
    QVERIFY(resemblanceToPublic(compressedPointOf("ES256K")).starts_with("a compressed point of "));
}

void TestPublicSecret::readsNothingIntoRandomBytes_data()
{
    QTest::addColumn<std::string>("secret");
    const auto row = [](const char* name, const std::string& secret) { QTest::newRow(name) << secret; };
    row("nothing", "");
    row("a zero byte", std::string(1, '\0'));
    row("white space", " \n");
    row("words", "your_secret_key");
    row("32 bytes", "\x02" + std::string(31, 'x'));
    row("no x of a point", "\x02" + std::string(32, '\xFF'));
    row("another mark", "\x05" + compressedPointOf("ES256").substr(1));
    row("a point and a byte", compressedPointOf("ES256") + "x");
    row("uncompressed", pointOf("ES256"));
    std::string number = modulusOf(made("RS256"));
    row("modulus cut short", number.substr(0, 255));
    number.front() = static_cast<char>(number.front() & 0x7F);
    row("modulus without its top bit", number);
    number = modulusOf(made("RS256"));
    number.back() = static_cast<char>(number.back() ^ 1);
    row("even", number);
    row("a multiple of 3", std::string(256, '\xFF'));
    row("long", std::string(1'000'000, 'A'));
}

void TestPublicSecret::readsNothingIntoRandomBytes()
{
    QFETCH(std::string, secret);
    QCOMPARE(resemblanceToPublic(secret), std::string());
}

void TestPublicSecret::unzipsNothingElse()
{
    const std::string text(1000, 't');
    for (const std::string& whole : {gzipOf(text), zlibOf(text)}) {
        const auto content = unzipped(whole);
        QVERIFY(content);
        QCOMPARE(std::string(content->reveal()), text);
        for (std::size_t length = 0; length < whole.size(); ++length)
            QVERIFY(!unzipped(std::string_view(whole).substr(0, length)));
        std::string damaged = whole;
        damaged.back() = static_cast<char>(damaged.back() ^ 1);
        QVERIFY(!unzipped(damaged));
    }
    QVERIFY(!unzipped(text));
    // At the limit, and a byte above it.
    QVERIFY(unzipped(zlibOf(std::string(mostInflated, 'x'))));
    QVERIFY(!unzipped(zlibOf(std::string(mostInflated + 1, 'x'))));
}

/// Every part of a key's text is an ordinary secret or a key; no cut brings down the reader.
void TestPublicSecret::readsNothingIntoDamagedKeys()
{
    const std::string pem = publicPem(made("ES256")).value();
    const std::string der = derOf(pem);
    for (std::size_t length = 0; length < pem.size(); ++length) {
        static_cast<void>(refusalOfPublicSecret(std::string_view(pem).substr(0, length)));
        static_cast<void>(refusalOfPublicSecret(std::string_view(pem).substr(length)));
    }
    for (std::size_t length = 0; length < der.size(); ++length)
        QCOMPARE(refusalOfPublicSecret(std::string_view(der).substr(0, length)), std::string());
}

/// What could make a search repeat itself from every place of a text.
void TestPublicSecret::isQuickWithLongSecrets()
{
    constexpr std::size_t size = 1'000'000;
    for (const std::string_view part :
         {"A", "AAAAB3Nz", "-----BEGIN ", "-----BEGIN A-----", "\\", "0", "{", "[", "%41", "+%25"}) {
        std::string secret;
        while (secret.size() < size)
            secret += part;
        QCOMPARE(refusalOfPublicSecret(secret), std::string());
    }
}

QTEST_GUILESS_MAIN(TestPublicSecret)
#include "tst_publicsecret.moc"
