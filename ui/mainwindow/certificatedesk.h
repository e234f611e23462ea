// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The client certificate of the request in front: which one counts for its host, and where a new one goes.

#pragma once

#include <QtCore/qobject.h>

#include <workbench/edits.h>

namespace claimcheck::ui {

class CertificateDialog;
class NoticeBar;
class RequestTabs;

class CertificateDesk : public QObject
{
    Q_OBJECT
public:
    CertificateDesk(workbench::Workbench& workbench, workbench::Edits& edits, RequestTabs* tabs,
                    NoticeBar* notice);

private:
    void edit();
    void save(CertificateDialog* dialog, const std::string& directory, workbench::CertificateSave wanted);

    workbench::Workbench& m_workbench;
    workbench::Edits& m_edits;
    RequestTabs* m_tabs;
    NoticeBar* m_notice;
};

} // namespace claimcheck::ui
