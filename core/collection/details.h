// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a request file says beyond what the editor changes: parameters, further bodies, authorisation, checks,
// captures, settings. A run follows it; saving leaves it in the file as it stands.

#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <http/message.h>

namespace claimcheck::collection {

/// `http.params`. Query parameters stand in the URL as well, which is what counts; a path parameter fills
/// `:name` there.
struct Parameter
{
    std::string name;
    std::string value;
    bool inPath = false;
    bool enabled = true;
    bool operator==(const Parameter&) const = default;
};

/// A part of a multipart/form-data body: a text, or files by their paths in the collection's folder.
struct Part
{
    std::string name;
    bool isFile = false;
    std::vector<std::string> values;
    std::string contentType; ///< empty: by what it is
    bool enabled = true;
    bool operator==(const Part&) const = default;
};

/// The selected file of a body of the kind `file`.
struct BodyFile
{
    std::string path; ///< relative to the collection
    std::string contentType;
    bool operator==(const BodyFile&) const = default;
};

/// In Entry::kept, the kind of a body that is no text and stands in no file: Details::bytes.
inline constexpr std::string_view bytesBody = "bytes";

/// `auth` as it is written: {type: basic, username: …, password: …}. What stands in a mapping inside of it
/// has both names: "credentials.clientId".
struct Credentials
{
    std::string type; ///< empty: none
    std::map<std::string, std::string> fields;

    std::string field(const std::string& name) const
    {
        const auto found = fields.find(name);
        return found == fields.end() ? std::string() : found->second;
    }
    bool operator==(const Credentials&) const = default;
};

/// Authorisations and bodies that have no editor and are sent as their file says. Other kinds are kept and
/// shown, and a request that needs one is not sent.
inline bool canSendAuthorisation(std::string_view type)
{
    return type == "bearer" || type == "basic" || type == "apikey" || type == "digest" || type == "ntlm" ||
           type == "awsv4";
}
inline bool canSendBody(std::string_view type)
{
    return type == "multipart-form" || type == "file" || type == bytesBody;
}

/// `runtime.assertions`: {expression: res.status, operator: eq, value: "200"}.
struct Assertion
{
    std::string expression;
    std::string operation;
    std::optional<std::string> value;
    bool enabled = true;
    bool operator==(const Assertion&) const = default;
};

/// `runtime.actions` of the type set-variable after the response: the value of an expression becomes a
/// run-time variable.
struct Capture
{
    std::string expression;
    std::string variable;
    bool enabled = true;
    bool operator==(const Capture&) const = default;
};

/// `runtime.scripts`: JavaScript, which is kept and shown and not run.
struct Script
{
    std::string type; ///< "before-request", "after-response", "tests", "hooks"
    std::string code;
    bool operator==(const Script&) const = default;
};

/// `examples`: an answer that somebody kept, with the request that it was an answer to.
struct Example
{
    std::string name;
    std::string description;
    std::string method; ///< of the request; with an empty URL there is none
    std::string url;
    http::Headers requestHeaders;
    std::string requestBodyType; ///< "json", "text", "xml"; empty: no body that is text
    std::string requestBody;
    int status = 0; ///< 0: not known
    std::string statusText;
    http::Headers headers;
    std::string bodyType; ///< "json", "text", "xml", "html", "binary"; empty: no body
    std::string body;
    bool operator==(const Example&) const = default;
};

/// `settings`; what is missing or says "inherit" is left to what is around.
struct Settings
{
    std::optional<std::int64_t> timeout; ///< milliseconds; 0: none
    std::optional<bool> followRedirects;
    std::optional<std::int64_t> maximumRedirects;
    std::optional<bool> encodeUrl;
    bool operator==(const Settings&) const = default;
};

struct Details
{
    std::vector<std::string> tags;
    std::vector<Parameter> parameters;
    std::vector<Part> parts; ///< of a multipart-form body
    std::optional<BodyFile> bodyFile;
    Credentials credentials;
    std::vector<Assertion> assertions;
    std::vector<Capture> captures;
    std::vector<Script> scripts;
    Settings settings;
    std::vector<Example> examples;
    std::string bytes = {}; ///< of a body of the kind bytesBody: sent as they are, no variable is looked for

    bool operator==(const Details&) const = default;
};

} // namespace claimcheck::collection
