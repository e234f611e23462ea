// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What each option of curl says about the request.

#include <interop/import/curlrequest.h>

#include <algorithm>
#include <array>

#include <base/percent.h>
#include <base/text.h>

namespace claimcheck::interop {
namespace {

constexpr const char* notRead = "files are not read when a command line is imported";

/// Options that say how curl shows the answer, or what happens here anyway.
constexpr std::string_view harmless =
    " silent show-error verbose include fail fail-early fail-with-body location location-trusted output "
    "remote-name "
    "remote-name-all remote-header-name progress-bar progress-meter no-progress-meter write-out compressed "
    "no-buffer "
    "styled-output keepalive no-keepalive dump-header trace trace-ascii trace-time trace-ids stderr basic "
    "anyauth "
    "create-dirs output-dir disable tcp-nodelay show-headers parallel junk-session-cookies ";

/// Which of them are sent without anybody saying so.
std::string whyNotLeftOut(const std::string& name)
{
    constexpr std::array always{"Accept", "Accept-Encoding", "Content-Type", "Host", "User-Agent"};
    const bool isAlwaysSent = std::any_of(
        always.begin(), always.end(), [&name](const char* each) { return equalsIgnoringCase(name, each); });
    return isAlwaysSent ? "a request file cannot keep it from being sent"
                        : "it is sent only where a request says it";
}

void addHeader(CurlRequest& request, const std::string& text)
{
    if (text.starts_with('@'))
        return request.leaveOut("the headers of the file " + text.substr(1), notRead);
    const std::size_t colon = text.find(':');
    const std::string name(trimmed(text.substr(0, colon)));
    if (colon == std::string::npos && text.ends_with(';') && text.size() > 1) {
        request.headers.push_back({text.substr(0, text.size() - 1), {}, true});
        return;
    }
    const std::string value(colon == std::string::npos ? ""
                                                       : trimmed(std::string_view(text).substr(colon + 1)));
    if (colon == std::string::npos || name.empty())
        return request.leaveOut("the header " + text, "it has no name and value");
    if (value.empty())
        return request.leaveOut("leaving out the header " + name, whyNotLeftOut(name));
    request.headers.push_back({name, value, true});
}

void setHeader(CurlRequest& request, const char* name, const std::string& value)
{
    const auto same = [name](const collection::Field& field) { return equalsIgnoringCase(field.name, name); };
    if (!value.empty() && std::none_of(request.headers.begin(), request.headers.end(), same))
        request.headers.push_back({name, value, true});
}

/// --data: a file without its line ends, else the text.
void addData(CurlRequest& request, const CurlOption& option)
{
    const bool isFile = option.value.starts_with('@') && option.name != "data-raw";
    if (!isFile)
        return request.data.push_back(option.value);
    const std::string path = option.value.substr(1);
    if (path == "-" || !request.dataFile.empty() || !request.data.empty())
        return request.leaveOut("the data of " + (path == "-" ? "standard input" : "the file " + path),
                                notRead);
    request.dataFile = path;
    request.isTextFile = option.name != "data-binary" && option.name != "json";
}

/// name=content, =content, content, name@file.
std::optional<std::string> escapedPair(CurlRequest& request, const std::string& text)
{
    const std::size_t sign = text.find_first_of("=@");
    if (sign != std::string::npos && text[sign] == '@') {
        request.leaveOut("the data of the file " + text.substr(sign + 1), notRead);
        return std::nullopt;
    }
    if (sign == std::string::npos)
        return percentEncoded(text);
    return text.substr(0, sign) + (sign > 0 ? "=" : "") + percentEncoded(text.substr(sign + 1));
}

/// The value of ";type=" or ";filename=" is cut off the content.
std::string takeOption(std::string& content, const std::string& name)
{
    const std::size_t at = content.find(";" + name + "=");
    if (at == std::string::npos)
        return {};
    const std::size_t start = at + name.size() + 2;
    const std::size_t end = std::min(content.find(';', start), content.size());
    const std::string value = content.substr(start, end - start);
    content.erase(at, end - at);
    return value;
}

std::string unquoted(std::string_view text)
{
    const bool isQuoted = text.size() >= 2 && text.starts_with('"') && text.ends_with('"');
    return std::string(isQuoted ? text.substr(1, text.size() - 2) : text);
}

void addPart(CurlRequest& request, const CurlOption& option)
{
    const std::size_t equals = option.value.find('=');
    if (equals == std::string::npos)
        return request.leaveOut("the form field " + option.value, "it has no value");
    collection::Part part;
    part.name = option.value.substr(0, equals);
    std::string content = option.value.substr(equals + 1);
    if (option.name == "form-string") {
        part.values = {content};
        return request.parts.push_back(std::move(part));
    }
    part.contentType = takeOption(content, "type");
    if (const std::string name = takeOption(content, "filename"); !name.empty())
        request.leaveOut("the file name " + name, "a part is sent under the name of its file");
    if (content.starts_with('<')) {
        request.leaveOut("the text of the file " + content.substr(1), notRead);
        content.erase();
    }
    part.isFile = content.starts_with('@');
    if (!part.isFile)
        part.values = {unquoted(content)};
    std::string_view rest = part.isFile ? std::string_view(content).substr(1) : std::string_view();
    while (!rest.empty()) {
        const std::string_view one = rest.substr(0, rest.find(','));
        part.values.push_back(unquoted(one));
        rest.remove_prefix(std::min(one.size() + 1, rest.size()));
    }
    request.parts.push_back(std::move(part));
}

std::optional<std::int64_t> numberOf(const std::string& text, double factor)
{
    bool isNumber = false;
    const double number = toQString(text).toDouble(&isNumber) * factor;
    return isNumber && number >= 0 && number < 1e9 ? std::optional(static_cast<std::int64_t>(number))
                                                   : std::nullopt;
}

void applyData(CurlRequest& request, const CurlOption& option)
{
    if (option.name == "data-urlencode") {
        if (const auto pair = escapedPair(request, option.value))
            request.data.push_back(*pair);
    } else if (option.name == "json" && !request.data.empty() && request.isJson) {
        request.data.back() += option.value; // several pieces are one text
    } else {
        addData(request, option);
    }
    request.isJson = request.isJson || option.name == "json";
}

void applyUrl(CurlRequest& request, const CurlOption& option)
{
    if (option.name == "url")
        return request.urls.push_back(option.value);
    const bool isRaw = option.value.starts_with('+');
    const auto pair = isRaw ? std::optional(option.value.substr(1)) : escapedPair(request, option.value);
    if (pair)
        request.query += (request.query.empty() ? "" : "&") + *pair;
}

void applyAuth(CurlRequest& request, const CurlOption& option)
{
    if (option.name == "user")
        request.user = option.value;
    else if (option.name == "oauth2-bearer")
        request.bearer = option.value;
    else if (option.name == "aws-sigv4")
        request.signing = option.value.empty() ? "aws:amz" : option.value;
    else
        request.authKind = option.name;
}

void applyCookie(CurlRequest& request, const CurlOption& option)
{
    if (option.value.find('=') == std::string::npos)
        return request.leaveOut("the cookies of the file " + option.value, notRead);
    request.cookie += (request.cookie.empty() ? "" : "; ") + option.value;
}

void applyOther(CurlRequest& request, const CurlOption& option)
{
    const std::string word = " " + option.name + " ";
    if (option.isUnknown)
        request.leaveOut("the option " + option.name, "curl has none of this name");
    else if (option.name == "insecure")
        request.leaveOut("--insecure",
                         "no file switches the check of certificates off: say it when you send");
    else if (option.name == "proxy" || option.name == "cert" || option.name == "key" ||
             option.name == "cacert")
        request.leaveOut("--" + option.name, "it belongs to the machine that sends: say it when you send");
    else if (harmless.find(word) == std::string_view::npos)
        request.leaveOut("--" + option.name, "a request file has no place for it");
}

using Apply = void (*)(CurlRequest&, const CurlOption&);

struct Line
{
    std::string_view name;
    Apply apply;
};

constexpr std::array<Line, 32> table{{
    {"request", [](CurlRequest& r, const CurlOption& o) { r.method = o.value; }},
    {"header", [](CurlRequest& r, const CurlOption& o) { addHeader(r, o.value); }},
    {"user-agent", [](CurlRequest& r, const CurlOption& o) { setHeader(r, "User-Agent", o.value); }},
    {"referer", [](CurlRequest& r,
                   const CurlOption& o) { setHeader(r, "Referer", o.value.substr(0, o.value.find(';'))); }},
    {"range", [](CurlRequest& r, const CurlOption& o) { setHeader(r, "Range", "bytes=" + o.value); }},
    {"data", applyData},
    {"data-ascii", applyData},
    {"data-raw", applyData},
    {"data-binary", applyData},
    {"data-urlencode", applyData},
    {"json", applyData},
    {"form", addPart},
    {"form-string", addPart},
    {"upload-file", [](CurlRequest& r, const CurlOption& o) { r.uploadFile = o.value; }},
    {"url", applyUrl},
    {"url-query", applyUrl},
    {"user", applyAuth},
    {"oauth2-bearer", applyAuth},
    {"aws-sigv4", applyAuth},
    {"digest", applyAuth},
    {"ntlm", applyAuth},
    {"negotiate",
     [](CurlRequest& r, const CurlOption&) {
         r.leaveOut("--negotiate", "there is no such authorisation here");
     }},
    {"cookie", applyCookie},
    {"get", [](CurlRequest& r, const CurlOption&) { r.isGet = true; }},
    {"head", [](CurlRequest& r, const CurlOption&) { r.isHead = true; }},
    {"globoff", [](CurlRequest& r, const CurlOption&) { r.isGlob = false; }},
    {"max-time", [](CurlRequest& r, const CurlOption& o) { r.settings.timeout = numberOf(o.value, 1000); }},
    {"max-redirs",
     [](CurlRequest& r, const CurlOption& o) { r.settings.maximumRedirects = numberOf(o.value, 1); }},
    {"connect-timeout", [](CurlRequest&, const CurlOption&) {}},
    {"cookie-jar", [](CurlRequest&, const CurlOption&) {}},
    {"tlsv1.2", [](CurlRequest&, const CurlOption&) {}},
    {"ipv4", [](CurlRequest&, const CurlOption&) {}},
}};

} // namespace

void applyCurlOption(CurlRequest& request, const CurlOption& option)
{
    const auto line = std::find_if(table.begin(), table.end(),
                                   [&option](const Line& each) { return each.name == option.name; });
    if (line != table.end() && !option.isUnknown)
        line->apply(request, option);
    else
        applyOther(request, option);
}

} // namespace claimcheck::interop
