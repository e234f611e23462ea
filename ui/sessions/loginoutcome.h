// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// How a login went: what is missing, why it failed and what to do, or where the token was and its verdict.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include <QtCore/qlist.h>
#include <QtWidgets/qwidget.h>

#include <base/result.h>
#include <workbench/workbench.h>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace claimcheck::ui {

class Banner;

class LoginOutcome : public QWidget
{
    Q_OBJECT
public:
    explicit LoginOutcome(QWidget* parent = nullptr);

    void clear();
    /// Something is missing in the form: nothing was sent.
    void showProblem(const QString& text);
    void hideProblem();
    void showError(const Error& error);
    /// `notes`: what is odd with the token, a sentence each.
    void showToken(const workbench::FoundInspection& token, const std::vector<std::string>& notes,
                   Instant now);
    /// The same token with another verdict; nothing where no token is shown.
    void renewVerdict(const inspect::Inspection& inspection, Instant now);
    /// What is left of the token counts on; nothing where no token is shown.
    void tick(Instant now);
    bool showsToken() const { return !m_token.isEmpty(); }

Q_SIGNALS:
    void tokenActivated(const QString& token);
    /// Signed in: on to what that is for.
    void requestsRequested();

protected:
    void changeEvent(QEvent* event) override;

private:
    void sayVerdict(Instant now);
    void showFindings(const std::vector<inspect::Finding>& findings);
    void showGrave(const QStringList& titles);
    void addGrave(const QString& title);
    void paintIcons();

    QLabel* m_problem;
    Banner* m_banner;
    QWidget* m_graveBox; ///< a line for each finding of high severity
    QVBoxLayout* m_graveLines;
    QStringList m_grave;
    QList<QLabel*> m_icons;
    QLabel* m_notes;
    QLabel* m_fix;
    QPushButton* m_inspect;
    QPushButton* m_requests;
    QString m_place;
    QString m_token;
    std::optional<inspect::Inspection> m_inspection; ///< of that token
    QString m_sentence;
};

} // namespace claimcheck::ui
