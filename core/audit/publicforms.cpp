// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "publicforms.h"

#include "selfsigned.h"

#include <algorithm>
#include <memory>
#include <optional>

#include <QtCore/qbytearray.h>

#include <openssl/encoder.h>
#include <openssl/evp.h>

#include <base/text.h>
#include <jose/base64url.h>
#include <json/document.h>
#include <json/write.h>

namespace claimcheck::audit {

namespace {

using Encoder = std::unique_ptr<OSSL_ENCODER_CTX,
                                decltype([](OSSL_ENCODER_CTX* context) { OSSL_ENCODER_CTX_free(context); })>;

/// PKCS#1 (RFC 8017 A.1.1).
std::string pkcs1(const jose::Key& key, const char* form)
{
    const Encoder context(
        OSSL_ENCODER_CTX_new_for_pkey(key.handle.get(), EVP_PKEY_PUBLIC_KEY, form, "type-specific", nullptr));
    unsigned char* data = nullptr;
    std::size_t size = 0;
    if (!context || OSSL_ENCODER_to_data(context.get(), &data, &size) != 1)
        return {};
    std::string bytes(reinterpret_cast<const char*>(data), size);
    OPENSSL_free(data);
    return bytes;
}

std::string withoutLastLineEnd(std::string text)
{
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r'))
        text.pop_back();
    return text;
}

/// The bytes of a base64url member.
std::string numberIn(const json::Document& jwk, std::string_view name)
{
    const auto member = jwk.root().find(name);
    return member ? jose::decodeBase64UrlLeniently(member->string()).bytes : std::string();
}

void addPemForms(std::vector<KeyForm>& forms, const std::string& pem, const std::string& name,
                 const std::string& meaning)
{
    if (pem.empty())
        return;
    forms.push_back({name, pem, "the " + meaning + " as it is"});
    forms.push_back({name + " without last line end", withoutLastLineEnd(pem),
                     "the " + meaning + " without its last line end"});
}

/// RFC 4251 §5: how many bytes, in four, then these.
std::string sshString(std::string_view bytes)
{
    std::string text;
    for (const unsigned shift : {24U, 16U, 8U, 0U})
        text += static_cast<char>((bytes.size() >> shift) & 0xffU);
    return text.append(bytes);
}

/// The same of a number, which is negative where its first bit is set.
std::string sshNumber(const std::string& bytes)
{
    const bool isHigh = !bytes.empty() && (static_cast<unsigned char>(bytes.front()) & 0x80U) != 0;
    return sshString((isHigh ? std::string(1, '\0') : std::string()) + bytes);
}

/// As in authorized_keys (RFC 4253 §6.6, RFC 5656 §3.1, RFC 8709 §4), nothing behind it; empty for curves
/// that SSH has not.
std::string sshLine(const jose::Key& key, const json::Document& jwk)
{
    std::string type;
    std::string rest;
    if (key.type == jose::KeyType::Rsa) {
        type = "ssh-rsa";
        rest = sshNumber(numberIn(jwk, "e")) + sshNumber(numberIn(jwk, "n"));
    } else if (key.curve.starts_with("P-")) {
        const std::string curve = "nistp" + key.curve.substr(2);
        type = "ecdsa-sha2-" + curve;
        rest = sshString(curve) + sshString("\x04" + numberIn(jwk, "x") + numberIn(jwk, "y"));
    } else if (key.curve == "Ed25519") {
        type = "ssh-ed25519";
        rest = sshString(numberIn(jwk, "x"));
    } else {
        return {};
    }
    return type + " " + plainBase64(sshString(type) + rest);
}

void addRareForms(std::vector<KeyForm>& forms, const std::string& pem)
{
    forms.push_back({"pem with CRLF", withReplaced(pem, "\n", "\r\n"), "the SPKI PEM with CRLF line ends"});
    forms.push_back({"pem in one line", withReplaced(pem, "\n", "\\n"), "the SPKI PEM with \\n written out"});
    forms.push_back({"pem behind a line end", "\n" + pem, "the SPKI PEM behind a line end"});
    forms.push_back({"pem behind a space", " " + pem, "the SPKI PEM behind a space"});
}

void addJwkForms(std::vector<KeyForm>& forms, const jose::Key& key)
{
    const auto text = jose::publicJwk(key);
    const auto jwk = text ? json::parse(*text) : tl::unexpected(text.error());
    if (!jwk)
        return;
    forms.push_back({"jwk", *text, "the JWK without white space"});
    if (key.type == jose::KeyType::Rsa)
        forms.push_back({"modulus", numberIn(*jwk, "n"), "the bytes of the modulus n"});
    else if (key.type == jose::KeyType::Ec)
        forms.push_back(
            {"point", "\x04" + numberIn(*jwk, "x") + numberIn(*jwk, "y"), "the point as 04, x and y"});
    else
        forms.push_back({"point", numberIn(*jwk, "x"), "the bytes of the public key x"});
    forms.push_back({"ssh", sshLine(key, *jwk), "the line of OpenSSH without a comment"});
}

/// The member of a set that is this key, or the only one there.
std::optional<json::Value> memberFor(const jose::Key& key, const json::Value& keys)
{
    const std::vector<json::Value> items = keys.items();
    for (const json::Value& item : items)
        if (const auto kid = item.find("kid"); kid && key.kid && kid->string() == *key.kid)
            return item;
    return items.size() == 1 ? std::optional(items.front()) : std::nullopt;
}

} // namespace

std::string certificateInSet(const jose::Key& key, const std::string& asServed)
{
    const auto document = json::parse(asServed);
    const auto keys = document ? document->root().find("keys") : std::nullopt;
    const auto member = keys ? memberFor(key, *keys) : std::nullopt;
    const auto chain = member ? member->find("x5c") : std::nullopt;
    if (!chain || chain->items().empty())
        return {};
    const QByteArray text = QByteArray::fromStdString(chain->items().front().string());
    return QByteArray::fromBase64(text).toStdString();
}

std::vector<KeyForm> publicForms(const jose::Key& key, const std::string& asServed)
{
    std::vector<KeyForm> forms;
    const auto pem = jose::publicPem(key);
    const auto der = jose::publicDer(key);
    if (!pem || !der)
        return forms;
    if (!asServed.empty() && asServed != *pem)
        addPemForms(forms, asServed, "as served", "key file");
    addPemForms(forms, *pem, "pem", "SPKI PEM");
    if (const std::string certificate = certificateInSet(key, asServed); !certificate.empty())
        forms.push_back(
            {"certificate pem", certificatePem(certificate), "the PEM of the certificate in the key set"});
    forms.push_back({"spki", std::string(der->reveal()), "the SPKI DER"});
    if (key.type == jose::KeyType::Rsa) {
        addPemForms(forms, pkcs1(key, "PEM"), "pkcs1 pem", "PKCS#1 PEM");
        forms.push_back({"pkcs1", pkcs1(key, "DER"), "the PKCS#1 DER"});
    }
    addJwkForms(forms, key);
    addRareForms(forms, *pem);
    std::erase_if(forms, [](const KeyForm& form) { return form.bytes.empty(); });
    return forms;
}

} // namespace claimcheck::audit
