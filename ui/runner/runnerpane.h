// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Runs the open collection: the form at the left, at the right how far it is, how long the answers took, and
// each result as it comes. What failed says why, and its exchange is one click away.

#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <QtWidgets/qwidget.h>

#include <state/runcontrol.h>

namespace claimcheck::ui {

class RunnerPane : public QWidget
{
    Q_OBJECT
public:
    explicit RunnerPane(QWidget* parent = nullptr);
    ~RunnerPane() override;

    /// Of another directory than the one before: what was run there is forgotten.
    void setCollection(const std::optional<collection::Collection>& collection,
                       const std::string& environment);
    /// As whom its requests may be sent.
    void setIdentities(const std::vector<std::string>& names);
    void start();
    void stop();
    RunControl& control();
    const RunControl& control() const;

Q_SIGNALS:
    /// Show what was sent and answered, beside the request of that path.
    void exchangeActivated(const QString& path, const claimcheck::http::Exchange& exchange);
    /// Where no collection is open.
    void openRequested();

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace claimcheck::ui
