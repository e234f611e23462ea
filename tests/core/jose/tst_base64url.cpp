// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// base64url: RFC 4648 §10 without padding, and everything that must not pass.

#include <jose/base64url.h>

#include <optional>

#include <support/result.h>

#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::jose;

class TestBase64Url : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void knowsTheVectors_data();
    void knowsTheVectors();
    void usesTheUrlAlphabet();
    void hashes();
    void takesEveryLength();
    void takesNothingElseAnywhere();
    void refuses_data();
    void refuses();
    void readsOnBehindDefects();
    void readsNothingBehindACharacterOfNoBase64_data();
    void readsNothingBehindACharacterOfNoBase64();
    void boundsTheList();
};

void TestBase64Url::knowsTheVectors_data()
{
    QTest::addColumn<std::string>("bytes");
    QTest::addColumn<std::string>("text");
    QTest::newRow("empty") << std::string() << std::string();
    QTest::newRow("f") << std::string("f") << std::string("Zg");
    QTest::newRow("fo") << std::string("fo") << std::string("Zm8");
    QTest::newRow("foo") << std::string("foo") << std::string("Zm9v");
    QTest::newRow("foob") << std::string("foob") << std::string("Zm9vYg");
    QTest::newRow("fooba") << std::string("fooba") << std::string("Zm9vYmE");
    QTest::newRow("foobar") << std::string("foobar") << std::string("Zm9vYmFy");
}

void TestBase64Url::knowsTheVectors()
{
    QFETCH(std::string, bytes);
    QFETCH(std::string, text);
    QCOMPARE(encodeBase64Url(bytes), text);
    const auto decoded = decodeBase64Url(text);
    QVERIFY_RESULT(decoded);
    QCOMPARE(*decoded, bytes);
}

void TestBase64Url::usesTheUrlAlphabet()
{
    // RFC 7515 Appendix C
    const std::string bytes("\x03\xEC\xFF\xE0\xC1", 5);
    QCOMPARE(encodeBase64Url(bytes), std::string("A-z_4ME"));
    QCOMPARE(decodeBase64Url("A-z_4ME").value(), bytes);
}

/// RFC 7636 Appendix B.
void TestBase64Url::hashes()
{
    QCOMPARE(sha256Base64Url("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"),
             std::string("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"));
}

void TestBase64Url::takesEveryLength()
{
    std::string bytes;
    for (int i = 0; i < 300; ++i) {
        const std::string text = encodeBase64Url(bytes);
        QCOMPARE(text.size(), (bytes.size() * 4 + 2) / 3);
        QCOMPARE(decodeBase64Url(text).value(), bytes);
        bytes += static_cast<char>(i * 7);
    }
}

/// Bit by bit, by the definition; nothing where a character is none of the alphabet.
static std::optional<std::string> decodedSlowly(std::string_view text)
{
    static constexpr std::string_view alphabet =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    std::string bytes;
    unsigned buffer = 0;
    int bits = 0;
    for (const char c : text) {
        const std::size_t digit = alphabet.find(c);
        if (digit == std::string_view::npos)
            return std::nullopt;
        buffer = buffer << 6 | static_cast<unsigned>(digit);
        bits += 6;
        if (bits >= 8) {
            bits -= 8;
            bytes += static_cast<char>(buffer >> bits & 0xFFu);
        }
    }
    return bytes;
}

void TestBase64Url::takesNothingElseAnywhere()
{
    // Long enough for several blocks of those that are decoded at once, and what they leave.
    std::string bytes;
    for (int i = 0; i < 51; ++i)
        bytes += static_cast<char>(i * 37 + 11);
    const std::string whole = encodeBase64Url(bytes);
    QCOMPARE(whole.size(), std::size_t(68));
    for (std::size_t place = 0; place < whole.size(); ++place) {
        for (int byte = 0; byte < 256; ++byte) {
            std::string text = whole;
            text[place] = static_cast<char>(byte);
            const std::optional<std::string> expected = decodedSlowly(text);
            const auto decoded = decodeBase64Url(text);
            QCOMPARE(decoded.has_value(), expected.has_value());
            if (expected)
                QCOMPARE(*decoded, *expected);
            else
                QCOMPARE(decoded.error().where->offset, place);
        }
    }
}

void TestBase64Url::refuses_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<EncodingDefect>("kind");
    QTest::addColumn<std::size_t>("offset");
    const auto row = [](const char* name, std::string text, EncodingDefect kind, std::size_t offset) {
        QTest::newRow(name) << std::move(text) << kind << offset;
    };
    row("padding", "Zg==", EncodingDefect::Padding, 2);
    row("plus", "A+z_4ME", EncodingDefect::StandardAlphabet, 1);
    row("slash", "A-z/4ME", EncodingDefect::StandardAlphabet, 3);
    row("space", "Zm 9v", EncodingDefect::WhiteSpace, 2);
    row("line end at the end", "Zm9v\n", EncodingDefect::WhiteSpace, 4);
    row("NUL", std::string("Zm9v\0Zm9", 8), EncodingDefect::Character, 4);
    row("high byte", "Zm9\xC3", EncodingDefect::Character, 3);
    row("dot", "Zm9v.Zm9v", EncodingDefect::Character, 4);
    row("4n+1", "Zm9vY", EncodingDefect::Length, 4);
    row("one character", "Z", EncodingDefect::Length, 0);
    row("trailing bits of two", "Zh", EncodingDefect::TrailingBits, 1);
    row("trailing bits of three", "Zm9", EncodingDefect::TrailingBits, 2);
}

void TestBase64Url::refuses()
{
    QFETCH(std::string, text);
    QFETCH(EncodingDefect, kind);
    QFETCH(std::size_t, offset);
    const auto decoded = decodeBase64Url(text);
    QVERIFY(!decoded);
    QCOMPARE(decoded.error().kind, ErrorKind::Malformed);
    QVERIFY(decoded.error().where.has_value());
    QCOMPARE(decoded.error().where->offset, offset);
    const LenientBytes lenient = decodeBase64UrlLeniently(text);
    QVERIFY(!lenient.defects.empty());
    QCOMPARE(lenient.defects.front().kind, kind);
    QCOMPARE(lenient.defects.front().offset, offset);
}

void TestBase64Url::readsOnBehindDefects()
{
    const LenientBytes lenient = decodeBase64UrlLeniently("Zm9v\nYm Fy=");
    QCOMPARE(lenient.bytes, std::string("foobar"));
    QCOMPARE(lenient.defects.size(), std::size_t(3));
    QVERIFY(!lenient.cutAt);
    const LenientBytes standard = decodeBase64UrlLeniently("A+z/4ME");
    QCOMPARE(standard.bytes, std::string("\x03\xEC\xFF\xE0\xC1", 5));
}

/// A character that stands for another one, or for none: the digits behind would be read shifted.
void TestBase64Url::readsNothingBehindACharacterOfNoBase64_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::string>("bytes");
    QTest::addColumn<std::size_t>("cutAt");
    QTest::newRow("between groups") << std::string("Zm9v*mFy") << std::string("foo") << std::size_t(4);
    QTest::newRow("half a byte in front") << std::string("Zm9vY*Fy") << std::string("foo") << std::size_t(5);
    QTest::newRow("a byte in front") << std::string("Zm9vYm*y") << std::string("foob") << std::size_t(6);
    QTest::newRow("first") << std::string("*m9v") << std::string() << std::size_t(0);
    QTest::newRow("last") << std::string("Zm9vYmF*") << std::string("fooba") << std::size_t(7);
    QTest::newRow("several") << std::string("Zm9v*+=*A") << std::string("foo") << std::size_t(4);
    QTest::newRow("behind padding") << std::string("Zg==Zm9v") << std::string("f") << std::size_t(2);
}

void TestBase64Url::readsNothingBehindACharacterOfNoBase64()
{
    QFETCH(std::string, text);
    QFETCH(std::string, bytes);
    QFETCH(std::size_t, cutAt);
    const LenientBytes lenient = decodeBase64UrlLeniently(text);
    QCOMPARE(lenient.bytes, bytes);
    QCOMPARE(lenient.cutAt, std::optional<std::size_t>(cutAt));
    QCOMPARE(lenient.defects.front().offset, cutAt);
    for (const Base64UrlDefect& defect : lenient.defects)
        QVERIFY(defect.kind == EncodingDefect::Character || defect.kind == EncodingDefect::Padding);
}

void TestBase64Url::boundsTheList()
{
    const LenientBytes lenient = decodeBase64UrlLeniently(std::string(1'000'000, '*'));
    QVERIFY(lenient.bytes.empty());
    QVERIFY(lenient.defects.size() <= 100);
}

QTEST_GUILESS_MAIN(TestBase64Url)
#include "tst_base64url.moc"
