// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Rules about what a claim tells strangers: people, and the inside of a network.

#include "rules.h"

#include <algorithm>
#include <array>
#include <cctype>

#include <base/text.h>

namespace claimcheck::inspect::rules {

static bool isPersonalName(std::string_view name)
{
    static constexpr std::array<std::string_view, 22> names{"email",
                                                            "mail",
                                                            "emailaddress",
                                                            "phone",
                                                            "phonenumber",
                                                            "mobile",
                                                            "msisdn",
                                                            "birthdate",
                                                            "birthday",
                                                            "dateofbirth",
                                                            "dob",
                                                            "address",
                                                            "postaladdress",
                                                            "streetaddress",
                                                            "nationalid",
                                                            "nationalidnumber",
                                                            "taxid",
                                                            "passport",
                                                            "passportnumber",
                                                            "idnumber",
                                                            "placeofbirth",
                                                            "iban"};
    static constexpr std::size_t longest = 24;
    if (name.size() > longest)
        return false;
    std::string plain = toLowerAscii(name);
    std::erase_if(plain, [](char byte) { return byte == '_' || byte == '-'; });
    return std::ranges::find(names, plain) != names.end();
}

static bool isMailAddress(std::string_view text)
{
    const std::size_t sign = text.find('@');
    return sign != std::string_view::npos && sign > 0 && text.find('.', sign) != std::string_view::npos &&
           text.find_first_of(" /:?") == std::string_view::npos;
}

void personal(const Subject& subject, Report& report)
{
    if (subject.isEncrypted())
        return;
    for (const json::Member& member : subject.claims) {
        const std::string_view text = member.value.text();
        const bool hasValue = text.size() > 2 && text != "null" && text != "true" && text != "false";
        const bool isMail = member.value.isString() && text.find('@') != std::string_view::npos &&
                            isMailAddress(text.substr(1, text.size() - 2));
        if (hasValue && (isMail || isPersonalName(member.name)))
            report.add("The claim '" + shortened(member.name) +
                           "' is personal data, readable by everybody who sees the token",
                       "payload." + shortened(member.name));
    }
}

/// RFC 1918, RFC 3927 and loopback, as a whole address inside of `text`.
static bool holdsPrivateAddress(std::string_view text)
{
    static constexpr std::array<std::string_view, 5> starts{"10.", "192.168.", "172.", "169.254.", "127."};
    for (const std::string_view start : starts)
        for (std::size_t at = text.find(start); at != std::string_view::npos; at = text.find(start, at + 1)) {
            if (at > 0 &&
                (std::isdigit(static_cast<unsigned char>(text[at - 1])) != 0 || text[at - 1] == '.'))
                continue;
            const std::string_view address = text.substr(at, text.find_first_not_of("0123456789.", at) - at);
            const int second = std::atoi(std::string(address.substr(start.size())).c_str());
            const bool isInRange = start != "172." || (second >= 16 && second <= 31);
            if (isInRange && std::ranges::count(address, '.') == 3 && !address.ends_with('.'))
                return true;
        }
    return false;
}

static bool holdsInternalName(std::string_view text)
{
    static constexpr std::array<std::string_view, 7> suffixes{".internal", ".local",       ".corp",    ".lan",
                                                              ".intranet", ".localdomain", "localhost"};
    for (const std::string_view suffix : suffixes)
        for (std::size_t at = text.find(suffix); at != std::string_view::npos;
             at = text.find(suffix, at + 1)) {
            const std::size_t end = at + suffix.size();
            if (end == text.size() ||
                std::string_view("/:?# ,\"\\").find(text[end]) != std::string_view::npos)
                return true;
        }
    return false;
}

static bool holdsPath(std::string_view text)
{
    static constexpr std::array<std::string_view, 9> parts{
        "/home/", "/usr/", "/var/", "/opt/", "/etc/", "/root/", "C:\\\\", "node_modules/", "Traceback ("};
    return std::ranges::any_of(parts, [text](std::string_view part) {
        const std::size_t at = text.find(part);
        // Behind a host it is the path of an address: https://issuer.example/home/
        return at != std::string_view::npos && text.substr(0, at).find("://") == std::string_view::npos;
    });
}

static void lookForInternals(const std::vector<json::Member>& members, const std::string& path,
                             Report& report)
{
    for (const json::Member& member : members) {
        const auto place = [&] { return path + "." + shortened(member.name); };
        if (member.value.isObject()) {
            lookForInternals(member.value.members(), place(), report);
            continue;
        }
        const std::string_view text = member.value.text();
        if (!member.value.isString() || text.size() < 8 ||
            text.find_first_of("./\\") == std::string_view::npos)
            continue;
        const bool isName = holdsInternalName(text) || holdsPrivateAddress(text);
        if (isName || holdsPath(text))
            report.add("The claim '" + shortened(member.name) + "' tells of " +
                           (isName ? "an inner host or address" : "a path on a machine"),
                       place(), shortened(text));
    }
}

void internal(const Subject& subject, Report& report)
{
    if (!subject.isEncrypted())
        lookForInternals(subject.claims, "payload", report);
}

} // namespace claimcheck::inspect::rules
