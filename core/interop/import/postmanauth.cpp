// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Postman's authorisation in the words of OpenCollection. What the schema has no kind for is named and left
// out.

#include <interop/import/postmanvalues.h>

#include <algorithm>
#include <array>

#include <base/text.h>

namespace claimcheck::interop {
namespace {

using collection::AuthMode;
using collection::Credentials;

/// A field of Postman's and the one of ours that means the same.
struct Word
{
    std::string_view kind;
    std::string_view theirs;
    const char* ours;
};

constexpr std::array<Word, 54> words{{
    {"basic", "username", "username"},
    {"basic", "password", "password"},
    {"bearer", "token", "token"},
    {"digest", "username", "username"},
    {"digest", "password", "password"},
    {"ntlm", "username", "username"},
    {"ntlm", "password", "password"},
    {"ntlm", "domain", "domain"},
    {"apikey", "key", "key"},
    {"apikey", "value", "value"},
    {"apikey", "in", "placement"},
    {"awsv4", "accessKey", "accessKeyId"},
    {"awsv4", "secretKey", "secretAccessKey"},
    {"awsv4", "sessionToken", "sessionToken"},
    {"awsv4", "service", "service"},
    {"awsv4", "region", "region"},
    {"oauth1", "consumerKey", "consumerKey"},
    {"oauth1", "consumerSecret", "consumerSecret"},
    {"oauth1", "token", "accessToken"},
    {"oauth1", "tokenSecret", "accessTokenSecret"},
    {"oauth1", "callback", "callbackUrl"},
    {"oauth1", "verifier", "verifier"},
    {"oauth1", "signatureMethod", "signatureMethod"},
    {"oauth1", "timestamp", "timestamp"},
    {"oauth1", "nonce", "nonce"},
    {"oauth1", "version", "version"},
    {"oauth1", "realm", "realm"},
    {"oauth1", "includeBodyHash", "includeBodyHash"},
    {"oauth2", "accessTokenUrl", "accessTokenUrl"},
    {"oauth2", "refreshTokenUrl", "refreshTokenUrl"},
    {"oauth2", "authUrl", "authorizationUrl"},
    {"oauth2", "redirect_uri", "callbackUrl"},
    {"oauth2", "scope", "scope"},
    {"oauth2", "state", "state"},
    {"oauth2", "clientId", "credentials.clientId"},
    {"oauth2", "clientSecret", "credentials.clientSecret"},
    {"oauth2", "username", "resourceOwner.username"},
    {"oauth2", "password", "resourceOwner.password"},
    // What Postman remembers for its own window.
    {"oauth2", "tokenName", ""},
    {"oauth2", "accessToken", ""},
    {"oauth2", "tokenType", ""},
    {"oauth2", "useBrowser", ""},
    {"oauth2", "headerPrefix", ""},
    {"oauth1", "addEmptyParamsToSign", ""},
    {"digest", "algorithm", ""},
    {"basic", "saveHelperData", ""},
    {"basic", "showPassword", ""},
    // What a server says in its challenge, not what somebody chose.
    {"digest", "realm", ""},
    {"digest", "nonce", ""},
    {"digest", "qop", ""},
    {"digest", "opaque", ""},
    {"digest", "nonceCount", ""},
    {"digest", "clientNonce", ""},
    {"digest", "disableRetryRequest", ""},
}};

bool isKind(std::string_view kind)
{
    return std::any_of(words.begin(), words.end(), [kind](const Word& word) { return word.kind == kind; });
}

/// [{key, value}] in format 2.1, {key: value} in 2.0 and sometimes in 2.1.
std::vector<std::pair<std::string, json::Value>> fieldsOf(const json::Value& auth, const std::string& kind)
{
    std::vector<std::pair<std::string, json::Value>> fields;
    const auto value = auth.find(kind);
    if (value && value->isObject())
        for (const json::Member& member : value->members())
            fields.emplace_back(member.name, member.value);
    else if (value)
        for (const json::Value& each : value->items())
            if (const auto content = each.find("value"))
                fields.emplace_back(textAt(each, "key"), *content);
    return fields;
}

std::string flowOf(const std::string& grant)
{
    if (grant == "password_credentials")
        return "resource_owner_password_credentials";
    if (grant == "authorization_code_with_pkce")
        return "authorization_code";
    return grant == "implicit" || grant == "client_credentials" ? grant : "authorization_code";
}

/// Fields whose values differ too, and those that become several.
bool putSpecial(Credentials& out, const std::string& name, const std::string& value)
{
    std::map<std::string, std::string>& fields = out.fields;
    if (out.type == "oauth1" && name == "addParamsToHeader")
        fields["placement"] = value == "true" ? "header" : "body";
    else if (out.type == "oauth1" && name == "privateKey" && !value.empty())
        fields.insert({{"privateKey.type", "text"}, {"privateKey.value", value}});
    else if (out.type != "oauth2")
        return name == "privateKey";
    else if (name == "grant_type")
        fields["flow"] = flowOf(value);
    else if (name == "challengeAlgorithm")
        fields["pkce.method"] = value == "plain" ? "plain" : "S256";
    else if (name == "client_authentication")
        fields["credentials.placement"] = value == "body" ? "body" : "basic_auth_header";
    else if (name == "addTokenTo" && value == "queryParams")
        fields["tokenConfig.placement.query"] = "access_token";
    else if (name == "addTokenTo")
        fields["tokenConfig.placement.header"] = "Authorization";
    else
        return false;
    return true;
}

void putField(Credentials& out, const std::string& name, const json::Value& value, const std::string& where,
              PostmanReading& reading)
{
    const std::string text = textOf(value);
    if (putSpecial(out, name, text))
        return;
    const auto word = std::find_if(words.begin(), words.end(), [&](const Word& each) {
        return each.kind == out.type && each.theirs == name;
    });
    const bool isEmpty = text.empty() || text == "false" || text == "[]";
    if (word != words.end() && !std::string_view(word->ours).empty())
        out.fields[word->ours] = text;
    else if (word == words.end() && !isEmpty)
        reading.leaveOut(where, "`" + name + "` of the authorisation " + out.type, noPlace);
}

/// Postman's window fetched a token and keeps it: newman sends it as it is.
std::string fetchedToken(const std::vector<std::pair<std::string, json::Value>>& fields)
{
    std::string token;
    for (const auto& field : fields) {
        if (field.first == "accessToken")
            token = textOf(field.second);
        if (field.first == "accessTokenUrl" && !textOf(field.second).empty())
            return {};
    }
    return token;
}

/// Postman keeps what was typed for other grants; a flow of OpenCollection has its own fields alone.
void keepFieldsOfFlow(Credentials& credentials)
{
    const std::string flow = credentials.field("flow");
    const auto isForeign = [&flow](const std::string& name) {
        const bool isCode = flow == "authorization_code";
        const bool isImplicit = flow == "implicit";
        if (name == "authorizationUrl" || name == "callbackUrl" || name == "state")
            return !isCode && !isImplicit;
        if (name.starts_with("pkce."))
            return !isCode;
        if (name.starts_with("resourceOwner."))
            return flow != "resource_owner_password_credentials";
        return isImplicit && (name == "accessTokenUrl" || name == "refreshTokenUrl" ||
                              name == "credentials.clientSecret" || name == "credentials.placement");
    };
    std::erase_if(credentials.fields, [&isForeign](const auto& field) { return isForeign(field.first); });
}

/// The bearer token {{token}} is the session's, in the window as in a file.
void settle(PostmanAuth& auth)
{
    Credentials& credentials = auth.credentials;
    if (credentials.type == "apikey" && credentials.field("placement") != "query")
        credentials.fields["placement"] = "header";
    if (credentials.type == "oauth2" && credentials.field("flow").empty())
        credentials.fields["flow"] = "authorization_code";
    if (credentials.type == "oauth2")
        keepFieldsOfFlow(credentials);
    credentials.fields["type"] = credentials.type;
    const bool isSession = credentials.type == "bearer" && credentials.field("token") == "{{token}}";
    auth.mode = isSession ? AuthMode::SessionBearer : AuthMode::None;
    auth.kept = isSession ? std::string() : credentials.type;
}

} // namespace

PostmanAuth readPostmanAuth(const json::Value& around, const std::string& where, PostmanReading& reading)
{
    PostmanAuth auth;
    const auto value = around.find("auth");
    if (!value || !value->isObject())
        return auth;
    const std::string kind = textAt(*value, "type");
    auth.isNone = kind == "noauth";
    if (auth.isNone)
        auth.mode = AuthMode::None;
    if (auth.isNone || kind.empty())
        return auth;
    const auto fields = fieldsOf(*value, kind);
    if (kind == "jwt" || !isKind(kind)) {
        if (kind == "jwt")
            auth.minted = readPostmanJwt(fields, where, reading);
        else
            reading.leaveOut(where, "authorisation of the kind " + kind,
                             std::string(noPlace) + ": " + sentWithout);
        auth.isNone = !auth.minted;
        auth.lost = auth.isNone ? kind : std::string();
        auth.mode = AuthMode::None;
        return auth;
    }
    auth.credentials.type = kind;
    if (const std::string token = kind == "oauth2" ? fetchedToken(fields) : std::string(); !token.empty()) {
        auth.credentials = {"bearer", {{"token", token}}};
        settle(auth);
        return auth;
    }
    for (const auto& field : fields)
        putField(auth.credentials, field.first, field.second, where, reading);
    settle(auth);
    return auth;
}

} // namespace claimcheck::interop
