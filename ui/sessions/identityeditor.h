// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The editor of an identity's login: its inputs, and beside them a trial with what is typed.

#pragma once

#include <QtWidgets/qdialog.h>

#include <sessions/identityfields.h>
#include <workbench/identities.h>

class QCheckBox;
class QLabel;

namespace claimcheck::ui {

class TrialPanel;

class IdentityEditor : public QDialog
{
    Q_OBJECT
public:
    IdentityEditor(const QString& title, const IdentityDraft& draft, const IdentityAround& around,
                   QWidget* parent = nullptr);

    IdentityFields& fields() { return *m_fields; }
    TrialPanel& trial() { return *m_trial; }
    /// Values that are typed are to be kept there; else they stay in memory.
    bool inKeychain() const;
    /// Why it was not saved.
    void say(const Error& error);

public Q_SLOTS:
    /// Asks first where something was typed.
    void reject() override;

Q_SIGNALS:
    /// Nothing is wrong with it as far as that can be told here.
    void saveRequested(const claimcheck::ui::IdentityDraft& draft);
    void tryRequested(const claimcheck::ui::IdentityDraft& draft);

private:
    QWidget* makeForm();
    QWidget* makeEnvironmentNote(const std::string& name);
    QWidget* makeButtons(bool hasKeychain);
    void askToDiscard();

    IdentityFields* m_fields;
    TrialPanel* m_trial;
    QCheckBox* m_keep;
    QLabel* m_problem;
    IdentityDraft m_begun; ///< as it was opened
    bool m_isDiscarded = false;
};

} // namespace claimcheck::ui
