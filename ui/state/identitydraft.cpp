// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <state/identitydraft.h>

#include <algorithm>

#include <QtCore/qcoreapplication.h>

#include <base/text.h>
#include <state/secretvariable.h>
#include <variables/resolve.h>

namespace claimcheck::ui {
namespace {

using collection::CredentialLogin;
using collection::GrantLogin;
using collection::Identity;
using collection::NamedTexts;
using collection::RequestLogin;
using enum IdentityInput;

constexpr std::string_view headerMark = "header:";
constexpr std::string_view cookieMark = "cookie:";
constexpr std::string_view bodyMark = "res.body.";

QString saidOfDraft(const char* text)
{
    return QCoreApplication::translate("claimcheck::ui::IdentityDraft", text);
}

bool isOneLine(const std::string& text)
{
    return text == trimmed(text) && text.find_first_of("\r\n") == std::string::npos;
}

std::string originLines(const std::vector<std::string>& origins)
{
    std::string lines;
    for (const std::string& origin : origins)
        lines += (lines.empty() ? "" : "\n") + origin;
    return lines;
}

std::string durationOf(Seconds duration)
{
    const auto seconds = duration.count();
    if (seconds % 3600 == 0)
        return std::to_string(seconds / 3600) + "h";
    return seconds % 60 == 0 ? std::to_string(seconds / 60) + "m" : std::to_string(seconds) + "s";
}

void putText(IdentityDraft& draft, IdentityInput input, const std::string& text)
{
    if (!text.empty())
        draft.texts[input] = text;
}

/// What is no template is a value in clear.
void putSecret(IdentityDraft& draft, IdentityInput input, const std::string& text)
{
    if (text.empty() || variables::hasVariable(text))
        return putText(draft, input, text);
    draft.values[input] = Secret(text);
}

void takeCredentials(IdentityDraft& draft, const CredentialLogin& login)
{
    putText(draft, Url, login.url);
    putText(draft, Method, login.method);
    putText(draft, User, login.user);
    putSecret(draft, IdentityInput::Password, login.password);
    putText(draft, UserField, login.userField);
    putText(draft, PasswordField, login.passwordField);
    putText(draft, Fields, asLines(login.fields).value_or(std::string()));
    putText(draft, Headers, asLines(login.headers).value_or(std::string()));
    putText(draft, TokenAt, login.tokenAt);
    draft.isForm = login.isForm;
}

void takeRequest(IdentityDraft& draft, const RequestLogin& login)
{
    putText(draft, File, login.file);
    putText(draft, TokenAt, login.tokenAt);
    putText(draft, Refresh, login.refresh);
    putText(draft, RefreshTokenAt, login.refreshTokenAt);
}

void takeGrant(IdentityDraft& draft, const GrantLogin& login)
{
    putText(draft, Issuer, login.issuer);
    putText(draft, TokenUrl, login.tokenUrl);
    putText(draft, AuthorizationUrl, login.authorizationUrl);
    putText(draft, DeviceUrl, login.deviceUrl);
    putText(draft, IntrospectionUrl, login.introspectionUrl);
    putText(draft, UserinfoUrl, login.userinfoUrl);
    putText(draft, RevocationUrl, login.revocationUrl);
    putText(draft, ClientId, login.clientId);
    putText(draft, ClientAuthentication, login.clientAuthentication);
    putSecret(draft, ClientSecret, login.clientSecret);
    putText(draft, ClientKeyFile, login.clientKeyFile);
    putSecret(draft, ClientKeyPassphrase, login.clientKeyPassphrase);
    putText(draft, AssertionAudience, login.assertionAudience);
    putText(draft, Scope, login.scope);
    putText(draft, User, login.user);
    putSecret(draft, IdentityInput::Password, login.password);
    putSecret(draft, IdentityInput::RefreshToken, login.refreshToken);
    putText(draft, Parameters, asLines(login.parameters).value_or(std::string()));
    draft.usesDpop = login.usesDpop;
}

/// Reads the texts that belong to the draft's kind.
class Reader
{
public:
    explicit Reader(const IdentityDraft& draft) : m_draft(draft) {}

    std::string operator()(IdentityInput input) const
    {
        return belongsTo(infoOf(input), m_draft.kind) ? std::string(trimmed(m_draft.text(input)))
                                                      : std::string();
    }
    NamedTexts named(IdentityInput input) const { return fromLines((*this)(input)); }
    std::string place(IdentityInput input) const { return toText(tokenPlaceOf((*this)(input))); }

private:
    const IdentityDraft& m_draft;
};

CredentialLogin credentialLogin(const IdentityDraft& draft)
{
    const Reader read(draft);
    CredentialLogin login;
    login.url = read(Url);
    if (const std::string method = read(Method); !method.empty())
        login.method = method;
    login.user = read(User);
    login.password = read(IdentityInput::Password);
    if (const std::string field = read(UserField); !field.empty())
        login.userField = field;
    if (const std::string field = read(PasswordField); !field.empty())
        login.passwordField = field;
    login.fields = read.named(Fields);
    login.headers = read.named(Headers);
    login.isForm = draft.isForm;
    login.tokenAt = read.place(TokenAt);
    return login;
}

GrantLogin grantLogin(const IdentityDraft& draft)
{
    const Reader read(draft);
    GrantLogin login;
    login.grant = wordOf(draft.kind);
    login.issuer = read(Issuer);
    login.tokenUrl = read(TokenUrl);
    login.authorizationUrl = read(AuthorizationUrl);
    login.deviceUrl = read(DeviceUrl);
    login.introspectionUrl = read(IntrospectionUrl);
    login.userinfoUrl = read(UserinfoUrl);
    login.revocationUrl = read(RevocationUrl);
    login.clientId = read(ClientId);
    login.clientSecret = read(ClientSecret);
    login.clientKeyFile = read(ClientKeyFile);
    login.clientKeyPassphrase = read(ClientKeyPassphrase);
    login.clientAuthentication = read(ClientAuthentication);
    login.assertionAudience = read(AssertionAudience);
    login.scope = read(Scope);
    login.user = read(User);
    login.password = read(IdentityInput::Password);
    login.refreshToken = read(IdentityInput::RefreshToken);
    login.parameters = read.named(Parameters);
    login.usesDpop = draft.usesDpop;
    return login;
}

/// "my app" → "myApp": what a variable is called with.
std::string camelCase(const std::string& text)
{
    std::string out;
    bool isNext = false;
    for (const char c : text) {
        const bool isLetter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        const bool isDigit = c >= '0' && c <= '9';
        if (!isLetter && !isDigit) {
            isNext = !out.empty();
            continue;
        }
        out += isNext && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
        isNext = false;
    }
    return out;
}

} // namespace

const std::string& IdentityDraft::text(IdentityInput input) const
{
    static const std::string none;
    const auto found = texts.find(input);
    return found == texts.end() ? none : found->second;
}

bool IdentityDraft::has(IdentityInput input) const
{
    const auto value = values.find(input);
    return belongsTo(infoOf(input), kind) &&
           (!trimmed(text(input)).empty() || (value != values.end() && !value->second.isEmpty()));
}

IdentityDraft identityDraftOf(const Identity& identity)
{
    IdentityDraft draft;
    putText(draft, Name, identity.name);
    if (identity.credentials)
        takeCredentials(draft, *identity.credentials);
    if (identity.request) {
        draft.kind = LoginKind::Request;
        takeRequest(draft, *identity.request);
    }
    if (identity.grant) {
        draft.kind = loginKindOf(identity.grant->grant).value_or(LoginKind::ClientCredentials);
        takeGrant(draft, *identity.grant);
    }
    if (identity.lasts)
        putText(draft, Lasts, durationOf(*identity.lasts));
    putText(draft, Origins, originLines(identity.origins));
    return draft;
}

QString whyNotEditable(const Identity& identity)
{
    if (identity.grant && !loginKindOf(identity.grant->grant))
        return saidOfDraft("Its grant is none that is known here, or a variable.");
    std::vector<const NamedTexts*> lists;
    if (identity.credentials)
        lists = {&identity.credentials->fields, &identity.credentials->headers};
    if (identity.grant)
        lists = {&identity.grant->parameters};
    if (!std::ranges::all_of(lists, [](const NamedTexts* texts) { return asLines(*texts).has_value(); }))
        return saidOfDraft("One of its fields holds what cannot be typed in a line.");
    return {};
}

Identity identityOf(const IdentityDraft& draft)
{
    const Reader read(draft);
    Identity identity;
    identity.name = read(Name);
    if (draft.kind == LoginKind::Credentials)
        identity.credentials = credentialLogin(draft);
    else if (draft.kind == LoginKind::Request)
        identity.request =
            RequestLogin{read(File), read.place(TokenAt), read(Refresh), read.place(RefreshTokenAt)};
    else
        identity.grant = grantLogin(draft);
    identity.lasts = parseDuration(read(Lasts));
    identity.origins = linesOf(read(Origins));
    return identity;
}

std::string proposedVariable(const IdentityDraft& draft, IdentityInput input)
{
    std::string name = camelCase(draft.text(Name));
    std::string what = input == IdentityInput::Password       ? "Password"
                       : input == IdentityInput::RefreshToken ? "RefreshToken"
                       : input == ClientKeyPassphrase         ? "KeyPassphrase"
                                                              : "ClientSecret";
    if (name.empty())
        what.front() = static_cast<char>(what.front() - 'A' + 'a');
    return "{{" + name + what + "}}";
}

IdentityDraft withVariables(IdentityDraft draft)
{
    for (const auto& [input, value] : draft.values)
        if (!value.isEmpty() && trimmed(draft.text(input)).empty())
            draft.texts[input] = proposedVariable(draft, input);
    return draft;
}

std::vector<workbench::TypedSecret> typedSecretsOf(const IdentityDraft& draft)
{
    std::vector<workbench::TypedSecret> typed;
    for (const auto& [input, value] : draft.values) {
        const std::string variable = variableIn(draft.text(input));
        if (belongsTo(infoOf(input), draft.kind) && !value.isEmpty() && !variable.empty())
            typed.push_back({variable, value});
    }
    return typed;
}

std::optional<std::string> asLines(const NamedTexts& texts)
{
    std::string lines;
    for (const auto& [name, value] : texts) {
        if (!isOneLine(name) || !isOneLine(value) || value.empty() || name.find(':') != std::string::npos)
            return std::nullopt;
        lines += (lines.empty() ? "" : "\n") + name + ": " + value;
    }
    return lines;
}

std::vector<std::string> linesOf(const std::string& text)
{
    std::vector<std::string> lines;
    for (std::size_t begin = 0; begin <= text.size();) {
        const std::size_t end = std::min(text.find('\n', begin), text.size());
        const std::string_view line = trimmed(std::string_view(text).substr(begin, end - begin));
        if (!line.empty())
            lines.emplace_back(line);
        begin = end + 1;
    }
    return lines;
}

NamedTexts fromLines(const std::string& lines)
{
    NamedTexts texts;
    for (const std::string& line : linesOf(lines)) {
        const std::size_t colon = line.find(':');
        const std::string name(trimmed(std::string_view(line).substr(0, colon)));
        const std::string value(colon == std::string::npos
                                    ? std::string_view()
                                    : trimmed(std::string_view(line).substr(colon + 1)));
        if (!name.empty() && !value.empty())
            texts.emplace_back(name, value);
    }
    return texts;
}

TokenPlace tokenPlaceOf(const std::string& text)
{
    std::string_view rest = trimmed(text);
    if (rest.empty())
        return {};
    if (rest.starts_with(headerMark))
        return {TokenPlace::Where::Header, std::string(rest.substr(headerMark.size()))};
    if (rest.starts_with(cookieMark))
        return {TokenPlace::Where::Cookie, std::string(rest.substr(cookieMark.size()))};
    if (rest.starts_with(bodyMark))
        rest.remove_prefix(bodyMark.size());
    return {TokenPlace::Where::Body, std::string(rest)};
}

std::string toText(const TokenPlace& place)
{
    switch (place.where) {
    case TokenPlace::Where::None:
        return {};
    case TokenPlace::Where::Header:
        return std::string(headerMark) + place.name;
    case TokenPlace::Where::Cookie:
        return std::string(cookieMark) + place.name;
    case TokenPlace::Where::Body:
        break;
    }
    return place.name;
}

} // namespace claimcheck::ui
