// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The session in the toolbar: who is signed in, how long the token still lives as numbers and as a bar
// that drains, "expired" in words when it does not. Click shows it, the menu signs out.

#pragma once

#include <functional>
#include <memory>

#include <QtWidgets/qabstractbutton.h>

#include <workbench/workbench.h>

namespace claimcheck::ui {

class SessionChip : public QAbstractButton
{
    Q_OBJECT
public:
    explicit SessionChip(QWidget* parent = nullptr);
    ~SessionChip() override;

    void setState(const workbench::SessionState& state);
    /// The machine's clock unless set.
    void setClock(std::function<Instant()> clock);
    /// Counts anew; the chip's own timer does this once a second.
    void tick();
    /// "42:10", "expired", "no expiry", "Not signed in".
    QString stateText() const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void activated();
    void signOutRequested();

protected:
    void paintEvent(QPaintEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace claimcheck::ui
