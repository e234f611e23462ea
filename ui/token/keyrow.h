// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The key that a signature is checked with: a secret typed and masked, or a key pasted or opened from a
// file, of which only the description is shown.

#pragma once

#include <QtWidgets/qwidget.h>

#include <base/result.h>
#include <inspect/inspection.h>

class QLabel;
class QLineEdit;
class QPushButton;

namespace claimcheck::ui {

class KeyRow : public QWidget
{
    Q_OBJECT
public:
    explicit KeyRow(QWidget* parent = nullptr);

    /// Shows a ring that was set elsewhere; says nothing back.
    void setRing(const inspect::KeyRing& ring);
    /// PEM, JWK or JWKS text; anything else is a secret.
    void takeText(const QString& text);
    void openFile(const QString& path);
    void focusLine();

Q_SIGNALS:
    void ringChanged(const claimcheck::inspect::KeyRing& ring);
    /// An encrypted key, which is opened where there is a field for its passphrase: a file, or else a text.
    void fileIsLocked(const QString& path);
    void textIsLocked(const QString& text);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QWidget* makeRow();
    void pasteKey();
    void chooseFile();
    void typeSecret();
    void readTyped();
    void showSecret(bool on);
    void showDescription(const QString& text);
    void take(const Result<inspect::KeyRing>& ring);

    QLineEdit* m_line;
    QLabel* m_kind;
    QPushButton* m_show;
    QLabel* m_problem;
    bool m_typed = true; ///< the line is a secret being typed, not the description of a key
};

} // namespace claimcheck::ui
