// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <mainwindow/accessdesk.h>

#include <access/accesspane.h>
#include <audits/hostdialog.h>
#include <mainwindow/auditdesk.h>

namespace claimcheck::ui {

using workbench::AccessTest;

AccessDesk::AccessDesk(workbench::Workbench& workbench, AuditDesk* hosts, QObject* parent)
    : QObject(parent), m_test(workbench), m_hosts(hosts), m_pane(new AccessPane(workbench, m_test))
{
    connect(m_pane, &AccessPane::aboutToTest, this,
            [this] { m_pane->setConfirmed(m_hosts->confirmedHosts()); });
    connect(m_pane, &AccessPane::hostWanted, this, &AccessDesk::ask);
    connect(&m_test, &AccessTest::changed, this, &AccessDesk::changed);
}

/// Another machine is confirmed by its name, once; who does not confirm it ends the test.
void AccessDesk::ask(const std::string& host, std::size_t requests)
{
    auto* dialog = new HostDialog(
        host, tr("About %1 requests of several identities will go to %2.").arg(requests), m_pane->window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, host] {
        m_hosts->rememberHost(host);
        m_pane->confirmAndRun(host);
    });
    connect(dialog, &QDialog::rejected, m_pane, &AccessPane::stop);
    dialog->open();
}

void AccessDesk::showCollection()
{
    m_pane->showCollection();
}

void AccessDesk::showIdentities()
{
    m_pane->showIdentities();
}

void AccessDesk::stop()
{
    m_pane->stop();
}

bool AccessDesk::isRunning() const
{
    return m_test.state() == AccessTest::State::SigningIn || m_test.state() == AccessTest::State::Running;
}

} // namespace claimcheck::ui
