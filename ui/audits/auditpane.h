// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The audit of requests in the window: at the left what is tried and how, at the right the matrix, which is
// the plan before it fills, and under it the evidence of the chosen cell.

#pragma once

#include <memory>
#include <set>
#include <string>
#include <vector>

#include <QtWidgets/qwidget.h>

#include <state/identitytext.h>
#include <workbench/auditing.h>

namespace claimcheck::ui {

class AuditPane : public QWidget
{
    Q_OBJECT
public:
    /// Which outlives it.
    explicit AuditPane(workbench::Auditing& auditing, QWidget* parent = nullptr);
    ~AuditPane() override;

    /// Plans the audit of these; nothing goes to them. `jwksUrl`: where their issuer has its keys; empty: as
    /// it stands in the field.
    void audit(std::vector<collection::Item> items, const QString& jwksUrl = {});
    /// As whom requests are sent, and who else there is.
    void setIdentities(const SentAs& sentAs);
    /// Hosts that the user said may be tested.
    void setConfirmed(std::set<std::string> hosts);
    /// What is planned, or was run, belongs to another collection now.
    void clear();
    void start();
    void stop();

Q_SIGNALS:
    /// The user may test it, and said so just now.
    void hostConfirmed(const std::string& host);
    /// Guard code for the good token of this audit.
    void guardRequested();
    /// Where there is no request to audit yet.
    void requestsRequested();

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace claimcheck::ui
