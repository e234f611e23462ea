// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "shown.h"

#include <algorithm>

#include <QtCore/qbytearray.h>

#include <base/secretname.h>
#include <base/text.h>
#include <http/url.h>
#include <inspect/find.h>
#include <json/write.h>

namespace claimcheck::audit {

namespace {

constexpr std::string_view forgedPlace = "$TOKEN";
constexpr std::string_view goodPlace = "$GOOD";
constexpr std::string_view masked = "***";
constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

bool holdsPlace(std::string_view text)
{
    return text.find(forgedPlace) != std::string_view::npos || text.find(goodPlace) != std::string_view::npos;
}

bool isHiddenParameter(std::string_view name)
{
    return mayNameSecret(http::percentDecoded(name));
}

/// NAME=VALUE of a query or a Cookie field.
struct Pair
{
    std::string_view name;
    std::string_view value;
    bool hasValue = false;
};

std::vector<Pair> pairsOf(std::string_view text, char separator)
{
    std::vector<Pair> pairs;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(separator), text.size());
        const std::string_view pair = text.substr(0, end);
        const std::size_t equals = std::min(pair.find('='), pair.size());
        const bool hasValue = equals < pair.size();
        pairs.push_back({trimmed(pair.substr(0, equals)),
                         hasValue ? pair.substr(equals + 1) : std::string_view(), hasValue});
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return pairs;
}

std::string_view queryOf(std::string_view url)
{
    const std::size_t question = url.find('?');
    return question == std::string_view::npos ? std::string_view() : url.substr(question + 1);
}

std::string maskedQuery(std::string_view query)
{
    std::string text;
    for (const Pair& pair : pairsOf(query, '&')) {
        const bool isPlace = pair.value == forgedPlace || pair.value == goodPlace;
        const bool isHidden = isHiddenParameter(pair.name) && !isPlace;
        text += (text.empty() ? "?" : "&") + std::string(pair.name) + (pair.hasValue ? "=" : "");
        text += pair.hasValue && isHidden ? masked : pair.value;
    }
    return text;
}

/// Of a URL that cannot be taken apart.
std::string withoutUserInfo(std::string text)
{
    const std::size_t start = text.find("://");
    const std::size_t at = text.rfind('@');
    if (start != std::string::npos && at != std::string::npos && at > start)
        text.erase(start + 3, at - start - 2);
    return text;
}

/// As a URL holds them: `%XX` for what may not stand there as it is, which is not the same in a path, in a
/// query and where nothing is encoded but spaces.
std::vector<Secret> spelledInUrls(const std::vector<Secret>& known)
{
    std::vector<Secret> spelled;
    for (const Secret& secret : known) {
        const std::string plain(secret.reveal());
        const QByteArray bytes(plain.data(), static_cast<qsizetype>(plain.size()));
        spelled.emplace_back(plain);
        spelled.emplace_back(withReplaced(plain, " ", "%20"));
        for (const char* kept : {"", "!*'()", "!$&'()*+,;=:@/%"})
            spelled.emplace_back(bytes.toPercentEncoding(kept).toStdString());
    }
    return spelled;
}

std::string maskedUrl(const std::string& url, const std::vector<Secret>& known)
{
    const auto parsed = http::parseUrl(url);
    const std::string plain = parsed ? http::toText(*parsed) : withoutUserInfo(url);
    const std::string text = plain.substr(0, plain.find('?')) + maskedQuery(queryOf(plain));
    const std::size_t scheme = text.find("://");
    const std::size_t path =
        std::min(text.find_first_of("/?#", scheme == std::string::npos ? 0 : scheme + 3), text.size());
    return text.substr(0, path) + cutOut(std::string_view(text).substr(path), spelledInUrls(known), masked);
}

/// Of what stands around a token, a scheme and nothing else: "Bearer $TOKEN".
std::string maskedAround(const std::string& value)
{
    const std::size_t forged = value.find(forgedPlace);
    const std::size_t good = value.find(goodPlace);
    const std::string_view place = forged < good ? forgedPlace : goodPlace;
    const std::size_t first = std::min(forged, good);
    const std::string before = value.substr(0, first);
    const std::string_view scheme = trimmed(before);
    const std::size_t odd = scheme.find_first_not_of(letters);
    const bool isScheme = odd == std::string_view::npos;
    const bool isAlone = first + place.size() == value.size();
    return (isScheme ? before : std::string(masked)) + std::string(place) +
           std::string(isAlone ? std::string_view() : masked);
}

std::string maskedCookies(const std::string& value)
{
    std::string text;
    for (const Pair& pair : pairsOf(value, ';')) {
        text += (text.empty() ? "" : "; ") + std::string(pair.name) + (pair.hasValue ? "=" : "");
        if (pair.hasValue)
            text += holdsPlace(pair.value) ? maskedAround(std::string(pair.value)) : std::string(masked);
    }
    return text;
}

/// In double quotes, where a shell fills in the two places and nothing else.
std::string shellText(std::string_view text)
{
    std::string out = "\"";
    while (!text.empty()) {
        const std::string_view place = text.starts_with(forgedPlace) ? forgedPlace
                                       : text.starts_with(goodPlace) ? goodPlace
                                                                     : std::string_view();
        const char next = text.front();
        if (!place.empty()) {
            out += place;
            text.remove_prefix(place.size());
            // What follows would be a part of the variable's name.
            const bool goesOn =
                !text.empty() && (letters.find(text.front()) != std::string_view::npos ||
                                  (text.front() >= '0' && text.front() <= '9') || text.front() == '_');
            out += goesOn ? "\"\"" : "";
            continue;
        }
        if (next == '!') // an interactive shell's history, which no backslash keeps out of double quotes
            out += "\"'!'\"";
        else
            out += std::string(std::string_view("\"\\$`").find(next) == std::string_view::npos ? "" : "\\") +
                   next;
        text.remove_prefix(1);
    }
    return out + "\"";
}

/// Of a field that tells who asks; "" for any other, which is no part of the line.
std::string shownField(const Target& target, const http::Header& field)
{
    const std::string value = withReplaced(field.value, target.token, goodPlace);
    if (holdsPlace(value))
        return field.name + ": " +
               (equalsIgnoringCase(field.name, "Cookie") ? maskedCookies(value) : maskedAround(value));
    if (!equalsIgnoringCase(field.name, "Authorization"))
        return {};
    // What the forgery did not bring along is somebody's password.
    const bool isForeign = std::ranges::find(target.request.headers, field) != target.request.headers.end();
    return field.name + ": " + (isForeign ? std::string(masked) : value);
}

/// Of any field: one that does not tell who asks is shown as far as nothing in it is secret.
std::string wholeField(const Target& target, const http::Header& field, const std::vector<Secret>& known)
{
    if (std::string shown = shownField(target, field); !shown.empty())
        return shown;
    if (equalsIgnoringCase(field.name, "Cookie"))
        return field.name + ": " + maskedCookies(field.value);
    return field.name + ": " +
           (mayNameSecret(field.name) ? std::string(masked) : withoutKnown(field.value, known));
}

void addText(std::vector<Secret>& known, std::string_view text)
{
    static constexpr std::size_t shortest = 5; // a shorter one stands in many a word
    if (text.size() >= shortest)
        known.emplace_back(text);
}

/// A token whole, and its parts: a server may say what it read of one.
void addToken(std::vector<Secret>& known, std::string_view token)
{
    static constexpr std::size_t shortestPart = 12;
    if (token.size() < shortestPart)
        return;
    addText(known, token);
    while (!token.empty()) {
        const std::size_t end = std::min(token.find('.'), token.size());
        if (end >= shortestPart)
            addText(known, token.substr(0, end));
        token.remove_prefix(std::min(end + 1, token.size()));
    }
}

void addRequest(std::vector<Secret>& known, const http::Request& request)
{
    for (const Secret& secret : request.secrets)
        addText(known, secret.reveal());
    for (const http::Header& field : request.headers) {
        if (equalsIgnoringCase(field.name, "Cookie")) {
            for (const Pair& pair : pairsOf(field.value, ';'))
                addText(known, trimmed(pair.value));
        } else if (mayNameSecret(field.name)) {
            addText(known, field.value);
            addText(known, std::string_view(field.value).substr(field.value.find(' ') + 1));
        }
    }
    for (const Pair& pair : pairsOf(queryOf(request.url), '&'))
        if (isHiddenParameter(pair.name))
            addText(known, pair.value);
    if (const auto url = http::parseUrl(request.url)) {
        addText(known, url->userInfo);
        addText(known, std::string_view(url->userInfo).substr(url->userInfo.find(':') + 1));
    }
}

/// A body may end within a token: what could be the beginning of one at the cut is masked as well.
std::string cutOff(const std::string& body, std::size_t most)
{
    static constexpr std::string_view more = "0123456789-_.";
    std::string text = body.substr(0, most);
    if (text.size() == body.size())
        return text;
    while (!text.empty() && (letters.find(text.back()) != std::string_view::npos ||
                             more.find(text.back()) != std::string_view::npos))
        text.pop_back();
    return text + "…";
}

} // namespace

std::string shownUrl(const Target& target, std::string_view url, const std::vector<Secret>& known)
{
    return maskedUrl(withReplaced(std::string(url), target.token, forgedPlace), known);
}

std::string shownName(const Target& target, const std::vector<Secret>& known)
{
    if (target.name.empty())
        return shownUrl(target, target.request.url, known);
    return target.name.find("://") == std::string::npos ? withReplaced(target.name, target.token, forgedPlace)
                                                        : shownUrl(target, target.name, known);
}

/// curl takes "Name:" for a field to be left out, and "Name;" for an empty one.
static std::string curlField(const std::string& shown)
{
    const std::size_t colon = std::min(shown.find(':'), shown.size() - 1);
    return trimmed(std::string_view(shown).substr(colon + 1)).empty() ? shown.substr(0, colon) + ";" : shown;
}

std::string curlLine(const Target& target, const Forgery& forgery, const std::vector<Secret>& known)
{
    const http::Request request =
        requestWith(target, forgery, forgery.token.isEmpty() ? std::string_view() : forgedPlace);
    std::string line = "curl -si";
    if (request.method == "HEAD")
        line += " --head";
    else if (request.method.find_first_not_of(letters) != std::string::npos)
        line += " -X " + shellText(request.method);
    else if (request.method != "GET")
        line += " -X " + request.method;
    for (const http::Header& field : request.headers)
        if (const std::string shown = shownField(target, field); !shown.empty())
            line += " -H " + shellText(curlField(shown));
    const std::string url = maskedUrl(withReplaced(request.url, target.token, goodPlace), known);
    if (url.find_first_of("[]{}") != std::string::npos) // to curl several URLs in one
        line += " -g";
    return line + " " + shellText(url);
}

std::string requestText(const Target& target, const Forgery& forgery, std::string_view token,
                        const std::vector<Secret>& known)
{
    const http::Request request =
        requestWith(target, forgery, forgery.token.isEmpty() ? std::string_view() : forgedPlace);
    std::string text =
        request.method + " " + maskedUrl(withReplaced(request.url, target.token, goodPlace), known);
    for (const http::Header& field : request.headers)
        text += "\n" + wholeField(target, field, known);
    return withReplaced(text, forgedPlace, token);
}

std::vector<Secret> knownTexts(const Target& target, const Forgery& forgery, const std::vector<Secret>& more)
{
    std::vector<Secret> known;
    for (const std::string_view token :
         {forgery.token.reveal(), forgery.counterproof.reveal(), std::string_view(target.token)})
        addToken(known, token);
    for (const Secret& text : more) {
        addText(known, text.reveal());
        addToken(known, text.reveal());
    }
    addRequest(known, target.request);
    return known;
}

std::string withoutKnown(std::string_view text, const std::vector<Secret>& known)
{
    std::vector<Secret> spelled;
    for (const Secret& secret : known) {
        const std::string plain(secret.reveal());
        const std::string quoted = json::quoted(plain);
        const QByteArray bytes(plain.data(), static_cast<qsizetype>(plain.size()));
        for (const std::string& spelling :
             {plain, quoted.substr(1, quoted.size() - 2), bytes.toPercentEncoding().toStdString()})
            spelled.emplace_back(spelling);
    }
    return cutOut(text, spelled, "[secret]");
}

std::string shownAnswer(const std::string& body, const std::vector<Secret>& known)
{
    static constexpr std::size_t shown = 600;
    std::string text = cutOff(withoutKnown(body, known), 16 * shown);
    const auto found = inspect::findTokens(text);
    for (auto token = found.rbegin(); token != found.rend(); ++token)
        if (token->offset + token->text.size() <= text.size())
            text.replace(token->offset, token->text.size(), "[token]");
    text = text.substr(0, shown);
    if (const auto broken = firstInvalidUtf8(text))
        text.resize(std::min(*broken, text.size()));
    return text;
}

} // namespace claimcheck::audit
