// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <variables/dynamic.h>

#include <array>
#include <cstdint>
#include <cstdio>
#include <span>

namespace claimcheck::variables {
namespace {

using Words = std::span<const std::string_view>;

struct Source
{
    std::mt19937_64& random;
    Instant now;

    std::uint64_t below(std::uint64_t limit) const
    {
        return std::uniform_int_distribution<std::uint64_t>(0, limit - 1)(random);
    }
    std::string number(std::uint64_t limit) const { return std::to_string(below(limit)); }
    std::string oneOf(Words words) const { return std::string(words[below(words.size())]); }
    std::string characters(std::size_t count, std::string_view alphabet) const
    {
        std::string text;
        while (text.size() < count)
            text += alphabet[below(alphabet.size())];
        return text;
    }
};

constexpr std::string_view hexDigits = "0123456789abcdef";
constexpr std::string_view alphanumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

constexpr std::string_view firstNames[] = {"Ada",  "Ben",  "Clara", "David", "Elif", "Finn", "Grace",
                                           "Hugo", "Ines", "Jan",   "Kira",  "Leon", "Mara", "Nils",
                                           "Olga", "Paul", "Rosa",  "Sven",  "Tara", "Umar"};
constexpr std::string_view lastNames[] = {"Abel",   "Berger", "Castro", "Dahl",  "Evans", "Fischer", "Garcia",
                                          "Hansen", "Ivanov", "Jones",  "Klein", "Lopez", "Meyer",   "Novak",
                                          "Okoye",  "Peters", "Rossi",  "Silva", "Tanaka"};
constexpr std::string_view cities[] = {"Aarhus", "Bergen", "Cork",  "Dresden", "Espoo",  "Faro",
                                       "Ghent",  "Izmir",  "Kyoto", "Lima",    "Lyon",   "Oslo",
                                       "Porto",  "Quito",  "Riga",  "Turin",   "Utrecht"};
constexpr std::string_view countries[] = {"Austria", "Brazil", "Canada", "Denmark", "Egypt",
                                          "France",  "Greece", "India",  "Japan",   "Kenya",
                                          "Mexico",  "Norway", "Peru",   "Spain",   "Turkey"};
constexpr std::string_view countryCodes[] = {"AT", "BR", "CA", "DK", "EG", "FR", "GR", "IN",
                                             "JP", "KE", "MX", "NO", "PE", "ES", "TR"};
constexpr std::string_view streets[] = {"Bridge Street", "Garden Lane", "Harbour Road",
                                        "Hill Street",   "Market Row",  "Mill Lane",
                                        "Park Avenue",   "River Road",  "Station Road"};
constexpr std::string_view jobs[] = {"Architect", "Baker",    "Carpenter", "Dentist", "Engineer",
                                     "Farmer",    "Gardener", "Librarian", "Nurse",   "Teacher"};
constexpr std::string_view companies[] = {"Anchor",  "Birch",   "Compass", "Delta",    "Ember",
                                          "Harbour", "Juniper", "Lantern", "Meridian", "Quarry"};
constexpr std::string_view suffixes[] = {"Inc", "LLC", "Group", "Ltd", "and Sons"};
constexpr std::string_view colours[] = {"amber", "azure", "black", "blue",   "green", "grey", "indigo",
                                        "ivory", "lime",  "olive", "orange", "red",   "teal", "violet"};
constexpr std::string_view words[] = {"anchor",  "basket", "candle", "desert", "engine", "forest", "garden",
                                      "hammer",  "island", "jacket", "kettle", "ladder", "meadow", "needle",
                                      "orchard", "pepper", "quarry", "river",  "saddle", "timber", "valley"};
constexpr std::string_view lorem[] = {"lorem",       "ipsum",      "dolor",      "sit",   "amet",
                                      "consectetur", "adipiscing", "elit",       "sed",   "do",
                                      "eiusmod",     "tempor",     "incididunt", "labore"};
constexpr std::string_view products[] = {"Bench", "Chair", "Hat",   "Keyboard",
                                         "Lamp",  "Mouse", "Table", "Towel"};
constexpr std::string_view currencies[] = {"CHF", "DKK", "EUR", "GBP", "JPY", "NOK", "SEK", "USD"};
constexpr std::string_view locales[] = {"da", "de", "en", "es", "fr", "it", "ja", "nl", "pt", "sv"};
constexpr std::string_view months[] = {"January", "February", "March",     "April",   "May",      "June",
                                       "July",    "August",   "September", "October", "November", "December"};
constexpr std::string_view weekdays[] = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                         "Friday", "Saturday", "Sunday"};
constexpr std::string_view extensions[] = {"csv", "gif", "html", "jpg", "json", "pdf", "png", "txt", "xml"};
constexpr std::string_view mimeTypes[] = {"application/json", "application/pdf", "image/png",
                                          "text/csv",         "text/html",       "text/plain"};
constexpr std::string_view protocols[] = {"http", "https"};
constexpr std::string_view truths[] = {"true", "false"};

/// Version 4 of RFC 9562 §5.4.
std::string guid(const Source& source)
{
    std::string text = source.characters(32, hexDigits);
    text[12] = '4';
    text[16] = "89ab"[source.below(4)];
    for (const std::size_t at : {20u, 16u, 12u, 8u})
        text.insert(at, 1, '-');
    return text;
}

std::string timestamp(const Source& source)
{
    return std::to_string(std::chrono::floor<Seconds>(source.now.time_since_epoch()).count());
}

std::string isoTime(Instant time)
{
    const auto rest = time.time_since_epoch() - std::chrono::floor<Seconds>(time.time_since_epoch());
    std::array<char, 8> fraction{};
    std::snprintf(fraction.data(), fraction.size(), ".%03dZ", static_cast<int>(rest.count()));
    std::string text = formatUtc(time);
    text.pop_back();
    return text + fraction.data();
}

std::string address(const Source& source)
{
    return source.number(256) + "." + source.number(256) + "." + source.number(256) + "." +
           source.number(256);
}

std::string pairs(const Source& source, int count)
{
    std::string text = source.characters(2, hexDigits);
    for (int i = 1; i < count; ++i)
        text += ":" + source.characters(2, hexDigits);
    return text;
}

std::string wordsOf(const Source& source, Words list, std::size_t count)
{
    std::string text = source.oneOf(list);
    for (std::size_t i = 1; i < count; ++i)
        text += " " + source.oneOf(list);
    return text;
}

std::string sentence(const Source& source)
{
    std::string text = wordsOf(source, lorem, 6 + source.below(5));
    text.front() = static_cast<char>(text.front() - 'a' + 'A');
    return text + ".";
}

std::string domain(const Source& source)
{
    return source.oneOf(words) + ".example"; // RFC 2606 §2: nobody's
}

std::string user(const Source& source)
{
    return source.oneOf(words) + "_" + source.oneOf(words) + source.number(100);
}

std::string degrees(const Source& source, int limit)
{
    const auto size = static_cast<std::uint64_t>(limit);
    return std::to_string(static_cast<std::int64_t>(source.below(2 * size)) - limit) + "." +
           std::to_string(1000 + source.below(9000));
}

std::string phone(const Source& source)
{
    return source.characters(3, "23456789") + "-555-" + source.characters(4, "0123456789");
}

std::string day(const Source& source, int from, int to)
{
    const auto hours = from * 24 + static_cast<int>(source.below(static_cast<std::uint64_t>(to - from) * 24));
    return isoTime(source.now + std::chrono::hours(hours));
}

struct Line
{
    std::string_view name;
    std::string (*make)(const Source&);
};

// clang-format off
constexpr Line table[] = {
    {"$guid", guid},
    {"$randomUUID", guid},
    {"$timestamp", timestamp},
    {"$isoTimestamp", [](const Source& s) { return isoTime(s.now); }},
    {"$randomInt", [](const Source& s) { return s.number(1001); }},
    {"$randomAlphaNumeric", [](const Source& s) { return s.characters(1, alphanumeric); }},
    {"$randomNanoId", [](const Source& s) { return s.characters(21, alphanumeric); }},
    {"$randomBoolean", [](const Source& s) { return s.oneOf(truths); }},
    {"$randomColor", [](const Source& s) { return s.oneOf(colours); }},
    {"$randomHexColor", [](const Source& s) { return "#" + s.characters(6, hexDigits); }},
    {"$randomAbbreviation", [](const Source& s) { return s.characters(3, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"); }},
    {"$randomIP", address},
    {"$randomIPV6", [](const Source& s) {
        std::string text = s.characters(4, hexDigits);
        for (int i = 0; i < 7; ++i)
            text += ":" + s.characters(4, hexDigits);
        return text; }},
    {"$randomMACAddress", [](const Source& s) { return pairs(s, 6); }},
    {"$randomPassword", [](const Source& s) { return s.characters(15, alphanumeric); }},
    {"$randomLocale", [](const Source& s) { return s.oneOf(locales); }},
    {"$randomProtocol", [](const Source& s) { return s.oneOf(protocols); }},
    {"$randomSemver", [](const Source& s) { return s.number(10) + "." + s.number(10) + "." + s.number(10); }},
    {"$randomFirstName", [](const Source& s) { return s.oneOf(firstNames); }},
    {"$randomLastName", [](const Source& s) { return s.oneOf(lastNames); }},
    {"$randomFullName", [](const Source& s) { return s.oneOf(firstNames) + " " + s.oneOf(lastNames); }},
    {"$randomUserName", user},
    {"$randomEmail", [](const Source& s) { return user(s) + "@" + domain(s); }},
    {"$randomExampleEmail", [](const Source& s) { return user(s) + "@example.com"; }},
    {"$randomJobType", [](const Source& s) { return s.oneOf(jobs); }},
    {"$randomJobTitle", [](const Source& s) { return "Senior " + s.oneOf(jobs); }},
    {"$randomPhoneNumber", phone},
    {"$randomPhoneNumberExt", [](const Source& s) { return phone(s) + "-" + s.characters(3, "0123456789"); }},
    {"$randomCity", [](const Source& s) { return s.oneOf(cities); }},
    {"$randomStreetName", [](const Source& s) { return s.oneOf(streets); }},
    {"$randomStreetAddress", [](const Source& s) { return std::to_string(1 + s.below(999)) + " " + s.oneOf(streets); }},
    {"$randomCountry", [](const Source& s) { return s.oneOf(countries); }},
    {"$randomCountryCode", [](const Source& s) { return s.oneOf(countryCodes); }},
    {"$randomLatitude", [](const Source& s) { return degrees(s, 90); }},
    {"$randomLongitude", [](const Source& s) { return degrees(s, 180); }},
    {"$randomBankAccount", [](const Source& s) { return s.characters(8, "0123456789"); }},
    {"$randomCurrencyCode", [](const Source& s) { return s.oneOf(currencies); }},
    {"$randomPrice", [](const Source& s) { return s.number(1000) + "." + s.characters(2, "0123456789"); }},
    {"$randomCompanyName", [](const Source& s) { return s.oneOf(companies) + " " + s.oneOf(suffixes); }},
    {"$randomCompanySuffix", [](const Source& s) { return s.oneOf(suffixes); }},
    {"$randomProduct", [](const Source& s) { return s.oneOf(products); }},
    {"$randomDateFuture", [](const Source& s) { return day(s, 1, 365); }},
    {"$randomDatePast", [](const Source& s) { return day(s, -365, -1); }},
    {"$randomDateRecent", [](const Source& s) { return day(s, -1, 0); }},
    {"$randomMonth", [](const Source& s) { return s.oneOf(months); }},
    {"$randomWeekday", [](const Source& s) { return s.oneOf(weekdays); }},
    {"$randomDomainName", domain},
    {"$randomDomainSuffix", [](const Source&) { return std::string("example"); }},
    {"$randomDomainWord", [](const Source& s) { return s.oneOf(words); }},
    {"$randomUrl", [](const Source& s) { return "https://" + domain(s); }},
    {"$randomFileName", [](const Source& s) { return s.oneOf(words) + "_" + s.oneOf(words) + "." + s.oneOf(extensions); }},
    {"$randomFileExt", [](const Source& s) { return s.oneOf(extensions); }},
    {"$randomMimeType", [](const Source& s) { return s.oneOf(mimeTypes); }},
    {"$randomNoun", [](const Source& s) { return s.oneOf(words); }},
    {"$randomWord", [](const Source& s) { return s.oneOf(words); }},
    {"$randomWords", [](const Source& s) { return wordsOf(s, words, 2 + s.below(4)); }},
    {"$randomLoremWord", [](const Source& s) { return s.oneOf(lorem); }},
    {"$randomLoremWords", [](const Source& s) { return wordsOf(s, lorem, 3); }},
    {"$randomLoremSentence", sentence},
    {"$randomLoremParagraph", [](const Source& s) { return sentence(s) + " " + sentence(s) + " " + sentence(s); }},
    {"$randomLoremSlug", [](const Source& s) { return s.oneOf(lorem) + "-" + s.oneOf(lorem) + "-" + s.oneOf(lorem); }},
};
// clang-format on

} // namespace

std::optional<std::string> dynamicValue(std::string_view name, std::mt19937_64& random, Instant now)
{
    for (const Line& line : table)
        if (line.name == name)
            return line.make({random, now});
    return std::nullopt;
}

std::vector<std::string> dynamicNames()
{
    std::vector<std::string> names;
    for (const Line& line : table)
        names.emplace_back(line.name);
    return names;
}

} // namespace claimcheck::variables
