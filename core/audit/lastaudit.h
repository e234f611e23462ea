// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What uses a good token up, when all routes are done: it is logged out, or has expired, and is sent once
// more. Where there are tokens to be had, each trial gets one of its own.

#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include <QtCore/qobject.h>

#include <audit/plan.h>
#include <audit/sender.h>
#include <audit/target.h>

namespace claimcheck::audit {

struct LastTrials
{
    bool waits = false;             ///< until the token has expired
    Seconds leeway{120};            ///< behind its exp: what clocks may differ by
    Seconds longestWait{900};       ///< a token that is good for longer is not waited for
    Milliseconds propagation{2000}; ///< behind the logout, before a token that is still taken is sent again
    /// The logout of this token; none: nobody is logged out.
    std::function<Result<http::Request>(const Secret& token)> ending = {};
    using TakeToken = std::function<void(Result<Secret>)>;
    /// A token of a session of its own, told from the event loop; none: the good token is used up.
    std::function<void(TakeToken)> freshToken = {};
    std::function<Instant()> clock = currentTime;
};

/// One route of them.
struct LastSubject
{
    std::size_t route = 0; ///< its place in the report
    Target target;
    std::vector<Forgery> last;
    std::string canary = {};
    std::vector<Secret> secrets = {};
};

class LastAudit
{
public:
    struct Told
    {
        std::function<void(std::size_t route, Row row)> rowAdded;
        std::function<void(Instant until)> waiting;
        std::function<void()> done;
    };

    LastAudit(std::vector<LastSubject> subjects, LastTrials trials, std::string mark, Sender& sender,
              Told told);

    void start();
    /// The rest is not run; done is not called.
    void stop();

private:
    /// A route in the trial that is under way.
    struct Trial
    {
        const LastSubject* subject = nullptr;
        const Forgery* forgery = nullptr;
        Target target; ///< with the token that is used up
        std::vector<Answer> good = {};
        std::optional<Judge> judge = {};
        int refusalStatus = 0;
        bool isOver = false;
    };
    using Then = std::function<void()>;

    void nextTrial();
    void takeToken(const Result<Secret>& fresh);
    void addTrial(const LastSubject& subject, const Forgery& forgery, const std::optional<Secret>& fresh);
    std::string obstacleTo(const Trial& trial) const;
    void tryEach(std::size_t from, const std::function<void(Trial&, const Then&)>& step, const Then& then);
    void control(Trial& trial, const Then& then);
    void takeWithout(Trial& trial, const Answer& answer);
    void useUp();
    void wait();
    void logOut(Trial& trial, const Then& then);
    void sendOnceMore(Trial& trial, int attempt, const Then& then);
    Judgement judged(const Trial& trial, const Answer& answer) const;

    void send(const http::Request& request, const std::function<void(const Answer&)>& done);
    void halt(const std::string& why);
    void end(Trial& trial, const Judgement& judgement, const Answer& answer = {});
    void endRest(Outcome outcome, const std::string& why);
    bool isLogout() const { return m_attack == "not-revoked"; }
    std::string nextMark() { return m_mark + "-last-" + std::to_string(++m_marks); }

    std::vector<LastSubject> m_subjects;
    LastTrials m_trials;
    std::string m_mark;
    Sender& m_sender;
    Told m_told;
    /// Of timers, and of tokens to come; null: stopped.
    std::unique_ptr<QObject> m_context = std::make_unique<QObject>();
    std::vector<std::string_view> m_attacks; ///< still to come
    std::string_view m_attack;
    std::vector<Trial> m_current;
    std::map<std::string, std::string> m_logouts; ///< by token: "", or why nobody was logged out
    std::vector<std::string> m_ended;             ///< tokens that a logout has ended
    std::size_t m_marks = 0;
};

} // namespace claimcheck::audit
