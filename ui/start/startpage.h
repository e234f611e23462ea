// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The first thing seen: a box to paste a token into, the ways to begin, and the collections that
// were open last.

#pragma once

#include <QtWidgets/qwidget.h>

class QBoxLayout;
class QLabel;
class QPlainTextEdit;
class QTableWidget;

namespace claimcheck::ui {

class StartPage : public QWidget
{
    Q_OBJECT
public:
    explicit StartPage(QWidget* parent = nullptr);

    /// Absolute folders, newest first.
    void setRecent(const QStringList& directories);

Q_SIGNALS:
    /// What was pasted or typed, as it is: the inspector takes the token out of it.
    void tokenPasted(const QString& text);
    void demoRequested();
    void openCollectionRequested();
    void importRequested();
    void newCollectionRequested();
    void recentActivated(const QString& directory);

protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void colourRecent();
    QWidget* makeContent();
    QWidget* makePasteBox();
    QWidget* makeTypedLine();
    QWidget* makeCards();
    QWidget* makeRecent();
    void takeText();

    QPlainTextEdit* m_box = nullptr;
    QWidget* m_typed = nullptr; ///< what to do with what is typed, while there is something
    QBoxLayout* m_cards = nullptr;
    QLabel* m_recentTitle = nullptr;
    QTableWidget* m_recent = nullptr;
};

} // namespace claimcheck::ui
