// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <mainwindow/answers.h>

#include <algorithm>

#include <mainwindow/bottomline.h>
#include <response/responsepane.h>

namespace claimcheck::ui {

void Answers::show(int owner)
{
    if (owner == m_shown)
        return;
    m_shown = owner;
    m_pane->setHint(
        owner == signIn
            ? QObject::tr("The server's answer to the sign-in is shown here; a session that the keychain "
                          "kept goes on without one.")
            : QObject::tr("Ctrl+Return sends the request."));
    showCurrent();
}

void Answers::showCurrent()
{
    const auto found = m_answers.find(m_shown);
    if (found != m_answers.end()) {
        m_pane->showExchange(found->second);
        m_line->setExchange(found->second.exchange);
    } else {
        m_pane->clear();
        m_line->setExchange({});
    }
    if (!m_expected.empty() && m_expected.front() == m_shown && !m_url.isEmpty())
        m_pane->showBusy(m_method, m_url);
}

void Answers::expect(int owner)
{
    m_expected.push_back(owner);
}

void Answers::begin(const QString& method, const QString& url)
{
    m_method = method;
    m_url = url;
    if (m_expected.empty())
        m_expected.push_back(m_shown);
    if (m_expected.front() == m_shown)
        m_pane->showBusy(method, url);
}

bool Answers::end(const workbench::ExchangeResult& result)
{
    const int owner = m_expected.empty() ? m_shown : m_expected.front();
    if (!m_expected.empty())
        m_expected.pop_front();
    m_method.clear();
    m_url.clear();
    put(owner, result);
    return owner == m_shown;
}

void Answers::put(int owner, const workbench::ExchangeResult& result)
{
    if (owner == 0)
        return;
    m_answers.insert_or_assign(owner, result);
    if (owner == m_shown)
        showCurrent();
}

void Answers::drop(int owner)
{
    if (m_answers.erase(owner) > 0 && owner == m_shown)
        showCurrent();
}

static bool areSameTokens(const std::vector<workbench::FoundInspection>& left,
                          const std::vector<workbench::FoundInspection>& right)
{
    return std::ranges::equal(left, right, {}, &workbench::FoundInspection::found,
                              &workbench::FoundInspection::found);
}

void Answers::renewTokens(const std::vector<workbench::FoundInspection>& tokens)
{
    for (auto& [owner, answer] : m_answers) {
        if (!areSameTokens(answer.tokens, tokens))
            continue;
        answer.tokens = tokens;
        if (owner == m_shown)
            m_pane->setTokens(tokens);
    }
}

const http::Response* Answers::answerOf(int owner) const
{
    const auto found = m_answers.find(owner);
    const bool has = found != m_answers.end() && found->second.exchange.response;
    return has ? &*found->second.exchange.response : nullptr;
}

void Answers::forget(int owner)
{
    m_answers.erase(owner);
    std::ranges::replace(m_expected, owner, 0);
}

} // namespace claimcheck::ui
