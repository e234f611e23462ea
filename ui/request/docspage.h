// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Text about a request, as it is typed; and its scripts, which are kept and shown, and not run.

#pragma once

#include <QtWidgets/qwidget.h>

#include <collection/details.h>

class QLabel;
class QPlainTextEdit;

namespace claimcheck::ui {

class DocsPage : public QWidget
{
    Q_OBJECT
public:
    explicit DocsPage(QWidget* parent = nullptr);

    void setText(const QString& text);

Q_SIGNALS:
    void edited(const QString& text);

private:
    QPlainTextEdit* m_text;
};

class ScriptsPage : public QWidget
{
    Q_OBJECT
public:
    explicit ScriptsPage(QWidget* parent = nullptr);

    void setScripts(const std::vector<collection::Script>& scripts);
    /// Whether its file has actions that are not run, which is said then.
    void setIdleActions(bool areThere);

private:
    QLabel* m_actions;
    QPlainTextEdit* m_text;
};

} // namespace claimcheck::ui
