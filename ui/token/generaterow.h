// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a new key is for, and what can be said of it: its size or curve where the algorithm leaves the choice,
// its kid.

#pragma once

#include <QtWidgets/qwidget.h>

#include <state/keydraft.h>

class QComboBox;
class QLineEdit;
class QPushButton;

namespace claimcheck::ui {

class GenerateRow : public QWidget
{
    Q_OBJECT
public:
    explicit GenerateRow(QWidget* parent = nullptr);

    KeyDraft draft() const;
    /// While a key is being made no other one is.
    void setWaiting(bool waiting);
    /// The next key is another one.
    void forgetKid();

Q_SIGNALS:
    void requested(const claimcheck::ui::KeyDraft& draft);

private:
    void showFreedom();
    void request();

    QComboBox* m_algorithm;
    QLineEdit* m_bits;
    QComboBox* m_curve;
    QLineEdit* m_kid;
    QPushButton* m_generate;
};

} // namespace claimcheck::ui
