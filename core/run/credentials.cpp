// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <run/credentials.h>

#include <utility>

#include <base/text.h>
#include <run/requesturl.h>

namespace claimcheck::run {

void setHeader(http::Request& request, const std::string& name, const std::string& value)
{
    std::erase_if(request.headers,
                  [&name](const http::Header& header) { return equalsIgnoringCase(header.name, name); });
    request.headers.push_back({name, value});
}

namespace {

Result<void> addApiKey(http::Request& request, const std::string& key, const std::string& value,
                       const std::string& placement)
{
    if (key.empty())
        return failure(ErrorKind::Refused, "the request cannot be authorised with an API key",
                       "its authorisation does not say which header or query parameter takes the key",
                       "give its name as key");
    if (placement == "query")
        addQueryParameter(request.url, key, value);
    else
        setHeader(request, key, value);
    return {};
}

/// A domain, where there is one, goes before the name (MS-NLMP).
http::Authentication challenged(const collection::Credentials& filled)
{
    http::Authentication who;
    const bool isNtlm = filled.type == "ntlm";
    who.scheme = isNtlm ? http::AuthScheme::Ntlm : http::AuthScheme::Digest;
    const std::string domain = isNtlm ? filled.field("domain") : std::string();
    who.user = (domain.empty() ? "" : domain + "\\") + filled.field("username");
    who.password = Secret(filled.field("password"));
    return who;
}

Result<http::Authentication> forAws(const collection::Credentials& filled)
{
    if (filled.field("accessKeyId").empty() && !filled.field("profileName").empty())
        return failure(ErrorKind::Refused, "the request cannot be signed for AWS",
                       "it names the profile " + visible(filled.field("profileName")) +
                           ", and no file outside of the collection is read for it",
                       "give accessKeyId and secretAccessKey as variables");
    http::Authentication who;
    who.scheme = http::AuthScheme::AwsSigV4;
    who.user = filled.field("accessKeyId");
    who.password = Secret(filled.field("secretAccessKey"));
    who.sessionToken = Secret(filled.field("sessionToken"));
    who.region = filled.field("region");
    who.service = filled.field("service");
    return who;
}

void authenticate(http::Request& request, http::Authentication who)
{
    std::erase_if(request.headers, [](const http::Header& header) {
        return equalsIgnoringCase(header.name, "Authorization");
    });
    request.authentication = std::move(who);
}

/// Where they stand in the request, a name need not tell: an API key has any.
void noteSecrets(http::Request& request, const collection::Credentials& filled)
{
    for (const char* name : {"token", "password", "value"})
        if (std::string text = filled.field(name); !text.empty())
            request.secrets.emplace_back(std::move(text));
}

} // namespace

Result<void> addCredentials(http::Request& request, const collection::Credentials& credentials,
                            const Values& values)
{
    collection::Credentials filled{credentials.type, {}};
    for (const auto& [name, text] : credentials.fields) {
        const Result<std::string> value = values.resolve(text, "authorisation");
        if (!value)
            return tl::unexpected(value.error());
        filled.fields[name] = *value;
    }
    noteSecrets(request, filled);
    if (filled.type == "bearer")
        setHeader(request, "Authorization", "Bearer " + filled.field("token"));
    if (filled.type == "basic")
        setHeader(request, "Authorization",
                  http::basicField(filled.field("username"), filled.field("password")));
    if (filled.type == "digest" || filled.type == "ntlm")
        authenticate(request, challenged(filled));
    if (filled.type == "awsv4") {
        auto who = forAws(filled);
        if (!who)
            return tl::unexpected(who.error());
        authenticate(request, *std::move(who));
    }
    if (filled.type == "apikey")
        return addApiKey(request, filled.field("key"), filled.field("value"), filled.field("placement"));
    return {};
}

} // namespace claimcheck::run
