// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The server's side of Digest (RFC 7616) and of NTLM version 2 (MS-NLMP), with OpenSSL's primitives: it knows
// the password and computes what the client must have answered.

#pragma once

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/provider.h>

#include <QtCore/qbytearray.h>
#include <QtCore/qcryptographichash.h>
#include <QtCore/qregularexpression.h>
#include <QtCore/qstring.h>

#include <array>
#include <string>

namespace claimcheck::test {

/// `name="value"` or `name=value` of an Authorization field.
inline std::string parameter(const std::string& head, const char* name)
{
    const QRegularExpression pattern(
        QStringLiteral("Authorization: Digest .*?\\b%1=(?:\"([^\"]*)\"|([^,\\s]*))")
            .arg(QString::fromLatin1(name)));
    const auto match = pattern.match(QString::fromStdString(head));
    return (match.captured(1).isEmpty() ? match.captured(2) : match.captured(1)).toStdString();
}

struct DigestServer
{
    QCryptographicHash::Algorithm hash = QCryptographicHash::Md5;
    std::string user;
    std::string password;

    std::string hashed(const std::string& text) const
    {
        return QCryptographicHash::hash(QByteArray::fromStdString(text), hash).toHex().toStdString();
    }

    /// RFC 7616 §3.4.1, with qop=auth or (RFC 2069) without.
    bool accepts(const std::string& head, const std::string& method) const
    {
        const auto value = [&head](const char* name) { return parameter(head, name); };
        const std::string a1 = hashed(user + ":" + value("realm") + ":" + password);
        const std::string a2 = hashed(method + ":" + value("uri"));
        const std::string middle = value("qop").empty() ? value("nonce")
                                                        : value("nonce") + ":" + value("nc") + ":" +
                                                              value("cnonce") + ":" + value("qop");
        return value("username") == user && !value("response").empty() &&
               value("response") == hashed(a1 + ":" + middle + ":" + a2);
    }
};

/// MS-NLMP §3.3.2. MD4 is in OpenSSL's legacy provider.
class NtlmServer
{
public:
    NtlmServer() : m_legacy(OSSL_PROVIDER_load(nullptr, "legacy")), m_default(defaultProvider()) {}
    ~NtlmServer() { OSSL_PROVIDER_unload(m_legacy); }
    NtlmServer(const NtlmServer&) = delete;
    NtlmServer& operator=(const NtlmServer&) = delete;

    bool isUsable() const { return m_legacy && m_default; }

private:
    /// For good: once it was loaded by name, nothing works without it when it is gone again.
    static OSSL_PROVIDER* defaultProvider()
    {
        static OSSL_PROVIDER* const provider = OSSL_PROVIDER_load(nullptr, "default");
        return provider;
    }

public:
    /// The bytes behind "Authorization: NTLM ".
    static QByteArray message(const std::string& head)
    {
        const QByteArray text = QByteArray::fromStdString(head);
        const qsizetype at = text.indexOf("Authorization: NTLM ");
        return at < 0 ? QByteArray()
                      : QByteArray::fromBase64(text.mid(at + 20, text.indexOf('\r', at) - at - 20));
    }

    /// CHALLENGE_MESSAGE (§2.2.1.2): flags as Windows sends them, an AV_PAIR list with the domain's name.
    static QByteArray challenge()
    {
        QByteArray pairs = avPair(2, utf16("CORP")) + avPair(1, utf16("SERVER")) + avPair(0, {});
        const QByteArray target = utf16("CORP");
        QByteArray out = QByteArray("NTLMSSP\0", 8) + number(2, 4);
        out += field(target.size(), 48) + number(0x00898205, 4) + nonce() + QByteArray(8, '\0');
        out += field(pairs.size(), 48 + target.size()) + target + pairs;
        return out;
    }

    /// Whether an AUTHENTICATE_MESSAGE (§2.2.1.3) proves the password.
    static bool accepts(const QByteArray& message, const QString& user, const QString& domain,
                        const QString& password)
    {
        const QByteArray answer = payload(message, 20);
        if (answer.size() <= 24 || payload(message, 36) != utf16(user) ||
            payload(message, 28) != utf16(domain))
            return false;
        const QByteArray key = hmacMd5(digest("MD4", utf16(password)), utf16(user.toUpper() + domain));
        return hmacMd5(key, nonce() + answer.mid(16)) == answer.left(16);
    }

private:
    static QByteArray nonce() { return QByteArray::fromHex("0123456789abcdef"); }
    static QByteArray utf16(const QString& text)
    {
        QByteArray out;
        for (const QChar c : text)
            out += number(c.unicode(), 2);
        return out;
    }
    static QByteArray utf16(const char* text) { return utf16(QString::fromLatin1(text)); }
    /// Little endian.
    static QByteArray number(quint32 value, int bytes)
    {
        QByteArray out;
        for (int i = 0; i < bytes; ++i)
            out += static_cast<char>((value >> (8 * i)) & 0xffu);
        return out;
    }
    static QByteArray field(qsizetype size, qsizetype offset)
    {
        const auto length = number(static_cast<quint32>(size), 2);
        return length + length + number(static_cast<quint32>(offset), 4);
    }
    static QByteArray avPair(quint32 id, const QByteArray& value)
    {
        return number(id, 2) + number(static_cast<quint32>(value.size()), 2) + value;
    }
    static quint32 read(const QByteArray& bytes, qsizetype at, int count)
    {
        quint32 value = 0;
        for (int i = count - 1; i >= 0; --i)
            value = (value << 8u) | static_cast<unsigned char>(bytes.at(at + i));
        return value;
    }
    static QByteArray payload(const QByteArray& message, qsizetype at)
    {
        if (message.size() < at + 8)
            return {};
        return message.mid(read(message, at + 4, 4), read(message, at, 2));
    }
    static const unsigned char* raw(const QByteArray& bytes)
    {
        return static_cast<const unsigned char*>(static_cast<const void*>(bytes.constData()));
    }
    static QByteArray digest(const char* name, const QByteArray& text)
    {
        std::array<unsigned char, EVP_MAX_MD_SIZE> out{};
        unsigned int size = 0;
        EVP_MD* const md = EVP_MD_fetch(nullptr, name, nullptr);
        EVP_Digest(text.constData(), static_cast<std::size_t>(text.size()), out.data(), &size, md, nullptr);
        EVP_MD_free(md);
        return QByteArray(static_cast<const char*>(static_cast<const void*>(out.data())), size);
    }
    static QByteArray hmacMd5(const QByteArray& key, const QByteArray& text)
    {
        std::array<unsigned char, EVP_MAX_MD_SIZE> out{};
        unsigned int size = 0;
        HMAC(EVP_md5(), key.constData(), static_cast<int>(key.size()), raw(text),
             static_cast<std::size_t>(text.size()), out.data(), &size);
        return QByteArray(static_cast<const char*>(static_cast<const void*>(out.data())), size);
    }

    OSSL_PROVIDER* m_legacy;
    OSSL_PROVIDER* m_default;
};

} // namespace claimcheck::test
