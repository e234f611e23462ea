// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//

#include <interop/import/curlrequest.h>

#include <algorithm>
#include <utility>

#include <base/percent.h>
#include <base/text.h>
#include <http/url.h>
#include <json/document.h>

namespace claimcheck::interop {
namespace {

using collection::BodyKind;
using collection::Item;

std::string joinedData(const CurlRequest& request)
{
    std::string text;
    for (const std::string& each : request.data)
        text += (text.empty() ? "" : "&") + each;
    return text;
}

/// The fields of a form, where writing them again gives the same bytes.
std::vector<collection::Field> formOf(std::string_view text)
{
    std::vector<collection::Field> fields = collection::decodeForm(text);
    return collection::encodeForm(fields) == text ? fields : std::vector<collection::Field>();
}

collection::Field* headerOf(Item& item, std::string_view name)
{
    for (collection::Field& field : item.entry.headers)
        if (equalsIgnoringCase(field.name, name))
            return &field;
    return nullptr;
}

void setMissing(Item& item, const char* name, const char* value)
{
    if (!headerOf(item, name))
        item.entry.headers.push_back({name, value, true});
}

bool isJsonText(const std::string& text)
{
    const std::string_view bare = trimmed(text);
    return (bare.starts_with('{') || bare.starts_with('[')) && json::parse(text);
}

/// curl says application/x-www-form-urlencoded where no header says anything else; so does a form of ours.
void setText(Item& item, const std::string& text)
{
    constexpr const char* formType = "application/x-www-form-urlencoded";
    const collection::Field* type = headerOf(item, "Content-Type");
    const std::string said = type ? toLowerAscii(trimmed(type->value)) : formType;
    std::vector<collection::Field> fields =
        said.starts_with(formType) ? formOf(text) : std::vector<collection::Field>();
    if (!fields.empty()) {
        item.entry.bodyKind = BodyKind::Form;
        item.entry.formFields = std::move(fields);
        if (said == formType)
            std::erase_if(item.entry.headers, [](const collection::Field& field) {
                return equalsIgnoringCase(field.name, "Content-Type");
            });
        return;
    }
    setMissing(item, "Content-Type", formType);
    const bool isJson = said.find("json") != std::string::npos || isJsonText(text);
    item.entry.bodyKind = isJson                                  ? BodyKind::Json
                          : said.find("xml") != std::string::npos ? BodyKind::Xml
                                                                  : BodyKind::Text;
    item.entry.body = text;
}

void setBody(const CurlRequest& request, Item& item)
{
    if (request.isJson) {
        setMissing(item, "Content-Type", "application/json");
        setMissing(item, "Accept", "application/json");
    }
    const std::string file = !request.uploadFile.empty() ? request.uploadFile : request.dataFile;
    if (!request.parts.empty()) {
        item.entry.kept.body = "multipart-form";
        item.details.parts = request.parts;
    } else if (!file.empty()) {
        item.entry.kept.body = "file";
        item.details.bodyFile = collection::BodyFile{file, {}};
        if (request.uploadFile.empty())
            setMissing(item, "Content-Type", "application/x-www-form-urlencoded");
    } else if (!request.data.empty() && !request.isGet) {
        setText(item, joinedData(request));
    }
}

/// Data that has no place beside a form or a file, of which curl puts some into one body and refuses the
/// rest.
void settleData(CurlRequest& request)
{
    const std::string file = std::exchange(request.dataFile, {});
    if (request.isGet && !file.empty())
        return request.leaveOut("the data of the file " + file + " in the URL",
                                "files are not read when a command line is imported");
    if (!request.isGet && (!request.parts.empty() || !request.uploadFile.empty())) {
        if (!file.empty() || !request.data.empty())
            request.leaveOut("--data", request.parts.empty() ? "the file of --upload-file is the body"
                                                             : "the form is the body");
        request.data.clear();
        request.isJson = false;
        return;
    }
    request.dataFile = file;
    if (!file.empty() && request.isTextFile)
        request.leaveOut("taking the line ends out of " + file, "the file is sent as it is");
    if (!file.empty() && !request.data.empty())
        request.leaveOut("the data beside the file " + file, "the file is the body");
}

std::string methodOf(const CurlRequest& request)
{
    if (!request.method.empty())
        return request.method;
    if (request.isHead)
        return "HEAD";
    if (!request.uploadFile.empty())
        return "PUT";
    return !request.parts.empty() || (request.hasData() && !request.isGet) ? "POST" : "GET";
}

void addQuery(std::string& url, const std::string& query)
{
    if (query.empty())
        return;
    const std::size_t hash = std::min(url.find('#'), url.size());
    const bool hasQuery = url.find('?') < hash;
    url.insert(hash, (hasQuery ? "&" : "?") + query);
}

/// "user:password@" between scheme and host.
void takeUser(std::string& url, std::string& user)
{
    const std::size_t scheme = url.find("://");
    const std::size_t start = scheme == std::string::npos ? 0 : scheme + 3;
    const std::size_t end = std::min(url.find_first_of("/?#", start), url.size());
    const std::size_t sign = url.rfind('@', end);
    if (sign == std::string::npos || sign < start)
        return;
    if (user.empty())
        user = http::percentDecoded(url.substr(start, sign - start));
    url.erase(start, sign + 1 - start);
}

/// [1-3] and {a,b}, which curl makes several requests of.
bool isGlob(std::string url)
{
    for (std::size_t at = url.find("{{"); at != std::string::npos; at = url.find("{{"))
        url.erase(at, std::min(url.find("}}", at), url.size() - 2) + 2 - at);
    const std::size_t list = url.find('{');
    const std::size_t range = url.find('[', std::min(url.find('/', url.find("://") + 3), url.size()));
    return (list != std::string::npos && url.find(',', list) != std::string::npos) ||
           (range != std::string::npos && url.find('-', range) != std::string::npos);
}

void setCredentials(Item& item, std::string type, std::map<std::string, std::string> fields)
{
    fields["type"] = type;
    item.entry.auth = collection::AuthMode::None;
    item.entry.kept.auth = type;
    item.details.credentials = {std::move(type), std::move(fields)};
}

/// aws:amz:region:service
void setSigning(const CurlRequest& request, Item& item, const std::string& key, const std::string& secret)
{
    std::vector<std::string> words;
    std::string_view rest = request.signing;
    while (!rest.empty()) {
        const std::string_view word = rest.substr(0, rest.find(':'));
        words.emplace_back(word);
        rest.remove_prefix(std::min(word.size() + 1, rest.size()));
    }
    words.resize(4);
    setCredentials(
        item, "awsv4",
        {{"accessKeyId", key}, {"secretAccessKey", secret}, {"region", words[2]}, {"service", words[3]}});
}

void setAuth(CurlRequest& request, Item& item, const std::string& user)
{
    const std::size_t colon = user.find(':');
    const std::string name = user.substr(0, colon);
    const std::string password = colon == std::string::npos ? std::string() : user.substr(colon + 1);
    item.entry.auth = collection::AuthMode::None;
    const bool isOneField =
        request.signing.empty() && (!request.bearer.empty() || request.authKind == "basic");
    if (isOneField && headerOf(item, "Authorization")) {
        if (!request.bearer.empty() || !user.empty())
            request.leaveOut(request.bearer.empty() ? "the user " + name : "--oauth2-bearer",
                             "curl sends the header Authorization in its place");
        return;
    }
    if (!user.empty() && colon == std::string::npos)
        request.leaveOut("the password of " + name, "curl asks for it: put it into a secret variable");
    if (!request.bearer.empty() && request.bearer == "{{token}}")
        item.entry.auth = collection::AuthMode::SessionBearer;
    else if (!request.bearer.empty())
        setCredentials(item, "bearer", {{"token", request.bearer}});
    else if (!request.signing.empty())
        setSigning(request, item, name, password);
    else if (!user.empty())
        setCredentials(item, request.authKind, {{"username", name}, {"password", password}});
}

/// The path, or the host where there is none. Not the method: wherever a request is named it stands beside
/// the name.
std::string nameOf(const std::string& url)
{
    const std::size_t scheme = url.find("://");
    const std::size_t host = scheme == std::string::npos ? 0 : scheme + 3;
    const std::size_t path = std::min(url.find('/', host), url.size());
    const std::string shown = url.substr(path, url.find_first_of("?#", path) - path);
    constexpr std::size_t longest = 80;
    return shortened(shown.size() > 1 ? shown : url.substr(host, path - host), longest);
}

Item itemOf(CurlRequest& request, std::string url)
{
    Item item;
    if (url.find("://") == std::string::npos && !url.starts_with("{{"))
        url.insert(0, "http://");
    std::string user = request.user;
    takeUser(url, user);
    if (request.isGlob && isGlob(url))
        request.leaveOut("the pattern in " + url, "it is one request, and stands in it as text");
    if (!request.uploadFile.empty() && url.ends_with('/'))
        url += percentEncoded(request.uploadFile.substr(request.uploadFile.rfind('/') + 1));
    if (request.isGet)
        addQuery(url, joinedData(request));
    addQuery(url, request.query);
    item.entry.method = methodOf(request);
    item.entry.url = url;
    item.entry.headers = request.headers;
    item.entry.name = nameOf(url);
    item.details.settings = request.settings;
    if (!request.cookie.empty() && headerOf(item, "Cookie"))
        request.leaveOut("--cookie", "curl sends the header Cookie in its place");
    else if (!request.cookie.empty())
        item.entry.headers.push_back({"Cookie", request.cookie, true});
    setBody(request, item);
    setAuth(request, item, user);
    return item;
}

} // namespace

std::vector<Item> curlItems(CurlRequest& request)
{
    settleData(request);
    std::vector<Item> items;
    for (const std::string& url : request.urls) {
        if (trimmed(url).empty())
            continue;
        Item item = itemOf(request, std::string(trimmed(url)));
        if (item.entry.url.empty()) // "{{user}}@"
            request.leaveOut("a URL that ends with @", "it names a user and no host");
        else
            items.push_back(std::move(item));
    }
    for (Omission& omission : request.leftOut)
        omission.where = items.empty() ? "cURL" : items.front().entry.name;
    return items;
}

} // namespace claimcheck::interop
