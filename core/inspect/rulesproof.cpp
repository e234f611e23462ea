// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Rules about tokens that prove something with a second part: SD-JWT (RFC 9901) and DPoP proofs (RFC 9449).

#include "rules.h"

#include <cctype>

#include <base/text.h>
#include <jose/sdjwt.h>

namespace claimcheck::inspect::rules {

/// What the reading of the token found, at the disclosure that it is about.
void disclosures(const Subject& subject, Report& report)
{
    if (subject.sd == nullptr)
        return;
    for (const jose::SdFault& fault : subject.sd->faults) {
        std::string title = fault.what;
        title.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(title.front())));
        if (fault.offset)
            report.addAt(std::move(title), "disclosure", *fault.offset, {});
        else
            report.add(std::move(title), fault.isOfHash ? "payload._sd_alg" : "payload._sd", {});
    }
}

namespace {

/// The key-binding JWT of an SD-JWT against what it must say (RFC 9901 §4.3, §7.3).
class BindingCheck
{
public:
    BindingCheck(const Subject& subject, Report& report)
        : m_subject(subject), m_jws(*subject.sd->keyBinding), m_report(report)
    {}

    void run()
    {
        if (!m_jws.headerJson || !m_jws.payloadJson)
            return say("The key-binding JWT cannot be read");
        if (mediaType(text(*m_jws.headerJson, "typ")) != "kb+jwt")
            say("The key-binding JWT's typ is not kb+jwt");
        for (const char* name : {"iat", "aud", "nonce", "sd_hash"})
            if (!m_jws.payloadJson->root().find(name))
                say("The key-binding JWT has no " + std::string(name));
        checkHash();
        compare("nonce", m_subject.context->nonce);
        compare("aud", m_subject.context->audience);
    }

private:
    static std::string text(const json::Document& document, std::string_view name)
    {
        const auto value = document.root().find(name);
        return value ? value->string() : std::string();
    }

    void checkHash()
    {
        const std::string stated = text(*m_jws.payloadJson, "sd_hash");
        const std::string right = m_subject.sd->presentedHash();
        if (!right.empty() && !stated.empty() && stated != right)
            say("The key-binding JWT's sd_hash is not the hash of what stands before it");
    }

    void compare(const char* name, const std::optional<std::string>& expected)
    {
        const std::string stated = text(*m_jws.payloadJson, name);
        if (expected && !stated.empty() && stated != *expected)
            say("The key-binding JWT's " + std::string(name) + " is not the expected one");
    }

    void say(std::string title)
    {
        m_report.addAt(Severity::Error, std::move(title), "key binding", m_subject.sd->keyBindingOffset);
    }

    const Subject& m_subject;
    const jose::Jws& m_jws;
    Report& m_report;
};

} // namespace

void keyBinding(const Subject& subject, Report& report)
{
    if (subject.sd == nullptr)
        return;
    if (subject.sd->keyBinding)
        BindingCheck(subject, report).run();
    else if (subject.inClaims("cnf") != nullptr)
        report.add("The token is bound to its holder's key (cnf), and no key-binding JWT follows",
                   "payload.cnf");
}

static void checkProofClaims(const Subject& subject, Report& report)
{
    for (const char* name : {"jti", "htm", "htu", "iat"})
        if (subject.inClaims(name) == nullptr)
            report.add("The DPoP proof has no " + std::string(name), "payload", name);
    const std::string address = subject.claimText("htu");
    if (address.find_first_of("?#") != std::string::npos)
        report.add("htu has a query or fragment", "payload.htu", shortened(address));
    if (subject.context->accessToken && subject.inClaims("ath") == nullptr)
        report.add("The DPoP proof does not name the access token (no ath)", "payload", "ath");
}

void dpopForm(const Subject& subject, Report& report)
{
    if (!subject.hasHeader())
        return;
    const bool looksLikeProof = subject.inClaims("htm") != nullptr && subject.inClaims("htu") != nullptr;
    const bool saysProof = subject.profile == Profile::DpopProof;
    if (!looksLikeProof && !saysProof)
        return;
    if (!saysProof)
        report.add("The token has htm and htu as a DPoP proof, but typ is not dpop+jwt", "header",
                   shortened(subject.headerText("typ")));
    const json::Value* key = subject.inHeader("jwk");
    if (key == nullptr || !key->isObject())
        report.add("The DPoP proof brings no key (jwk)", "header");
    else if (key->find("d") || key->find("k"))
        report.add("The DPoP proof brings a private key or a secret (jwk)", "header.jwk");
    if (subject.alg.starts_with("HS") || equalsIgnoringCase(subject.alg, "none"))
        report.add("The DPoP proof is not signed with a private key (alg)", "header.alg", subject.alg);
    checkProofClaims(subject, report);
}

} // namespace claimcheck::inspect::rules
