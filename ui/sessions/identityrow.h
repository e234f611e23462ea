// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// One identity of the collection: who, how it signs in, how long its session lasts, and what can be done with
// it. While a person has to do something elsewhere, the link and the code for that.

#pragma once

#include <QtWidgets/qwidget.h>

#include <workbench/identities.h>

class QBoxLayout;
class QAction;
class QCheckBox;
class QLabel;
class QPushButton;
class QToolButton;

namespace claimcheck::ui {

class DrainBar;
class PromptBox;

class IdentityRow : public QWidget
{
    Q_OBJECT
public:
    explicit IdentityRow(const std::string& name, QWidget* parent = nullptr);

    /// `hasKeychain`: sessions can be kept there.
    void setState(const workbench::IdentityState& state, bool hasKeychain, Instant now);
    /// Counts anew.
    void tick(Instant now);
    const std::string& name() const { return m_name; }

Q_SIGNALS:
    void signInRequested(const QString& name);
    void renewRequested(const QString& name);
    void signOutRequested(const QString& name);
    void cancelRequested(const QString& name);
    void keepToggled(const QString& name, bool kept);
    void linkActivated(const QString& link);
    void stepsRequested(const QString& name);
    void inspectRequested(const QString& name);
    void inspectIdTokenRequested(const QString& name);
    void inspectRefreshTokenRequested(const QString& name);
    void introspectRequested(const QString& name);
    void introspectSignedRequested(const QString& name);
    void userinfoRequested(const QString& name);
    void editRequested(const QString& name);
    void duplicateRequested(const QString& name);
    void deleteRequested(const QString& name);

private:
    QLayout* makeHead();
    QToolButton* makeMenuButton();
    QLayout* makeButtons();
    void showActions();

    std::string m_name;
    workbench::IdentityState m_state;
    QLabel* m_kind = nullptr;
    QLabel* m_rest = nullptr;
    DrainBar* m_bar = nullptr;
    QPushButton* m_signIn = nullptr;
    QPushButton* m_renew = nullptr;
    QPushButton* m_signOut = nullptr;
    QPushButton* m_cancel = nullptr;
    QPushButton* m_steps = nullptr;
    QCheckBox* m_keep = nullptr;
    QLabel* m_problem = nullptr;
    QLabel* m_notes = nullptr;
    QAction* m_inspect = nullptr;
    QAction* m_inspectIdToken = nullptr;
    QAction* m_inspectRefreshToken = nullptr;
    QAction* m_introspect = nullptr;
    QAction* m_introspectSigned = nullptr;
    QAction* m_userinfo = nullptr;
    PromptBox* m_prompt = nullptr;
};

} // namespace claimcheck::ui
