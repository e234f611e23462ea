// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Rules about tokens that prove something with a second part: SD-JWT (RFC 9901) and DPoP proofs (RFC 9449).

#include "rules.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include <base/text.h>
#include <jose/base64url.h>

#include "digest.h"

namespace claimcheck::inspect::rules {

namespace {

/// Every digest that stands in the token, and in what its disclosures disclose, with how often.
class Digests
{
public:
    void collect(const json::Value& value)
    {
        if (value.size() == 0)
            return;
        for (const json::Member& member : value.members()) {
            if (member.name == "_sd")
                for (const json::Value& digest : member.value.items())
                    ++m_counts[digest.string()];
            else if (member.name == "..." && member.value.isString())
                ++m_counts[member.value.string()];
            else
                collect(member.value);
        }
        for (const json::Value& item : value.items())
            collect(item);
    }

    bool holds(const std::string& digest) const { return m_counts.count(digest) > 0; }
    bool isAnyTwice() const
    {
        return std::ranges::any_of(m_counts, [](const auto& entry) { return entry.second > 1; });
    }

private:
    std::map<std::string, int> m_counts;
};

} // namespace

/// OpenSSL's name of `_sd_alg` (RFC 9901 §4.1.1); nullptr when it is unknown.
static const char* hashOf(const Subject& subject)
{
    const auto& payload = subject.token.payloadJson;
    const auto named = payload ? payload->root().find("_sd_alg") : std::nullopt; // it is no disclosed claim
    const std::string name = named ? named->string() : std::string();
    if (name.empty() || name == "sha-256")
        return "SHA256";
    if (name == "sha-384")
        return "SHA384";
    return name == "sha-512" ? "SHA512" : nullptr;
}

/// RFC 9901 §4.2: [salt, name, value] or [salt, value]. What is wrong with it, or empty.
static std::string troubleOf(const std::optional<json::Document>& disclosure)
{
    if (!disclosure || !disclosure->root().isArray())
        return "is no JSON array";
    const std::vector<json::Value> items = disclosure->root().items();
    if (items.size() != 2 && items.size() != 3)
        return "has " + std::to_string(items.size()) + " elements; 2 or 3 are right";
    if (items.size() == 3 && (items[1].string() == "_sd" || items[1].string() == "..."))
        return "discloses a claim named '" + items[1].string() + "'";
    return {};
}

static std::optional<json::Document> readDisclosure(std::string_view text)
{
    auto document = json::parse(jose::decodeBase64UrlLeniently(text).bytes, {.depth = 64});
    return document ? std::optional(std::move(*document)) : std::nullopt;
}

void disclosures(const Subject& subject, Report& report)
{
    static constexpr std::size_t most = 1000;
    const std::optional<DisclosureParts> parts = subject.disclosureParts();
    if (!parts || !subject.hasClaims())
        return;
    const char* hash = hashOf(subject);
    if (hash == nullptr)
        return report.add("The hash of the disclosures (_sd_alg) is unknown", "payload._sd_alg",
                          shortened(subject.claimText("_sd_alg")));
    Digests digests;
    digests.collect(subject.token.payloadJson->root());
    std::vector<std::pair<std::string_view, std::optional<json::Document>>> read;
    for (const std::string_view text : parts->disclosures) {
        if (read.size() == most)
            break;
        read.emplace_back(text, readDisclosure(text));
        if (read.back().second)
            digests.collect(read.back().second->root());
    }
    std::set<std::string> used;
    for (const auto& [text, document] : read) {
        const std::size_t offset = static_cast<std::size_t>(text.data() - subject.token.text.data());
        if (const std::string trouble = troubleOf(document); !trouble.empty())
            report.addAt("A disclosure " + trouble, "disclosure", offset, shortened(text));
        const std::string digest = jose::encodeBase64Url(digestOf(hash, text));
        if (!digests.holds(digest))
            report.addAt("A disclosure belongs to no digest of the token", "disclosure", offset,
                         shortened(text));
        else if (!used.insert(digest).second)
            report.addAt("A disclosure stands there twice", "disclosure", offset, shortened(text));
    }
    if (digests.isAnyTwice())
        report.add("A digest stands in the token more than once", "payload._sd");
}

namespace {

/// The key-binding JWT of an SD-JWT against what it must say (RFC 9901 §4.3, §7.3).
class BindingCheck
{
public:
    BindingCheck(const Subject& subject, std::string_view binding, Report& report)
        : m_subject(subject),
          m_jws(jose::decode(binding)),
          m_report(report),
          m_offset(static_cast<std::size_t>(binding.data() - subject.token.text.data()))
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
        const char* hash = hashOf(m_subject);
        const std::string stated = text(*m_jws.payloadJson, "sd_hash");
        const auto before = std::string_view(m_subject.token.text).substr(0, m_offset);
        if (hash != nullptr && !stated.empty() && stated != jose::encodeBase64Url(digestOf(hash, before)))
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
        m_report.addAt(Severity::Error, std::move(title), "key binding", m_offset);
    }

    const Subject& m_subject;
    const jose::Jws m_jws;
    Report& m_report;
    std::size_t m_offset;
};

} // namespace

void keyBinding(const Subject& subject, Report& report)
{
    const std::optional<DisclosureParts> parts = subject.disclosureParts();
    if (!parts)
        return;
    if (!parts->keyBinding.empty())
        BindingCheck(subject, parts->keyBinding, report).run();
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
