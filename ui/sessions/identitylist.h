// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The identities of the open collection, a row each; hidden where there are none and none can be added. What
// went wrong with the file that they stand in is said in their place.

#pragma once

#include <functional>
#include <vector>

#include <QtCore/qtimer.h>
#include <QtWidgets/qwidget.h>

#include <workbench/identities.h>

class QLabel;
class QPushButton;
class QScrollArea;
class QVBoxLayout;

namespace claimcheck::ui {

class IdentityRow;

class IdentityList : public QWidget
{
    Q_OBJECT
public:
    explicit IdentityList(QWidget* parent = nullptr);

    /// `problem`: why the file could not be read.
    void setStates(const std::vector<workbench::IdentityState>& states, const std::optional<Error>& problem,
                   bool hasKeychain);
    /// A collection is open, so that identities can be added: the list is there without any, too.
    void setCanAdd(bool canAdd);
    /// The machine's clock unless set.
    void setClock(std::function<Instant()> clock);
    /// Counts anew; the list's own timer does this once a second.
    void tick();

Q_SIGNALS:
    void signInRequested(const QString& name);
    void renewRequested(const QString& name);
    void signOutRequested(const QString& name);
    void cancelRequested(const QString& name);
    void keepToggled(const QString& name, bool kept);
    void linkActivated(const QString& link);
    void stepsRequested(const QString& name);
    /// Its access token is to be looked into, or another one.
    void inspectRequested(const QString& name);
    void inspectIdTokenRequested(const QString& name);
    void inspectRefreshTokenRequested(const QString& name);
    /// Its server is to be asked about the token.
    void introspectRequested(const QString& name);
    /// The same, and no answer will do that is not verified.
    void introspectSignedRequested(const QString& name);
    void userinfoRequested(const QString& name);
    void addRequested();
    void editRequested(const QString& name);
    void duplicateRequested(const QString& name);
    void deleteRequested(const QString& name);

private:
    IdentityRow* makeRow(const std::string& name);
    void matchRows(const std::vector<workbench::IdentityState>& states);
    QLayout* makeHead();
    void showWhatThereIs();
    void showRow(IdentityRow* row);

    std::function<Instant()> m_clock = currentTime;
    QTimer m_timer;
    QScrollArea* m_scroll;
    QWidget* m_page;
    QVBoxLayout* m_column;
    QLabel* m_problem;
    QLabel* m_none;
    QPushButton* m_add;
    bool m_canAdd = false;
    std::vector<IdentityRow*> m_rows;
};

} // namespace claimcheck::ui
