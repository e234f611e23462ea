// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <state/identityproblems.h>

#include <algorithm>
#include <set>

#include <QtCore/qcoreapplication.h>

#include <auth/jsonpath.h>
#include <auth/oauth.h>
#include <base/text.h>
#include <collection/matrix.h>
#include <http/message.h>
#include <state/secretvariable.h>
#include <store/secretlike.h>
#include <variables/resolve.h>
#include <workbench/identities.h>

namespace claimcheck::ui {
namespace {

using enum IdentityInput;

QString saidOfProblem(const char* text)
{
    return QCoreApplication::translate("claimcheck::ui::IdentityProblems", text);
}

bool isAmong(const std::vector<std::string>& all, const std::string& text)
{
    return std::ranges::find(all, text) != all.end();
}

/// The sentences for one draft; an empty one: nothing is wrong.
class Judge
{
public:
    Judge(const IdentityDraft& draft, const IdentityAround& around) : m_draft(draft), m_around(around) {}

    QString of(const InputInfo& info) const
    {
        switch (info.style) {
        case InputStyle::Lines:
            return info.input == Origins ? origins() : lines(info.input);
        case InputStyle::Secret:
            return secret(info.input);
        case InputStyle::Place:
            return place(info.input);
        case InputStyle::Request:
            return request(info.input);
        case InputStyle::Choice:
            return clientAuthentication();
        case InputStyle::Line:
            break;
        }
        return line(info.input);
    }

private:
    std::string text(IdentityInput input) const { return std::string(trimmed(m_draft.text(input))); }

    QString line(IdentityInput input) const
    {
        switch (input) {
        case Name:
            return name();
        case Url:
            return url(text(Url), saidOfProblem("Type the URL that the login is sent to."));
        case User:
            return text(User).empty() ? saidOfProblem("Type the user name.") : QString();
        case ClientId:
            return text(ClientId).empty() ? saidOfProblem("Type the client ID.") : QString();
        case Method:
            return method();
        case Issuer:
            return issuer();
        case TokenUrl:
        case AuthorizationUrl:
        case DeviceUrl:
        case IntrospectionUrl:
        case UserinfoUrl:
        case RevocationUrl:
            return endpoint(input);
        case Lasts:
            return lasts();
        default:
            return {};
        }
    }

    QString name() const
    {
        const std::string typed = text(Name);
        if (typed.empty())
            return saidOfProblem("It needs a name.");
        if (typed == workbench::Identities::nobody || typed == collection::anonymous)
            return saidOfProblem("This name stands for nobody, who needs no login.");
        if (!collection::isIdentityName(typed))
            return saidOfProblem("Take at most 64 letters, digits and signs.");
        return isAmong(m_around.names, typed) ? saidOfProblem("Another identity has this name.") : QString();
    }

    static QString url(const std::string& typed, const QString& whereEmpty)
    {
        if (typed.empty())
            return whereEmpty;
        const bool isKnown = variables::hasVariable(typed) || !http::originOf(typed).empty();
        return isKnown ? QString() : saidOfProblem("Write it as https://host/path.");
    }

    QString method() const
    {
        const std::string typed = text(Method);
        const bool isWord = std::ranges::all_of(typed, [](char c) { return c >= 'A' && c <= 'Z'; });
        return isWord || variables::hasVariable(typed)
                   ? QString()
                   : saidOfProblem("Write the method in capital letters: POST.");
    }

    /// A grant needs its endpoints, or who names them.
    QString issuer() const
    {
        const std::string typed = text(Issuer);
        if (!typed.empty())
            return address(typed);
        if (text(TokenUrl).empty())
            return saidOfProblem("Type the issuer, or the token URL.");
        if (m_draft.kind == LoginKind::AuthorizationCode && text(AuthorizationUrl).empty())
            return saidOfProblem("Type the issuer, or the authorization URL beside the token URL.");
        if (m_draft.kind == LoginKind::DeviceCode && text(DeviceUrl).empty())
            return saidOfProblem("Type the issuer, or the device authorization URL beside the token URL.");
        return {};
    }

    QString endpoint(IdentityInput input) const
    {
        const std::string typed = text(input);
        return typed.empty() ? QString() : address(typed);
    }

    static QString address(const std::string& typed)
    {
        if (variables::hasVariable(typed))
            return {};
        const auto allowed = auth::checkEndpoint(typed, "it");
        if (allowed)
            return {};
        std::string why = visible(allowed.error().why);
        if (!why.empty() && why.front() >= 'a' && why.front() <= 'z')
            why.front() = static_cast<char>(why.front() - 'a' + 'A');
        return toQString(why + ": " + visible(allowed.error().fix) + ".");
    }

    QString lasts() const
    {
        const std::string typed = text(Lasts);
        const auto duration = parseDuration(typed);
        return typed.empty() || (duration && duration->count() > 0)
                   ? QString()
                   : saidOfProblem("Write it as 30s, 15m or 1h.");
    }

    bool isNeeded(IdentityInput input) const
    {
        const std::string method = text(ClientAuthentication);
        if (input == ClientSecret)
            return method == "basic" || method == "post" || method == "secret-jwt";
        return input == IdentityInput::Password || input == IdentityInput::RefreshToken;
    }

    QString secret(IdentityInput input) const
    {
        const std::string typed = text(input);
        const auto value = m_draft.values.find(input);
        const bool hasValue = value != m_draft.values.end() && !value->second.isEmpty();
        if (typed.empty() && !hasValue)
            return isNeeded(input) ? saidOfProblem("Name a variable as {{password}}, and type its value.")
                                   : QString();
        if (!isTemplate(typed))
            return saidOfProblem("No secret stands in the file: name a variable as {{password}} here, and "
                                 "type its value beside it.");
        return hasValue ? placeOfValue(variableIn(typed)) : QString();
    }

    /// Nothing but variables.
    static bool isTemplate(const std::string& typed)
    {
        std::size_t covered = 0;
        for (const variables::Reference& reference : variables::references(typed))
            covered += reference.length;
        return covered == typed.size();
    }

    /// Where a value that was typed is to be kept.
    QString placeOfValue(const std::string& variable) const
    {
        if (variable.empty() || variable.starts_with('$') || variable.starts_with("process.env."))
            return saidOfProblem("A value is kept for one variable of an environment: {{password}}.");
        if (m_around.environment.empty() && m_around.newEnvironment.empty())
            return saidOfProblem("A value is kept for an environment, and none is chosen. Save without the "
                                 "value, choose or make one at the top, then come back.");
        if (isAmong(m_around.plain, variable))
            return saidOfProblem("The environment has a plain variable of this name, which stands in its "
                                 "file. Take another name.");
        return {};
    }

    QString clientAuthentication() const
    {
        const std::string method = text(ClientAuthentication);
        if (method.empty() || variables::hasVariable(method))
            return {};
        if (!auth::clientAuthenticationFrom(method))
            return saidOfProblem("There is no such client authentication.");
        return method == "private-key-jwt" && text(ClientKeyFile).empty()
                   ? saidOfProblem("It needs the client's private key, a file of the collection.")
                   : QString();
    }

    QString request(IdentityInput input) const
    {
        const std::string typed = text(input);
        if (typed.empty() && input == File)
            return saidOfProblem("Choose the request that signs in.");
        return typed.empty() || isAmong(m_around.requests, typed)
                   ? QString()
                   : saidOfProblem("The collection has no request in a file of this name.");
    }

    QString place(IdentityInput input) const
    {
        const TokenPlace typed = tokenPlaceOf(text(input));
        if (typed.where == TokenPlace::Where::None)
            return {};
        if (input == RefreshTokenAt && text(Refresh).empty())
            return saidOfProblem("It needs the request that renews, which takes the token.");
        if (trimmed(typed.name).empty())
            return saidOfProblem("Name it.");
        const bool isPath = typed.where != TokenPlace::Where::Body || variables::hasVariable(typed.name) ||
                            auth::parsePath(typed.name).has_value();
        return isPath ? QString() : saidOfProblem("Write the way to it as data.access_token.");
    }

    QString lines(IdentityInput input) const
    {
        std::set<std::string> names;
        int number = 0;
        for (const std::string& line : linesOf(m_draft.text(input))) {
            ++number;
            const auto pair = fromLines(line);
            if (pair.empty())
                return saidOfProblem("Write line %1 as name: value.").arg(number);
            const auto& [name, value] = pair.front();
            if (!names.insert(name).second)
                return saidOfProblem("Line %1 has a name that stands there already.").arg(number);
            const bool isSecret = store::isSecretName(name) || store::isSecretHeader(name);
            if ((isSecret && !store::isHarmlessValue(value)) || !store::findSecrets(value).empty())
                return saidOfProblem("Line %1 holds a secret: use a variable as {{password}}.").arg(number);
        }
        return {};
    }

    QString origins() const
    {
        for (const std::string& line : linesOf(m_draft.text(Origins)))
            if (!variables::hasVariable(line) && http::originOf(line).empty())
                return saidOfProblem("Write each as https://host or https://host:port.");
        return {};
    }

    const IdentityDraft& m_draft;
    const IdentityAround& m_around;
};

} // namespace

std::vector<IdentityProblem> identityProblems(const IdentityDraft& draft, const IdentityAround& around)
{
    const Judge judge(draft, around);
    std::vector<IdentityProblem> problems;
    for (const InputInfo& info : identityInputs()) {
        if (!belongsTo(info, draft.kind))
            continue;
        if (const QString text = judge.of(info); !text.isEmpty())
            problems.push_back({info.input, text});
    }
    return problems;
}

} // namespace claimcheck::ui
