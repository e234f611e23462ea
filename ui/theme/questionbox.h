// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The one box that asks before something happens: what is at stake as plain text, and a verb on each button.
// Escape and the window's close button give the safe answer. So does Return, unless there is an offer that
// loses nothing ("Save"): then that is the default.
//
//   auto* box = new QuestionBox(QStringLiteral("discardQuestion"), tr("What was changed is not saved."),
//   this); box->offerLoss(tr("Discard changes"), [this] { QDialog::reject(); }); box->ask(tr("Keep
//   editing"));

#pragma once

#include <functional>
#include <utility>
#include <vector>

#include <QtWidgets/qmessagebox.h>

namespace claimcheck::ui {

class QuestionBox : public QMessageBox
{
    Q_OBJECT
public:
    QuestionBox(const QString& objectName, const QString& what, QWidget* parent);

    /// Further words under what is at stake.
    void explain(const QString& more);
    /// An answer by which nothing is lost; `deed` runs when the box is gone.
    QPushButton* offer(const QString& verb, std::function<void()> deed);
    /// An answer that cannot be taken back.
    QPushButton* offerLoss(const QString& verb, std::function<void()> deed);

    /// Shows it and goes on; `keep` is the verb of the safe answer, by which nothing happens. The box deletes
    /// itself.
    void ask(const QString& keep);
    /// The same, and waits for the answer; the caller keeps the box.
    void askAndWait(const QString& keep);

private:
    void setSafeAnswer(const QString& verb);
    void answer();

    std::vector<std::pair<const QAbstractButton*, std::function<void()>>> m_deeds;
    QPushButton* m_default = nullptr;
};

} // namespace claimcheck::ui
