// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Who may do what: the access matrix of the open collection. What is expected is set by a click, or recorded
// from a test; a test sends each request as each identity and holds the answers against it.

#pragma once

#include <memory>
#include <set>
#include <string>

#include <QtWidgets/qwidget.h>

#include <workbench/accesstest.h>

namespace claimcheck::ui {

class AccessPane : public QWidget
{
    Q_OBJECT
public:
    /// Both outlive it.
    AccessPane(workbench::Workbench& workbench, workbench::AccessTest& test, QWidget* parent = nullptr);
    ~AccessPane() override;

    /// The open collection is another one, or has changed; so may its identities.
    void showCollection();
    /// Somebody signed in or out, or the file names others.
    void showIdentities();
    void setConfirmed(std::set<std::string> hosts);
    void stop();

Q_SIGNALS:
    /// Before a test: who may be tested is asked for.
    void aboutToTest();
    /// Another machine would be asked: it is to be confirmed, then call confirmAndRun().
    void hostWanted(const std::string& host, std::size_t requests);
    void openRequested();

public Q_SLOTS:
    void confirmAndRun(const std::string& host);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace claimcheck::ui
