// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Rules about what a claim tells strangers: people, and the inside of a network.

#include "rules.h"

#include <algorithm>
#include <array>

#include <base/joined.h>
#include <base/text.h>

#include "plainname.h"

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
    static constexpr NameFilter filter{names};
    const PlainName plain(name);
    return filter.mayHold(plain.text()) && std::ranges::find(names, plain.text()) != names.end();
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
        const bool isMail = member.value.isString() && isMailAddress(text.substr(1, text.size() - 2));
        if (!isMail && !isPersonalName(member.name))
            continue;
        if (text.size() > 2 && text != "null" && text != "true" && text != "false")
            report.add("The claim '" + shortened(member.name) +
                           "' is personal data, readable by everybody who sees the token",
                       "payload." + shortened(member.name));
    }
}

namespace {

/// Texts that are looked for all at once: most bytes begin none of them, and are passed by.
template <std::size_t count>
class Parts
{
public:
    constexpr explicit Parts(const std::array<std::string_view, count>& parts) : m_parts(parts)
    {
        for (const std::string_view part : parts)
            m_isFirst[static_cast<unsigned char>(part.front())] = true;
    }

    /// Is there a place of one of them for which `fits(at, part)` holds?
    template <typename Fits>
    bool standIn(std::string_view text, Fits fits) const
    {
        for (std::size_t at = 0; at < text.size(); ++at) {
            if (!m_isFirst[static_cast<unsigned char>(text[at])])
                continue;
            for (const std::string_view part : m_parts)
                if (text.substr(at).starts_with(part) && fits(at, part))
                    return true;
        }
        return false;
    }

private:
    std::array<std::string_view, count> m_parts;
    std::array<bool, 256> m_isFirst{};
};

} // namespace

static bool isDigitOrDot(char byte)
{
    return (byte >= '0' && byte <= '9') || byte == '.';
}

/// RFC 1918, RFC 3927 and loopback, as a whole address inside of `text`.
static bool holdsPrivateAddress(std::string_view text)
{
    static constexpr Parts<5> starts({"10.", "192.168.", "172.", "169.254.", "127."});
    return starts.standIn(text, [text](std::size_t at, std::string_view start) {
        if (at > 0 && isDigitOrDot(text[at - 1]))
            return false;
        const std::string_view address = text.substr(at, text.find_first_not_of("0123456789.", at) - at);
        const int second = std::atoi(std::string(address.substr(start.size())).c_str());
        const bool isInRange = start != "172." || (second >= 16 && second <= 31);
        return isInRange && std::ranges::count(address, '.') == 3 && !address.ends_with('.');
    });
}

static bool holdsInternalName(std::string_view text)
{
    static constexpr Parts<7> suffixes(
        {".internal", ".local", ".corp", ".lan", ".intranet", ".localdomain", "localhost"});
    return suffixes.standIn(text, [text](std::size_t at, std::string_view suffix) {
        const std::size_t end = at + suffix.size();
        return end == text.size() || std::string_view("/:?# ,\"\\").find(text[end]) != std::string_view::npos;
    });
}

static bool holdsPath(std::string_view text)
{
    static constexpr Parts<9> parts(
        {"/home/", "/usr/", "/var/", "/opt/", "/etc/", "/root/", "C:\\\\", "node_modules/", "Traceback ("});
    // Behind a host it is the path of an address: https://issuer.example/home/
    return parts.standIn(text, [text](std::size_t at, std::string_view) {
        return text.substr(0, at).find("://") == std::string_view::npos;
    });
}

/// Signs that a text must hold to tell of something, as bits; one pass for all that is looked for.
namespace sign {
constexpr std::uint8_t dot = 1;
constexpr std::uint8_t slash = 2; ///< of either kind
constexpr std::uint8_t digit = 4;
} // namespace sign

static constexpr std::array<std::uint8_t, 256> signs = [] {
    std::array<std::uint8_t, 256> table{};
    table['.'] = sign::dot;
    table['/'] = table['\\'] = sign::slash;
    for (std::size_t byte = '0'; byte <= '9'; ++byte)
        table[byte] = sign::digit;
    return table;
}();

static std::uint8_t signsIn(std::string_view text)
{
    std::uint8_t found = 0;
    for (const char byte : text)
        found |= signs[static_cast<unsigned char>(byte)];
    return found;
}

/// What a text tells of; nullptr: nothing.
static const char* internalKind(std::string_view text)
{
    static constexpr std::size_t least = 8;
    const std::uint8_t found = text.size() < least ? std::uint8_t{0} : signsIn(text);
    if ((found & (sign::dot | sign::slash)) == 0)
        return nullptr;
    const bool mayBeAddress = (found & sign::dot) != 0 && (found & sign::digit) != 0;
    if (holdsInternalName(text) || (mayBeAddress && holdsPrivateAddress(text)))
        return "an inner host or address";
    return holdsPath(text) ? "a path on a machine" : nullptr;
}

static void lookForInternals(const std::vector<json::Member>& members, std::string_view path, Report& report)
{
    for (const json::Member& member : members) {
        const auto place = [&] { return joined({path, ".", shortened(member.name)}); };
        if (member.value.isObject()) {
            lookForInternals(member.value.members(), place(), report);
            continue;
        }
        const std::string_view text = member.value.text();
        const char* kind = member.value.isString() ? internalKind(text) : nullptr;
        if (kind != nullptr)
            report.add("The claim '" + shortened(member.name) + "' tells of " + kind, place(),
                       shortened(text));
    }
}

void internal(const Subject& subject, Report& report)
{
    if (!subject.isEncrypted())
        lookForInternals(subject.claims, "payload", report);
}

} // namespace claimcheck::inspect::rules
