// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "publicforms.h"

#include <algorithm>
#include <memory>

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

void addRareForms(std::vector<KeyForm>& forms, const std::string& pem)
{
    forms.push_back({"pem with CRLF", withReplaced(pem, "\n", "\r\n"), "the SPKI PEM with CRLF line ends"});
    forms.push_back({"pem in one line", withReplaced(pem, "\n", "\\n"), "the SPKI PEM with \\n written out"});
    forms.push_back({"pem behind a line end", "\n" + pem, "the SPKI PEM behind a line end"});
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
}

} // namespace

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
