// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the window does about audits: between the requests that are chosen, the pane, and the hosts that the
// user said may be tested.

#pragma once

#include <string>

#include <QtCore/qobject.h>

#include <workbench/auditing.h>
#include <workbench/workbench.h>

namespace claimcheck::ui {

class AuditPane;
class NoticeBar;
class RequestTabs;

class AuditDesk : public QObject
{
    Q_OBJECT
public:
    /// `configDirectory`: where it is kept which hosts may be tested.
    AuditDesk(workbench::Workbench& workbench, RequestTabs* requests, NoticeBar* notice,
              std::string configDirectory, QObject* parent);

    /// The page; whoever places it owns it.
    AuditPane* pane() const { return m_pane; }
    const workbench::Auditing& auditing() const { return m_auditing; }

    /// Plans the audit of the request in front.
    void auditCurrent();
    /// Of these requests, and of those in these folders.
    void audit(const QStringList& paths);
    /// The demo API runs: a line offers the audit of its careless twin.
    void offerCareless();
    /// For the audit's token, or else the session's.
    void writeGuard(QWidget* window);
    /// Another collection may be open, or another identity chosen.
    void renew();
    void stop();
    bool isRunning() const;
    /// The user said that these may be tested.
    std::set<std::string> confirmedHosts() const;
    void rememberHost(const std::string& host);

Q_SIGNALS:
    /// The page is to be in front.
    void shown();
    /// Something to stop began or ended.
    void changed();

private:
    void begin(std::vector<collection::Item> items, const QString& jwksUrl = {});
    void auditCareless();
    Secret guardedToken() const;

    workbench::Workbench& m_workbench;
    workbench::Auditing m_auditing;
    RequestTabs* m_requests;
    NoticeBar* m_notice;
    std::string m_configDirectory;
    std::string m_directory; ///< of the collection
    AuditPane* m_pane;
};

} // namespace claimcheck::ui
