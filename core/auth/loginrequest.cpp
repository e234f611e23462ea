// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "jsonpath.h"
#include "login.h"

#include <base/text.h>
#include <collection/collection.h>
#include <json/write.h>

#include <set>

namespace claimcheck::auth {

static std::vector<collection::Field> fieldsOf(const Login& login)
{
    std::vector<collection::Field> fields{{login.userField, login.user},
                                          {login.passwordField, std::string(login.password.reveal())}};
    for (const LoginField& extra : login.extraFields)
        fields.push_back({extra.name, extra.value});
    return fields;
}

static Result<void> checkNames(const std::vector<collection::Field>& fields)
{
    std::set<std::string> names;
    for (const collection::Field& field : fields) {
        if (field.name.empty())
            return failure(ErrorKind::Usage, "the login cannot be sent", "a field has no name",
                           "name the fields as the API does, for example username and password");
        if (!names.insert(field.name).second)
            return failure(ErrorKind::Usage, "the login cannot be sent",
                           "the field " + visible(field.name) + " is there twice",
                           "give each field its own name");
    }
    return {};
}

/// A path that nobody can follow is said before anything is sent.
static Result<void> checkPath(const std::string& path)
{
    if (path.empty() || path.starts_with("header:") || path.starts_with("cookie:"))
        return {};
    return parsePath(path.starts_with("body:") ? path.substr(5) : path).map([](const JsonPath&) {});
}

static std::string jsonBody(const std::vector<collection::Field>& fields)
{
    json::Writer writer;
    writer.beginObject();
    for (const collection::Field& field : fields)
        writer.member(field.name).value(field.value);
    return writer.endObject().take();
}

static void addHeader(http::Request& request, const char* name, const char* value)
{
    if (!http::headerValue(request.headers, name))
        request.headers.push_back({name, value});
}

Result<http::Request> loginRequest(const Login& login)
{
    const std::vector<collection::Field> fields = fieldsOf(login);
    if (auto checked = checkNames(fields); !checked)
        return tl::unexpected(checked.error());
    if (auto path = checkPath(login.tokenPath); !path)
        return tl::unexpected(path.error());
    const bool isJson = login.form == LoginForm::Json;
    http::Request request;
    request.method = login.method;
    request.url = login.url;
    request.headers = login.headers;
    addHeader(request, "Content-Type", isJson ? "application/json" : "application/x-www-form-urlencoded");
    addHeader(request, "Accept", "application/json, */*;q=0.5");
    request.body = isJson ? jsonBody(fields) : collection::encodeForm(fields);
    request.hasBody = true;
    request.tls = login.tls;
    request.proxy = login.proxy;
    request.totalTimeout = login.totalTimeout.count() > 0 ? login.totalTimeout : longestLogin;
    request.maximumBody = largestLoginAnswer;
    request.followRedirects = false;
    if (auto valid = http::validate(request); !valid)
        return tl::unexpected(valid.error());
    return request;
}

} // namespace claimcheck::auth
