// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The session of an identity, lent to a run: renewed for the run and for all that is sent beside it together.
// Signed out, it is over for the run, too: nothing signs in again behind the back of who signed out. Private
// to the module.

#pragma once

#include <functional>
#include <map>
#include <string>

#include <QtCore/qobject.h>
#include <QtCore/qpointer.h>

#include <run/livesession.h>

#include "liveidentity.h"

namespace claimcheck::workbench {

class LentSession : public QObject, public run::LiveSession
{
public:
    explicit LentSession(LiveIdentity& live);

    const std::string& name() const override { return m_name; }
    void want(QObject* context, Done done) override;
    void refused(std::uint64_t generation, QObject* context, Done done) override;
    void cancelSignIn() override;
    run::RunSession* session() override;

private:
    struct Waiting
    {
        QPointer<QObject> context;
        Done done;
    };

    Done keep(QObject* context, Done done);
    void ask(const std::function<void()>& question);
    void tell(int ticket, Result<Held> held);
    void endAll();

    QPointer<LiveIdentity> m_live;
    std::string m_name;
    std::map<int, Waiting> m_waiting; ///< each is told, also where the identity goes meanwhile
    int m_lastTicket = 0;
    bool m_isBeginner = false; ///< what is under way was begun by one of those that wait
};

} // namespace claimcheck::workbench
