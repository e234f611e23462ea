// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// One curl command on its way to a request: what the options say, before it is decided what is sent.

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <interop/import/curloptions.h>
#include <interop/imported.h>

namespace claimcheck::interop {

struct CurlRequest
{
    std::string method; ///< -X; empty: by what is sent
    std::vector<std::string> urls;
    std::vector<collection::Field> headers;
    std::vector<std::string> data; ///< -d and its kin, joined by '&'
    std::string dataFile;          ///< -d @file, --data-binary @file
    std::vector<collection::Part> parts;
    std::string uploadFile;
    std::string query; ///< of --url-query
    std::string user;
    std::string authKind = "basic";
    std::string signing; ///< --aws-sigv4
    std::string bearer;
    std::string cookie;
    bool isTextFile = false; ///< of dataFile: curl takes its line ends out
    bool isJson = false;
    bool isGet = false;
    bool isHead = false;
    bool isGlob = true;
    collection::Settings settings;
    std::vector<Omission> leftOut;

    bool hasData() const { return !data.empty() || !dataFile.empty(); }
    void leaveOut(std::string what, std::string why)
    {
        leftOut.push_back({{}, std::move(what), std::move(why)});
    }
};

/// One option more.
void applyCurlOption(CurlRequest& request, const CurlOption& option);
/// All requests of it: one a URL.
std::vector<collection::Item> curlItems(CurlRequest& request);

} // namespace claimcheck::interop
