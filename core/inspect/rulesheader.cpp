// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Rules about header parameters that bring keys, name keys, or demand to be understood.

#include "rules.h"

#include <algorithm>
#include <array>

#include <base/text.h>
#include <jose/policy.h>

#include "address.h"

namespace claimcheck::inspect::rules {

void jwk(const Subject& subject, Report& report)
{
    const json::Value* key = subject.inHeader("jwk");
    if (key == nullptr)
        return;
    if (subject.profile == Profile::DpopProof) // RFC 9449 §4.2 asks for it
        report.add(Severity::Info, "The header carries the key (jwk), as a DPoP proof does", "header.jwk",
                   shortened(key->text()));
    else
        report.add("The header carries a key (jwk) that nobody vouches for", "header.jwk",
                   shortened(key->text()));
}

static bool isAddressOrLocal(const std::string& host)
{
    const bool isNumber = host.starts_with('[') ||
                          (!host.empty() && host.find_first_not_of("0123456789.") == std::string::npos);
    return isNumber || host == "localhost" || host.ends_with(".localhost") || host.ends_with(".local") ||
           host.ends_with(".internal");
}

/// Is the address worse than its mere presence: not https, not the issuer's, or one that hides where it goes?
static std::string troubleOf(const std::string& url, const Subject& subject)
{
    if (!startsWithIgnoringCase(url, "https://"))
        return "is not https";
    if (url.find('@') != std::string::npos || url.find('#') != std::string::npos)
        return "hides its host behind '@' or '#'";
    const std::string host = hostOf(url);
    if (isAddressOrLocal(host))
        return "points at an address or a local name";
    const json::Value* issuer = subject.inClaims("iss");
    const std::string issuerHost = issuer == nullptr ? std::string() : hostOf(issuer->string());
    return !issuerHost.empty() && issuerHost != host ? "is not the issuer's" : "";
}

static void keyAddress(const Subject& subject, std::string_view name, Report& report)
{
    const json::Value* value = subject.inHeader(name);
    if (value == nullptr)
        return;
    const std::string trouble = troubleOf(value->string(), subject);
    const std::string title = "The header names an address of keys (" + std::string(name) + ")";
    if (trouble.empty())
        report.add(title, "header." + std::string(name), shortened(value->text()));
    else
        report.add(Severity::High, title + " that " + trouble, "header." + std::string(name),
                   shortened(value->text()));
}

void jku(const Subject& subject, Report& report)
{
    keyAddress(subject, "jku", report);
}

void x5u(const Subject& subject, Report& report)
{
    keyAddress(subject, "x5u", report);
}

void x5c(const Subject& subject, Report& report)
{
    const json::Value* chain = subject.inHeader("x5c");
    if (chain != nullptr)
        report.add("The header carries a certificate chain (x5c)", "header.x5c",
                   std::to_string(chain->size()) + " certificates");
}

/// The parameters that others may demand and we do not understand.
void critUnknown(const Subject& subject, Report& report)
{
    const json::Value* crit = subject.inHeader("crit");
    if (crit == nullptr || !crit->isArray())
        return;
    for (const json::Value& item : crit->items()) {
        const std::string name = item.string();
        if (!name.empty() && name != "b64" && subject.inHeader(name) != nullptr)
            return report.add("crit demands that '" + shortened(name) + "' be understood", "header.crit",
                              shortened(crit->text()));
    }
}

void critForm(const Subject& subject, Report& report)
{
    const json::Value* crit = subject.inHeader("crit");
    if (crit == nullptr)
        return;
    const std::string objection = jose::objectionToCritical(subject.token);
    const bool isForm =
        objection.starts_with("crit") && objection.find("not understood") == std::string::npos;
    if (isForm)
        report.add("crit is not as it must be: " + objection, "header.crit", shortened(crit->text()));
}

void b64False(const Subject& subject, Report& report)
{
    const json::Value* b64 = subject.inHeader("b64");
    if (b64 == nullptr || !b64->isBool() || b64->boolean())
        return;
    const bool isAccepted = jose::objectionToCritical(subject.token).empty();
    const char* title = "The payload is not encoded (b64 false)";
    if (!isAccepted)
        report.add(std::string(title) + ", and crit does not say so", "header.b64", "false");
    else
        report.add(subject.hasClaims() ? Severity::High : Severity::Medium, title, "header.b64", "false");
}

} // namespace claimcheck::inspect::rules
