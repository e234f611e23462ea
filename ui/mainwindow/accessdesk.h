// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the window does about the access matrix: between the pane, the test of the open collection, and the
// hosts that the user said may be tested.

#pragma once

#include <string>

#include <QtCore/qobject.h>

#include <workbench/accesstest.h>

namespace claimcheck::ui {

class AccessPane;
class AuditDesk;

class AccessDesk : public QObject
{
    Q_OBJECT
public:
    /// `hosts` keeps those that may be tested; it lives as long as this.
    AccessDesk(workbench::Workbench& workbench, AuditDesk* hosts, QObject* parent);

    /// The page; whoever places it owns it.
    AccessPane* pane() const { return m_pane; }
    const workbench::AccessTest& test() const { return m_test; }

    /// The open collection is another one, or has changed.
    void showCollection();
    void showIdentities();
    void stop();
    bool isRunning() const;

Q_SIGNALS:
    /// Something to stop began or ended.
    void changed();

private:
    void ask(const std::string& host, std::size_t requests);

    workbench::AccessTest m_test;
    AuditDesk* m_hosts;
    AccessPane* m_pane;
};

} // namespace claimcheck::ui
