// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Takes secrets out of what a report says: values that are known to be secret in this run, and whatever looks
// like a token or key.

#pragma once

#include <set>
#include <string>
#include <string_view>

#include <http/exchange.h>
#include <json/document.h>

namespace claimcheck::run {

class Redactor
{
public:
    /// In every spelling (spellings.h). Texts under six characters are only cut out where they are all there
    /// is.
    void add(std::string_view secret);
    /// A variable's value, where its name or its form says that it is one.
    void addNamed(std::string_view name, std::string_view value);
    /// Authorization, cookies, and the values of secret names in URL and bodies, both ways.
    void addExchange(const http::Exchange& exchange);
    /// Of a request alone: what authorises it.
    void addRequest(const http::Request& request);

    std::string clean(std::string text) const;
    /// The same for a URL or a value of an answer: what stands behind a secret's name goes too.
    std::string cleanValue(std::string text) const;

private:
    void addJson(const json::Value& value);
    void addBody(std::string_view body);
    void addHeaders(const http::Headers& headers);
    void addPairs(std::string_view cookies);
    void addFound(std::string_view text);

    struct LongerFirst
    {
        bool operator()(const std::string& left, const std::string& right) const
        {
            return left.size() != right.size() ? left.size() > right.size() : left < right;
        }
    };
    std::set<std::string, LongerFirst> m_secrets;
};

} // namespace claimcheck::run
