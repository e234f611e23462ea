// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// libcurl's handles, owned.

#pragma once

#include <memory>
#include <string>

#include <curl/curl.h>

namespace claimcheck::http {

struct EasyCleanup
{
    void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
};
using Easy = std::unique_ptr<CURL, EasyCleanup>;

/// A growing list of lines.
class StringList
{
public:
    StringList() = default;
    ~StringList() { curl_slist_free_all(m_list); }
    StringList(const StringList&) = delete;
    StringList& operator=(const StringList&) = delete;

    void append(const std::string& line)
    {
        if (curl_slist* grown = curl_slist_append(m_list, line.c_str()))
            m_list = grown;
    }
    curl_slist* get() const { return m_list; }

private:
    curl_slist* m_list = nullptr;
};

} // namespace claimcheck::http
