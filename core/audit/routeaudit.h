// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The audit of one route: controls, then forgeries, the good token between them. What was refused counts only
// while the good token still opens the route.

#pragma once

#include <functional>
#include <optional>

#include <audit/judge.h>
#include <audit/keyhost.h>
#include <audit/plan.h>
#include <audit/sender.h>
#include <audit/shown.h>

namespace claimcheck::audit {

struct RouteTask
{
    Target target;
    Plan plan;
    std::string canary = {};
    std::string mark = {};            ///< of the run, for X-Audit
    std::vector<Secret> secrets = {}; ///< further ones that no report may hold
    /// What can be made of a forgery that was accepted; empty where nothing needs it.
    std::function<std::vector<Forgery>(const Forgery& taken)> build = {};
};

class RouteAudit
{
public:
    /// `host` may be null. `changed` is told of each new row, `done` once at the end.
    RouteAudit(RouteTask task, Sender& sender, const KeyHost* host, std::function<void(const Row&)> changed,
               std::function<void(RouteReport)> done);

    void start();
    /// The rest is not run; done is called.
    void stop();

private:
    using Then = std::function<void()>;

    /// `done` is not called where nothing more may be sent: the route ends there.
    void send(const http::Request& request, const Sender::Done& done);
    void sendGood(const Sender::Done& done);
    void sendForgery(const Forgery& forgery, const Sender::Done& done);
    void takeFirst(const Reply& reply);
    void takeSecond(const Reply& reply);
    void nextControl();
    void takeControl(const Forgery& control, const Answer& answer, int attempt);
    void nextForgery();
    void buildOn();
    void takeForgery(const Forgery& forgery, const Answer& answer, int attempt);
    void proveCounter(const Forgery& forgery, const Answer& answer);
    void compareHead(const Forgery& forgery, const Answer& without);
    Judgement judged(const Forgery& forgery, const Answer& answer) const;
    void checkGood(int attempt, const Then& then);
    void giveUp(const Answer& answer);
    void doubtUnconfirmed(const std::string& why);
    void endWith(const std::string& why, Outcome rest = Outcome::NotRun);
    void halt(const std::string& why);

    Row rowFor(const Forgery& forgery) const;
    void addRow(const Forgery& forgery, const Answer& answer, const Judgement& judgement);
    bool isCutForSize(const Forgery& forgery, const Answer& answer) const;
    void markBroken(Row& row, const Forgery& forgery);
    void skipRest(Outcome outcome, const std::string& why);
    void finish();
    std::string nextMark();

    RouteTask m_task;
    Sender& m_sender;
    const KeyHost* m_host;
    std::function<void(const Row&)> m_changed;
    std::function<void(RouteReport)> m_done;
    RouteReport m_report;
    Answer m_first;
    std::optional<Judge> m_judge;
    std::optional<Forgery> m_taken;  ///< the first accepted one that others can be made of
    std::optional<Answer> m_failure; ///< to the forgery that is under way: it is sent once more
    std::size_t m_next = 0;
    std::size_t m_sinceGood = 0;
    std::size_t m_confirmed = 0; ///< rows before the last time that the good token worked
    std::size_t m_marks = 0;
    std::string m_sentMark;    ///< of the forgery that is under way
    std::size_t m_busy = 0;    ///< forgeries in a row that got no other answer than to wait
    int m_goodFailures = 0;    ///< before there were two good answers
    bool m_isOpen = false;     ///< a control got through
    bool m_isRefusing = false; ///< garbage was answered, and not as the good token
    bool m_isDown = false;     ///< the good token fails as well, again and again
    bool m_isDone = false;
};

} // namespace claimcheck::audit
