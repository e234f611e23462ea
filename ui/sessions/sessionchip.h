// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The session in the toolbar: who is signed in, how long the token still lives as numbers and as a bar
// that drains, "expired" in words when it does not. Click shows it; the menu says who requests are sent as,
// looks into the token, renews and signs out.

#pragma once

#include <functional>
#include <memory>

#include <QtWidgets/qabstractbutton.h>

#include <state/identitytext.h>
#include <workbench/workbench.h>

class QMenu;

namespace claimcheck::ui {

class SessionChip : public QAbstractButton
{
    Q_OBJECT
public:
    explicit SessionChip(QWidget* parent = nullptr);
    ~SessionChip() override;

    void setState(const workbench::SessionState& state);
    /// Who else requests may be sent as; whether this session can be renewed by a click.
    void setSentAs(const SentAs& sentAs, bool canRenew);
    /// The menu, for whoever opens it elsewhere.
    QMenu* makeMenu();
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
    void renewRequested();
    /// The token of who is shown is to be looked into.
    void inspectRequested();
    /// As Identities::choose().
    void identityChosen(const QString& name);

protected:
    void paintEvent(QPaintEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace claimcheck::ui
