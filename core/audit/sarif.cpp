// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sarif.h"

#include <algorithm>

#include <base/percent.h>
#include <jose/base64url.h>

namespace claimcheck::audit {

void beginSarif(json::Writer& writer, std::string_view tool)
{
    writer.beginObject().member("$schema").value("https://json.schemastore.org/sarif-2.1.0.json");
    writer.member("version").value("2.1.0").member("runs").beginArray().beginObject();
    writer.member("tool").beginObject().member("driver").beginObject().member("name").value(tool);
    writer.member("version").value(CLAIMCHECK_VERSION).member("rules").beginArray();
}

std::string endSarif(json::Writer& writer)
{
    writer.endObject().endArray().endObject();
    return writer.take() + "\n";
}

std::string_view sarifLevel(Severity severity)
{
    if (severity >= Severity::High)
        return "error";
    return severity >= Severity::Low ? "warning" : "note";
}

void writeText(json::Writer& writer, std::string_view name, std::string_view text)
{
    writer.member(name).beginObject().member("text").value(text).endObject();
}

void writeRanking(json::Writer& writer, std::string_view findingClass, Severity severity,
                  const std::vector<std::string>& tags)
{
    writer.member("defaultConfiguration").beginObject();
    writer.member("level").value(sarifLevel(severity)).endObject();
    // What GitHub's viewer sorts by, 0 to 10.
    const Cvss cvss = cvssFor(findingClass, severity);
    writer.member("properties").beginObject().member("security-severity").value(cvss.score);
    writer.member("cvss").value(cvss.vector);
    writer.member("precision").value("very-high"); // an answer shows it
    writer.member("tags").beginArray().value("security");
    for (const std::string& tag : tags)
        writer.value(tag);
    writer.endArray().endObject();
}

static bool isHexDigit(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/// A colon in the first part of a relative reference would make a scheme of it (RFC 3986 §4.2).
static std::string encodedPath(std::string_view path, bool isEncodedAlready)
{
    static constexpr std::string_view marks = "-._~/!$&'()*+,;=@"; // RFC 3986 §2.2, §2.3
    std::string uri;
    for (std::size_t i = 0; i < path.size(); ++i) {
        const char c = path[i];
        const bool isLetter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        const bool isEncoded = isEncodedAlready && c == '%' && i + 2 < path.size() &&
                               isHexDigit(path[i + 1]) && isHexDigit(path[i + 2]);
        if (isLetter || isEncoded || marks.find(c) != std::string_view::npos) {
            uri += c;
            continue;
        }
        appendPercentEncoded(uri, c);
    }
    return uri;
}

std::string relativeUri(std::string_view name)
{
    const std::size_t scheme = name.find("://");
    const bool isUrl = scheme != std::string_view::npos;
    if (isUrl) {
        name.remove_prefix(scheme + 3);
        name = name.substr(0, std::min(name.find_first_of("?#"), name.size()));
    }
    while (name.starts_with('/'))
        name.remove_prefix(1);
    const std::string uri = encodedPath(name, isUrl);
    return uri.empty() ? "." : uri;
}

std::string placeIn(const std::string& folder, const std::string& name)
{
    const bool isUrl = name.find("://") != std::string::npos;
    return folder.empty() || isUrl ? name : folder + "/" + name;
}

static std::string owaspPage(std::string_view name)
{
    struct Page
    {
        std::string_view name;
        std::string_view address;
    };
    static constexpr Page pages[] = {
        {"API1:2023",
         "https://owasp.org/API-Security/editions/2023/en/0xa1-broken-object-level-authorization/"},
        {"API2:2023", "https://owasp.org/API-Security/editions/2023/en/0xa2-broken-authentication/"},
        {"API5:2023",
         "https://owasp.org/API-Security/editions/2023/en/0xa5-broken-function-level-authorization/"},
        {"WSTG-SESS-06", "https://owasp.org/www-project-web-security-testing-guide/latest/"
                         "4-Web_Application_Security_Testing/06-Session_Management_Testing/"
                         "06-Testing_for_Logout_Functionality"}};
    const auto* const found = std::ranges::find(pages, name, &Page::name);
    return found == std::end(pages) ? std::string() : std::string(found->address);
}

std::string helpUri(std::string_view reference)
{
    const std::string_view first = reference.substr(0, std::min(reference.find(','), reference.size()));
    if (first.starts_with("CVE-"))
        return "https://www.cve.org/CVERecord?id=" + std::string(first);
    if (first.starts_with("OWASP "))
        return owaspPage(first.substr(6));
    if (!first.starts_with("RFC "))
        return {};
    static constexpr std::string_view sign = "\xC2\xA7"; // §
    const std::string_view number = first.substr(4, std::min(first.find(' ', 4), first.size()) - 4);
    const std::size_t section = first.find(sign);
    std::string uri = "https://www.rfc-editor.org/rfc/rfc" + std::string(number);
    if (section != std::string_view::npos)
        uri.append("#section-").append(first.substr(section + sign.size()));
    return uri;
}

void writePlace(json::Writer& writer, std::string_view name, const std::string& place,
                std::string_view fingerprintName, const std::string& fingerprint)
{
    writer.member("locations").beginArray().beginObject().member("physicalLocation").beginObject();
    writer.member("artifactLocation").beginObject().member("uri").value(relativeUri(name)).endObject();
    writer.member("region").beginObject().member("startLine").value(std::int64_t(1)).endObject();
    writer.endObject().member("logicalLocations").beginArray().beginObject();
    writer.member("fullyQualifiedName").value(place);
    writer.endObject().endArray().endObject().endArray();
    // The second name is the one that GitHub tells a fault by from run to run.
    writer.member("partialFingerprints").beginObject().member(fingerprintName).value(fingerprint);
    writer.member("primaryLocationLineHash").value(jose::sha256Base64Url(fingerprint) + ":1").endObject();
}

std::string cweTag(int cwe)
{
    const std::string digits = std::to_string(cwe);
    return "external/cwe/cwe-" + std::string(digits.size() < 3 ? 3 - digits.size() : 0, '0') + digits;
}

static void writeNotification(json::Writer& writer, std::string_view level, const std::string& text)
{
    writer.beginObject().member("level").value(level);
    writeText(writer, "message", text);
    writer.endObject();
}

void writeInvocation(json::Writer& writer, const std::string& problem, const std::vector<std::string>& untold)
{
    writer.member("invocations").beginArray().beginObject();
    writer.member("executionSuccessful").value(problem.empty());
    writer.member("toolExecutionNotifications").beginArray();
    if (!problem.empty())
        writeNotification(writer, "error", problem);
    for (const std::string& text : untold)
        writeNotification(writer, "warning", text);
    writer.endArray().endObject().endArray();
}

} // namespace claimcheck::audit
