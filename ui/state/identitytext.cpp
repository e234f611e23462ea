// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <state/identitytext.h>

#include <algorithm>
#include <array>

#include <QtCore/qcoreapplication.h>

#include <base/text.h>

namespace claimcheck::ui {
namespace {

QString said(const char* text)
{
    return QCoreApplication::translate("claimcheck::ui::Identities", text);
}

} // namespace

std::vector<std::string> choicesOf(const SentAs& sentAs)
{
    if (sentAs.identities.empty())
        return {};
    std::vector<std::string> choices = sentAs.identities;
    choices.emplace_back(workbench::Identities::nobody);
    choices.emplace_back();
    return choices;
}

QString loginWords(const std::string& login)
{
    static constexpr std::array<std::pair<std::string_view, const char*>, 7> words{
        {{"credentials", "Name and password"},
         {"request", "Request of the collection"},
         {"client-credentials", "Client credentials"},
         {"authorization-code", "Browser (authorization code)"},
         {"device-code", "Device code"},
         {"password", "Password grant"},
         {"refresh-token", "Refresh token"}}};
    for (const auto& [name, text] : words)
        if (login == name)
            return said(text);
    return toQString(visible(login)); // a variable, say
}

bool isExpired(const workbench::IdentityState& state, Instant now)
{
    return state.isSignedIn && state.ends && *state.ends <= now;
}

QString restWords(const workbench::IdentityState& state, Instant now)
{
    if (!state.isSignedIn)
        return state.isBusy ? said("Signing in…") : said("Not signed in");
    const bool isUnreadable = !state.tokens.empty() && !state.tokens.front().unreadableEnd.empty();
    if (!state.ends)
        return isUnreadable ? said("exp cannot be read") : said("no expiry");
    return isExpired(state, now) ? said("expired") : toQString(formatCountdown(*state.ends - now));
}

std::optional<double> restShare(const workbench::IdentityState& state, Instant now)
{
    if (!state.isSignedIn || !state.ends)
        return std::nullopt;
    const auto whole = *state.ends - state.since.value_or(now);
    if (whole.count() <= 0)
        return 0;
    const auto rest = *state.ends - now;
    return std::clamp(static_cast<double>(rest.count()) / static_cast<double>(whole.count()), 0.0, 1.0);
}

QString problemWords(const workbench::IdentityState& state)
{
    return state.problem ? toQString(visible(describe(*state.problem))) : QString();
}

QString noteWords(const std::vector<std::string>& notes)
{
    QStringList lines;
    for (const std::string& note : notes)
        lines.append(toQString(visible(note)));
    return lines.join(u'\n');
}

QString endedWords(const workbench::EndedTokens& ended)
{
    QStringList revoked;
    QStringList forgotten;
    for (const workbench::EndedTokens::Each& token : ended.tokens)
        if (token.why.empty())
            revoked.append(said(token.what.c_str()));
        else
            forgotten.append(
                QStringLiteral("%1 (%2)").arg(said(token.what.c_str()), toQString(visible(token.why))));
    QStringList sentences;
    if (!revoked.isEmpty())
        sentences.append(said("Revoked: %1.").arg(revoked.join(QStringLiteral(", "))));
    if (!forgotten.isEmpty())
        sentences.append(
            said("Forgotten here, and good until it ends: %1.").arg(forgotten.join(QStringLiteral(", "))));
    return sentences.join(u' ');
}

QString chosenWords(const std::string& chosen)
{
    if (chosen.empty())
        return said("Sign-in form");
    if (chosen == workbench::Identities::nobody)
        return said("Nobody");
    return toQString(visible(chosen));
}

QString choiceWords(const SentAs& sentAs, const std::string& choice)
{
    if (!choice.empty() || sentAs.formName.empty())
        return chosenWords(choice);
    const QString name = toQString(visible(sentAs.formName));
    const bool isIdentity = std::ranges::find(sentAs.identities, sentAs.formName) != sentAs.identities.end();
    return isIdentity ? said("%1 (sign-in form)").arg(name) : name;
}

} // namespace claimcheck::ui
