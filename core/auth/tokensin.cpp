// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "brokentoken.h"
#include "cookie.h"
#include "jsonpath.h"
#include "login.h"
#include "tokenname.h"

#include <base/text.h>
#include <collection/collection.h>
#include <http/head.h>
#include <json/document.h>

#include <algorithm>

namespace claimcheck::auth {

namespace {

// A search, not a parser of everything: what lies behind these is not looked at.
constexpr std::uint64_t searchedBytes = 4u * 1024u * 1024u;
constexpr std::size_t searchedDepth = 256;
constexpr std::size_t candidatesAtMost = 64;

struct Candidate
{
    inspect::FoundToken token;
    int rank = 0;
};

class Search
{
public:
    explicit Search(BrokenTokens wanted = BrokenTokens::LeftOut) : m_broken(wanted) {}

    void body(const std::string& bytes, std::string_view contentType);
    void response(const http::Response& response);
    /// `where` stands behind each place.
    void fields(const http::Headers& headers, const std::string& where = {});
    std::vector<inspect::FoundToken> take();
    /// Those before which the first comes by its place alone, itself in front.
    std::vector<inspect::FoundToken> takeEqual();

private:
    void sort();
    void text(std::string_view text, const std::string& place, Hint hint);
    bool broken(std::string_view text, const std::vector<inspect::FoundToken>& found,
                const std::string& place, Hint hint);
    void opaque(std::string_view text, const std::string& place, std::string_view name, Hint hint);
    void value(const json::Value& value, Hint inherited);
    void string(const json::Value& value, Hint hint);
    void members(const json::Value& object, Hint inherited);
    void form(std::string_view body);
    void target(std::string_view url, const std::string& where);
    void pairs(std::string_view part, const std::string& place, const std::string& where);
    void add(inspect::FoundToken token, const std::string& place, int rank);
    bool isFull() const { return m_candidates.size() >= candidatesAtMost; }

    BrokenTokens m_broken;
    std::string_view m_source; ///< of the JSON document being walked
    JsonPath m_path;
    std::vector<Candidate> m_candidates;
};

void Search::add(inspect::FoundToken token, const std::string& place, int rank)
{
    token.place = place;
    if (!isFull())
        m_candidates.push_back({std::move(token), rank});
}

void Search::text(std::string_view text, const std::string& place, Hint hint)
{
    std::vector<inspect::FoundToken> found = inspect::findTokens(text);
    if (m_broken == BrokenTokens::Included && broken(text, found, place, hint))
        return;
    for (inspect::FoundToken& token : found)
        add(std::move(token), place, rankOfJose(hint));
}

/// Whether the first token of a text ends where no token does: "eyJ….eyJ….c2*n" is none of two letters'
/// signature.
static bool isCutShort(const inspect::Unwrapped& whole, const std::vector<inspect::FoundToken>& found)
{
    static constexpr std::string_view ends = " \t\r\n,;&|\"'`<>()[]{}\\~"; // '~' of an SD-JWT (RFC 9901 §4)
    const inspect::FoundToken& first = found.front();
    return first.offset == whole.offset && first.text.size() < whole.token.size() &&
           ends.find(whole.token[first.text.size()]) == std::string_view::npos;
}

/// One that is no token any more stands for it where a name says so; elsewhere what is whole goes before.
bool Search::broken(std::string_view text, const std::vector<inspect::FoundToken>& found,
                    const std::string& place, Hint hint)
{
    const inspect::Unwrapped whole = inspect::unwrap(text);
    const bool isSuspect = found.empty() || isCutShort(whole, found);
    if (!isSuspect || !isBrokenToken(whole.token, hint != Hint::None))
        return false;
    add({std::string(whole.token), whole.offset, {}}, place,
        hint == Hint::None ? rankOfOpaque({}, hint) : rankOfJose(hint));
    return true;
}

void Search::opaque(std::string_view text, const std::string& place, std::string_view name, Hint hint)
{
    const inspect::Unwrapped unwrapped = inspect::unwrap(text);
    if ((hint == Hint::Access || hint == Hint::Refresh) && looksOpaque(unwrapped.token))
        add({std::string(unwrapped.token), unwrapped.offset, {}}, place, rankOfOpaque(name, hint));
}

void Search::string(const json::Value& value, Hint hint)
{
    const std::string content = value.string();
    const std::string place = "body " + (m_path.empty() ? std::string(".") : toText(m_path));
    const std::size_t before = m_candidates.size();
    text(content, place, hint);
    const auto* name = m_path.empty() ? nullptr : std::get_if<std::string>(&m_path.back());
    if (m_candidates.size() == before && name != nullptr)
        opaque(content, place, *name, hint);
    for (std::size_t i = before; i < m_candidates.size(); ++i) {
        // Escapes before the token may have moved it: it is looked up in the text as it came.
        const std::size_t at = m_source.find(m_candidates[i].token.text, value.offset());
        m_candidates[i].token.offset = at == std::string_view::npos ? value.offset() : at;
    }
}

void Search::members(const json::Value& object, Hint inherited)
{
    for (const json::Member& member : object.members()) {
        m_path.emplace_back(member.name);
        value(member.value, combine(inherited, hintOf(member.name)));
        m_path.pop_back();
    }
}

/// Recursive: the parser has bounded the depth.
void Search::value(const json::Value& value, Hint inherited)
{
    if (isFull())
        return;
    if (value.isString())
        return string(value, inherited);
    if (value.isObject())
        return members(value, inherited);
    std::size_t index = 0;
    for (const json::Value& item : value.items()) {
        m_path.emplace_back(index++);
        this->value(item, inherited);
        m_path.pop_back();
    }
}

/// "access_token=…&scope=…", as some OAuth servers answer.
void Search::form(std::string_view body)
{
    for (const auto& [name, value, isOn] : collection::decodeForm(body)) {
        const std::size_t before = m_candidates.size();
        text(value, "body " + name, hintOf(name));
        if (m_candidates.size() == before)
            opaque(value, "body " + name, name, hintOf(name));
    }
}

void Search::body(const std::string& bytes, std::string_view contentType)
{
    if (startsWithIgnoringCase(contentType, "application/x-www-form-urlencoded"))
        return form(bytes);
    const auto document = json::parse(bytes, {searchedDepth, searchedBytes});
    if (!document)
        return text(bytes, "body", Hint::None);
    m_source = document->source();
    value(document->root(), Hint::None);
    for (inspect::FoundToken& token : inspect::findSerialisedTokens(m_source))
        add(std::move(token), "body", rankOfJose(Hint::None));
}

/// A query or a fragment (RFC 6749 §4.2.2). One that is no list of pairs is a text.
void Search::pairs(std::string_view part, const std::string& place, const std::string& where)
{
    for (const auto& [name, value, isOn] : collection::decodeForm(part)) {
        const std::size_t before = m_candidates.size();
        text(value.empty() ? name : value, place + (value.empty() ? "" : name) + where, hintOf(name));
        if (m_candidates.size() == before && !value.empty())
            opaque(value, place + name + where, name, hintOf(name));
    }
}

/// Where a redirect leads.
void Search::target(std::string_view url, const std::string& where)
{
    const std::size_t hash = std::min(url.find('#'), url.size());
    const std::string_view front = url.substr(0, hash);
    const std::size_t question = std::min(front.find('?'), front.size());
    text(front.substr(0, question), "header Location" + where, Hint::None);
    pairs(front.substr(std::min(question + 1, front.size())), "header Location ?", where);
    pairs(url.substr(std::min(hash + 1, url.size())), "header Location #", where);
}

void Search::response(const http::Response& response)
{
    body(response.body.read(searchedBytes), http::headerValue(response.headers, "Content-Type").value_or(""));
    fields(response.headers);
}

void Search::fields(const http::Headers& headers, const std::string& where)
{
    for (const http::Header& header : headers) {
        if (equalsIgnoringCase(header.name, "Location")) {
            target(header.value, where);
            continue;
        }
        const auto cookie =
            equalsIgnoringCase(header.name, "Set-Cookie") ? parseSetCookie(header.value) : std::nullopt;
        const std::string name = cookie ? cookie->name : header.name;
        const std::string_view content = cookie ? cookie->value : header.value;
        const std::string place = (cookie ? "cookie " : "header ") + name + where;
        const std::size_t before = m_candidates.size();
        text(content, place, hintOf(name));
        if (m_candidates.size() == before)
            opaque(content, place, name, hintOf(name));
    }
}

void Search::sort()
{
    std::stable_sort(m_candidates.begin(), m_candidates.end(),
                     [](const Candidate& left, const Candidate& right) { return left.rank < right.rank; });
}

std::vector<inspect::FoundToken> Search::takeEqual()
{
    sort();
    const auto isWorse = [this](const Candidate& each) { return each.rank != m_candidates.front().rank; };
    m_candidates.erase(std::find_if(m_candidates.begin(), m_candidates.end(), isWorse), m_candidates.end());
    return take();
}

std::vector<inspect::FoundToken> Search::take()
{
    sort();
    std::vector<inspect::FoundToken> tokens;
    for (Candidate& candidate : m_candidates)
        tokens.push_back(std::move(candidate.token));
    return tokens;
}

} // namespace

std::vector<inspect::FoundToken> tokensIn(const http::Response& response, BrokenTokens broken)
{
    Search search(broken);
    search.response(response);
    return search.take();
}

std::optional<std::string> noteOfRivals(const http::Response& response, std::string_view setting)
{
    constexpr std::size_t namedAtMost = 3;
    Search search;
    search.response(response);
    const std::vector<inspect::FoundToken> equal = search.takeEqual();
    std::vector<std::string> places;
    for (const inspect::FoundToken& token : equal)
        if (token.text != equal.front().text)
            places.push_back(visible(token.place));
    if (places.empty())
        return std::nullopt;
    std::string note = "the answer has other tokens that could be meant, in ";
    for (std::size_t i = 0; i < std::min(places.size(), namedAtMost); ++i)
        note += (i == 0 ? "" : ", ") + places[i];
    return note + (places.size() > namedAtMost ? " …" : "") + "; the one in " + visible(equal.front().place) +
           " was taken: name the place " + (setting.empty() ? "" : "(" + std::string(setting) + ") ") +
           "if that is wrong";
}

static constexpr std::string_view hopMark = " of hop ";

/// The last hop's answer is the response, where there is one.
static std::size_t hopsBefore(const http::Exchange& exchange)
{
    const std::size_t last = exchange.response ? 1 : 0;
    return exchange.hops.size() > last ? exchange.hops.size() - last : 0;
}

std::vector<inspect::FoundToken> tokensIn(const http::Exchange& exchange)
{
    Search search;
    if (exchange.response)
        search.response(*exchange.response);
    for (std::size_t i = 0; i < hopsBefore(exchange); ++i)
        search.fields(http::fieldsOf(exchange.hops[i].responseHead),
                      std::string(hopMark) + std::to_string(i + 1));
    return search.take();
}

const http::Hop* hopOf(const std::string& place, const http::Exchange& exchange)
{
    // A name in a place may be the server's choice: what is looked up here is never trusted, only shown.
    for (std::size_t i = 0; i < hopsBefore(exchange); ++i)
        if (place.ends_with(std::string(hopMark) + std::to_string(i + 1)))
            return &exchange.hops[i];
    return nullptr;
}

} // namespace claimcheck::auth
