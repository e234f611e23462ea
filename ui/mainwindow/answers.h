// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The last answer of each open request, and of the sign-in. The response pane shows the one that belongs to
// what stands beside it, never another's.

#pragma once

#include <deque>
#include <map>

#include <workbench/workbench.h>

namespace claimcheck::ui {

class BottomLine;
class ResponsePane;

class Answers
{
public:
    /// Beside the ids of the request tabs.
    static constexpr int signIn = -1;

    Answers(ResponsePane* pane, BottomLine* line) : m_pane(pane), m_line(line) {}

    /// `owner` stands beside the pane now.
    void show(int owner);
    /// A request of `owner` is on its way to the workbench: one answer will come for it.
    void expect(int owner);
    /// It is on the wire.
    void begin(const QString& method, const QString& url);
    /// The oldest expected answer is here; true when it belongs to what is shown.
    bool end(const workbench::ExchangeResult& result);
    /// An answer that needed no wait, or that of the sign-in.
    void put(int owner, const workbench::ExchangeResult& result);
    /// What was answered to `owner` so far is shown no longer.
    void drop(int owner);
    /// The same tokens of one of the answers, judged anew.
    void renewTokens(const std::vector<workbench::FoundInspection>& tokens);
    /// The answer beside `owner`; null: none came yet, or none at all.
    const http::Response* answerOf(int owner) const;
    /// The tab is closed.
    void forget(int owner);

private:
    void showCurrent();

    ResponsePane* m_pane;
    BottomLine* m_line;
    std::map<int, workbench::ExchangeResult> m_answers;
    std::deque<int> m_expected; ///< every send ends with one answer, in order; 0: nobody waits any more
    int m_shown = 0;
    QString m_method; ///< of what is on the wire
    QString m_url;
};

} // namespace claimcheck::ui
