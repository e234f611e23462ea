// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <state/identityinputs.h>

#include <algorithm>
#include <array>

#include <QtCore/qcoreapplication.h>

namespace claimcheck::ui {
namespace {

constexpr unsigned bit(LoginKind kind)
{
    return 1u << static_cast<unsigned>(kind);
}

constexpr unsigned credentials = bit(LoginKind::Credentials);
constexpr unsigned request = bit(LoginKind::Request);
constexpr unsigned clientCredentials = bit(LoginKind::ClientCredentials);
constexpr unsigned code = bit(LoginKind::AuthorizationCode);
constexpr unsigned device = bit(LoginKind::DeviceCode);
constexpr unsigned passwordGrant = bit(LoginKind::Password);
constexpr unsigned refreshGrant = bit(LoginKind::RefreshToken);
constexpr unsigned grants = clientCredentials | code | device | passwordGrant | refreshGrant;
constexpr unsigned every = credentials | request | grants;

using enum IdentityInput;
using enum InputStyle;

constexpr std::array<InputInfo, 31> inputs{{
    {Name, Line, "editName", QT_TRANSLATE_NOOP("claimcheck::ui::IdentityInputs", "Name"),
     QT_TRANSLATE_NOOP("claimcheck::ui::IdentityInputs", "alice"), every},
    {Url, Line, "editUrl", QT_TRANSLATE_NOOP("claimcheck::ui::IdentityInputs", "Login URL"),
     "https://api.example.com/login", credentials},
    {File, InputStyle::Request, "editFile",
     QT_TRANSLATE_NOOP("claimcheck::ui::IdentityInputs", "Request that signs in"), "auth/login.yml", request},
    {Issuer, Line, "editIssuer", QT_TRANSLATE_NOOP("claimcheck::ui::IdentityInputs", "Issuer"),
     "https://id.example.com", grants},
    {TokenUrl, Line, "editTokenUrl", QT_TRANSLATE_NOOP("claimcheck::ui::IdentityInputs", "Token URL"),
     QT_TRANSLATE_NOOP("claimcheck::ui::IdentityInputs", "empty: as the issuer says"), grants},
    {AuthorizationUrl, Line, "editAuthorizationUrl",
     QT_TRANSLATE_NOOP("claimcheck::ui::IdentityInputs", "Authorization URL"),
     QT_TRANSLATE_NOOP("claimcheck::ui::IdentityInputs", "empty: as the issuer says"), code},
    {DeviceUrl, Line, "editDeviceUrl",
     QT_TRANSLATE_NOOP("claimcheck::ui::IdentityInputs", "Device authorization URL"),
     QT_TRANSLATE_NOOP("claimcheck::ui::IdentityInputs", "empty: as the issuer says"), device},
    {ClientId, Line, "editClientId", QT_TRANSLATE_NOOP("claimcheck::ui::IdentityInputs", "Client ID"), "",
     grants},
    {ClientAuthentication, Choice, "editClientAuth",
     QT_TRANSLATE_NOOP("claimcheck::ui::IdentityInputs", "Client authentication"), "", grants},
    {ClientSecret, Secret, "editClientSecret",
     QT_TRANSLATE_NOOP("claimcheck::ui::IdentityInputs", "Client secret"), "", grants},
    {User, Line, "editUser", QT_TRANSLATE_NOOP("claimcheck::ui::IdentityInputs", "User"), "",
     credentials | passwordGrant},
    {IdentityInput::Password, Secret, "editPassword",
     QT_TRANSLATE_NOOP("claimcheck::ui::IdentityInputs", "Password"), "", credentials | passwordGrant},
    {IdentityInput::RefreshToken, Secret, "editRefreshToken",
     QT_TRANSLATE_NOOP("claimcheck::ui::IdentityInputs", "Refresh token"), "", refreshGrant},
    {Scope, Line, "editScope", QT_TRANSLATE_NOOP("claimcheck::ui::IdentityInputs", "Scopes"),
     QT_TRANSLATE_NOOP("claimcheck::ui::IdentityInputs", "openid profile; parted by spaces"), grants},
    {TokenAt, Place, "editTokenAt",
     QT_TRANSLATE_NOOP("claimcheck::ui::IdentityInputs", "Where the token is in the answer"), "",
     credentials | request},
    {Refresh, InputStyle::Request, "editRefresh",
     QT_TRANSLATE_NOOP("claimcheck::ui::IdentityInputs", "Request that renews"),
     QT_TRANSLATE_NOOP("claimcheck::ui::IdentityInputs", "empty: it signs in anew"), request},
    {RefreshTokenAt, Place, "editRefreshTokenAt",
     QT_TRANSLATE_NOOP("claimcheck::ui::IdentityInputs", "Where the refresh token is"), "", request},
    {Method, Line, "editMethod", QT_TRANSLATE_NOOP("claimcheck::ui::IdentityInputs", "Method"), "POST",
     credentials, true},
    {UserField, Line, "editUserField", QT_TRANSLATE_NOOP("claimcheck::ui::IdentityInputs", "User field"),
     "username", credentials, true},
    {PasswordField, Line, "editPasswordField",
     QT_TRANSLATE_NOOP("claimcheck::ui::IdentityInputs", "Password field"), "password", credentials, true},
    {Fields, Lines, "editFields", QT_TRANSLATE_NOOP("claimcheck::ui::IdentityInputs", "Further fields"),
     QT_TRANSLATE_NOOP("claimcheck::ui::IdentityInputs", "tenant: a"), credentials, true},
    {Headers, Lines, "editHeaders", QT_TRANSLATE_NOOP("claimcheck::ui::IdentityInputs", "Headers"),
     QT_TRANSLATE_NOOP("claimcheck::ui::IdentityInputs", "X-Tenant: a"), credentials, true},
    {ClientKeyFile, Line, "editKeyFile",
     QT_TRANSLATE_NOOP("claimcheck::ui::IdentityInputs", "Client's private key, a file of the collection"),
     "keys/app.pem", grants, true},
    {ClientKeyPassphrase, Secret, "editKeyPassphrase",
     QT_TRANSLATE_NOOP("claimcheck::ui::IdentityInputs", "Passphrase of that key"), "", grants, true},
    {AssertionAudience, Line, "editAssertionAudience",
     QT_TRANSLATE_NOOP("claimcheck::ui::IdentityInputs", "Audience of the client's assertion"),
     QT_TRANSLATE_NOOP("claimcheck::ui::IdentityInputs", "empty: the issuer, or the token URL"), grants,
     true},
    {Parameters, Lines, "editParameters",
     QT_TRANSLATE_NOOP("claimcheck::ui::IdentityInputs", "Further parameters"),
     QT_TRANSLATE_NOOP("claimcheck::ui::IdentityInputs", "audience: https://api.example.com"), grants, true},
    {IntrospectionUrl, Line, "editIntrospectionUrl",
     QT_TRANSLATE_NOOP("claimcheck::ui::IdentityInputs", "Introspection URL"),
     QT_TRANSLATE_NOOP("claimcheck::ui::IdentityInputs", "empty: as the issuer says"), grants, true},
    {UserinfoUrl, Line, "editUserinfoUrl",
     QT_TRANSLATE_NOOP("claimcheck::ui::IdentityInputs", "Userinfo URL"),
     QT_TRANSLATE_NOOP("claimcheck::ui::IdentityInputs", "empty: as the issuer says"), grants, true},
    {RevocationUrl, Line, "editRevocationUrl",
     QT_TRANSLATE_NOOP("claimcheck::ui::IdentityInputs", "Revocation URL"),
     QT_TRANSLATE_NOOP("claimcheck::ui::IdentityInputs", "empty: as the issuer says"), grants, true},
    {Lasts, Line, "editLasts",
     QT_TRANSLATE_NOOP("claimcheck::ui::IdentityInputs", "How long a token is good that does not say it"),
     QT_TRANSLATE_NOOP("claimcheck::ui::IdentityInputs", "1h, 15m or 30s"), every, true},
    {Origins, Lines, "editOrigins",
     QT_TRANSLATE_NOOP("claimcheck::ui::IdentityInputs", "Where its token may go, beside where it signs in"),
     "https://api.example.com", every},
}};

QString said(const char* text)
{
    return QCoreApplication::translate("claimcheck::ui::IdentityInputs", text);
}

} // namespace

std::span<const InputInfo> identityInputs()
{
    return inputs;
}

const InputInfo& infoOf(IdentityInput input)
{
    return *std::ranges::find(inputs, input, &InputInfo::input);
}

bool belongsTo(const InputInfo& info, LoginKind kind)
{
    return (info.kinds & bit(kind)) != 0;
}

QString titleOf(const InputInfo& info)
{
    return said(info.title);
}

QString hintOf(const InputInfo& info)
{
    return *info.hint == '\0' ? QString() : said(info.hint);
}

const std::vector<LoginKind>& loginKinds()
{
    static const std::vector<LoginKind> all{LoginKind::Credentials,       LoginKind::Request,
                                            LoginKind::ClientCredentials, LoginKind::AuthorizationCode,
                                            LoginKind::DeviceCode,        LoginKind::Password,
                                            LoginKind::RefreshToken};
    return all;
}

std::string_view wordOf(LoginKind kind)
{
    switch (kind) {
    case LoginKind::Credentials:
        return "credentials";
    case LoginKind::Request:
        return "request";
    case LoginKind::ClientCredentials:
        return "client-credentials";
    case LoginKind::AuthorizationCode:
        return "authorization-code";
    case LoginKind::DeviceCode:
        return "device-code";
    case LoginKind::Password:
        return "password";
    case LoginKind::RefreshToken:
        break;
    }
    return "refresh-token";
}

std::optional<LoginKind> loginKindOf(std::string_view word)
{
    const auto found = std::ranges::find(loginKinds(), word, wordOf);
    return found == loginKinds().end() ? std::nullopt : std::optional(*found);
}

QString aboutKind(LoginKind kind)
{
    switch (kind) {
    case LoginKind::Credentials:
        return said("A request with name and password.");
    case LoginKind::Request:
        return said("A request of the collection signs in, whatever it sends.");
    case LoginKind::ClientCredentials:
        return said("OAuth 2.0: the program signs in as itself (RFC 6749 §4.4).");
    case LoginKind::AuthorizationCode:
        return said("OAuth 2.0: a person signs in in the browser, always with PKCE (RFC 7636).");
    case LoginKind::DeviceCode:
        return said("OAuth 2.0: a person types a code on another device (RFC 8628).");
    case LoginKind::Password:
        return said("OAuth 2.0 with name and password; RFC 9700 §2.4 advises against it.");
    case LoginKind::RefreshToken:
        break;
    }
    return said("OAuth 2.0: goes on with a refresh token that you have (RFC 6749 §6).");
}

} // namespace claimcheck::ui
