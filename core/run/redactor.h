// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Takes secrets out of what a report says: values that are known to be secret in this run, and whatever looks
// like a token or key.

#pragma once

#include <deque>
#include <map>
#include <set>
#include <string>
#include <string_view>

#include <http/exchange.h>
#include <json/document.h>

namespace claimcheck::run {

/// What the user gave is kept for good. What was seen going to a server and coming from one is kept within
/// bounds, each for itself, and the oldest is forgotten first: no server can make the list as long as it
/// likes, nor have what was sent forgotten. (Tokens and keys are known by their form in any case.)
class Redactor
{
public:
    static constexpr std::size_t mostLearned = 512;                   ///< values each way
    static constexpr std::size_t mostLearnedBytes = 2u * 1024 * 1024; ///< of them

    /// In every spelling (spellings.h). Texts under six characters are only cut out where they are all there
    /// is.
    void add(std::string_view secret);
    /// The same for what an answer brought.
    void learn(std::string_view secret);
    /// A variable's value, where its name says that it is one; the latter of one that an answer filled.
    void addNamed(std::string_view name, std::string_view value);
    void learnNamed(std::string_view name, std::string_view value);
    /// Authorization, cookies, and the values of secret names in URL and bodies, both ways.
    void addExchange(const http::Exchange& exchange);
    /// Of a request alone: what authorises it.
    void addRequest(const http::Request& request);

    std::string clean(std::string text) const;
    /// The same for a URL or a value of an answer: what stands behind a secret's name goes too.
    std::string cleanValue(std::string text) const;

private:
    /// Values that may be forgotten again, the oldest in front.
    struct Learned
    {
        std::deque<std::string> values;
        std::size_t bytes = 0;
    };

    void learn(Learned& learned, std::string_view secret);
    void forgetOldest(Learned& learned);
    void hold(std::string_view secret);
    void release(const std::string& text);
    void addJson(Learned& learned, const json::Value& value);
    void addBody(Learned& learned, std::string_view body);
    void addHeaders(const http::Headers& headers);
    void addPairs(std::string_view cookies);
    void addFound(Learned& learned, std::string_view text);

    struct LongerFirst
    {
        bool operator()(const std::string& left, const std::string& right) const
        {
            return left.size() != right.size() ? left.size() > right.size() : left < right;
        }
    };
    std::map<std::string, int, LongerFirst> m_secrets; ///< with their spellings; how many hold each
    std::set<std::string> m_given;
    Learned m_sent;
    Learned m_received;
};

} // namespace claimcheck::run
