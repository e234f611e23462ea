// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A login tried before it is saved: how far it is, what a person has to do, and each step's request and
// answer without secrets.

#pragma once

#include <functional>
#include <optional>
#include <vector>

#include <QtWidgets/qwidget.h>

#include <archive/record.h>
#include <workbench/identities.h>

class QLabel;
class QPlainTextEdit;
class QPushButton;

namespace claimcheck::ui {

class PromptBox;

class TrialPanel : public QWidget
{
    Q_OBJECT
public:
    explicit TrialPanel(QWidget* parent = nullptr);

    /// Nothing: it was not tried yet.
    void showState(const std::optional<workbench::IdentityState>& state,
                   const std::vector<archive::Record>& steps);
    /// What became of the tokens of the trial before.
    void showEnded(const workbench::EndedTokens& ended);
    /// What was tried is no longer what is typed.
    void markOutdated();

Q_SIGNALS:
    void tryRequested();
    void renewalRequested();
    void stopRequested();
    void linkActivated(const QString& link);

private:
    void connectButtons();
    void say(const QString& text, const char* kind);

    QPushButton* m_try;
    QPushButton* m_renew;
    QPushButton* m_stop;
    QLabel* m_word;
    QLabel* m_outdated;
    QLabel* m_ended;
    PromptBox* m_prompt;
    QPlainTextEdit* m_steps;
    bool m_hasEnded = false; ///< there is an end to be outdated
};

} // namespace claimcheck::ui
