// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The key for verifying: a secret typed in (masked), PEM or JWK text pasted, or a key file. Says what it
// has understood, never what the secret is.

#pragma once

#include <QtWidgets/qwidget.h>

#include <inspect/inspection.h>

class QLabel;
class QLineEdit;
class QToolButton;

namespace claimcheck::ui {

class KeyField : public QWidget
{
    Q_OBJECT
public:
    explicit KeyField(QWidget* parent = nullptr);

    void setText(const QString& text);
    /// Shows a ring that was set elsewhere; says nothing back.
    void setRing(const inspect::KeyRing& ring);
    void readFile(const QString& path);

Q_SIGNALS:
    void keyRingChanged(const claimcheck::inspect::KeyRing& ring);
    void returnPressed();

private:
    void readText();
    void take(const Result<inspect::KeyRing>& ring);
    void showRing(const Result<inspect::KeyRing>& ring);
    void chooseFile();

    QLineEdit* m_text;
    QToolButton* m_reveal;
    QToolButton* m_open;
    QToolButton* m_remove; ///< of a key that does not stand in the line
    QLabel* m_what;
};

} // namespace claimcheck::ui
