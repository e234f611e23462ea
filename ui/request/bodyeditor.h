// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The body of a request: which kind, and its text or its form fields. Text is sent as typed; "Format"
// changes the white space of JSON and nothing else.

#pragma once

#include <QtWidgets/qwidget.h>

#include <state/requestform.h>

class QComboBox;
class QLabel;
class QPlainTextEdit;
class QPushButton;
class QStackedWidget;

namespace claimcheck::ui {

class BodyEditor : public QWidget
{
    Q_OBJECT
public:
    /// The form stays its owner's.
    explicit BodyEditor(RequestForm* form, QWidget* parent = nullptr);

    /// The form holds another entry now.
    void reload();
    void showProblem();
    /// Into the text, with `words` selected where they stand.
    void goTo(const QString& words);

private:
    QWidget* makeBar();
    void formatJson();
    void showKind(collection::BodyKind kind);
    void showKept(const std::string& kind);

    RequestForm* m_form;
    QComboBox* m_kind;
    QLabel* m_problem;
    QPushButton* m_format;
    QStackedWidget* m_pages;
    QPlainTextEdit* m_text;
    QLabel* m_none;
    bool m_loading = false;
};

/// "JSON", "form", "multipart-form" where the file has one; empty for none: for the tab.
QString shortWord(const collection::Entry& entry);

} // namespace claimcheck::ui
